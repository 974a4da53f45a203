"""What each sentence of the shelf speaks of, read once when the shelf is opened."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.reading.ask import SCOPES
from assistant.reading.lexicon import Category, Lexicon
from assistant.reading.words import stems_in
from index import Passage, Span

COMMON = 0.3
"""A thing that this share of the shelf's sections speaks of tells little of what is asked."""
_COMMON_BODY = 0.5
"""The same for a body part, which a heading or a title often names once for all."""
_ELSEWHERE = frozenset(
    {"stairs", "cycling", "swimming", "football", "treadmill", "climbing", "trail"}
)
"""Activities that narrow a question as a setting does."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The concepts and stems of one sentence and of what stands around it."""

    own: frozenset[str]
    around: frozenset[str]
    """What its passage and heading speak of."""
    section: frozenset[str]
    """What its whole section speaks of: one speaker under one heading."""
    stems: frozenset[str]
    stems_around: frozenset[str]


class Profiles:
    """Profiles of every sentence, and how much of the shelf speaks of each concept."""

    def __init__(self, passages: Iterable[Passage], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._profiles: dict[Span, Profile] = {}
        self._vocabulary: frozenset[str] = frozenset()
        self._share: dict[str, float] = {}
        self._read(tuple(passages))

    def __getitem__(self, span: Span) -> Profile:
        """The profile of a sentence. Raises KeyError for a span that is none."""
        return self._profiles[span]

    def share(self, concept: str) -> float:
        """Share of the shelf's sections, 0 to 1, that speak of a concept."""
        return self._share.get(concept, 0.0)

    def narrows(self, concept: str) -> bool:
        """Whether an answer must be about this very body part, condition or setting."""
        category = self._lexicon.category[concept]
        if category not in SCOPES and concept not in _ELSEWHERE:
            return False
        return category is not Category.BODY or self.share(concept) < _COMMON_BODY

    def unknown(self, stems: frozenset[str]) -> frozenset[str]:
        """Those of the stems that stand nowhere on the shelf."""
        return stems - self._vocabulary

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
                    profile = Profile(own, around, section, stems, stems_around)
                    self._profiles[sentence.span] = profile
        self._vocabulary = frozenset(vocabulary)
        self._share = {name: number / len(sections) for name, number in spoken_of.items()}

    def _kinds(self, text: str) -> frozenset[str]:
        return self._lexicon.kinds_of(self._lexicon.concepts_in(text))
