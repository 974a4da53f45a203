"""Killed at any step between the first byte of a document and the last of the index, the shelf is
as it was or as it was to be, the index answers, and the next change succeeds.
"""

import os
import subprocess
import sys
import textwrap
from functools import partial
from pathlib import Path

import pytest

from assistant.shelving import PathSource, Shelving
from corpus.library.library import Library
from index.build import BuildSummary, build_index
from index.encode import Progress
from index.faiss_engine import FaissEngine
from index.opening import open_live
from index.sources import Source
from tests.assistant.shelving.made_shelving import about
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import TWO_TEXTS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]


def shelving(place: Path) -> Shelving:
    """A real shelf with a real index, and an encoder that needs no weights."""

    def follow(own: Library, progress: Progress) -> BuildSummary:
        club = [Source(e.id, e.shape_digest, partial(own.document, e.id)) for e in own.entries]
        return build_index([*TWO_TEXTS, *club], FakeEncoder(), place / "index", progress=progress)

    return Shelving(place / "own", follow)


def begun(club: Path) -> Path:
    """A club with one document on its shelf, and a folder with another one."""
    (club / "files").mkdir()
    (club / "files" / "calf.md").write_text(about("calf"))
    sync(club / "begun")
    (club / "files" / "shin.md").write_text(about("shin"))
    return club / "begun"


def sync(place: Path) -> None:
    shelf = shelving(place)
    shelf.accept(shelf.propose([PathSource(place.parent / "files")]))


def found(place: Path) -> set[str]:
    """Titles that are searched, as whoever asks a question finds them."""
    opened = open_live(TWO_TEXTS, FakeEncoder(), FaissEngine(place / "index"))
    assert opened.search("calf hand-out", 3)
    return {each.title for each in opened.every_passage()} - {text.title for text in TWO_TEXTS}


def listed(place: Path) -> set[str]:
    library = Library(place / "own")
    return {library.document(entry.id).title for entry in library.entries}


KILLER = """
    import itertools, os, shutil, signal, sys
    from pathlib import Path
    from tests.assistant.shelving.test_shelving_killed import begun, sync

    start, left = begun(Path(sys.argv[1])), -1
    def stepping(real):
        def step(*given, **named):
            global left
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            return real(*given, **named)
        return step

    os.fsync = lambda handle: None  # a kill, unlike a power cut, loses nothing that was written
    for where, name in ((os, "fsync"), (Path, "replace"), (os, "replace"), (Path, "unlink")):
        setattr(where, name, stepping(getattr(where, name)))
    for number in itertools.count():
        left = -1
        place = shutil.copytree(start, start.with_name(str(number)))
        left = number
        child = os.fork()
        if not child:  # has everything loaded: a start for every step would take long
            sync(place)
            os._exit(0)
        if os.WTERMSIG(os.waitpid(child, 0)[1]) != signal.SIGKILL:
            break
    print(number)
"""


def test_killed_at_any_step_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killer = [sys.executable, "-c", textwrap.dedent(KILLER), str(tmp_path)]
    done = subprocess.run(killer, cwd=ROOT, check=True, capture_output=True, text=True)
    places = [tmp_path / str(number) for number in range(int(done.stdout))]
    states = [(listed(place), found(place)) for place in places]
    both = {"calf", "shin"}
    assert states[0] == ({"calf"}, {"calf"})
    assert states[-1] == (both, both)
    # The index is first: what is taken off is never found again, whatever happens after.
    assert all(state in (({"calf"}, {"calf"}), ({"calf"}, both), (both, both)) for state in states)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    for place in places:
        sync(place)
        assert (listed(place), found(place)) == (both, both)
