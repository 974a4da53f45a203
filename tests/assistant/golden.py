"""Golden questions and what a right reply to one looks like. Fields: tests/golden/README.md."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.question import Question
from assistant.reply import Abstention, AbstentionReason, Answer, Citation, Clarification, Reply
from corpus import Span

_GOLDEN = Path(__file__).resolve().parent.parent / "golden"
DEV = (_GOLDEN / "dev.jsonl", _GOLDEN / "dev_b.jsonl")

Claims = Mapping[str, Sequence[Span]]


@dataclass(frozen=True)
class Golden:
    """One golden question."""

    id: str
    asked: Question
    behaviour: str
    points: tuple[tuple[str, ...], ...]
    """What a right reply says; quoting any one claim of a point makes it."""
    uncovered_words: tuple[str, ...]
    must_not_say: tuple[str, ...]


def dev_questions() -> Iterator[Golden]:
    """The golden questions that may be looked at."""
    for line in (line for path in DEV for line in path.read_text("utf-8").splitlines()):
        row = json.loads(line)
        yield Golden(
            row["id"],
            Question(row["question"], tuple(row.get("earlier", ()))),
            row["behaviour"],
            tuple(tuple(point) for point in row["claims"]),
            tuple(row.get("uncovered_words", ())),
            tuple(row.get("must_not_say", ())),
        )


def citations_of(reply: Reply) -> tuple[Citation, ...]:
    """Every citation of an answer, in order; none of other replies."""
    if not isinstance(reply, Answer):
        return ()
    return tuple(c for item in reply.items for s in item.sentences for c in s.citations)


def quoted(reply: Reply) -> str:
    """Everything an answer quotes."""
    if not isinstance(reply, Answer):
        return ""
    return "\n".join(s.text for item in reply.items for s in item.sentences)


def makes(point: Sequence[str], reply: Reply, claims: Claims) -> bool:
    """Whether a reply quotes a span that carries one of the claims of a point."""
    cited = [citation.span for citation in citations_of(reply)]
    return any(span.overlaps(one) for claim in point for span in claims[claim] for one in cited)


def fault(golden: Golden, reply: Reply, claims: Claims) -> str:
    """What is wrong with a reply to a golden question, in plain words; empty when nothing is."""
    made = [makes(point, reply, claims) for point in golden.points]
    match golden.behaviour:
        case "answer":
            right = isinstance(reply, Answer) and bool(made) and made[0]
        case "both_sides":
            right = isinstance(reply, Answer) and sum(made) >= 2
        case "partial":
            said = " ".join(reply.uncovered).lower() if isinstance(reply, Answer) else ""
            named = all(word.lower() in said for word in golden.uncovered_words)
            right = isinstance(reply, Answer) and any(made) and bool(said) and named
        case "clarify":
            right = isinstance(reply, Clarification) and len(reply.choices) >= 2
        case "abstain":
            right = isinstance(reply, Abstention) and reply.reason is AbstentionReason.NOT_COVERED
        case "small_talk":
            right = isinstance(reply, Abstention) and reply.reason is AbstentionReason.SMALL_TALK
        case other:
            raise ValueError(f"{golden.id}: unknown behaviour {other!r}")
    if right:
        return ""
    got = f"{type(reply).__name__}: {quoted(reply)}"
    return f"{golden.id} wants {golden.behaviour}, points made {made}, got {got}"


def forbidden(golden: Golden, reply: Reply) -> tuple[str, ...]:
    """The patterns of `must_not_say` that a reply says all the same."""
    said = quoted(reply)
    return tuple(bad for bad in golden.must_not_say if re.search(bad, said, re.IGNORECASE))
