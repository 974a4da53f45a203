"""WiCE (Kamoi et al. 2023, arXiv 2303.01432): claims of Wikipedia against the pages they cite.

The support judge cross-validated, beside baselines refitted in the same folds.
"""

from pathlib import Path

from eval.external.claims import baselines_of, begin_claims, rows_of, wice_claims
from eval.external.report import ExternalReport, Row
from eval.judge.fitting import cross_validated, sample_of

NAME = "wice"
_SOURCE = (
    "LLM-AggreFact leaderboard, WiCE column, as audited 2026-09-28, read at second hand; "
    "zero-shot, on its own choice of WiCE claims"
)
_PUBLISHED = {
    "Bespoke-MiniCheck 7B": 0.830,
    "GPT-4o": 0.785,
    "Claude-3.5 Sonnet": 0.777,
    "HHEM-2.1-open 0.1B": 0.759,
    "FactCG-DeBERTa-L 0.4B": 0.742,
    "MiniCheck-Flan-T5-L 0.8B": 0.722,
    "Llama-3.1-8B-Instruct": 0.720,
    "GPT-3.5-Turbo": 0.685,
    "AlignScore 0.4B": 0.660,
    "Qwen2.5-0.5B-Instruct": 0.659,
    "SummaC-ZS 0.1B": 0.628,
    "Llama-3.2-3B": 0.585,
    "T5-NLI-Mixed 11B": 0.553,
    "Llama-3.2-1B": 0.497,
}
_NOTES = (
    "Our rows are fitted on other claims of the same 349, the published ones on none of them: "
    "compare with care. Claims of one article stay in one fold; 10 folds, mean of 5 splits.",
    "The judge counts shared words. Evidence that holds all words of a claim in other relations "
    "deceives it.",
    "Refusing departures (a number or muscle the evidence lacks, a denial turned round) costs a "
    "little here and is what catches a sentence changed in one small word.",
)


def run(data: Path) -> ExternalReport:
    """Cross-validated by article. Takes a minute or two, mostly for the cosine.

    Raises:
        ExternalError: the claims of WiCE or BEGIN are not in the folder.
    """
    claims = wice_claims(data)
    sample, begin = sample_of(claims), sample_of(begin_claims(data))
    ours = [
        *rows_of(
            "support judge, as kept: fitted beside BEGIN",
            cross_validated(sample, [begin]),
            refuses=True,
        ),
        *rows_of("support judge, fitted here only", cross_validated(sample), refuses=True),
    ]
    for method, baseline in baselines_of(claims, sample).items():
        ours += rows_of(method, cross_validated(baseline))
    published = [
        Row(method, "balanced accuracy", value, published=True, source=_SOURCE)
        for method, value in _PUBLISHED.items()
    ]
    what = "is a claim fully supported by the page it cites, or not"
    return ExternalReport(NAME, what, (*ours, *published), _NOTES)
