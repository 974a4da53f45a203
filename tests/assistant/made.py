"""Passages, hits and judged candidates put together by hand, with spans that are exact."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import NO_SCOPE, Candidate, Evidence, Signals
from assistant.reading.ask import Ask, Reading
from assistant.reading.asks import AskKind
from assistant.reply import Alert, Call, EvidenceNote, Level, Notice, NoticeSource
from assistant.shelf import Place, Shelf
from assistant.texts import HeldTexts
from corpus import DocumentKind, Span, TrustTier, Wording
from corpus.disagreements import Disagreement, Side
from corpus.notes import Note
from corpus.products import ProductMention
from index import Hit, Passage, PassageSentence, Scope, SentenceHit

NEUTRAL = Signals(
    cosine=0.4,
    behind=0.0,
    passage_cosine=0.4,
    lexical=0.0,
    coverage=0.5,
    terms=0.0,
    unknown=0.0,
    kind=0.5,
    context=0.5,
    asks_itself=0.0,
    advises=0.0,
)


def passage(
    *sentences: str | tuple[int, str],
    document: str = "made-up",
    speaker: str = "author",
    section: str = "",
    start: int = 0,
    kind: DocumentKind | None = None,
    wording: Wording = Wording.OUR_SUMMARY,
) -> Passage:
    """A passage; a sentence given with a number is that step of a procedure."""
    article = speaker == "author" if kind is None else kind is DocumentKind.ARTICLE
    placed: list[PassageSentence] = []
    at = start
    for given in sentences:
        step, words = (None, given) if isinstance(given, str) else given
        placed.append(PassageSentence(Span(document, at, at + len(words)), words, step))
        at += len(words) + 1
    text = " ".join(sentence.text for sentence in placed)
    return Passage(
        span=Span(document, start, start + len(text)),
        text=text,
        title=f"Title of {document}",
        kind=DocumentKind.ARTICLE if article else DocumentKind.FORUM_THREAD,
        tier=TrustTier.PRACTITIONER if article else TrustTier.FORUM,
        wording=wording,
        section=section or speaker.capitalize(),
        speaker=speaker,
        sentences=tuple(placed),
    )


def ask(
    text: str = "what helps?",
    kind: AskKind = AskKind.OPEN,
    focus: Sequence[str] = (),
    terms: Sequence[str] = (),
) -> Ask:
    """Something asked."""
    return Ask(text, kind, text, frozenset(focus), frozenset(focus), frozenset(terms))


def reading(*asks: Ask, text: str = "", carried: Sequence[str] = ()) -> Reading:
    """A turn that asks these things; in the first one's words unless told otherwise."""
    return Reading(text or asks[0].text, asks, tuple(carried))


def candidate(
    source: Passage, at: int = 0, score: float = 0.9, veto: str = "", **signals: float
) -> Candidate:
    """A sentence of a passage, judged by hand."""
    return Candidate(source, source.sentences[at], replace(NEUTRAL, **signals), score, veto)


def evidence(*candidates: Candidate, asked: Ask | None = None) -> Evidence:
    """Candidates in the order the bearing gives them: best first, the ruled out last."""
    ordered = sorted(candidates, key=lambda one: (bool(one.veto), -one.score))
    return Evidence(asked or ask(), tuple(ordered))


def hit(source: Passage, rank: int = 1, cosine: float = 0.6, bm25: float = 3.0) -> Hit:
    """A passage as a search returns it, every sentence equally near."""
    sentences = tuple(SentenceHit(sentence, cosine, bm25) for sentence in source.sentences)
    return Hit(source, rank, 1.0 / (60 + rank), cosine, bm25, sentences)


def place(source: Passage, at: int = 0) -> Place:
    """A sentence where it stands."""
    return Place(source, source.sentences[at])


def shelf(
    *passages: Passage,
    disagreements: Sequence[Disagreement] = (),
    products: Sequence[ProductMention] = (),
    notes: Sequence[Note] = (),
) -> Shelf:
    """A shelf of hand-made passages, without topics."""
    return Shelf(
        HeldTexts(tuple(passages)), (), tuple(disagreements), tuple(products), tuple(notes)
    )


def disagreement(*sides: Place, name: str = "dispute") -> Disagreement:
    """A known disagreement whose sides stand at these places."""
    return Disagreement(
        name,
        f"About the {name}",
        tuple(Side(f"Side {n}", (one.sentence.span,)) for n, one in enumerate(sides, 1)),
    )


def product(where: Place, *, promotional: bool = True) -> ProductMention:
    """A product named at a place."""
    return ProductMention("Gizmo", ("gizmo",), "A poster.", promotional, (where.sentence.span,))


SOURCE = NoticeSource("A health service", "Calves", date(2026, 11, 22), "P", "calves.example")


def alert(*levels: Level) -> Alert:
    """A warning of a notice at each of these levels, every field of it filled."""
    return Alert(
        tuple(
            Notice(
                rule=f"RF9{at}",
                level=level,
                act=f"Do this: {at}.",
                because="It can be grave.",
                avoid="Do not rub it.",
                meanwhile="Sit down.",
                calls=(Call("116 123"), Call("+353 1 234")),
                sources=(SOURCE,),
                reviewed_by="none yet",
            )
            for at, level in enumerate(levels)
        )
    )


def evidence_note(name: str = "salt") -> EvidenceNote:
    """A note of ours as a reply carries it."""
    return EvidenceNote(
        name,
        f"About {name}",
        f"A trial found little of {name}.",
        (SOURCE, replace(SOURCE, checked=None, address="")),
    )


@dataclass
class FakeSearcher:
    """Returns what it was given; remembers what it was asked, or fails as told."""

    hits: tuple[Hit, ...] = ()
    error: Exception | None = None
    asked: list[str] = field(default_factory=list)
    found_scope: Scope = NO_SCOPE

    def encode(self, queries: Sequence[str]) -> NDArray[np.float32]:
        """Vectors nobody looks at."""
        self.asked.extend(queries)
        if self.error is not None:
            raise self.error
        return np.zeros((len(queries), 3), dtype=np.float32)

    def search_encoded(
        self, queries: Sequence[str], vectors: NDArray[np.float32], top_k: int
    ) -> tuple[Hit, ...]:
        """The hits it was made with."""
        assert vectors.shape == (len(queries), 3)
        assert list(queries) == self.asked[-len(queries) :]
        return self.hits[:top_k]

    def scope(self, vectors: NDArray[np.float32]) -> Scope:
        """As near as it was made with."""
        assert vectors.shape[1] == 3
        return self.found_scope
