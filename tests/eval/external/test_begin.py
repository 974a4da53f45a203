"""The support judge on BEGIN, where it is: replies with single sentences as evidence."""

from pathlib import Path

import pytest

from eval.external.claims import begin_claims, wice_claims
from eval.judge.fitting import cross_validated, fit, sample_of, transferred


@pytest.mark.slow
def test_weights_fitted_on_pages_rank_replies_well_but_need_begin_for_their_threshold(
    data: Path,
) -> None:
    begin, wice = sample_of(begin_claims(data)), sample_of(wice_claims(data))
    elsewhere = transferred(fit([wice]), begin)
    beside = cross_validated(begin, [wice])
    assert elsewhere.auroc.value > 0.93
    assert beside.balanced.value > elsewhere.balanced.value + 0.05
