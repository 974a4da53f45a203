"""The support judge on WiCE: on made-up claims always, on the real ones where they are."""

import json
from pathlib import Path

import numpy as np
import pytest

from eval.external import begin, wice
from eval.external.claims import begin_claims, wice_claims
from eval.external.report import ExternalError
from eval.judge.fitting import cross_validated, fit, sample_of
from eval.judge.support import SupportJudge

_THINGS = "salt water rest ice heat sleep massage shoes socks tape milk rice".split()


@pytest.fixture
def made_up(tmp_path: Path) -> Path:
    """Both sets, each claim with one that its evidence does not hold."""
    for name in ("wice", "begin"):
        (tmp_path / name).mkdir()
    pairs = [
        (thing, said, thing == said)
        for n, thing in enumerate(_THINGS)
        for said in (thing, _THINGS[n - 1])
    ]
    (tmp_path / "wice" / "claims.jsonl").write_text(
        "".join(
            json.dumps(
                {
                    "claim": f"The calf needs {said}.",
                    "evidence": ["A page.", f"It is {thing} that the calf needs."],
                    "label": "supported" if true else "partially_supported",
                    "title": thing,
                }
            )
            + "\n"
            for thing, said, true in pairs
        ),
        "utf-8",
    )
    (tmp_path / "begin" / "wow.jsonl").write_text(
        "".join(
            json.dumps(
                {
                    "response": f"Calves like {said}",
                    "knowledge": f"Calves like {thing}. So it is.",
                    "begin_label": "Fully attributable" if true else "Generic",
                }
            )
            + "\n"
            for thing, said, true in pairs
        ),
        "utf-8",
    )
    return tmp_path


@pytest.mark.parametrize("measured", [wice, begin])
def test_both_sets_are_needed(measured: object, tmp_path: Path) -> None:
    with pytest.raises(ExternalError, match="--data DIR"):
        measured.run(tmp_path)  # type: ignore[attr-defined]


def test_wice_is_reported_beside_baselines_and_published_rows(made_up: Path) -> None:
    found = wice.run(made_up)
    assert found.name == "wice"
    ours = {(row.method, row.measure): row for row in found.rows if not row.published}
    judge = ours["support judge, as kept: fitted beside BEGIN", "AUROC"]
    assert judge.value == 1.0
    assert judge.n == 2 * len(_THINGS)
    # Both claims of a thing are as long as those of the next: length cannot tell them.
    assert ours["length of the sentence alone", "AUROC"].value < 0.7
    published = [row for row in found.rows if row.published]
    assert published
    assert all("zero-shot" in row.source and row.low is None for row in published)


def test_begin_is_reported_with_weights_from_elsewhere(made_up: Path) -> None:
    found = begin.run(made_up)
    methods = {row.method for row in found.rows}
    assert "support judge, fitted on WiCE only" in methods
    assert not any(row.published for row in found.rows)


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
