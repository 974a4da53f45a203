"""How well a sentence bears on an ask: signals, a score, and what rules it out.

Cosine alone separates a question about pasta from one about calves, not one about magnesium doses
from one about magnesium (at chance on near-topic passages). So several cheap readings are combined
behind this one seam: named things asked for and absent, the type of answer, unknown words.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer_types import HARD, advises, asks_or_wishes, holds
from assistant.evidence import Candidate, Evidence, Signals
from assistant.reading.ask import SCOPES, THINGS, Ask
from assistant.reading.asks import AskKind
from assistant.reading.lexicon import Category, Lexicon
from assistant.reading.words import stems_in, words_in
from assistant.weights import Weights
from index import Hit, Passage, PassageSentence, Span

_BM25_HALF = 5.0
_ELSEWHERE = frozenset({"stairs", "cycling", "swimming", "football", "treadmill"})
"""Activities that narrow a question as a setting does."""
_COMMON = 0.3
"""A concept that this share of the shelf's sections speaks of narrows nothing."""

_COMPLAINTS = frozenset({Category.SYMPTOM, Category.GRAVE, Category.CONDITION})
_SAFETY = re.compile(r"\b(safe|safely|side effects?|dangerous|risky?|risks|harmful)\b", re.I)
_COMMON_BODY = 0.5
"""The same for a body part, which a heading or a title often names once for all."""


@dataclass(frozen=True, slots=True)
class _Profile:
    """What one sentence speaks of, read once when the shelf is opened."""

    own: frozenset[str]
    around: frozenset[str]
    """What its passage and heading speak of."""
    section: frozenset[str]
    """What its whole section speaks of: one speaker under one heading."""
    stems: frozenset[str]
    stems_around: frozenset[str]


