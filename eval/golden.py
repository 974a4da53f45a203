"""Golden questions and what a right reply to one looks like. Fields: tests/golden/README.md."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.question import Question
from assistant.reply import Abstention, AbstentionReason, Answer, Citation, Clarification, Reply
from corpus import Span
from eval.errors import EvalError

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "golden"
DEV = ("dev", "dev_b")
"""Files that may be looked at and tuned against."""
SEALED = "sealed"
"""The file whose questions nobody looks at: only its totals may be shown."""

Behaviour = Literal["answer", "both_sides", "partial", "clarify", "abstain", "small_talk"]
BEHAVIOURS: tuple[Behaviour, ...] = get_args(Behaviour)
Claims = Mapping[str, Sequence[Span]]
"""Claim id to the spans of our texts that carry it."""

_LEFT_OPEN = frozenset({AbstentionReason.NOT_COVERED, AbstentionReason.INSTRUCTION})
"""Honest ways of answering nothing; a warning that lets the rest wait is judged by its level."""


class GoldenError(EvalError):
    """A file of golden questions cannot be used."""


@dataclass(frozen=True, slots=True)
class Golden:
    """One golden question."""

    id: str
    asked: Question
    behaviour: Behaviour
    points: tuple[tuple[str, ...], ...]
    """What a right reply says; quoting any one claim of a point makes it."""
    uncovered_words: tuple[str, ...]
    must_not_say: tuple[str, ...]
    tags: frozenset[str]


class _Row(BaseModel):
    """One line of a file. What only people read (sources, note) is let by."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    question: str
    earlier: tuple[str, ...] = ()
    behaviour: Behaviour
    claims: tuple[tuple[str, ...], ...]
    uncovered_words: tuple[str, ...] = ()
    must_not_say: tuple[re.Pattern[str], ...] = ()
    tags: frozenset[str] = frozenset()

    def golden(self) -> Golden:
        return Golden(
            self.id,
            Question(self.question, self.earlier),
            self.behaviour,
            self.claims,
            self.uncovered_words,
            tuple(pattern.pattern for pattern in self.must_not_say),
            self.tags,
        )


def path_of(name: str) -> Path:
    """Where the golden questions of a name ("dev", "dev_b", "sealed") lie."""
    return FOLDER / f"{name}.jsonl"


def read_golden(path: Path) -> tuple[Golden, ...]:
    """The questions of a file, in order; at least one.

    Raises:
        GoldenError: the file is missing or empty, or a line does not parse. The message names
            the line and never quotes it: it may be a sealed one.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise GoldenError(f"{path.name} cannot be read: {error.strerror}") from error
    read = tuple(_read(line, path, n) for n, line in enumerate(lines, 1) if line.strip())
    if not read:
        raise GoldenError(f"{path.name} holds no question.")
    return read


def _read(line: str, path: Path, number: int) -> Golden:
    try:
        return _Row.model_validate_json(line).golden()
    except ValidationError as error:
        fields = {str(each["loc"][0]) for each in error.errors() if each["loc"]}
        named = ", ".join(sorted(fields)) or "it is no JSON object"
        # Not chained: pydantic's own words quote the line.
        raise GoldenError(f"{path.name}, line {number} is not a golden question: {named}") from None


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


def points_made(golden: Golden, reply: Reply, claims: Claims) -> tuple[bool, ...]:
    """For each point of a golden question, whether a quote overlaps a claim of it."""
    cited = [citation.span for citation in citations_of(reply)]
    return tuple(
        any(span.overlaps(one) for claim in point for span in claims[claim] for one in cited)
        for point in golden.points
    )


def fault(golden: Golden, reply: Reply, claims: Claims) -> str:
    """What is wrong with a reply to a golden question, in plain words; empty when nothing is."""
    made = points_made(golden, reply, claims)
    match golden.behaviour:
        case "answer":
            right = isinstance(reply, Answer) and bool(made) and made[0]
        case "both_sides":
            right = isinstance(reply, Answer) and sum(made) >= 2
        case "partial":
            right = isinstance(reply, Answer) and any(made) and _names_the_rest(golden, reply)
        case "clarify":
            right = isinstance(reply, Clarification) and len(reply.choices) >= 2
        case "abstain":
            right = isinstance(reply, Abstention) and reply.reason in _LEFT_OPEN
        case "small_talk":
            right = isinstance(reply, Abstention) and reply.reason is AbstentionReason.SMALL_TALK
    if right:
        return ""
    got = f"{type(reply).__name__}: {quoted(reply)}"
    return f"{golden.id} wants {golden.behaviour}, points made {list(made)}, got {got}"


def _names_the_rest(golden: Golden, reply: Answer) -> bool:
    said = " ".join(reply.uncovered).lower()
    return bool(said) and all(word.lower() in said for word in golden.uncovered_words)


def forbidden(golden: Golden, reply: Reply) -> tuple[str, ...]:
    """The patterns of `must_not_say` that a reply says all the same."""
    said = quoted(reply)
    return tuple(bad for bad in golden.must_not_say if re.search(bad, said, re.IGNORECASE))
