"""Whatever happens while documents are written, what was there is there, or what was to come."""

import errno
import itertools
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import (
    AlteredTextError,
    DamagedLibraryError,
    LibraryBusyError,
    LibraryWriteError,
    MissingTextError,
)
from corpus.library.changing import commit, rescue, stage, stage_undo
from corpus.library.disk import only_writer, text_path
from corpus.library.library import Library
from tests.corpus.library.made_entries import put_of

ROOT = Path(__file__).resolve().parents[3]
STEPS: list[tuple[object, str]] = [
    (os, "fsync"),
    (Path, "replace"),
    (Path, "write_bytes"),
    (Path, "mkdir"),
]
WHOLE = {"Calf", "Shin", "Heel"}
Step = Callable[..., object]


def begun(folder: Path) -> Path:
    library = Library(folder)
    commit(library, stage(library, [put_of("calf")]))
    return folder


def change(folder: Path) -> None:
    with only_writer(folder):
        library = Library(folder)
        commit(library, stage(library, [put_of("shin"), put_of("heel")], ["none"]))


def titles(folder: Path) -> set[str]:
    """What is on the shelf, every text read."""
    library = Library(folder)
    return {library.document(entry.id).title for entry in library.entries}


def failing_at(number: int, real: Step, code: int) -> Step:
    """The step as it is, but for one call of it."""
    calls = itertools.count()

    def maybe(*given: object, **named: object) -> object:
        if next(calls) == number:
            raise OSError(code, os.strerror(code))
        return real(*given, **named)

    return maybe


def change_with(where: object, step: str, failing: Step) -> str:
    """Changes the shelf with one step replaced; what was said when that failed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(where, step, failing)
        try:
            change(Path())
        except LibraryWriteError as said:
            return str(said)
    return ""


@pytest.mark.parametrize(
    ("where", "step", "code"),
    [
        (*each, code)
        for each, code in zip(
            STEPS, (errno.ENOSPC, errno.EROFS, errno.EIO, errno.ENOSPC), strict=True
        )
    ],
    ids=[step for _, step in STEPS],
)
def test_a_disk_that_fails_at_any_step_leaves_the_old_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: object, step: str, code: int
) -> None:
    for number in itertools.count():
        folder = begun(tmp_path / str(number))
        monkeypatch.chdir(folder)
        failing = failing_at(number, getattr(where, step), code)
        said = change_with(where, step, failing)
        assert titles(folder) == ({"Calf"} if said else WHOLE)
        if said:
            assert os.strerror(code) in said
            assert "Nothing was changed" in said
            change(folder)
            assert titles(folder) == WHOLE
        assert list(folder.rglob(".*.md.*")) == []
        if not said:
            break
    assert number


KILLER = """
    import itertools, os, signal, sys
    from pathlib import Path
    from tests.corpus.library.test_library_faults import STEPS, begun, change

    left = -1
    def stepping(real):
        def step(*given, **named):
            global left
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            return real(*given, **named)
        return step

    for where, name in (*STEPS, (os, "open"), (Path, "unlink")):
        setattr(where, name, stepping(getattr(where, name)))
    for number in itertools.count():
        left = -1
        folder = begun(Path(sys.argv[1]) / str(number))
        left = number
        child = os.fork()
        if not child:
            change(folder)
            os._exit(0)
        if os.WTERMSIG(os.waitpid(child, 0)[1]) != signal.SIGKILL:
            break
    print(number)
