"""WiCE and BEGIN as they are read, on made-up lines."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from assistant.judge.features import NAMES
from eval.external.claims import (
    baselines_of,
    begin_claims,
    cosines_of,
    rows_of,
    wice_claims,
)
from eval.external.report import ExternalError
from eval.judge.claim import Claim
from eval.judge.fitting import Score, Scores, sample_of
from eval.measures.interval import Interval


def write(path: Path, *rows: Mapping[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def test_support_in_part_counts_as_none(tmp_path: Path) -> None:
    labels = ["supported", "partially_supported", "not_supported"]
    write(
        tmp_path / "wice" / "claims.jsonl",
        *(
            {"claim": "Calves cramp.", "evidence": ["They do."], "label": label, "title": "Calf"}
            for label in labels
        ),
    )
    found = wice_claims(tmp_path)
    assert [claim.supported for claim in found] == [True, False, False]
    assert found[0] == Claim("Calves cramp.", ("They do.",), True, "Calf")


def test_knowledge_is_cut_into_sentences_and_groups_replies(tmp_path: Path) -> None:
    known = "Calves cramp. They hurt."
    write(
        tmp_path / "begin" / "wow.jsonl",
        {"response": "They cramp.", "knowledge": known, "begin_label": "Fully attributable"},
        {"response": "Rest!", "knowledge": known, "begin_label": "Not fully attributable"},
    )
    found = begin_claims(tmp_path)
    assert found[0] == Claim("They cramp.", ("Calves cramp.", "They hurt."), True, known)
    assert [claim.supported for claim in found] == [True, False]


@pytest.mark.parametrize("read", [wice_claims, begin_claims])
def test_a_missing_folder_says_what_to_give(read: type, tmp_path: Path) -> None:
    with pytest.raises(ExternalError, match="--data DIR"):
        read(tmp_path)


def test_likeness_is_that_of_the_likest_sentence() -> None:
    same, other = "The calf cramps at night.", "Trains were late on Monday."
    found = cosines_of([Claim(same, (other, same), True, "a"), Claim(same, (other,), False, "b")])
    assert found[0] == pytest.approx(1.0, abs=1e-5)
    assert found[1] < 0.5


def test_baselines_know_a_claim_by_one_number() -> None:
    claims = [
        Claim("The calf cramps.", ("The calf cramps.",), True, "a"),
        Claim("The calf cramps at night.", ("Trains were late.",), False, "b"),
    ]
    sample = sample_of(claims)
    found = baselines_of(claims, sample)
    coverage, _, length = found.values()
    assert coverage.values[:, 0].tolist() == sample.values[:, NAMES.index("coverage")].tolist()
    assert length.values.tolist() == [[3], [5]]
    assert all(each.values.shape == (2, 1) for each in found.values())
    assert np.array_equal(coverage.supported, sample.supported)


def test_refusing_departures_is_a_row_of_its_own() -> None:
    score = Score(0.7, Interval(0.6, 0.8))
    found = Scores(score, score, Score(0.9, Interval(0.8, 1.0)), 5)
    assert [row.measure for row in rows_of("ours", found)] == ["AUROC", "balanced accuracy"]
    last = rows_of("ours", found, refuses=True)[-1]
    assert (last.measure, last.value, last.n) == ("balanced accuracy, departures refused", 0.9, 5)
