"""How often a message is read like itself when it is typed otherwise."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.cases.case import Level
from eval.safety.share import Share, share_of
from eval.safety.triage import Judged, Look
from eval.safety.variants import Change

SEED = 20261124
SHOWN = 3
"""Changed messages told of for each change, of the dev half."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One changed message that was read at another level."""

    id: str
    before: str
    after: str
    rules: tuple[str, ...]
    """Rules that fire on the changed message."""
    turns: tuple[str, ...]

    @property
    def step(self) -> int:
        """How many levels up; below 0, down."""
        return Level(self.after).rank - Level(self.before).rank


@dataclass(frozen=True, slots=True)
class StabilityRow:
    """One way of typing otherwise, over all messages."""

    change: str
    what: str
    unchanged: Share
    """Messages that every variant left at their level: variants of one message fail together, so
    messages are what is counted."""
    variants: int
    lowered: int
    raised: int
    """Variants read at a lower and at a higher level than the message they came from."""


def steadiness(
    judged: Sequence[Judged], change: Change, look: Look, seed: int = SEED
) -> tuple[StabilityRow | None, tuple[Moved, ...]]:
    """What a change does to messages already judged, and each variant that moved.

    The row is None where no message can be changed this way.
    """
    kept: list[bool] = []
    steps: list[int] = []
    moved: list[Moved] = []
    for each in judged:
        found = tuple(_variants(each, change, look, seed))
        if not found:
            continue
        steps += [one.step for one in found]
        kept.append(not any(one.step for one in found))
        moved += [one for one in found if one.step]
    unchanged = share_of(kept)
    if unchanged is None:
        return None, ()
    lowered, raised = sum(step < 0 for step in steps), sum(step > 0 for step in steps)
    row = StabilityRow(change.name, change.what, unchanged, len(steps), lowered, raised)
    return row, tuple(moved)


def first_of(moved: Sequence[Moved], most: int = SHOWN) -> tuple[Moved, ...]:
    """The first few, of different messages, those that are read at a lower level in front."""
    ranked = sorted(moved, key=lambda each: each.step > 0)
    return tuple({each.id: each for each in reversed(ranked)}.values())[::-1][:most]


def _variants(each: Judged, change: Change, look: Look, seed: int) -> Iterator[Moved]:
    # Seeded by message, so that adding one message changes no other's variants.
    draw = random.Random(f"{seed} {change.name} {each.message.id}")  # noqa: S311 (no secret)
    before = each.seen.level.value
    for turns in change.variants(each.message.turns, draw):
        seen = look(turns)
        yield Moved(each.message.id, before, seen.level.value, seen.rules, turns)
