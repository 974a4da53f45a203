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
from assistant.evidence import Candidate, Evidence
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
    r"\b(?:morning|evening|night|nightly|bedtime|before|during|after|ahead|hourly|hours?|daily|twice"
    r"|once|times a|every|race day|start line|beforehand|with (?:food|meals|breakfast|lunch|dinner"
    r"|water)|minutes|maximum|max|days|weeks)\b",
    re.I,
)
_COUNT = (
    r"(?:\d+(?:[.,]\d+)?|half an?|one|two|three|four|five|six|seven|eight|nine|ten|a couple of)"
)
_UNIT = r"(?:mg|mcg|µg|ml|milligrams?|tablets?|pills?|capsules?|doses?)"
_DOSE = re.compile(rf"\b{_COUNT}\s?{_UNIT}\b", re.I)
_AMOUNT = re.compile(rf"\d|\b{_COUNT}\b", re.I)
"""A number: in a sentence that names a medicine it is read as a dose."""
_CLEARANCE = re.compile(
    r"\b(?:safe|fine|ok|okay|alright|all right) (?:for \w+ )?to (?:take|use|run|race|train|massage"
    r"|stretch|keep|carry|continue|go)\b"
    r"|\bcan (?:safely|still safely) (?:run|race|train|take|use)\b"
    r"|\bnothing (?:to worry about|serious|sinister)\b"
    r"|\b(?:no need|don't need|do not need|needn't|need not)"
    r" (?:to (?:worry|see|get|have)|an? (?:doctor|physio|gp|scan|check)|see)\b"
    r"|\bwon't do any harm\b|\bperfectly safe\b|\bharmless\b|\bdon't worry\b"
    r"|\bno cause for concern\b",
    re.I,
)
_CONDITION = (
    r"(?:calf |muscle |leg |grade \w+ |blood |stress )?(?:strain|tear|clot|dvt|fracture|rupture"
    r"|compartment syndrome|tendinitis|tendonitis|shin splints|sprain)"
)
_DIAGNOSIS = re.compile(
    r"\byou(?:'ve| have)? (?:definitely|probably|clearly|certainly|almost certainly) (?:have|got)\b"
    rf"|\byou(?:'ve got| have) an? {_CONDITION}\b"
    rf"|\b(?:this|that|it) (?:is|isn't|is not|'s not) (?:definitely )?(?:not )?an? {_CONDITION}\b"
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
    if _MEDICINE.search(text) and (_AMOUNT.search(text) or _TIMING.search(text)):
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
                if candidate.veto or not (reason := self._refused(candidate))
                else replace(candidate, veto=reason)
                for candidate in evidence.candidates
                if not _instructing(candidate.sentence.text)
            ),
        )

    def _refused(self, candidate: Candidate) -> str:
        """Why a candidate may not be quoted; a step not if any step beside it may not."""
        reason = self.refusal(candidate.sentence.text)
        if reason or candidate.sentence.step is None:
            return reason
        steps = (each for each in candidate.passage.sentences if each.step is not None)
        return next((why for each in steps if (why := self.refusal(each.text))), "")

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
