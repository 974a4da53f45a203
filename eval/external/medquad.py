"""MedQuAD: consumer health questions with their answers from the US National Institutes of Health.

Ben Abacha and Demner-Fushman 2019 (CC BY 4.0). A random sample of 2,048 pairs; the right passage of
a question is its own answer.
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random

from assistant.question import Question
from corpus.parse import sentence_bounds
from eval.external.files import Line, read_rows
from eval.external.passages import Text, Whole, open_outside
from eval.external.ranking import Measured, compared, mean_of, ndcg, published
from eval.external.report import ExternalReport
from index.encode import Encoder
from index.encode_all import encode_all
from index.encoders import SentenceTransformerEncoder

NAME = "medquad"
WORDS = 80
"""An answer is cut to about so many words, at the end of a sentence; many run to a thousand."""
ASKED = 1024
"""Questions of the 2,048 that are asked, drawn with a fixed seed; all answers are searched."""
_SEED = 20261123
_DEEP = 10
_MEASURE = "nDCG@10"
_MTEB = "MTEB MedicalQARetrieval [P]: 2,048 pairs of MedQuAD, but another sample, not cut"
_OWN = "[own] an earlier trial of this project on this sample, not cut"


class _Pair(Line):
    question: str
    answer: str


def run(data: Path, encoder: Encoder | None = None) -> ExternalReport:
    """Measures on the sample in `data`. Raises ExternalError, PassageIndexError."""
    encoder = encoder or SentenceTransformerEncoder()
    pairs = read_rows(data / NAME / "sample_2048.jsonl.gz", _Pair)
    same: dict[str, list[str]] = {}
    """Ids by answer: an answer given to two questions is right for both wherever it stands."""
    texts = []
    for at, pair in enumerate(pairs):
        text = beginning(pair.answer)
        texts.append(Text(f"a{at}", text))
        same.setdefault(text, []).append(f"a{at}")
    drawn = Random(_SEED).sample(range(len(pairs)), min(ASKED, len(pairs)))  # noqa: S311
    right = [same[texts[at].text] for at in drawn]
    questions = [pairs[at].question for at in drawn]
    words, meaning = _plain(questions, texts, right, encoder)
    ours = _ours(questions, texts, right, encoder)
    return ExternalReport(
        NAME,
        f"{len(questions)} questions, each to find its answer among {len(texts)}",
        (words.row, meaning.row, ours.row, *_PUBLISHED),
        (
            *compared(ours, words, meaning),
            f"{len(questions)} of the {len(pairs)} questions are asked (seed {_SEED}).",
            f"Answers are cut to about {WORDS} words at the end of a sentence, for every method "
            "alike, so that this takes three minutes; published figures are of whole answers.",
            f"{sum(len(names) > 1 for names in right)} questions share their answer's words with "
            "another: each copy counts as right.",
            "Nothing of the answer's topic or heading is searched, only its words.",
        ),
    )


def beginning(answer: str) -> str:
    """Whole sentences from the beginning, the first always, up to about `WORDS` words."""
    end = words = 0
    for start, stop in sentence_bounds(answer):
        words += len(answer[start:stop].split())
        if end and words > WORDS:
            break
        end = stop
    return answer[:end]


def _plain(
    questions: Sequence[str],
    texts: Sequence[Text],
    right: Sequence[Sequence[str]],
    encoder: Encoder,
) -> tuple[Measured[float], Measured[float]]:
    whole = Whole(texts, encoder)
    vectors = encode_all(questions, encoder)
    by_words = [whole.ranked(whole.bm25(question), _DEEP) for question in questions]
    by_meaning = [whole.ranked(whole.cosine(vector), _DEEP) for vector in vectors]
    return _row("BM25 alone", by_words, right), _row("cosine alone", by_meaning, right)


def _ours(
    questions: Sequence[str],
    texts: Sequence[Text],
    right: Sequence[Sequence[str]],
    encoder: Encoder,
) -> Measured[float]:
    outside = open_outside(texts, encoder)
    ranked = [outside.look(Question(question), _DEEP).ranked for question in questions]
    return _row("our search", ranked, right)


def _row(
    method: str, ranked: Sequence[Sequence[str]], right: Sequence[Sequence[str]]
) -> Measured[float]:
    pairs = zip(ranked, right, strict=True)
    return mean_of(method, _MEASURE, [ndcg(found, wanted, _DEEP) for found, wanted in pairs])


_PUBLISHED = (
    published("all-MiniLM-L6-v2", _MEASURE, 0.603, _MTEB),
    published("bge-small-en-v1.5", _MEASURE, 0.647, _MTEB),
    published("BM25", _MEASURE, 0.764, _OWN),
    published("MiniLM", _MEASURE, 0.836, _OWN),
    published("both, reciprocal rank fusion", _MEASURE, 0.811, _OWN),
)
