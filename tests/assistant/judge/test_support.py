"""The judge as it is used."""

from pathlib import Path

import pytest

from assistant.judge.support import (
    WEIGHTS,
    JudgeError,
    Judgement,
    SupportJudge,
)

CITED = ("Hold the stretch for 30 seconds with the knee bent.",)
JUDGE = SupportJudge.load()


def test_a_verbatim_sentence_is_supported_without_doubt() -> None:
    found = JUDGE.supports("hold the stretch for 30 seconds, with the knee bent", CITED)
    assert found.supported
    assert JUDGE.supports(CITED[0].upper(), CITED) == Judgement(True, 1.0, ("verbatim",))


def test_a_near_copy_is_supported() -> None:
    found = JUDGE.supports("With the knee bent, hold the stretch for thirty seconds.", CITED)
    assert found.supported
    assert 0.5 <= found.probability < 1
    assert found.reasons == ()


def test_a_departure_is_refused_however_much_is_shared() -> None:
    found = JUDGE.supports("With the knee bent, hold the stretch for 30 minutes.", CITED)
    assert not found.supported
    assert found.probability < 0.5
    assert found.reasons == ("duration: 30 minute",)


def test_something_else_is_refused_with_the_words_that_are_missing() -> None:
    found = JUDGE.supports("Runners with cramps ought to sleep longer.", CITED)
    assert not found.supported
    assert "cramps" in found.reasons[0]


@pytest.mark.parametrize("evidence", [(), ("",), ("...",)])
def test_nothing_supports_nothing(evidence: tuple[str, ...]) -> None:
    assert JUDGE.supports("Rest.", evidence) == Judgement(False, 0.0, ("nothing is cited",))
    assert not JUDGE.supports("", evidence).supported


def test_citations_are_taken_together() -> None:
    sentence = "Hold the stretch and drink a glass of water."
    apart = ("Hold the stretch.", "Drink a glass of water.")
    assert JUDGE.supports(sentence, apart).supported
    assert not any(JUDGE.supports(sentence, (each,)).supported for each in apart)


@pytest.mark.parametrize("content", [None, "{}", "no json", '{"weights": 3}'])
def test_weights_that_are_none_say_what_to_run(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "weights.json"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(JudgeError, match="git checkout"):
        SupportJudge.load(path)


def test_the_committed_bar_is_above_chance() -> None:
    assert 0.5 < SupportJudge.load(WEIGHTS).bar < 1
