"""Citation recall, citation precision and exactness of quotes.

Recall and precision after ALCE (Gao et al. 2023, arXiv 2305.14627, section 4): a sentence is
recalled when everything it cites, together, fully supports it; a citation is precise unless it
supports nothing alone and the sentence stands as well without it. What fully supports is said by a
judge, so the figures are as good as the judge is.
"""

from collections.abc import Callable, Mapping, Sequence

from eval.transcript import Cited, Sentence

Supports = Callable[[str, Sequence[str]], bool]
"""Whether words, taken together, fully support a sentence."""


def citation_recall(sentences: Sequence[Sentence], supports: Supports) -> float | None:
    """Share of sentences that what they cite fully supports; None without sentences."""
    return _share([_recalled(sentence, supports) for sentence in sentences])


def citation_precision(sentences: Sequence[Sentence], supports: Supports) -> float | None:
    """Share of citations that are needed; None without citations.

    No citation of a sentence that lacks full support is needed, as in ALCE.
    """
    return _share(
        [
            _recalled(sentence, supports) and _needed(sentence, cited, supports)
            for sentence in sentences
            for cited in sentence.cited
        ]
    )


def quote_exactness(sentences: Sequence[Sentence], texts: Mapping[str, str]) -> float | None:
    """Share of citations whose quote stands at their place, character for character.

    `texts` maps a document's id to its whole text. A place that does not exist is not exact.
    """
    return _share([_exact(cited, texts) for sentence in sentences for cited in sentence.cited])


def _recalled(sentence: Sentence, supports: Supports) -> bool:
    return bool(sentence.cited) and supports(sentence.text, _words(sentence.cited))


def _needed(sentence: Sentence, cited: Cited, supports: Supports) -> bool:
    if supports(sentence.text, [cited.words]):
        return True
    others = _words([one for one in sentence.cited if one is not cited])
    return not (others and supports(sentence.text, others))


def _exact(cited: Cited, texts: Mapping[str, str]) -> bool:
    text = texts.get(cited.span.document_id, "")
    return bool(cited.words) and text[cited.span.start : cited.span.end] == cited.words


def _words(cited: Sequence[Cited]) -> list[str]:
    return [one.words for one in cited]


def _share(verdicts: Sequence[bool]) -> float | None:
    return sum(verdicts) / len(verdicts) if verdicts else None
