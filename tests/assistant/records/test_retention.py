"""What is kept goes after its days, whoever's clock it is."""

from datetime import timedelta

from assistant.records.retention import EVERY, Retention
from assistant.records.sql.sql_records import SqlRecords
from tests.assistant.records.made_records import ALWAYS, NOON, turn

DAY = timedelta(days=1)


def test_a_sweep_is_due_at_first_then_every_so_often() -> None:
    fresh = Retention(30)
    assert fresh.due(NOON)
    done = Retention(30, swept_at=NOON)
    assert not done.due(NOON)
    assert not done.due(NOON + EVERY - timedelta(seconds=1))
    assert done.due(NOON + EVERY)


def test_a_clock_that_was_put_back_stops_no_sweep() -> None:
    assert Retention(30, swept_at=NOON).due(NOON - DAY)


def test_a_sweep_takes_what_is_older_than_its_days_and_leaves_the_rest(
    records: SqlRecords,
) -> None:
    old, new = turn(asked_at=NOON - 31 * DAY), turn(asked_at=NOON - 30 * DAY)
    for one in (old, new):
        records.keep(one)
    retention, gone = Retention(30).swept(records, NOON)
    assert gone == 1
    assert not retention.due(NOON)
    assert records.unanswered(ALWAYS) == (new,)
    _, gone = retention.swept(records, NOON + timedelta(minutes=1))
    assert gone == 1
