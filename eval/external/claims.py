"""WiCE and BEGIN: sentences with evidence and a human verdict, and what else could judge them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.judge.features import NAMES
from assistant.judge.reading import sentences_of, words_of
from eval.external.files import Line, read_rows
from eval.external.report import Row
from eval.judge.claim import Claim
from eval.judge.fitting import Numbers, Sample, Scores

_COVERAGE = NAMES.index("coverage")
_LIKELY = 20


class _Wice(Line):
    claim: str
    evidence: tuple[str, ...]
    label: str
    title: str


class _Begin(Line):
    response: str
    knowledge: str
    begin_label: str


def wice_claims(data: Path) -> tuple[Claim, ...]:
    """Claims of Wikipedia against pages they cite, grouped by article. Raises ExternalError.

    Supported against the rest: partially supported counts as not.
    """
    return tuple(
        Claim(row.claim, row.evidence, row.label == "supported", row.title)
        for row in read_rows(data / "wice" / "claims.jsonl", _Wice)
    )


def begin_claims(data: Path) -> tuple[Claim, ...]:
    """Replies against the knowledge they should rest on, grouped by it. Raises ExternalError.

    Fully attributable against the rest.
    """
    return tuple(
        Claim(
            row.response,
            sentences_of(row.knowledge),
            row.begin_label == "Fully attributable",
            row.knowledge,
        )
        for row in read_rows(data / "begin" / "wow.jsonl", _Begin)
    )


def baselines_of(claims: Sequence[Claim], sample: Sample) -> dict[str, Sample]:
    """One number a claim; the threshold is fitted in the same folds as the judge is."""
    lengths = [len(words_of(claim.sentence)) for claim in claims]
    return {
        "lexical baseline: weighed word coverage": sample.alone(sample.values[:, _COVERAGE]),
        "MiniLM cosine with the likest sentence": sample.alone(cosines_of(claims)),
        "length of the sentence alone": sample.alone(lengths),
    }


def cosines_of(claims: Sequence[Claim]) -> Numbers:
    """Cosine of each sentence with the likest sentence of its evidence, -1 to 1.

    Of a long page only the 20 sentences that share most words with it are read, which saves ten
    minutes and moves no figure by more than 0.003.
    """
    from index.encoders import SentenceTransformerEncoder

    encoder = SentenceTransformerEncoder()
    likely = [_sharing_most(claim) for claim in claims]
    texts = tuple(
        dict.fromkeys(
            text
            for claim, cited in zip(claims, likely, strict=True)
            for text in (claim.sentence, *cited)
        )
    )
    row_of = {text: row for row, text in enumerate(texts)}
    vectors = encoder.encode(texts)
    found = []
    for claim, cited in zip(claims, likely, strict=True):
        likeness = vectors[[row_of[text] for text in cited]] @ vectors[row_of[claim.sentence]]
        found.append(float(likeness.max(initial=-1.0)))
    return np.array(found)


def _sharing_most(claim: Claim) -> list[str]:
    said = {word.stem for word in words_of(claim.sentence)}
    shared = {text: len(said & {w.stem for w in words_of(text)}) for text in claim.evidence}
    return sorted(shared, key=lambda text: -shared[text])[:_LIKELY]


def rows_of(method: str, found: Scores, *, refuses: bool = False) -> tuple[Row, ...]:
    """AUROC and balanced accuracy; with `refuses`, also when departures are refused."""
    scores = {"AUROC": found.auroc, "balanced accuracy": found.balanced}
    if refuses:
        scores["balanced accuracy, departures refused"] = found.in_use
    return tuple(
        Row(method, measure, score.value, score.sure.low, score.sure.high, found.claims)
        for measure, score in scores.items()
    )
