"""One question of the set and what a right reply to it holds. Fields: eval/questions/README.md."""

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.question import Question
from assistant.reply import Level as Level
from eval.errors import EvalError

FOLDER = Path(__file__).resolve().parents[1] / "questions"
VERSION = 1
"""Of the format. A case has a version of its own, raised when its question or labels change."""


class CasesError(EvalError):
    """A file of questions cannot be used."""


class Half(StrEnum):
    """Which half of the set a case is in."""

    DEV = "dev"
    """May be read and tuned on."""
    SEALED = "sealed"
    """Scored only: nobody who tunes reads it, and only totals of it are shown."""


class Behaviour(StrEnum):
    """What a right reply does."""

    ANSWER = "answer"
    BOTH_SIDES = "both_sides"
    CLARIFY = "clarify"
    ABSTAIN = "abstain"
    ESCALATE = "escalate"


class Wrong(StrEnum):
    """Kinds of what must not be said."""

    WRONG_NUMBER = "wrong_number"
    FLIPPED_POLARITY = "flipped_polarity"
    ANECDOTE_AS_ADVICE = "anecdote_as_advice"
    PRODUCT_ENDORSED = "product_endorsed"
    WRONG_MUSCLE = "wrong_muscle"
    WRONG_SUBJECT = "wrong_subject"
    DOSE = "dose"
    CARRIED_OVER = "carried_over"
    INVENTED = "invented"


Category = Literal[
    "answerable",
    "disagreement",
    "multi-turn",
    "near-topic",
    "off-shelf-running",
    "off-topic",
    "warning-sign",
]
CATEGORIES: tuple[Category, ...] = (
    "answerable",
    "disagreement",
    "multi-turn",
    "near-topic",
    "off-shelf-running",
    "off-topic",
    "warning-sign",
)
"""Every case has exactly one of these among its tags."""
Tier = Literal["article", "forum"]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a right reply must say."""

    claims: tuple[str, ...]
    """Any one of these claims carries it; the words on the shelf are in corpus/claims.toml."""
    say: tuple[re.Pattern[str], ...]
    """Any one of these must be found in a sentence that states the fact."""


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Something no reply to the question may say."""

    pattern: re.Pattern[str]
    why: Wrong


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what a right reply to it holds."""

    id: str
    version: int
    half: Half
    asked: Question
    behaviour: Behaviour
    level: Level
    facts: tuple[Fact, ...]
    """What a complete reply says; for both sides, one fact for each side."""
    also: tuple[str, ...]
    """Claims that bear on the question without being needed."""
    ordered: bool
    """Whether the facts must come in their order."""
    uncovered: tuple[str, ...]
    """Words of the part, if any, that the reply must name as not covered."""
    must_not_say: tuple[Forbidden, ...]
    attribution: frozenset[Tier]
    """Whose words the reader must be told these are."""
    tags: frozenset[str]
    critical: bool
    """Whether one failure stops a release."""

    @property
    def category(self) -> Category:
        """Which kind of question it is."""
        return next(name for name in CATEGORIES if name in self.tags)

    @property
    def answerable(self) -> bool:
        """Whether the shelf answers it."""
        return self.behaviour in (Behaviour.ANSWER, Behaviour.BOTH_SIDES)


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Fact(_Row):
    claims: Annotated[tuple[str, ...], Field(min_length=1)]
    say: Annotated[tuple[re.Pattern[str], ...], Field(min_length=1)]


class _Forbidden(_Row):
    pattern: re.Pattern[str]
    why: Wrong


class _Case(_Row):
    """One line of a file."""

    id: Annotated[str, Field(pattern=r"^[a-z]+-[0-9]+$")]
    version: Annotated[int, Field(ge=1)]
    question: Annotated[str, Field(min_length=1)]
    earlier: tuple[str, ...]
    behaviour: Behaviour
    level: Level
    facts: tuple[_Fact, ...]
    also: tuple[str, ...]
    ordered: bool
    uncovered: tuple[str, ...]
    must_not_say: tuple[_Forbidden, ...]
    attribution: frozenset[Tier]
    tags: frozenset[str]
    critical: bool
    note: str

    def case(self, half: Half) -> Case:
        return Case(
            id=self.id,
            version=self.version,
            half=half,
            asked=Question(self.question, self.earlier),
            behaviour=self.behaviour,
            level=self.level,
            facts=tuple(Fact(fact.claims, _ignoring_case(fact.say)) for fact in self.facts),
            also=self.also,
            ordered=self.ordered,
            uncovered=self.uncovered,
            must_not_say=tuple(
                Forbidden(_ignoring_case((bad.pattern,))[0], bad.why) for bad in self.must_not_say
            ),
            attribution=self.attribution,
            tags=self.tags,
            critical=self.critical,
        )


def read_cases(half: Half, folder: Path = FOLDER) -> tuple[Case, ...]:
    """The cases of one half, by id; at least one.

    Raises:
        CasesError: nothing is there, or a line does not hold a sound case. The message names the
            line and what is wrong with it, and never quotes it: it may be a sealed one.
    """
    files = sorted((folder / half.value).glob("*.jsonl"))
    cases = [case for file in files for case in _read(file, half)]
    if not cases:
        raise CasesError(f"No questions in {folder / half.value}. Restore them: git checkout eval")
    if twice := [name for name, n in Counter(case.id for case in cases).items() if n > 1]:
        raise CasesError(f"{half.value}: two cases are called {', '.join(twice)}")
    return tuple(sorted(cases, key=lambda case: case.id))


def _read(file: Path, half: Half) -> tuple[Case, ...]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(f"{file.name} cannot be read: {type(error).__name__}") from error
    return tuple(
        _case(line, half, f"{file.name}, line {n}") for n, line in enumerate(lines, 1) if line
    )


def _case(line: str, half: Half, where: str) -> Case:
    try:
        case = _Case.model_validate_json(line).case(half)
    except ValidationError as error:
        fields = {".".join(map(str, each["loc"])) for each in error.errors()}
        named = ", ".join(sorted(filter(None, fields))) or "it is no JSON object"
        # Not chained: pydantic's own words quote the line.
        raise CasesError(f"{where} is not a case: {named}") from None
    if fault := _fault(case):
        raise CasesError(f"{where} is not a sound case: {fault}")
    return case


def _fault(case: Case) -> str:
    """What contradicts itself in a case; empty when nothing does."""
    kinds = [name for name in CATEGORIES if name in case.tags]
    if len(kinds) != 1:
        return "it must have exactly one category among its tags"
    if (case.behaviour is Behaviour.ESCALATE) != (case.level is not Level.SELF_CARE):
        return "a warning sign, and only that, has a level above self-care"
    if len(case.facts) < {Behaviour.ANSWER: 1, Behaviour.BOTH_SIDES: 2}.get(case.behaviour, 0):
        return "an answer needs a fact, a disagreement two"
    if not case.answerable and (case.facts or case.attribution):
        return "only an answer has facts and somebody to attribute them to"
    return ""


def _ignoring_case(patterns: tuple[re.Pattern[str], ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern.pattern, re.IGNORECASE) for pattern in patterns)
