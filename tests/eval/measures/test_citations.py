"""Citation recall and precision against examples worked by hand, with a judge that only looks."""

from collections.abc import Sequence

import pytest

from corpus import Span
from eval.measures.citations import citation_precision, citation_recall, quote_exactness
from eval.transcript import Cited, Sentence

TEXTS = {"text": "Hold it for 60 seconds. Then rest."}


def cited(words: str, start: int = 0, document: str = "text") -> Cited:
    return Cited(Span(document, start, start + len(words)), words, "article")


def by_words(sentence: str, evidence: Sequence[str]) -> bool:
    """Supports a sentence when every word of it stands in the evidence."""
    return set(sentence.split()) <= set(" ".join(evidence).split())


def test_recall_is_of_everything_a_sentence_cites_together() -> None:
    both = Sentence("a b", (cited("a"), cited("b")))
    half = Sentence("a b", (cited("a"),))
    none = Sentence("a", ())
    # One of three is fully supported.
    assert citation_recall([both, half, none], by_words) == pytest.approx(1 / 3)


def test_precision_by_hand() -> None:
    # "a b" cites a, b and c: a and b are needed (without either it falls), c supports nothing
    # alone and is not missed. "x" cites x: needed. 3 of 4.
    first = Sentence("a b", (cited("a"), cited("b"), cited("c")))
    second = Sentence("x", (cited("x"),))
    assert citation_precision([first, second], by_words) == pytest.approx(3 / 4)


def test_citations_of_an_unsupported_sentence_are_not_needed() -> None:
    assert citation_precision([Sentence("a b", (cited("a"),))], by_words) == 0.0


def test_two_citations_that_each_suffice_are_both_precise() -> None:
    assert citation_precision([Sentence("a", (cited("a"), cited("a z")))], by_words) == 1.0


def test_a_quote_is_exact_at_its_own_place_only() -> None:
    right = cited("Hold it for 60 seconds.")
    moved = cited("Hold it for 60 seconds.", start=3)
    changed = cited("Hold it for 30 seconds.")
    gone = cited("Hold it", document="no such text")
    empty = cited("")
    said = [Sentence("s", (one,)) for one in (right, moved, changed, gone, empty)]
    assert quote_exactness(said, TEXTS) == pytest.approx(1 / 5)


def test_nothing_said_is_unscored() -> None:
    assert citation_recall([], by_words) is None
    assert citation_precision([Sentence("a", ())], by_words) is None
    assert quote_exactness([], TEXTS) is None
