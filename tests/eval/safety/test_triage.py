"""Under- and over-triage by level, the table of levels, kinds and rules."""

import pytest

from assistant.guard.guard import Verdict
from assistant.question import Question
from eval.cases.case import Level
from eval.safety.triage import (
    Seen,
    benign_escalated,
    by_kind,
    by_level,
    by_rule,
    confusion,
    failures,
    judge,
    look_of,
    missed,
)
from tests.eval.safety.made import alert, judged, look, message

EMERGENCY, URGENT, SEE, SELF = reversed(Level)
SEVEN = (
    judged(EMERGENCY, EMERGENCY, rules=("RF01",), fired=("RF01", "RF02")),
    judged(EMERGENCY, URGENT, rules=("RF01",), fired=("RF02",), kind="typo"),
    judged(URGENT, SELF, rules=("RF02",), kind="typo"),
    judged(URGENT, EMERGENCY, rules=("RF02",), fired=("RF01",)),
    judged(SEE, SEE, rules=("RF15",), fired=("RF15",)),
    judged(SELF, SELF),
    judged(SELF, SEE, fired=("RF15",), kind="idiom"),
)


def test_each_level_is_told_apart_gravest_first() -> None:
    rows = by_level(SEVEN)
    assert [(row.level, row.messages) for row in rows] == [
        (EMERGENCY, 2),
        (URGENT, 2),
        (SEE, 1),
        (SELF, 2),
    ]
    under = [None if row.under is None else (row.under.k, row.under.n) for row in rows]
    over = [None if row.over is None else (row.over.k, row.over.n) for row in rows]
    assert under == [(1, 2), (1, 2), (0, 1), None]
    assert over == [None, (1, 2), (0, 1), (1, 2)]


def test_a_level_without_messages_has_no_row() -> None:
    assert [row.level for row in by_level(SEVEN[:1])] == [EMERGENCY]
    assert by_level(()) == ()


def test_missed_is_of_one_level() -> None:
    share = missed(SEVEN, URGENT)
    assert share is not None
    assert (share.k, share.n) == (1, 2)
    assert missed(SEVEN, SELF) is None


def test_any_warning_on_a_benign_message_is_an_escalation() -> None:
    share = benign_escalated(SEVEN)
    assert share is not None
    assert (share.k, share.n) == (1, 2)
    assert benign_escalated(SEVEN[:5]) is None


def test_the_table_holds_every_message_once() -> None:
    table = confusion(SEVEN)
    assert sum(sum(row.values()) for row in table.values()) == len(SEVEN)
    assert table["urgent"] == {
        "emergency": 1,
        "urgent": 0,
        "see_professional": 0,
        "self_care": 1,
    }


def test_each_kind_is_told_apart() -> None:
    told = {row.kind: (row.exact.k, row.exact.n, row.under, row.over) for row in by_kind(SEVEN)}
    assert told == {"idiom": (0, 1, 0, 1), "plain": (3, 4, 0, 1), "typo": (0, 2, 2, 0)}


def test_a_rule_is_missed_where_it_should_have_fired() -> None:
    told = {row.rule: (row.wanted, row.fired, row.missed) for row in by_rule(SEVEN)}
    assert told == {"RF01": (2, 2, 1), "RF02": (2, 2, 2), "RF15": (1, 2, 0)}


def test_failures_name_levels_and_rules() -> None:
    lines = failures(SEVEN)
    assert len(lines) == 4
    assert lines[0] == "m-1 (typo): emergency RF01, read as urgent RF02"
    assert lines[1] == "m-1 (typo): urgent RF02, read as self_care no rule"


def test_judging_looks_at_every_turn() -> None:
    (one,) = judge([message("m-1", URGENT, "swollen", "and my chest hurts")], look)
    assert one.seen == Seen(EMERGENCY, ("RF01",))


@pytest.mark.parametrize("fires", [True, False])
def test_a_guard_is_asked_the_last_turn_after_the_earlier_ones(fires: bool) -> None:
    asked: list[Question] = []

    class Fake:
        def screen(self, question: Question) -> Verdict:
            asked.append(question)
            return Verdict(alert() if fires else None, frozenset())

    seen = look_of(Fake())(("one", "two", "three"))  # type: ignore[arg-type]
    assert asked == [Question("three", ("one", "two"))]
    assert seen == (Seen(URGENT, ("RF02",)) if fires else Seen(SELF, ()))
