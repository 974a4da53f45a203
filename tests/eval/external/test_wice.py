"""The support judge on WiCE: on made-up claims always, on the real ones where they are."""

from pathlib import Path

import numpy as np
import pytest

from assistant.judge.support import SupportJudge
from eval.external.claims import begin_claims, wice_claims
from eval.external.report import ExternalError
from eval.external.wice import run
from eval.judge.fitting import cross_validated, fit, sample_of


def test_without_the_data_it_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(ExternalError, match="--data DIR"):
        run(tmp_path)


def test_wice_is_reported_beside_baselines_and_published_rows(made_up: Path) -> None:
    found = run(made_up)
    assert found.name == "wice"
    ours = {(row.method, row.measure): row for row in found.rows if not row.published}
    judge = ours["support judge, as kept: fitted beside BEGIN", "AUROC"]
    assert judge.value == 1.0
    assert judge.n == 24
    # Both claims of a thing are as long as those of the next: length cannot tell them.
    assert ours["length of the sentence alone", "AUROC"].value < 0.7
    published = [row for row in found.rows if row.published]
    assert published
    assert all("zero-shot" in row.source and row.low is None for row in published)


@pytest.mark.slow
def test_the_judge_beats_word_coverage_and_the_kept_weights_are_the_fitted_ones(
    data: Path,
) -> None:
    sample, beside = sample_of(wice_claims(data)), sample_of(begin_claims(data))
    coverage = cross_validated(sample.alone(sample.values[:, 0]))
    ours = cross_validated(sample, [beside])
    assert ours.in_use.value > coverage.balanced.value + 0.03
    kept, fitted = SupportJudge.load(), fit([sample, beside])
    assert np.allclose(kept.regression.weights, fitted.weights, atol=2e-3)
    assert kept.bar == pytest.approx(ours.in_use.sure.low, abs=2e-3)
