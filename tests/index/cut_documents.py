"""Documents as an engine takes them, put together by hand or by hypothesis."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

import numpy as np
from hypothesis import strategies as st

from corpus import DocumentKind, Provenance, Span, Topic, TrustTier, Wording
from index.encode import spec_for
from index.engine import Card, CutDocument, OutOfScope, Terms
from index.lexical import Analyzer
from index.passage import Passage, PassageSentence
from tests.index.fake_encoder import FakeEncoder

ENCODER = FakeEncoder()
SPEC = spec_for(ENCODER)
NO_QUESTIONS = OutOfScope((), ENCODER.encode([]))

Said = str | tuple[str, Sequence[str]]
"""A sentence, or a sentence and the questions it is known to answer."""


def cut(
    name: str,
    passages: Sequence[Sequence[Said]],
    *,
    title: str = "A made-up text",
    encoder: FakeEncoder = ENCODER,
) -> CutDocument:
    """A document of passages of sentences, encoded."""
    made: list[Passage] = []
    at = 0
    for said in passages:
        sentences = []
        for each in said:
            words, asked = (each, ()) if isinstance(each, str) else each
            span = Span(name, at, at + len(words))
            sentences.append(PassageSentence(span, words, None, tuple(asked)))
            at += len(words) + 1
        made.append(_passage(name, title, tuple(sentences)))
    return _encoded(name, title, tuple(made), encoder)


def _passage(name: str, title: str, sentences: tuple[PassageSentence, ...]) -> Passage:
    return Passage(
        span=Span(name, sentences[0].span.start, sentences[-1].span.end),
        text=" ".join(each.text for each in sentences),
        title=title,
        kind=DocumentKind.ARTICLE,
        tier=TrustTier.FORUM,
        wording=Wording.AUTHORS_OWN,
        section="Calves",
        speaker="author",
        sentences=sentences,
    )


def _encoded(
    name: str, title: str, passages: tuple[Passage, ...], encoder: FakeEncoder
) -> CutDocument:
    sentences = [each for passage in passages for each in passage.sentences]
    shaped = repr((name, title, passages)).encode()
    return CutDocument(
        Card(
            id=name,
            digest=sha256(shaped).hexdigest(),
            title=title,
            kind=DocumentKind.ARTICLE,
            tier=TrustTier.FORUM,
            wording=Wording.AUTHORS_OWN,
            provenance=Provenance("unknown", "unknown", "2026-02-01"),
            topics=(Topic("Cramp", "What helps?"),),
        ),
        passages,
        encoder.encode([f"{each.header}\n{each.text}" for each in passages]),
        encoder.encode([each.text for each in sentences]),
        encoder.encode([question for each in sentences for question in each.asked]),
    )


def out_of_scope(*questions: str) -> OutOfScope:
    """Questions that no text answers, encoded."""
    return OutOfScope(questions, ENCODER.encode(questions))


def wording(question: str) -> Terms:
    """A question as it is searched."""
    terms = tuple(dict.fromkeys(Analyzer()(question)))
    return Terms(ENCODER.encode([question])[0], terms)


def same(one: CutDocument | None, other: CutDocument | None) -> bool:
    """Whether two documents are the same to the last bit."""
    if one is None or other is None:
        return one is other
    vectors = ("passage_vectors", "sentence_vectors", "asked_vectors")
    return (one.card, one.passages) == (other.card, other.passages) and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in vectors
    )


# --- by hypothesis -------------------------------------------------------------------------------

_WORDS = st.sampled_from(
    "calf calves cramp cramping stretch Stretching foot kerb run running water salt \u00e9lan the"
    " and not wall heel night 10k don't".split()
)
SENTENCES = st.lists(_WORDS, min_size=1, max_size=8).map(" ".join)
_SAID = st.one_of(SENTENCES, st.tuples(SENTENCES, st.lists(SENTENCES, max_size=5)))
_PASSAGES = st.lists(st.lists(_SAID, min_size=1, max_size=3), min_size=1, max_size=3)
_NAMES = st.sampled_from("a b a-b ab a1 b-10 b-9 c".split())

SHELVES = st.dictionaries(_NAMES, _PASSAGES, max_size=4).map(
    lambda shelf: {name: cut(name, passages) for name, passages in shelf.items()}
)


@st.composite
def changes(draw: st.DrawFn) -> tuple[tuple[CutDocument, ...], frozenset[str]]:
    """Documents that are put in, in order of id, and names that are taken out."""
    added: Mapping[str, CutDocument] = draw(SHELVES)
    removed = draw(st.frozensets(_NAMES, max_size=3))
    return tuple(added[name] for name in sorted(added)), removed
