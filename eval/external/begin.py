"""BEGIN (Dziri et al. 2022, TACL): replies against the knowledge they should rest on.

The support judge as fitted on WiCE alone, and cross-validated, beside baselines.
"""

from pathlib import Path

from eval.external.claims import baselines_of, begin_claims, rows_of, wice_claims
from eval.external.report import ExternalReport
from eval.judge.fitting import cross_validated, fit, sample_of, transferred

NAME = "begin"
_NOTES = (
    "No published figure was found that can be set beside these.",
    "Attributable replies copy much of the knowledge, which flatters every count of words.",
    "Replies to the same knowledge stay in one fold; 10 folds, mean of 5 splits.",
)


def run(data: Path) -> ExternalReport:
    """Fitted elsewhere, fitted beside WiCE as it is kept, fitted here; then the baselines.

    Raises:
        ExternalError: the claims of BEGIN or WiCE are not in the folder.
    """
    claims = begin_claims(data)
    sample, wice = sample_of(claims), sample_of(wice_claims(data))
    ours = [
        *rows_of(
            "support judge, as kept: fitted beside WiCE",
            cross_validated(sample, [wice]),
            refuses=True,
        ),
        *rows_of(
            "support judge, fitted on WiCE only", transferred(fit([wice]), sample), refuses=True
        ),
        *rows_of("support judge, fitted here only", cross_validated(sample), refuses=True),
    ]
    for method, baseline in baselines_of(claims, sample).items():
        ours += rows_of(method, cross_validated(baseline))
    what = "is a reply fully attributable to the knowledge it was given, or not"
    return ExternalReport(NAME, what, tuple(ours), _NOTES)
