"""How many golden questions are answered rightly, and how sure that makes us."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from assistant.question import Question
from assistant.reply import Abstention, AbstentionReason, Reply
from eval.golden import BEHAVIOURS, Claims, Golden, GoldenError, fault, forbidden, points_made
from eval.measures.interval import wilson

_TUNED = "This file was tuned on: expect less of questions nobody has seen."
_SEALED = (
    "Totals only: look at no question of this file, and tune nothing after this figure.",
    "Nothing recorded this run. Wherever the figure is published, say how often it was taken.",
)


@dataclass(frozen=True, slots=True)
class Tally:
    """So many right of so many asked."""

    right: int
    asked: int

    @classmethod
    def of(cls, verdicts: Sequence[bool]) -> "Tally":
        """Counts verdicts."""
        return cls(sum(verdicts), len(verdicts))


@dataclass(frozen=True, slots=True)
class Score:
    """How one file of golden questions went."""

    total: Tally
    behaviours: Mapping[str, Tally]
    """By the behaviour wanted; none that was not asked for."""
    near_topic: Tally
    """Abstentions wanted although the question uses the shelf's own words."""
    follow_ups: Tally
    """Questions with earlier turns."""
    points: Tally
    """Golden points made, of all there are to make. They come in clusters: no interval."""
    forbidden: int
    """Replies that say what they must not; whether they are right is counted apart."""
    failing: tuple[str, ...]
    """Ids of questions not answered rightly; always empty for sealed ones."""
    sealed: bool


def score(
    goldens: Sequence[Golden], ask: Callable[[Question], Reply], claims: Claims, *, sealed: bool
) -> Score:
    """Ask every golden question and count. The ids of sealed ones are dropped here.

    Raises:
        GoldenError: the assistant could not look, which says nothing about its answers.
    """
    replies = [_reply(golden, ask) for golden in goldens]
    pairs = list(zip(goldens, replies, strict=True))
    verdicts = [(golden, not fault(golden, reply, claims)) for golden, reply in pairs]

    def tally(chosen: Callable[[Golden], bool]) -> Tally:
        return Tally.of([right for golden, right in verdicts if chosen(golden)])

    wanted = {
        name: Tally.of([r for g, r in verdicts if g.behaviour == name]) for name in BEHAVIOURS
    }
    return Score(
        total=tally(lambda _: True),
        behaviours={name: each for name, each in wanted.items() if each.asked},
        near_topic=tally(lambda g: g.behaviour == "abstain" and "near-topic" in g.tags),
        follow_ups=tally(lambda g: bool(g.asked.earlier)),
        points=Tally.of([made for g, r in pairs for made in points_made(g, r, claims)]),
        forbidden=sum(bool(forbidden(golden, reply)) for golden, reply in pairs),
        failing=() if sealed else tuple(golden.id for golden, right in verdicts if not right),
        sealed=sealed,
    )


def _reply(golden: Golden, ask: Callable[[Question], Reply]) -> Reply:
    reply = ask(golden.asked)
    if isinstance(reply, Abstention) and reply.reason is AbstentionReason.UNAVAILABLE:
        raise GoldenError("Soleus could not look anything up. Try: python -m assistant doctor")
    return reply


def lines_of(name: str, found: Score) -> tuple[str, ...]:
    """The score of a file in words, line by line."""
    table = [
        *found.behaviours.items(),
        ("all", found.total),
        ("  abstain, near the topic", found.near_topic),
        ("  follow-ups", found.follow_ups),
    ]
    points = found.points
    return (
        f"{name}: {found.total.asked} questions",
        f"{'':27}{'right':>6}{'asked':>7}{'share':>8}   95% interval",
        *(_line(what, tally) for what, tally in table if tally.asked),
        f"Golden points made: {points.right} of {points.asked}{_share(points)}",
        f"Replies that say what they must not: {found.forbidden}",
        *(_SEALED if found.sealed else (_TUNED, f"Not right: {' '.join(found.failing) or 'none'}")),
    )


def _line(what: str, tally: Tally) -> str:
    sure = wilson(tally.right, tally.asked)
    counts = f"{what:27}{tally.right:>6}{tally.asked:>7}{tally.right / tally.asked:>8.1%}"
    return f"{counts}   {sure.low:.1%} to {sure.high:.1%}"


def _share(tally: Tally) -> str:
    return f" ({tally.right / tally.asked:.1%})" if tally.asked else ""


def as_json(found: Score) -> Mapping[str, object]:
    """The same for keeping: each tally with `right`, `asked` and its `interval`, 0 to 1."""
    return {
        "total": _kept(found.total),
        "behaviours": {name: _kept(tally) for name, tally in found.behaviours.items()},
        "near_topic": _kept(found.near_topic),
        "follow_ups": _kept(found.follow_ups),
        "points": asdict(found.points),
        "forbidden": found.forbidden,
        **({} if found.sealed else {"failing": list(found.failing)}),
    }


def _kept(tally: Tally) -> Mapping[str, object]:
    sure = wilson(tally.right, tally.asked) if tally.asked else None
    return {**asdict(tally), "interval": (sure.low, sure.high) if sure else None}