class Bearing:
    """Judges sentences of one shelf."""

    def __init__(self, passages: Iterable[Passage], lexicon: Lexicon, weights: Weights) -> None:
        self._lexicon = lexicon
        self._weights = weights
        self._profiles: dict[Span, _Profile] = {}
        self._vocabulary: frozenset[str] = frozenset()
        self._share: dict[str, float] = {}
        self._read(tuple(passages))

    def _read(self, passages: tuple[Passage, ...]) -> None:
        """Profile every sentence with what stands around it."""
        sections: dict[tuple[str, str], list[Passage]] = {}
        for passage in passages:
            sections.setdefault((passage.span.document_id, passage.header), []).append(passage)
        spoken_of: Counter[str] = Counter()
        vocabulary: set[str] = set()
        for (_, header), members in sections.items():
            section = self._kinds("\n".join([header, *(member.text for member in members)]))
            spoken_of.update(section)
            for passage in members:
                around = self._kinds(f"{header}\n{passage.text}")
                stems_around = frozenset(stems_in(f"{header}\n{passage.text}"))
                vocabulary |= stems_around
                for sentence in passage.sentences:
                    own, stems = self._kinds(sentence.text), frozenset(stems_in(sentence.text))
                    profile = _Profile(own, around, section, stems, stems_around)
                    self._profiles[sentence.span] = profile
        self._vocabulary = frozenset(vocabulary)
        self._share = {name: number / len(sections) for name, number in spoken_of.items()}

    def _kinds(self, text: str) -> frozenset[str]:
        return self._lexicon.kinds_of(self._lexicon.concepts_in(text))

    def weigh(self, ask: Ask, hits: Iterable[Hit]) -> Evidence:
        """Judge every sentence of the hits against the ask; best first, ties in reading order."""
        found = tuple(hits)
        likest = max((s.cosine for hit in found for s in hit.sentences), default=0.0)
        candidates = [
            self._candidate(ask, hit, at, likest)
            for hit in found
            for at in range(len(hit.sentences))
        ]
        candidates.sort(key=lambda c: (bool(c.veto), -c.score, str(c.sentence.span)))
        return Evidence(ask, tuple(candidates))

    def elsewhere(self, ask: Ask) -> tuple[str, ...]:
        """Words of an ask about something else: two or more, none known, nothing of ours near."""
        ours = SCOPES | THINGS - {Category.INTAKE} | {Category.SYMPTOM}
        strange = tuple(sorted(stem for stem in ask.terms if not self.knows(stem)))
        near = any(self._lexicon.category[name] in ours for name in ask.focus | ask.context)
        return () if near or len(strange) < max(2, len(ask.terms)) else strange

    def speaks_of(self, ask: Ask, text: str) -> bool:
        """Whether a short text names a thing the ask is about, one that few passages name."""
        named = self._lexicon.kinds_of(self._lexicon.concepts_in(text))
        return any(
            name in named and self._share.get(name, 0.0) < _COMMON
            for name in ask.focus
            if self._lexicon.category[name] in THINGS
        )

    def covered(self, evidence: Evidence) -> float:
        """Probability, 0 to 1, that the shelf answers the ask at all."""
        return self._weights.covered(evidence)

    def explains(self, ask: Ask, candidate: Candidate) -> bool:
        """Whether a sentence tells how the very thing asked about is done, not only names it."""
        own = self._profiles[candidate.sentence.span].own
        things = {name for name in ask.focus if self._lexicon.category[name] in THINGS}
        return candidate.signals.kind == 1.0 and (not things or bool(things & own))

    def left_out(self, ask: Ask, quoted: Iterable[Span]) -> tuple[str, ...]:
        """Things and body parts of the asking clause that nothing quoted speaks of."""
        profiles = [self._profiles[span] for span in quoted if span in self._profiles]
        words = words_in(ask.text)
        return tuple(
            " ".join(word.text for word in words[mention.first : mention.last + 1])
            for mention in self._lexicon.mentions(words)
            if self._lexicon.category[mention.concept] in THINGS | {Category.BODY}
            and self._share.get(mention.concept, 0.0) < _COMMON
            and not any(mention.concept in p.section for p in profiles)
        )

    def knows(self, stem: str) -> bool:
        """Whether a stem stands anywhere on the shelf."""
        return stem in self._vocabulary

    def _candidate(self, ask: Ask, hit: Hit, at: int, likest: float) -> Candidate:
        found = hit.sentences[at]
        profile = self._profiles[found.sentence.span]
        signals = Signals(
            cosine=found.cosine,
            behind=likest - found.cosine,
            passage_cosine=hit.cosine,
            lexical=found.bm25 / (found.bm25 + _BM25_HALF),
            coverage=self._coverage(ask.focus, profile),
            terms=_share_of(ask.terms, profile.stems, profile.stems_around),
            unknown=_share_of(ask.terms, frozenset(t for t in ask.terms if not self.knows(t))),
            kind=self._holds(ask.kind, found.sentence),
            context=self._coverage(ask.context - ask.focus, profile),
            asks_itself=float(_asks_for_help(hit.passage)),
            advises=float(found.sentence.step is not None or advises(found.sentence.text)),
        )
        veto = self._veto(ask, profile, found.sentence)
        return Candidate(hit.passage, found.sentence, signals, self._weights.score(signals), veto)

    def _coverage(self, wanted: frozenset[str], profile: _Profile) -> float:
        """Weighted share of concepts spoken of; common ones weigh little. 0.5 when none wanted."""
        total = sum(self._heft(name) for name in wanted)
        if not total:
            return 0.5
        return sum(self._heft(name) * self._spoken(name, profile) for name in wanted) / total

    def _heft(self, concept: str) -> float:
        base = self._weights.heft[self._lexicon.category[concept]]
        return base * (1.0 - 0.75 * self._share.get(concept, 0.0))

    def _spoken(self, concept: str, profile: _Profile) -> float:
        """How far a sentence speaks of a concept: itself, by what stands around it, or broadly."""
        if concept in profile.own:
            return 1.0
        if concept in profile.around:
            return 0.5
        broader = self._lexicon.ancestors(concept)[1:]
        return 0.25 if any(name in profile.own for name in broader) else 0.0

    def _holds(self, kind: AskKind, sentence: PassageSentence) -> float:
        """How far the sentence holds the type wanted; a step always says what to do."""
        doing = kind in {AskKind.METHOD, AskKind.FIX} and sentence.step is not None
        return 1.0 if doing else holds(kind, sentence.text)

    def _veto(self, ask: Ask, profile: _Profile, sentence: PassageSentence) -> str:
        """Why the sentence cannot answer the ask whatever its score; empty when it can."""
        if ask.unmet:
            return f"does not speak of {' or '.join(sorted(ask.unmet))}"
        if asks_or_wishes(sentence.text):
            return "asks or wishes, and says nothing"
        return (
            self._wrong_type(ask, profile, sentence.text)
            or self._elsewhere_on_the_body(ask, profile)
            or self._without_the_thing(ask, profile)
        )

    def _wrong_type(self, ask: Ask, profile: _Profile, text: str) -> str:
        """The type of answer wanted is missing, or is that of some other thing."""
        things = self._things(ask)
        if ask.kind in HARD:
            if not holds(ask.kind, text):
                return f"holds no {HARD[ask.kind][1].removeprefix('a ').removeprefix('an ')}"
            if things and not (things | self._parts(ask)) & profile.own:
                return f"does not speak of {self._said(things)}"
        if ask.kind is AskKind.FIX and self._about_condition(ask) and not holds(ask.kind, text):
            return "says nothing on what to do about it"
        if self._wants_referral(ask) and not advises(text):
            return "does not say whom to see, or when"
        if _SAFETY.search(ask.text) and not _SAFETY.search(text) and self._swallowed(things):
            return "says nothing on whether that is safe"
        return ""

    def _elsewhere_on_the_body(self, ask: Ask, profile: _Profile) -> str:
        """About another body part, condition, symptom or setting than asked."""
        narrowing = sorted(name for name in ask.focus if self._narrows(name))
        parts = [n for n in narrowing if self._lexicon.category[n] is Category.BODY]
        if parts and not self._reaches(ask, parts, profile):
            return f"does not speak of {self._said(parts)}"
        if parts and self._hurts_only_there(ask, parts):
            symptoms = any(self._lexicon.category[name] in _COMPLAINTS for name in profile.own)
            if not (symptoms and any(name in profile.own for name in parts)):
                return f"does not speak of trouble with {self._said(parts)}"
        for name in narrowing:
            if name not in parts and name not in profile.own:
                return f"does not speak of {self._said([name])}"
        return ""

    def _without_the_thing(self, ask: Ask, profile: _Profile) -> str:
        """None of the things asked about is spoken of."""
        things = self._things(ask)
        if things and not any(self._spoken(name, profile) >= 0.5 for name in things):
            return f"does not speak of {self._said(things)}"
        return ""

    def _parts(self, ask: Ask) -> frozenset[str]:
        """Body parts asked about that few sections speak of."""
        return frozenset(
            name
            for name in ask.focus
            if self._lexicon.category[name] is Category.BODY and self._narrows(name)
        )

    def _reaches(self, ask: Ask, parts: list[str], profile: _Profile) -> bool:
        """Whether one of the parts is spoken of, or a thing asked about that is done to one."""
        if any(name in profile.section for name in parts):
            return True
        return any(
            self._lexicon.category[kind] is Category.BODY
            for name in self._things(ask) & profile.own
            for kind in self._lexicon.ancestors(name)
        )

    def _things(self, ask: Ask) -> frozenset[str]:
        return frozenset(name for name in ask.focus if self._lexicon.category[name] in THINGS)

    def _wants_referral(self, ask: Ask) -> bool:
        people = any(self._lexicon.category[name] is Category.PERSON for name in ask.focus)
        asks = ask.kind in {AskKind.WHEN, AskKind.WHETHER, AskKind.WHO}
        return people and asks and not self._things(ask)

    def _swallowed(self, things: frozenset[str]) -> bool:
        return any(
            self._lexicon.category[name] in {Category.INTAKE, Category.PRODUCT} for name in things
        )

    def _hurts_only_there(self, ask: Ask, parts: list[str]) -> bool:
        """Whether a part that few sections speak of is what hurts, and no other part is named."""
        named = [n for n in ask.focus if self._lexicon.category[n] is Category.BODY]
        complains = any(self._lexicon.category[n] in _COMPLAINTS for n in ask.focus)
        kin = self._lexicon.kinds_of(parts)
        return complains and "lower_leg" not in kin and set(named) <= set(parts)

    def _about_condition(self, ask: Ask) -> bool:
        return any(self._lexicon.category[name] is Category.CONDITION for name in ask.focus)

    def _narrows(self, concept: str) -> bool:
        category = self._lexicon.category[concept]
        if category not in SCOPES and concept not in _ELSEWHERE:
            return False
        return category is not Category.BODY or self._share.get(concept, 0.0) < _COMMON_BODY

    def _said(self, concepts: Iterable[str]) -> str:
        return " or ".join(sorted(self._lexicon.surface[name] for name in concepts))


def _asks_for_help(passage: Passage) -> bool:
    """Whether a passage stands in the opening post of a thread: a problem told, not an answer."""
    return passage.speaker == "original poster" and "follow" not in passage.section.lower()


def _share_of(
    wanted: frozenset[str], first: frozenset[str], second: frozenset[str] = frozenset()
) -> float:
    """Share of `wanted` in `first`; half counted when only in `second`; 0 when none wanted."""
    if not wanted:
        return 0.0
    return sum(1.0 if w in first else 0.5 * (w in second) for w in wanted) / len(wanted)
