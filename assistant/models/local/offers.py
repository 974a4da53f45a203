"""Models that can be fetched, and those that have been (offers.toml)."""

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from assistant.errors import AssistantError

FILE = Path(__file__).parent.parent / "offers.toml"


class PullError(AssistantError):
    """A model could not be fetched; the message says why, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One model that can be fetched."""

    name: str
    """What it is asked for by, e.g. "qwen3-8b"."""
    title: str
    repository: str
    """Where on the hub: "owner/name"."""
    file: str
    """Pattern that fits one file of the repository, capital letters or not."""
    licence: str
    disk_gb: float
    memory_gb: float
    """Gigabytes of memory needed, reckoned."""
    note: str
    measured: bool
    """Whether this project has run it."""

    def fits(self, file: str) -> bool:
        """Whether a file of this name, from this repository or a disk, is the model."""
        return fnmatch(file.lower(), self.file.lower())


def read_offers() -> tuple[Offer, ...]:
    """Every offer, the smallest first."""
    with FILE.open("rb") as file:
        return tuple(Offer(**each) for each in tomllib.load(file)["offer"])


def offer_named(name: str) -> Offer:
    """One offer. Raises PullError naming those there are."""
    offers = {offer.name: offer for offer in read_offers()}
    if name.lower() not in offers:
        raise PullError(f"No model {name!r} is offered. There are: {', '.join(offers)}.")
    return offers[name.lower()]


def folder_of(offer: Offer, models: Path) -> Path:
    """Where an offer is put under the folder of all models: a folder of its own."""
    return models / offer.name


def pulled(offer: Offer, models: Path) -> Path | None:
    """The file of an offer that has been fetched whole; None if it has not."""
    found = sorted(folder_of(offer, models).glob("*.gguf"))
    return found[0] if found else None


def newest_pulled(models: Path) -> Path | None:
    """The model that was fetched last, of those offered; None if none was."""
    found = [path for offer in read_offers() if (path := pulled(offer, models))]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)
