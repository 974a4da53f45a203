"""A club's folder of documents, put on the shelf and synced: files read, index and all.

The same made-up documents, but as Markdown files, brought the way `python -m assistant add FOLDER`
brings them; only the encoder is the made-up one.
"""

from pathlib import Path

from assistant.documents import sources_of
from assistant.engines import engine_of
from assistant.settings import IndexSettings, Settings, ShelfSettings
from assistant.shelving import PathSource, Shelving, State, Summary
from corpus.library.library import Library
from eval.bench.growth.contestant import Said, WrongError
from eval.bench.growth.plan import Plan
from eval.bench.growth.timed import Lap, Stopwatch, TimedEncoder, lap
from index.build import BuildSummary, sync_index
from index.encode import Progress


class ClubFolder:
    """Files in a folder, and the shelf they are brought to."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._files = plan.place("club-files")
        self._encoder = TimedEncoder(plan.open_encoder())
        self._settings = Settings(
            index=IndexSettings(folder=plan.place("club-index")),
            shelf=ShelfSettings(folder=plan.place("club-shelf")),
        )
        self._shelving = Shelving(self._settings.shelf.folder, self._follow)

    def fill(self) -> Said:
        """Every file written, and all of them put on the shelf. Raises WrongError."""
        self._files.mkdir(parents=True)
        for number in range(self._plan.shelf.documents):
            self._write(number, 0)
        first = self._sync()
        _expect(first[1], State.ADDED, self._plan.shelf.documents)
        return Said({"folder_add_s": first[0].beyond})

    def sync(self) -> Said:
        """Nothing has changed, then one sentence of one file has. Raises WrongError."""
        unchanged, summary = self._sync()
        _expect(summary, State.UNCHANGED, self._plan.shelf.documents)
        self._write(0, 1)
        changed, summary = self._sync()
        _expect(summary, State.CHANGED, 1)
        return Said(
            {
                "folder_sync_s": unchanged.seconds,
                "folder_sync_texts": unchanged.texts,
                "folder_change_s": changed.beyond,
            }
        )

    def _sync(self) -> tuple[Lap, Summary]:
        laps: list[Lap] = []
        with lap(self._encoder, Stopwatch(), laps):
            proposed = self._shelving.propose([PathSource(self._files)])
            summary = self._shelving.accept(proposed)
        return laps[0], summary

    def _follow(self, own: Library, progress: Progress) -> BuildSummary:
        settings = self._settings
        return sync_index(engine_of(settings), sources_of(settings, own), self._encoder)

    def _write(self, number: int, edition: int) -> None:
        document = self._plan.shelf.document(number, edition)
        Path(self._files, f"{document.id}.md").write_text(document.text, "utf-8")


def _expect(summary: Summary, state: State, count: int) -> None:
    found = sum(outcome.state is state for outcome in summary.outcomes)
    if found != count:
        raise WrongError(f"{found} of {count} files are {state}: {summary.said}.")
