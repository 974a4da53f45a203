"""The file: who may read it, what remains of what was deleted, and every way in which it fails."""

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from assistant.errors import RecordsError
from assistant.records.kept import Feedback, Thumb
from assistant.records.sql.sql_records import SqlRecords
from assistant.records.sql.sqlite_place import FILE, SqlitePlace
from tests.assistant.records.made_records import ALWAYS, CODE, NOON, OTHER_CODE, turn

ROOT = Path(__file__).resolve().parents[3]
ASKED = "whether pickled beetroot is any good"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "somewhere" / "records"


@pytest.fixture
def records(folder: Path) -> SqlRecords:
    return SqlRecords(SqlitePlace(folder, patience=0.01))


def database(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / FILE, isolation_level=None)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def every_connection(statement: str) -> Iterator[None]:
    """Has every new connection begin with a statement."""

    def begin(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(statement)

    event.listen(Pool, "connect", begin)
    try:
        yield
    finally:
        event.remove(Pool, "connect", begin)


def test_whoever_only_looks_makes_no_file(records: SqlRecords, folder: Path) -> None:
    list(records.export(ALWAYS))
    records.unanswered(ALWAYS)
    records.tally()
    records.forget(CODE)
    records.sweep(NOON)
    records.rate(Feedback("any", Thumb.UP))
    assert not folder.parent.exists()


def test_nobody_else_may_read_it_nor_what_lies_beside_it(records: SqlRecords, folder: Path) -> None:
    records.keep(turn())
    exporting = records.export(ALWAYS)
    next(exporting)
    names = {path.name for path in folder.iterdir()}
    assert names == {FILE, f"{FILE}-wal", f"{FILE}-shm"}
    assert {mode(path) for path in folder.iterdir()} == {0o600}
    assert mode(folder) == 0o700
    assert list(exporting) == []


def test_at_rest_there_is_one_file(records: SqlRecords, folder: Path) -> None:
    records.keep(turn())
    assert [path.name for path in folder.iterdir()] == [FILE]
    with closing(database(folder)) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize("while_reading", [False, True])
def test_what_was_deleted_is_in_no_file_any_more(
    records: SqlRecords, folder: Path, while_reading: bool
) -> None:
    def found() -> bool:
        return any(ASKED.encode() in path.read_bytes() for path in folder.iterdir())

    for _ in range(50):
        records.keep(turn(ASKED, uncovered=(ASKED,)))
    records.keep(turn("beetroot", chat=OTHER_CODE.digest))
    assert found()
    reading = records.export(ALWAYS)
    if while_reading:
        next(reading)
    assert records.forget(CODE) == 50
    list(reading)
    assert not found()
    assert records.tally().turns == 1


def test_a_file_that_another_program_holds_is_called_that(
    records: SqlRecords, folder: Path
) -> None:
    records.keep(turn())
    with closing(database(folder)) as other:
        other.execute("begin immediate")
        with pytest.raises(RecordsError, match="Another program holds"):
            records.keep(turn())
        with pytest.raises(RecordsError, match="Another program holds"):
            records.forget(CODE)
        assert records.tally().turns == 1
    records.keep(turn())


def test_on_a_full_disk_what_was_there_stays(records: SqlRecords) -> None:
    one = turn()
    records.keep(one)
    with (
        every_connection("pragma max_page_count = 1"),  # as many as there are, and no more
        pytest.raises(RecordsError, match="disk is full"),
    ):
        records.keep(turn("beetroot " * 2_000))
    assert one in records.unanswered(ALWAYS)
    records.keep(turn())


def test_a_file_that_cannot_be_written_can_still_be_read(records: SqlRecords) -> None:
    one = turn()
    records.keep(one)
    with every_connection("pragma query_only = on"):
        with pytest.raises(RecordsError, match="cannot be opened or written"):
            records.keep(turn())
        assert records.unanswered(ALWAYS) == (one,)


@pytest.mark.parametrize("content", [b"no database at all\n" * 100, b"SQLite format 3\0" * 300])
def test_a_damaged_file_is_called_that_by_every_step(
    records: SqlRecords, folder: Path, content: bytes
) -> None:
    folder.mkdir(parents=True)
    (folder / FILE).write_bytes(content)
    steps: list[Callable[[], object]] = [
        lambda: records.keep(turn()),
        lambda: records.rate(Feedback("any", Thumb.UP)),
        lambda: records.forget(CODE),
        lambda: list(records.export(ALWAYS)),
        lambda: records.unanswered(ALWAYS),
        records.tally,
    ]
    for step in steps:
        with pytest.raises(RecordsError, match=r"damaged. Move records\.sqlite out"):
            step()
    assert (folder / FILE).read_bytes() == content


def test_damage_within_is_noticed(records: SqlRecords, folder: Path) -> None:
    for _ in range(200):
        records.keep(turn("beetroot " * 50))
    path = folder / FILE
    whole = path.read_bytes()
    path.write_bytes(whole[:8_192] + b"\xff" * (len(whole) - 8_192))
    with pytest.raises(RecordsError, match="damaged"):
        records.unanswered(ALWAYS)


def test_once_the_damaged_file_is_moved_a_new_one_is_begun(
    records: SqlRecords, folder: Path
) -> None:
    folder.mkdir(parents=True)
    (folder / FILE).write_bytes(b"no database at all\n" * 100)
    (folder / FILE).rename(folder / "damaged")
    records.keep(turn())
    assert records.tally().turns == 1


def test_an_empty_file_counts_as_none(records: SqlRecords, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / FILE).touch()
    assert list(records.export(ALWAYS)) == []
    assert records.forget(CODE) == 0
    records.keep(turn())
    assert records.tally().turns == 1


def test_a_file_of_another_version_is_left_alone(records: SqlRecords, folder: Path) -> None:
    records.keep(turn())
    with closing(database(folder)) as connection:
        connection.execute("update versions set version = 2")
    for step in (lambda: records.keep(turn()), records.tally, lambda: records.sweep(NOON)):
        with pytest.raises(RecordsError, match=r"version 2; this one knows 1\). Update this one"):
            step()


@pytest.mark.parametrize(
    "change", ["outcome = 'bogus'", "documents = 'no JSON'", "asked_at = 'yesterday'"]
)
def test_a_row_that_somebody_changed_is_called_that(
    records: SqlRecords, folder: Path, change: str
) -> None:
    records.keep(turn())
    with closing(database(folder)) as connection:
        connection.execute(f"update turns set {change}")  # noqa: S608 (ours, from above)
    with pytest.raises(RecordsError, match="not as Soleus writes it"):
        list(records.export(ALWAYS))


@pytest.mark.parametrize(
    ("name", "why"), [("taken/records", "Not a dir"), ("taken", "File exists")]
)
def test_a_folder_that_cannot_be_made_is_named_with_the_setting(
    tmp_path: Path, name: str, why: str
) -> None:
    (tmp_path / "taken").write_text("a file")
    records = SqlRecords(SqlitePlace(tmp_path / name))
    with pytest.raises(RecordsError, match=rf"{why}.*Name another folder under \[records\]"):
        records.keep(turn())
    assert records.tally().turns == 0


def test_a_disk_that_is_full_before_anything_is_kept_is_called_that(
    records: SqlRecords, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError(ASKED)
        error.sqlite_errorname = "SQLITE_FULL"
        raise error

    monkeypatch.setattr("assistant.records.sql.sqlite_place._connect", full)
    with pytest.raises(RecordsError, match="disk is full"):
        records.keep(turn())
    assert list(folder.iterdir()) == []


def test_a_character_that_nothing_can_keep_is_refused(records: SqlRecords) -> None:
    with pytest.raises(RecordsError, match="no database can keep"):
        records.keep(turn("half a pair: \ud83e"))


def test_no_message_repeats_what_was_asked(records: SqlRecords) -> None:
    one = turn(ASKED)
    records.keep(one)
    with pytest.raises(RecordsError) as failure:
        records.keep(one)
    assert ASKED not in repr(failure.value)
    assert failure.value.__cause__ is None
    assert failure.value.__suppress_context__


KEEPER = """
import sys
from pathlib import Path
from assistant.records.sql.sql_records import SqlRecords
from assistant.records.sql.sqlite_place import SqlitePlace
from tests.assistant.records.made_records import turn
records = SqlRecords(SqlitePlace(Path(sys.argv[1])))
while True:
    records.keep(turn())
    print("kept", flush=True)
"""


def test_whoever_is_killed_while_keeping_loses_nothing_that_was_kept(
    records: SqlRecords, folder: Path
) -> None:
    command = [sys.executable, "-c", KEEPER, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as keeper:
        assert keeper.stdout is not None
        for _ in range(20):
            assert keeper.stdout.readline() == b"kept\n"
        keeper.kill()
        told = 20 + len(keeper.stdout.read().splitlines())
    assert told <= records.tally().turns <= told + 1
    records.keep(replace(turn(), id="after"))
    assert {path.name for path in folder.iterdir()} == {FILE}
