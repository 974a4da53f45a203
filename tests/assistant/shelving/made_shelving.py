"""A shelf whose index only notes what it was told, and a folder of files to put on it."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assistant.shelving import Outcome, PathSource, Shelving, SourceRef, State, Summary
from assistant.shelving.doors import Doors, Pages, read_arrival
from assistant.shelving.reading import Arrival
from corpus import TrustTier
from corpus.errors import FetchFailedError
from corpus.intake.reading import Reading
from corpus.intake.web import Fetched
from corpus.library.library import Library
from index.build import BuildSummary
from index.encode import Progress

TODAY = date(2026, 3, 31)
LONG_AGO = 1_700_000_000


@dataclass
class Noted:
    """Stands for the index: holds the shape digests that it was brought in line with."""

    held: dict[str, str] = field(default_factory=dict)
    times: int = 0
    fails: Callable[[], None] = lambda: None

    def follow(self, own: Library, progress: Progress) -> BuildSummary:
        self.fails()
        self.times += 1
        self.held = {entry.id: entry.shape_digest for entry in own.entries}
        progress(1, 1)
        return BuildSummary(len(self.held), len(self.held), 0.0, Path(), reused=False)


@dataclass
class Site:
    """Stands for the web: pages by address, and what a sitemap at an address lists."""

    pages: dict[str, bytes] = field(default_factory=dict)
    maps: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def at(self, url: str) -> Pages:
        if url in self.maps:
            listed = self.maps[url]
            return Pages(len(listed), ((each, self._page(each)) for each in listed), True)
        page = self._page(url)
        if isinstance(page, FetchFailedError):
            raise page
        return Pages(1, iter([(url, page)]))

    def _page(self, url: str) -> Fetched | FetchFailedError:
        if url not in self.pages:
            return FetchFailedError(f"{url} is not there. Check the address (HTTP 404).", 404)
        return Fetched(url, "text/markdown", self.pages[url])


class Club:
    """A club with a folder of files, a web site, and a shelf."""

    def __init__(self, place: Path) -> None:
        self.files = place / "files"
        self.files.mkdir(parents=True)
        self.own = place / "own"
        self.index = Noted()
        self.site = Site()
        self.read: list[str] = []
        self.shelving = Shelving(
            self.own,
            self.index.follow,
            doors=Doors(self._read, self.site.at),
            today=lambda: TODAY,
        )

    def _read(self, arrival: Arrival) -> tuple[Reading, ...]:
        self.read.append(arrival.name)
        return read_arrival(arrival)

    def write(self, name: str, words: str | bytes, *, settled: bool = True) -> Path:
        """A file of the club, last written to long ago unless it has just been."""
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(words.encode() if isinstance(words, str) else words)
        if settled:
            # Another time for other words: what a file system does, without waiting for it.
            second = LONG_AGO + sum(path.read_bytes()) % 1_000_000
            os.utime(path, (second, second))
        return path

    def bring(
        self, *sources: SourceRef | Path, tier: TrustTier | None = None, again: bool = False
    ) -> Summary:
        """Proposes and accepts; the whole folder unless something else is named."""
        return self.shelving.accept(self.propose(*sources, tier=tier, again=again))

    def propose(
        self, *sources: SourceRef | Path, tier: TrustTier | None = None, again: bool = False
    ) -> Sequence[Outcome]:
        """Only proposes."""
        brought = [PathSource(s) if isinstance(s, Path) else s for s in sources or [self.files]]
        self.read.clear()
        return self.shelving.propose(brought, tier, again=again)

    @property
    def titles(self) -> list[str]:
        """What is on the shelf, which the index agrees with."""
        entries = self.shelving.entries()
        assert self.index.held == {entry.id: entry.shape_digest for entry in entries}
        return sorted(entry.title for entry in entries)


def fates(summary: Summary | Sequence[Outcome]) -> dict[str, State]:
    """What became of each file."""
    outcomes = summary.outcomes if isinstance(summary, Summary) else summary
    return {each.name: each.state for each in outcomes}


def line(summary: Summary | Sequence[Outcome], name: str) -> str:
    outcomes = summary.outcomes if isinstance(summary, Summary) else summary
    return next(each.line for each in outcomes if each.name == name)


def about(title: str, more: str = "") -> str:
    """A text of a few sentences; no two titles make the same."""
    return (
        f"# {title}\n\nThe {title} hand-out is about the calf. Rest the calf after a {title}."
        f" Walk before you run again.\n\n{more}\n"
    )
