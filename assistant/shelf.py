"""The shelf as the assistant sees it: passages by place, what disagrees, what is a plug, topics."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.texts import Texts
from corpus.disagreements import Disagreement
from corpus.notes import Note
from corpus.products import ProductMention
from index import Passage, PassageSentence, Span


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence and the passage it stands in."""

    passage: Passage
    sentence: PassageSentence


@dataclass(frozen=True, slots=True)
class ShelfTopic:
    """Something a document covers, with a question it really answers."""

    document_id: str
    name: str
    question: str


@dataclass(frozen=True)
class Shelf:
    """Everything on the shelf that an answer may point at. Built once when the index is opened."""

    texts: Texts
    topics: tuple[ShelfTopic, ...]
    disagreements: tuple[Disagreement, ...]
    products: tuple[ProductMention, ...]
    notes: tuple[Note, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All of them at once: for a small shelf, and for measuring."""
        return tuple(self.texts.every_passage())

    def places_at(self, spans: Iterable[Span]) -> tuple[Place, ...]:
        """The sentences that the spans touch, in the order of the spans, each once."""
        found: dict[Span, Place] = {}
        for span in spans:
            for passage in self.texts.passages_of(span.document_id):
                if passage.span.overlaps(span):
                    for sentence in passage.sentences:
                        if sentence.span.overlaps(span):
                            found.setdefault(sentence.span, Place(passage, sentence))
        return tuple(found.values())

    def procedure_at(self, place: Place) -> tuple[Place, ...]:
        """The whole numbered procedure a step belongs to, in order; empty for running text."""
        if place.sentence.step is None:
            return ()
        sentences = place.passage.sentences
        at = sentences.index(place.sentence)
        before = _steps_back(sentences[: at + 1])
        after = _steps_on(sentences[at:])
        return tuple(Place(place.passage, sentence) for sentence in (*before, *after[1:]))

    def disagreements_at(self, span: Span) -> tuple[Disagreement, ...]:
        """The known disagreements a sentence takes a side in."""
        return tuple(
            disagreement
            for disagreement in self.disagreements
            if any(span.overlaps(s) for side in disagreement.sides for s in side.spans)
        )

    def product_at(self, span: Span) -> ProductMention | None:
        """The product a sentence promotes, if any; promotional mentions come first."""
        found = [p for p in self.products if any(span.overlaps(s) for s in p.spans)]
        return next((p for p in found if p.promotional), found[0] if found else None)


def _steps_back(sentences: Sequence[PassageSentence]) -> tuple[PassageSentence, ...]:
    """Steps up to and including the last sentence, while the numbers do not rise going back."""
    kept: list[PassageSentence] = []
    for sentence in reversed(sentences):
        if sentence.step is None or (kept and sentence.step > (kept[-1].step or 0)):
            break
        kept.append(sentence)
    return tuple(reversed(kept))


def _steps_on(sentences: Sequence[PassageSentence]) -> tuple[PassageSentence, ...]:
    """Steps from the first sentence on, while the numbers do not fall."""
    last = 0
    kept: list[PassageSentence] = []
    for sentence in takewhile(lambda s: s.step is not None, sentences):
        if (sentence.step or 0) < last:
            break
        last = sentence.step or 0
        kept.append(sentence)
    return tuple(kept)
