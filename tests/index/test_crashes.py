"""A builder killed at any step: what was there still answers, and the next build succeeds.

The steps are the kernel's, not ours: the killed process kills itself at its n-th request to write,
make, move or remove anything below the folder of the index (Python's audit events).
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from corpus import Document
from index.build import build_index
from index.faiss_engine import FaissEngine
from index.opening import open_index
from index.shelf_index import ShelfIndex
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import ANKLE, ASKING_TEXTS, BALANCE, OUT_OF_SCOPE, document_of

pytestmark = pytest.mark.slow

_EVENTS = frozenset({"os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"})
_FINISHED = 0

EXTRA = tuple(
    document_of([("Part", "author", [f"Hill number {n} is steep."])], name=f"extra-{n}")
    for n in range(6)
)
QUERIES = ("heels off the kerb", "potassium", "hill")


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed process loses nothing that the kernel has: only a power cut would."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def in_child(work: Callable[[], object]) -> int:
    """Runs the work in a process of its own; how that ended, as `os.waitpid` tells it."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
            os._exit(_FINISHED)
        except BaseException:
            os._exit(70)
    return os.waitpid(pid, 0)[1]


def killed_at(step: int, root: Path) -> None:
    """From now on this process dies at its `step`-th request below `root`."""
    seen = 0

    def watch(event: str, arguments: Sequence[object]) -> None:
        nonlocal seen
        changes = event in _EVENTS or (event == "open" and _writes(arguments))
        if changes and str(arguments[0]).startswith(str(root)):
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def _writes(arguments: Sequence[object]) -> bool:
    """Whether a file is opened to be written: one that is only read leaves no trace."""
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def built(documents: Sequence[Document], root: Path, *, force: bool = False) -> None:
    build_index(documents, FakeEncoder(), root, out_of_scope=OUT_OF_SCOPE, force=force)


def opened(documents: Sequence[Document], root: Path) -> ShelfIndex:
    return open_index(documents, FakeEncoder(), root, out_of_scope=OUT_OF_SCOPE)


def answers(index: ShelfIndex) -> list[object]:
    return [index.search(query, 99) for query in QUERIES]


def history(root: Path) -> None:
    """So many small changes that the next one merges segments."""
    for count in range(len(EXTRA)):
        built((ANKLE, *EXTRA[:count]), root)


BEFORE = (ANKLE, *EXTRA[:5])
CHANGES: dict[str, tuple[tuple[Document, ...], bool]] = {
    "add, change and merge": ((*ASKING_TEXTS, *EXTRA), False),
    "take out": ((ANKLE, *EXTRA[:2]), False),
    "make everything anew": (BEFORE, True),
}


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("change", CHANGES)
def test_killed_at_any_step_the_old_index_answers_and_the_next_build_succeeds(
    tmp_path: Path, change: str
) -> None:
    after, force = CHANGES[change]
    fresh = tmp_path / "fresh"
    built(after, fresh)
    expected = answers(opened(after, fresh))
    untouched = tmp_path / "untouched"
    history(untouched)
    old = answers(opened(BEFORE, untouched))
    step = survived = 0
    while True:
        step += 1
        root = tmp_path / f"killed-{step}"
        shutil.copytree(untouched, root)

        def work(step: int = step, root: Path = root) -> None:
            killed_at(step, root)
            built(after, root, force=force)

        ended = in_child(work)
        if ended == _FINISHED:
            break
        assert os.WIFSIGNALED(ended)
        assert os.WTERMSIG(ended) == signal.SIGKILL
        label = FaissEngine(root).label()
        assert label is not None
        if set(label.documents) == {each.id for each in BEFORE}:
            if not force:
                assert answers(opened(BEFORE, root)) == old
            survived += 1
        built(after, root)
        assert answers(opened(after, root)) == expected
        if step % 9 == 0:  # whatever is left behind goes with the next change
            built((BALANCE,), root)
            left = {path.name for path in (root / "segments").iterdir()}
            assert left == set(_segments(root))
        shutil.rmtree(root)
    assert step > 10
    assert survived >= 3


def _segments(root: Path) -> Sequence[str]:
    from index.manifest import read_manifest

    manifest = read_manifest(root)
    assert manifest is not None
    return list(manifest.segments)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_first_build_killed_at_any_step_counts_as_none_and_the_next_succeeds(
    tmp_path: Path,
) -> None:
    step = 0
    while True:
        step += 1
        root = tmp_path / f"killed-{step}"

        def work(step: int = step, root: Path = root) -> None:
            killed_at(step, root)
            built((ANKLE, BALANCE), root)

        if in_child(work) == _FINISHED:
            break
        built((ANKLE, BALANCE), root)
        assert len(opened((ANKLE, BALANCE), root).passages) == 5
    assert step > 10


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_disk_that_is_full_is_named_and_the_old_index_answers(tmp_path: Path) -> None:
    """A file may not grow beyond a size: the kernel refuses, as it does when a disk is full."""
    import resource

    from index.errors import IndexWriteError

    built((ANKLE,), tmp_path)
    for size in (0, 50, 700, 3000):

        def work(size: int = size) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            try:
                built((ANKLE, BALANCE), tmp_path)
            except IndexWriteError as error:
                if "untouched" in str(error) and "python -m assistant index" in str(error):
                    os._exit(42)
            os._exit(43)

        assert os.waitstatus_to_exitcode(in_child(work)) == 42, size
        assert len(opened((ANKLE,), tmp_path).passages) == 3
    built((ANKLE, BALANCE), tmp_path)
    assert len(opened((ANKLE, BALANCE), tmp_path).passages) == 5
