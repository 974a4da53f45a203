"""What may be quoted at all: the last look at a sentence before it is chosen, whoever wrote it.

After section 3.2 of OWASP's list for LLM applications (LLM01, LLM05, LLM09): no dose or time for a
medicine, no link, no instruction to a program, no reassurance, no diagnosis, and nothing of the
topics that a warning above holds back.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from assistant.errors import RulesError
from assistant.evidence import Evidence
from assistant.guard.instructions import instructs
from assistant.reply import ItemKind
from assistant.select import Point

TOPICS = Path(__file__).parent / "guard" / "topics.toml"
_EVERYTHING = "everything"
_MEDICINE = re.compile(
    r"\b(?:ibuprofen|nurofen|advil|naproxen|aleve|aspirin|paracetamol|acetaminophen|tylenol|panadol"
    r"|co-?codamol|codeine|diclofenac|volt(?:arol|aren)|anti-?inflammator\w+|nsaids?|painkillers?"
    r"|pain ?relief|tablets?|pills?|capsules?|quinine|statins?|muscle relaxants?|medicines?"
    r"|medications?|celecoxib|tramadol|diazepam)\b",
    re.I,
)
_TIMING = re.compile(
    r"\b(?:morning|evening|night|bedtime|before|during|after|hourly|hours?|daily|twice|once|times a"
    r"|every|race day|start line|beforehand|with food|with meals|minutes|maximum|max|days|weeks)\b",
    re.I,
)
_DOSE = re.compile(
    r"\b\d+(?:[.,]\d+)?\s?(?:mg|mcg|µg|ml|milligrams?|grams? of (?:ibuprofen|paracetamol)"
    r"|tablets?|pills?|capsules?|doses?)\b|\b(?:one|two|three|four|six|eight)\s+(?:tablets?|pills?"
    r"|capsules?)\b",
    re.I,
)
_CLEARANCE = re.compile(
    r"\b(?:safe|fine|ok|okay|alright|all right) to (?:take|use|run|race|train|massage|stretch)\b"
    r"|\bnothing to worry about\b|\bno need to (?:worry|see|get)\b|\bwon't do any harm\b"
    r"|\bperfectly safe\b|\bharmless\b|\bdon't worry\b|\bno cause for concern\b",
    re.I,
)
_DIAGNOSIS = re.compile(
    r"\byou(?:'ve| have)? (?:definitely|probably|clearly|certainly|almost certainly) (?:have|got)\b"
    r"|\bsounds like you(?:'ve| have)\b|\bit(?:'s| is) definitely (?:not )?an? \w+"
    r"|\byour (?:problem|diagnosis) is\b",
    re.I,
)
_LINK = re.compile(
    r"https?://|\bwww\.|\b[\w.+-]+@[\w-]+\.\w|\b[\w-]+\.(?:com|co\.uk|org|net|io)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Topics:
    """Beginnings of words by topic."""

    beginnings: tuple[tuple[str, re.Pattern[str]], ...]

    def spoken_of(self, text: str, among: frozenset[str]) -> str:
        """The first topic of `among` that a sentence speaks of; empty when of none."""
        if _EVERYTHING in among:
            return _EVERYTHING
        return next(
            (name for name, shape in self.beginnings if name in among and shape.search(text)), ""
        )


def read_topics(path: Path = TOPICS) -> Topics:
    """The topics of the data file. Raises RulesError when it cannot be read."""
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(f"Safety file {path.name} cannot be read: {error}.") from None
    return Topics(
        tuple(
            (name, re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + ")", re.I))
            for name, words in listed.items()
        )
    )


@lru_cache(maxsize=4096)
def _instructing(text: str) -> bool:
    return instructs(text)


@lru_cache(maxsize=4096)
def unsayable(text: str) -> str:
    """Why a sentence is quoted to nobody, in plain words; empty when it may be."""
    if _instructing(text):
        return "it tells a program what to do"
    if _LINK.search(text):
        return "it holds a link"
    if _MEDICINE.search(text) and (_DOSE.search(text) or _TIMING.search(text)):
        return "it says how much or when to take of a medicine"
    if _DOSE.search(text):
        return "it says how much to take"
    if _CLEARANCE.search(text) or _DIAGNOSIS.search(text):
        return "it reassures or diagnoses, which is for somebody who can look at the leg"
    return ""


def names_medicine(text: str) -> bool:
    """Whether a text names a medicine."""
    return bool(_MEDICINE.search(text))


@dataclass(frozen=True, slots=True)
class Release:
    """What may be quoted under one verdict of the guard."""

    topics: Topics
    withhold: frozenset[str] = frozenset()

    def refusal(self, text: str) -> str:
        """Why a sentence may not be quoted now; empty when it may."""
        if reason := unsayable(text):
            return reason
        if topic := self.topics.spoken_of(text, self.withhold):
            return f"the warning above holds back {topic}"
        return ""

    def sayable(self, evidence: Evidence) -> Evidence:
        """The evidence with what may not be quoted ruled out, and why.

        A sentence that instructs a program is left out altogether: not even the record of why an
        answer came about shows it.
        """
        return replace(
            evidence,
            candidates=tuple(
                candidate
                if candidate.veto or not (reason := self.refusal(candidate.sentence.text))
                else replace(candidate, veto=reason)
                for candidate in evidence.candidates
                if not _instructing(candidate.sentence.text)
            ),
        )

    def kept(self, points: Iterable[Point]) -> tuple[Point, ...]:
        """Points every sentence of which may be quoted.

        A procedure is never quoted in part, and a disagreement not with one side missing.
        """
        points = tuple(points)
        broken = {
            point.group
            for point in points
            if point.kind is ItemKind.DISAGREEMENT and not self._allows(point)
        }
        return tuple(
            point
            for point in points
            if self._allows(point)
            and not (point.kind is ItemKind.DISAGREEMENT and point.group in broken)
        )

    def _allows(self, point: Point) -> bool:
        return not any(self.refusal(place.sentence.text) for place in point.places)
