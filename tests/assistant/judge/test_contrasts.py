"""Pairs of a supported paraphrase and the same with one small thing changed, written by hand.

`half` is `dev` for pairs that were looked at while the word lists were written, `held` for those
of which only totals were. The floors below are what was reached, less two pairs.
"""

import json
from pathlib import Path

import pytest

from assistant.judge.support import Judgement, SupportJudge

_PAIRS = [
    json.loads(line)
    for line in Path(__file__).with_name("contrasts.jsonl").read_text("utf-8").splitlines()
]
_JUDGE = SupportJudge.load()


def judged(half: str) -> list[tuple[Judgement, Judgement]]:
    return [
        (
            _JUDGE.supports(pair["supported"], pair["evidence"]),
            _JUDGE.supports(pair["flipped"], pair["evidence"]),
        )
        for pair in _PAIRS
        if pair["half"] == half
    ]


def test_the_pairs_are_sound() -> None:
    assert len(_PAIRS) == 65
    assert {pair["kind"] for pair in _PAIRS} == {
        "body_part",
        "direction",
        "drug",
        "duration",
        "hedge",
        "muscle",
        "negation",
        "number",
        "speaker",
    }
    assert all(pair["supported"] != pair["flipped"] and pair["evidence"] for pair in _PAIRS)


@pytest.mark.parametrize(("half", "pairs", "ranked"), [("dev", 35, 34), ("held", 30, 29)])
def test_the_paraphrase_is_thought_likelier_than_the_flip(
    half: str, pairs: int, ranked: int
) -> None:
    found = judged(half)
    assert len(found) == pairs
    assert sum(good.probability > bad.probability for good, bad in found) >= ranked - 2


@pytest.mark.parametrize(("half", "refused"), [("dev", 34), ("held", 29)])
def test_the_flip_is_refused(half: str, refused: int) -> None:
    assert sum(not bad.supported for _, bad in judged(half)) >= refused - 2


@pytest.mark.parametrize(("half", "accepted"), [("dev", 28), ("held", 18)])
def test_many_paraphrases_are_accepted(half: str, accepted: int) -> None:
    assert sum(good.supported for good, _ in judged(half)) >= accepted - 2
