"""The support judge fitted on WiCE and BEGIN, ready to be kept."""

from pathlib import Path

from assistant.judge.support import SupportJudge
from eval.external.claims import begin_claims, wice_claims
from eval.judge.fitting import cross_validated, departed_supported, fit, sample_of


def fit_judge(data: Path) -> tuple[SupportJudge, int]:
    """The judge and how many claims it was fitted on. Raises ExternalError."""
    wice, begin = sample_of(wice_claims(data)), sample_of(begin_claims(data))
    bar = cross_validated(wice, [begin]).in_use.sure.low
    judge = SupportJudge(fit([wice, begin]), departed_supported([wice, begin]), bar)
    return judge, len(wice.supported) + len(begin.supported)
