"""The support judge on BEGIN, where it is: replies with single sentences as evidence."""

from pathlib import Path

import pytest

from eval.external.begin import run
from eval.external.claims import begin_claims, wice_claims
from eval.external.report import ExternalError
from eval.judge.fitting import cross_validated, fit, sample_of, transferred


def test_without_the_data_it_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(ExternalError, match="--data DIR"):
        run(tmp_path)


def test_begin_is_reported_with_weights_from_elsewhere(made_up: Path) -> None:
    found = run(made_up)
    methods = {row.method for row in found.rows}
    assert "support judge, fitted on WiCE only" in methods
    assert not any(row.published for row in found.rows)


@pytest.mark.slow
def test_weights_fitted_on_pages_rank_replies_well_but_need_begin_for_their_threshold(
    data: Path,
) -> None:
    begin, wice = sample_of(begin_claims(data)), sample_of(wice_claims(data))
    elsewhere = transferred(fit([wice]), begin)
    beside = cross_validated(begin, [wice])
    assert elsewhere.auroc.value > 0.93
    assert beside.balanced.value > elsewhere.balanced.value + 0.05
