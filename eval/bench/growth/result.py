"""What was found, as it is kept in a file: after every step, so that nothing measured is lost."""

import json
import os
import platform
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.bench.growth.measures import OURS
from eval.errors import EvalError
from eval.whole import write_whole

FORMAT = 1
_LIBRARIES = (
    "faiss-cpu",
    "numpy",
    "llama-index-core",
    "llama-index-vector-stores-faiss",
    "chromadb",
    "sentence-transformers",
    "torch",
)


class ResultError(EvalError):
    """A file of figures cannot be read."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One contestant at one size."""

    who: str
    size: int
    """Passages asked for; what came of it stands in `passages`."""
    encoder: str
    """"made" or "real"."""
    documents: int
    passages: int
    measured_at: str
    """ISO time, UTC."""
    load: float
    """Processes that wanted a core, mean of the minute before it ended."""
    values: dict[str, float] = field(default_factory=dict)
    """By the key of a measure; one that is missing was not measured, and `notes` may say why."""
    notes: tuple[str, ...] = ()

    def value(self, key: str) -> float | None:
        """One figure."""
        return self.values.get(key)


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast a build encodes, beside the encoder left alone. Texts a second, the median."""

    texts: int
    raw: float
    """`SentenceTransformer.encode`, all texts in one call."""
    own: float
    """Our encoder, all texts in one call."""
    build: float
    """A whole build of the same texts."""
    search_encode_p50_ms: float
    search_encode_p95_ms: float
    measured_at: str

    @property
    def share(self) -> float:
        """The build's rate as a share of the raw one."""
        return self.build / self.raw


@dataclass(frozen=True, slots=True)
class Growth:
    """Everything measured so far."""

    format: int = FORMAT
    machine: dict[str, str] = field(default_factory=dict)
    libraries: dict[str, str] = field(default_factory=dict)
    cells: tuple[Cell, ...] = ()
    rate: Rate | None = None

    def cell(self, who: str, size: int, encoder: str = "made") -> Cell | None:
        """One contestant at one size, if it was measured."""
        wanted = (who, size, encoder)
        found = (each for each in self.cells if (each.who, each.size, each.encoder) == wanted)
        return next(found, None)

    def with_cell(self, cell: Cell) -> "Growth":
        """The same with this cell in the place of an older one."""
        key = (cell.encoder, cell.size, cell.who)
        kept = [each for each in self.cells if (each.encoder, each.size, each.who) != key]
        ordered = sorted(
            [*kept, cell], key=lambda each: (each.encoder, each.size, each.who != OURS, each.who)
        )
        return replace(self, cells=tuple(ordered))

    def sizes(self, encoder: str = "made") -> tuple[int, ...]:
        """Sizes of which anything was measured, ascending."""
        return tuple(sorted({each.size for each in self.cells if each.encoder == encoder}))

    def contestants(self) -> tuple[str, ...]:
        """Who was measured, ours first."""
        who = {each.who for each in self.cells}
        return tuple(sorted(who, key=lambda each: (each != OURS, each)))


_STORED = TypeAdapter(Growth)


def read_growth(path: Path) -> Growth:
    """What an earlier run left, or nothing where there is no file.

    Raises:
        ResultError: the file is no such thing.
    """
    if not path.exists():
        return Growth()
    try:
        found = _STORED.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise ResultError(
            f"{path.name} cannot be read as figures of a growth run. Move it away and measure anew."
        ) from error
    if found.format != FORMAT:
        raise ResultError(f"{path.name} has format {found.format}; this program reads {FORMAT}.")
    return found


def write_growth(path: Path, growth: Growth) -> None:
    """Whole or not at all, with what machine and libraries it was measured on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    on = replace(growth, machine=_machine(), libraries=dict(_versions(_LIBRARIES)))
    write_whole(path, json.dumps(_STORED.dump_python(on, mode="json"), indent=1) + "\n")


def now() -> str:
    """ISO time, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def load() -> float:
    """Processes that wanted a core in the last minute."""
    return round(os.getloadavg()[0], 2)


def _machine() -> dict[str, str]:
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": str(os.cpu_count()),
        "python": ".".join(map(str, sys.version_info[:3])),
    }


def _versions(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    for name in names:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue
