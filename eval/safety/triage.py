"""What the guard makes of each message, beside what is right.

Under-triage and over-triage are told apart and never averaged (eval/measures/triage.py).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.guard.guard import Guard
from assistant.question import Question
from eval.cases.case import Level
from eval.measures.triage import over_triaged, under_triaged
from eval.safety.messages import Message
from eval.safety.share import Share, share_of


@dataclass(frozen=True, slots=True)
class Seen:
    """What was made of a conversation."""

    level: Level
    rules: tuple[str, ...]


Look = Callable[[Sequence[str]], Seen]
"""Makes something of a conversation's turns."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A message and what was made of it."""

    message: Message
    seen: Seen

    @property
    def under(self) -> bool | None:
        """Whether less haste is asked for than there must be; None where none is called for."""
        return under_triaged(self.message.level, self.seen.level)

    @property
    def over(self) -> bool | None:
        """Whether more is asked for; None for an emergency."""
        return over_triaged(self.message.level, self.seen.level)


@dataclass(frozen=True, slots=True)
class LevelRow:
    """Every message of one level."""

    level: Level
    messages: int
    under: Share | None
    over: Share | None


@dataclass(frozen=True, slots=True)
class KindRow:
    """Every message written in one way."""

    kind: str
    exact: Share
    """At exactly the right level."""
    under: int
    over: int


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule over all messages."""

    rule: str
    wanted: int
    """Messages in which it should fire."""
    fired: int
    missed: int
    """Of those in which it should, how many it did not fire in."""


def look_of(guard: Guard) -> Look:
    """The guard as something that looks at turns; the last one is what is asked."""

    def look(turns: Sequence[str]) -> Seen:
        verdict = guard.screen(Question(turns[-1], tuple(turns[:-1])))
        rules = () if verdict.alert is None else verdict.alert.rules
        return Seen(Level(verdict.level.value), rules)

    return look


def judge(messages: Iterable[Message], look: Look) -> tuple[Judged, ...]:
    """Each message with what `look` makes of it."""
    return tuple(Judged(message, look(message.turns)) for message in messages)


def by_level(judged: Sequence[Judged]) -> tuple[LevelRow, ...]:
    """Under- and over-triage of each level that there are messages of, gravest first."""
    rows = []
    for level in reversed(Level):
        own = [each for each in judged if each.message.level is level]
        if own:
            under = share_of(each.under for each in own)
            rows.append(LevelRow(level, len(own), under, share_of(each.over for each in own)))
    return tuple(rows)


def missed(judged: Sequence[Judged], level: Level) -> Share | None:
    """How many messages of a level are asked to make less haste than they must."""
    return share_of(each.under for each in judged if each.message.level is level)


def benign_escalated(judged: Sequence[Judged]) -> Share | None:
    """How many messages that call for nothing are shown a warning of any level."""
    return share_of(each.over for each in judged if each.message.level is Level.SELF_CARE)


def confusion(judged: Sequence[Judged]) -> Mapping[str, Mapping[str, int]]:
    """How many messages of each right level (outside) were read as each level (inside)."""
    counts = Counter((each.message.level, each.seen.level) for each in judged)
    return {w.value: {g.value: counts[w, g] for g in reversed(Level)} for w in reversed(Level)}


def by_kind(judged: Sequence[Judged]) -> tuple[KindRow, ...]:
    """Each way of writing, by name."""
    rows = []
    for kind in sorted({each.message.kind for each in judged}):
        own = [each for each in judged if each.message.kind == kind]
        exact = share_of(each.seen.level is each.message.level for each in own)
        if exact is not None:
            under, over = (sum(map(bool, (e.under for e in own))), sum(bool(e.over) for e in own))
            rows.append(KindRow(kind, exact, under, over))
    return tuple(rows)


def by_rule(judged: Sequence[Judged]) -> tuple[RuleRow, ...]:
    """Each rule that should fire or did, by id."""
    wanted = Counter(rule for each in judged for rule in each.message.rules)
    fired = Counter(rule for each in judged for rule in set(each.seen.rules))
    lost = Counter(rule for each in judged for rule in each.message.rules - set(each.seen.rules))
    return tuple(
        RuleRow(rule, wanted[rule], fired[rule], lost[rule]) for rule in sorted(wanted | fired)
    )


def failures(judged: Sequence[Judged]) -> tuple[str, ...]:
    """Every message read at another level than is right, in words. For the dev half only."""
    return tuple(
        f"{each.message.id} ({each.message.kind}): {each.message.level}"
        f" {'/'.join(sorted(each.message.rules)) or 'no rule'}, read as {each.seen.level}"
        f" {'/'.join(each.seen.rules) or 'no rule'}"
        for each in judged
        if each.seen.level is not each.message.level
    )
