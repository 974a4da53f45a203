"""What each sentence of the shelf speaks of, read when somebody first asks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.reading.ask import SCOPES
from assistant.reading.lexicon import Category, Lexicon
from assistant.reading.words import stem, stems_in
from assistant.texts import Texts, as_texts
from index import Passage, Span

_SURVEYED = 2_000
"""Passages that are all read when a shelf is opened; about so many of a larger one."""
_REMEMBERED = 4_096
"""Sections whose profiles are kept once read."""

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

    def __init__(self, passages: Texts | Iterable[Passage], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._texts = as_texts(passages)
        self._section = lru_cache(maxsize=_REMEMBERED)(self._read_section)
        self._headers = lru_cache(maxsize=_REMEMBERED)(self._read_headers)
        self._vocabulary, self._share = self._survey()

    def __getitem__(self, span: Span) -> Profile:
        """The profile of a sentence. Raises KeyError for a span that is none."""
        for start, end, header in self._headers(span.document_id):
            if start <= span.start and span.end <= end:
                return self._section(span.document_id, header)[span]
        raise KeyError(span)

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

    def _read_headers(self, document_id: str) -> tuple[tuple[int, int, str], ...]:
        """Where each passage of a document begins and ends, and its header."""
        passages = self._texts.passages_of(document_id)
        return tuple((each.span.start, each.span.end, each.header) for each in passages)

    def _read_section(self, document_id: str, header: str) -> Mapping[Span, Profile]:
        """The profiles of all sentences under one heading: each knows what stands around it."""
        members = [p for p in self._texts.passages_of(document_id) if p.header == header]
        section = self._kinds(_whole(header, members))
        profiles = {}
        for passage in members:
            around = self._kinds(f"{header}\n{passage.text}")
            stems_around = frozenset(stems_in(f"{header}\n{passage.text}"))
            for sentence in passage.sentences:
                own, stems = self._kinds(sentence.text), frozenset(stems_in(sentence.text))
                profiles[sentence.span] = Profile(own, around, section, stems, stems_around)
        return profiles

    def _survey(self) -> tuple[frozenset[str], Mapping[str, float]]:
        """Stems that stand on the shelf, and which share of its sections speaks of each concept.

        Of a large shelf the words are the index's, and the shares those of documents spread
        evenly over it: reading a million passages for them would take an hour at every start.
        """
        large = self._texts.count > _SURVEYED
        sections: dict[tuple[str, str], list[Passage]] = {}
        for passage in self._sample() if large else self._texts.every_passage():
            sections.setdefault((passage.span.document_id, passage.header), []).append(passage)
        stems = {stem(word) for word in self._texts.vocabulary} if large else set[str]()
        spoken_of: Counter[str] = Counter()
        for (_, header), members in sections.items():
            spoken_of.update(self._kinds(_whole(header, members)))
            for passage in members:
                stems.update(stems_in(f"{header}\n{passage.text}"))
        share = {name: number / len(sections) for name, number in spoken_of.items()}
        return frozenset(stems), share

    def _sample(self) -> Iterator[Passage]:
        """Passages of documents spread evenly over the shelf, about as many as are surveyed."""
        ids = self._texts.document_ids
        step = max(self._texts.count // _SURVEYED, 1)
        for document_id in ids[::step]:
            yield from self._texts.passages_of(document_id)

    def _kinds(self, text: str) -> frozenset[str]:
        return self._lexicon.kinds_of(self._lexicon.concepts_in(text))


def _whole(header: str, members: Iterable[Passage]) -> str:
    return "\n".join([header, *(member.text for member in members)])
