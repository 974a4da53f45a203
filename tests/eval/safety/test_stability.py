"""How often a message keeps its level when it is typed otherwise."""

import random
from collections.abc import Iterator

from eval.cases.case import Level
from eval.safety.stability import Moved, first_of, steadiness
from eval.safety.triage import judge
from eval.safety.variants import Change, Turns
from tests.eval.safety.made import look, message

MESSAGES = (
    message("a", Level.URGENT, "swollen calf"),
    message("b", Level.SELF_CARE, "which socks"),
    message("c", Level.SELF_CARE, "unchanged"),
)


def change(*texts: str) -> Change:
    """Every message but the one that says so becomes each of these by turns."""

    def variants(turns: Turns, _random: random.Random) -> Iterator[Turns]:
        if turns != ("unchanged",):
            yield from ((text,) for text in texts)

    return Change("made up", "as told", variants)


def test_a_message_that_moves_in_one_variant_is_not_steady() -> None:
    row, moved = steadiness(judge(MESSAGES, look), change("swollen", "my chest"), look)
    assert row is not None
    assert (row.unchanged.k, row.unchanged.n) == (0, 2)
    assert (row.variants, row.lowered, row.raised) == (4, 0, 3)
    assert [(each.id, each.before, each.after) for each in moved] == [
        ("a", "urgent", "emergency"),
        ("b", "self_care", "urgent"),
        ("b", "self_care", "emergency"),
    ]
    assert moved[0].turns == ("my chest",)
    assert moved[0].rules == ("RF01",)


def test_a_lower_level_is_counted_apart_from_a_higher_one() -> None:
    row, moved = steadiness(judge(MESSAGES, look), change("socks"), look)
    assert row is not None
    assert (row.unchanged.k, row.lowered, row.raised) == (1, 1, 0)
    assert moved[0].step == -2


def test_what_cannot_be_changed_has_no_row() -> None:
    row, moved = steadiness(judge(MESSAGES[2:], look), change("socks"), look)
    assert row is None
    assert moved == ()


def test_variants_of_one_message_do_not_hang_on_the_others() -> None:
    drawn: list[float] = []

    def variants(turns: Turns, draw: random.Random) -> Iterator[Turns]:
        drawn.append(draw.random())
        yield turns

    drawing = Change("made up", "", variants)
    steadiness(judge(MESSAGES, look), drawing, look)
    steadiness(judge(MESSAGES[1:], look), drawing, look)
    assert drawn[1:3] == drawn[3:5]
    assert len(set(drawn[:3])) == 3


def test_the_first_few_are_of_different_messages_lowered_ones_in_front() -> None:
    up = [Moved(name, "self_care", "urgent", (), ("x",)) for name in "aab"]
    down = [Moved(name, "urgent", "self_care", (), (turn,)) for name, turn in ("cy", "cz", "dy")]
    shown = first_of([*up, *down], 3)
    assert [each.id for each in shown] == ["c", "d", "a"]
    assert shown[0].turns == ("y",)
    assert first_of([], 3) == ()