"""
"""Kills a child of its own before the first step, the second and so on, a folder for each."""


def test_a_writer_killed_at_any_step_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    killer = [sys.executable, "-c", textwrap.dedent(KILLER), str(tmp_path)]
    done = subprocess.run(killer, cwd=ROOT, check=True, capture_output=True, text=True)
    killed = [tmp_path / str(number) for number in range(int(done.stdout))]
    found = [titles(folder) for folder in killed]
    assert all(each in ({"Calf"}, WHOLE) for each in found)
    assert found[0] == {"Calf"}
    assert found[-1] == WHOLE  # killed while it tidied up, after the change
    for folder in killed:
        change(folder)
        assert titles(folder) == WHOLE
        assert list(folder.rglob(".*.md.*")) == []


def test_a_killed_writer_in_a_process_of_its_own_lets_go_of_the_library(tmp_path: Path) -> None:
    folder = begun(tmp_path / "own")
    code = textwrap.dedent("""
        import sys
        from pathlib import Path
        from corpus.library.disk import only_writer
        with only_writer(Path(sys.argv[1])):
            print("held", flush=True)
            sys.stdin.read()
    """)
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LibraryBusyError):
            change(folder)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    change(folder)
    assert titles(folder) == WHOLE


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named_as_it_is(tmp_path: Path) -> None:
    folder = begun(tmp_path)
    folder.chmod(0o500)
    try:
        with pytest.raises(LibraryWriteError, match="Permission denied"):
            change(folder)
    finally:
        folder.chmod(0o700)
    assert titles(folder) == {"Calf"}


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file")
    assert Library(tmp_path / "own" / "deeper").entries == ()
    with pytest.raises(LibraryWriteError, match=r"choose another as `folder` under \[shelf\]"):
        change(tmp_path / "own" / "deeper")


def test_a_catalogue_with_any_byte_altered_or_cut_off_is_not_believed(tmp_path: Path) -> None:
    path = begun(tmp_path) / "library.json"
    sound = path.read_bytes()
    blank = frozenset(range(len(sound))) - {n for n, c in enumerate(sound) if not chr(c).isspace()}
    for place in range(0, len(sound), 7):
        altered = bytearray(sound)
        altered[place] ^= 0x04
        path.write_bytes(bytes(altered))
        if place not in blank:
            with pytest.raises(DamagedLibraryError):
                Library(tmp_path)
        path.write_bytes(sound[:place])
        with pytest.raises(DamagedLibraryError, match="python -m assistant undo"):
            Library(tmp_path)
    path.write_bytes(sound)
    assert titles(tmp_path) == {"Calf"}


def test_a_damaged_catalogue_is_put_aside_and_the_newest_sound_state_put_back(
    tmp_path: Path,
) -> None:
    change(begun(tmp_path))
    damaged = b'{"format": 1, "rev'
    (tmp_path / "library.json").write_bytes(damaged)
    assert [entry.title for entry in rescue(tmp_path).entries] == ["Calf"]
    assert titles(tmp_path) == {"Calf"}
    assert (tmp_path / "damaged.json").read_bytes() == damaged
    change(tmp_path)
    library = Library(tmp_path)
    commit(library, stage_undo(library))
    assert titles(tmp_path) == {"Calf"}


def test_where_no_state_is_sound_a_backup_is_asked_for(tmp_path: Path) -> None:
    begun(tmp_path)
    for path in (tmp_path / "library.json", *(tmp_path / "history").iterdir()):
        path.write_bytes(b"?")
    with pytest.raises(DamagedLibraryError, match="backup"):
        rescue(tmp_path)


def test_a_catalogue_of_a_newer_soleus_is_told_apart(tmp_path: Path) -> None:
    path = begun(tmp_path) / "library.json"
    path.write_text(path.read_text().replace('"format": 1', '"format": 2'))
    with pytest.raises(DamagedLibraryError, match="newer Soleus"):
        Library(tmp_path)


def test_a_missing_or_altered_text_is_named_with_what_to_do(tmp_path: Path) -> None:
    library = Library(begun(tmp_path))
    [entry] = library.entries
    path = text_path(tmp_path, entry.text_digest)
    sound = path.read_bytes()
    path.write_bytes(sound.replace(b"rest", b"test"))
    with pytest.raises(AlteredTextError, match=r"“Calf” .*assistant add /club/calf"):
        library.document(entry.id)
    path.unlink()
    with pytest.raises(MissingTextError, match=f"assistant remove {entry.id}"):
        library.text(entry.id)
    commit(library, stage(library, [put_of("calf")]))
    assert path.read_bytes() == sound
