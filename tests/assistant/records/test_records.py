"""What is kept comes back, is rated, goes: the same from a file and from PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import RecordsError
from assistant.records.kept import Ending, Feedback, KeptTurn, RatedTurn, Tally, Thumb
from assistant.records.sql.sql_records import SqlRecords
from assistant.reply import Level
from tests.assistant.records.made_records import (
    ALWAYS,
    CODE,
    NOON,
    OTHER_CODE,
    OpenRecords,
    turn,
    turns,
)

HOUR = timedelta(hours=1)


def everything(records: SqlRecords) -> list[RatedTurn]:
    return list(records.export(ALWAYS))


def test_where_nothing_was_kept_there_is_nothing_to_find_rate_or_delete(
    records: SqlRecords,
) -> None:
    assert everything(records) == []
    assert records.unanswered(ALWAYS) == ()
    assert records.tally() == Tally()
    assert not records.rate(Feedback("any", Thumb.UP))
    assert records.forget(CODE) == 0
    assert records.sweep(NOON) == 0
    assert everything(records) == []


# The place stays the same from one example to the next, and is emptied.
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(turns, max_size=6, unique_by=lambda one: one.id), st.sampled_from(Thumb))
def test_whatever_is_kept_comes_back_as_it_was_the_oldest_first(
    records: SqlRecords, some: list[KeptTurn], thumb: Thumb
) -> None:
    for code in (CODE, OTHER_CODE):
        records.forget(code)
    for one in some:
        records.keep(one)
        assert records.rate(Feedback(one.id, thumb, "why"))
    ordered = sorted(some, key=lambda one: (one.asked_at, one.id))
    said = {one.id: "why" if one.question else "" for one in some}
    assert everything(records) == [
        RatedTurn(one, Feedback(one.id, thumb, said[one.id])) for one in ordered
    ]
    assert records.tally().turns == len(some)
    for code in (CODE, OTHER_CODE):
        assert records.forget(code) == sum(one.chat == code.digest for one in some)
    assert everything(records) == []


def test_what_is_kept_is_there_for_whoever_opens_it_next(open_records: OpenRecords) -> None:
    one = turn("what about beetroot 🥤?", documents=("salt",), uncovered=("beetroot",))
    open_records().keep(one)
    assert everything(open_records()) == [RatedTurn(one, None)]


def test_a_turn_is_kept_once(records: SqlRecords) -> None:
    one = turn()
    records.keep(one)
    with pytest.raises(RecordsError, match="kept already"):
        records.keep(one)
    assert everything(records) == [RatedTurn(one, None)]


def test_a_reader_may_think_again(records: SqlRecords) -> None:
    one = turn()
    records.keep(one)
    assert records.rate(Feedback(one.id, Thumb.UP))
    assert records.rate(Feedback(one.id, Thumb.DOWN, "too short"))
    assert everything(records) == [RatedTurn(one, Feedback(one.id, Thumb.DOWN, "too short"))]


def test_a_turn_nobody_kept_is_not_rated(records: SqlRecords) -> None:
    records.keep(turn())
    assert not records.rate(Feedback("somebody else's", Thumb.UP))
    assert records.tally().up == 0


def test_beside_a_turn_without_text_no_comment_is_kept(records: SqlRecords) -> None:
    grave = turn("", level=Level.EMERGENCY, outcome=Ending.WARNING)
    records.keep(grave)
    assert records.rate(Feedback(grave.id, Thumb.DOWN, "all about it"))
    assert everything(records) == [RatedTurn(grave, Feedback(grave.id, Thumb.DOWN))]


def test_unanswered_are_those_not_covered_in_whole_or_in_part_since_then(
    records: SqlRecords,
) -> None:
    by_ending = {one: turn(outcome=one, asked_at=NOON) for one in Ending}
    earlier, later = turn(asked_at=NOON - HOUR), turn(asked_at=NOON + HOUR)
    for one in (later, *by_ending.values(), earlier):
        records.keep(one)
    expected = (by_ending[Ending.PARTLY], by_ending[Ending.NOT_COVERED], later)
    assert records.unanswered(NOON) == expected
    assert [one.turn for one in records.export(NOON + HOUR)] == [later]


def test_a_chat_is_forgotten_with_what_was_thought_of_it_and_no_other(
    records: SqlRecords,
) -> None:
    mine, mine_too, other = turn(), turn(), turn(chat=OTHER_CODE.digest)
    for one in (mine, mine_too, other):
        records.keep(one)
        records.rate(Feedback(one.id, Thumb.UP, "good"))
    assert records.forget(CODE) == 2
    assert records.forget(CODE) == 0
    assert everything(records) == [RatedTurn(other, Feedback(other.id, Thumb.UP, "good"))]
    assert records.tally().up == 1


def test_sweeping_takes_what_was_asked_before(records: SqlRecords) -> None:
    old, new = turn(asked_at=NOON - HOUR), turn(asked_at=NOON)
    records.keep(old)
    records.keep(new)
    assert records.sweep(NOON) == 1
    assert everything(records) == [RatedTurn(new, None)]


def test_the_tally_counts_turns_chats_endings_and_thumbs(records: SqlRecords) -> None:
    answered = turn(outcome=Ending.ANSWER, asked_at=NOON - 48 * HOUR)
    for one in (turn(), turn(chat=OTHER_CODE.digest), answered):
        records.keep(one)
    records.rate(Feedback(answered.id, Thumb.UP))
    assert records.tally() == Tally(
        turns=3,
        chats=2,
        first=(NOON - 48 * HOUR).date(),
        outcomes=((Ending.ANSWER, 1), (Ending.NOT_COVERED, 2)),
        up=1,
    )


def test_many_may_keep_and_rate_at_once_from_the_very_first_turn(
    open_records: OpenRecords,
) -> None:
    some = [turn() for _ in range(24)]

    def keep_and_rate(one: KeptTurn) -> bool:
        records = open_records()
        records.keep(one)
        return all(records.rate(Feedback(some_one, Thumb.UP)) for some_one in (one.id, one.id))

    with ThreadPoolExecutor(6) as threads:
        assert all(threads.map(keep_and_rate, some))
    assert open_records().tally().turns == len(some)
    assert open_records().tally().up == len(some)


def test_one_turn_rated_by_many_at_once_is_rated_once(open_records: OpenRecords) -> None:
    one = turn()
    open_records().keep(one)
    with ThreadPoolExecutor(6) as threads:
        done = threads.map(lambda _: open_records().rate(Feedback(one.id, Thumb.UP)), range(24))
        assert all(done)
    assert open_records().tally().up == 1


def test_an_export_is_not_disturbed_by_what_is_deleted_meanwhile(
    open_records: OpenRecords,
) -> None:
    records = open_records()
    for _ in range(3):
        records.keep(turn())
    exporting = records.export(ALWAYS)
    next(exporting)
    assert open_records().forget(CODE) == 3
    assert len(list(exporting)) == 2
    assert everything(records) == []
