"""How well a sentence bears on an ask: signals and a score.

Cosine alone separates a question about pasta from one about calves, not one about magnesium doses
from one about magnesium (at chance on near-topic passages). So several cheap readings are combined
behind this one seam: named things asked for and absent, the type of answer, unknown words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from assistant.answer_types import advises, holds
from assistant.evidence import Candidate, Evidence, Signals
from assistant.profiles import COMMON, Profile, Profiles
from assistant.reading.ask import THINGS, Ask
from assistant.reading.asks import AskKind
from assistant.reading.lexicon import Category, Lexicon
from assistant.reading.words import words_in
from assistant.retrieve import Retrieved
from assistant.rulings import Rulings
from assistant.texts import Texts
from assistant.weights import Weights
from index import Hit, Passage, PassageSentence, SentenceHit, Span

_BM25_HALF = 5.0
_ASKED_HALF = 10.0


@dataclass(frozen=True, slots=True)
class _Best:
    """The highest of each score over everything found for an ask."""

    cosine: float
    passage_cosine: float
    asked: float
    asked_mean: float
    asked_words: float

    @classmethod
    def of(cls, hits: Sequence[Hit]) -> "_Best":
        sentences = [sentence for hit in hits for sentence in hit.sentences]
        return cls(
            max((s.cosine for s in sentences), default=0.0),
            max((hit.cosine for hit in hits), default=0.0),
            max((s.asked for s in sentences), default=0.0),
            max((s.asked_mean for s in sentences), default=0.0),
            max((squashed(s.asked_bm25, _ASKED_HALF) for s in sentences), default=0.0),
        )


def squashed(bm25: float, half: float) -> float:
    """BM25, which has no upper end, as 0 to 1."""
    return bm25 / (bm25 + half)


class Bearing:
    """Judges sentences of one shelf."""

    def __init__(
        self, passages: Texts | Iterable[Passage], lexicon: Lexicon, weights: Weights
    ) -> None:
        self._lexicon = lexicon
        self._weights = weights
        self._profiles = Profiles(passages, lexicon)
        self._rulings = Rulings(self._profiles, lexicon)

    @property
    def rulings(self) -> Rulings:
        """What rules sentences and asks out on this shelf."""
        return self._rulings

    def weigh(self, ask: Ask, found: Retrieved) -> Evidence:
        """Judge every sentence found against the ask; best first, ties in reading order."""
        unknown = _share_of(ask.terms, self._profiles.unknown(ask.terms))
        best = _Best.of(found.hits)
        candidates = [
            self._candidate(ask, hit, sentence, best, unknown)
            for hit in found.hits
            for sentence in hit.sentences
        ]
        candidates.sort(key=lambda c: (bool(c.veto), -c.score, str(c.sentence.span)))
        return Evidence(ask, tuple(candidates), found.scope)

    def speaks_of(self, ask: Ask, text: str) -> bool:
        """Whether a short text names a thing the ask is about, one that few passages name."""
        named = self._lexicon.kinds_of(self._lexicon.concepts_in(text))
        things = self._lexicon.narrowest(self._lexicon.of(ask.focus, THINGS))
        return any(name in named and self._profiles.share(name) < COMMON for name in things)

    def covered(self, evidence: Evidence) -> float:
        """Probability, 0 to 1, that the shelf answers the ask at all."""
        return self._weights.covered(evidence)

    def left_out(self, evidence: Evidence, quoted: Iterable[Span]) -> tuple[str, ...]:
        """Things and body parts of the asking clause that nothing quoted speaks of.

        Nor anything else that may answer: what was not quoted for want of room is covered.
        """
        ask, profiles = evidence.ask, [self._profiles[span] for span in quoted]
        fit = [self._profiles[c.sentence.span] for c in evidence.eligible if not c.doubt]
        words = words_in(ask.text)
        return tuple(
            " ".join(word.text for word in words[mention.first : mention.last + 1])
            for mention in self._lexicon.mentions(words)
            if self._lexicon.category[mention.concept] in THINGS | {Category.BODY}
            and self._profiles.share(mention.concept) < COMMON
            and not any(mention.concept in p.section for p in profiles)
            and not any(mention.concept in p.own for p in fit)
        )

    def _candidate(
        self, ask: Ask, hit: Hit, found: SentenceHit, best: "_Best", unknown: float
    ) -> Candidate:
        profile = self._profiles[found.sentence.span]
        against = self._rulings.veto(ask, profile, found.sentence.text)
        # Where it is known what people ask to be told this, a rule is one sign among others.
        known = bool(found.sentence.asked) and not self._rulings.grave(ask, profile)
        words = squashed(found.asked_bm25, _ASKED_HALF)
        signals = Signals(
            cosine=found.cosine,
            behind=best.cosine - found.cosine,
            passage_cosine=hit.cosine,
            lexical=squashed(found.bm25, _BM25_HALF),
            coverage=self._coverage(ask.focus, profile),
            terms=_share_of(ask.terms, profile.stems, profile.stems_around),
            unknown=unknown,
            kind=self._holds(ask.kind, found.sentence),
            context=self._coverage(ask.context - ask.focus, profile),
            asks_itself=float(_asks_for_help(hit.passage)),
            advises=float(found.sentence.step is not None or advises(found.sentence.text)),
            asked=found.asked,
            asked_mean=found.asked_mean,
            asked_words=words,
            behind_asked=best.asked - found.asked,
            behind_asked_mean=best.asked_mean - found.asked_mean,
            behind_asked_words=best.asked_words - words,
            behind_passage=best.passage_cosine - hit.cosine,
            doubt=float(known and bool(against)),
        )
        return Candidate(
            hit.passage,
            found.sentence,
            signals,
            self._weights.score(signals, known=bool(found.sentence.asked)),
            veto="" if known else against,
            doubt=against if known else "",
        )

    def _coverage(self, wanted: frozenset[str], profile: Profile) -> float:
        """Weighted share of concepts spoken of; common ones weigh little. 0.5 when none wanted."""
        total = fsum(self._heft(name) for name in wanted)  # exact, so a set's order cannot show
        if not total:
            return 0.5
        return fsum(self._heft(name) * self._spoken(name, profile) for name in wanted) / total

    def _heft(self, concept: str) -> float:
        base = self._weights.heft[self._lexicon.category[concept]]
        return base * (1.0 - 0.75 * self._profiles.share(concept))

    def _spoken(self, concept: str, profile: Profile) -> float:
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
