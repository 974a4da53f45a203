"""What was fitted is what is read, and another judge must first be as good."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.judge.features import NAMES
from assistant.judge.regression import Regression
from assistant.judge.support import Judgement, SupportJudge
from eval.judge.claim import Claim
from eval.judge.keeping import trusted, write_weights


def test_weights_are_kept_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    judge = SupportJudge(Regression(0.5, tuple(float(n) for n in range(len(NAMES)))), 0.25, 0.7)
    write_weights(judge, 12, path)
    assert SupportJudge.load(path) == judge
    assert json.loads(path.read_text("utf-8"))["claims"] == 12
    assert list(tmp_path.iterdir()) == [path]


class Fixed:
    """Says the same of the same sentence always."""

    def __init__(self, yes: str) -> None:
        self.yes = yes

    def supports(self, sentence: str, evidence: Sequence[str]) -> Judgement:
        return Judgement(sentence in self.yes, 0.5, ())


def test_another_judge_is_trusted_from_the_lower_end_of_ours_on(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    write_weights(SupportJudge(Regression(0, (0.0,) * len(NAMES)), 0.1, 0.7), 4, path)
    claims = [Claim(text, ("x",), text in "ab", text) for text in "abcd"]
    # "a" alone: (1/2 + 1) / 2 = 0.75; everything, or nothing: 0.5
    assert trusted(Fixed("ab"), claims, path)
    assert trusted(Fixed("a"), claims, path)
    assert not trusted(Fixed("abcd"), claims, path)
    assert not trusted(Fixed(""), claims, path)
    with pytest.raises(ValueError, match="both"):
        trusted(Fixed("a"), claims[:2], path)
