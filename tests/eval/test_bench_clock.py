"""The clock gives each stage its own time, question by question."""

import pytest

from eval.bench.clock import TOTAL, StageClock


class Seconds:
    """A clock that goes on by one second each time it is read."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> StageClock:
    monkeypatch.setattr("eval.bench.clock.time.perf_counter", Seconds())
    return StageClock()


def test_a_stage_entered_twice_for_one_question_counts_once_with_the_sum(clock: StageClock) -> None:
    with clock.question():
        for _part in range(2):
            with clock.stage("search"):
                pass
    assert clock.seconds() == {"search": [2.0], TOTAL: [5.0]}


def test_a_stage_that_a_question_never_reached_is_not_zero_for_it(clock: StageClock) -> None:
    with clock.question():
        pass
    with clock.question(), clock.stage("compose"):
        pass
    assert clock.seconds() == {TOTAL: [1.0, 3.0], "compose": [1.0]}


def test_what_happens_between_questions_belongs_to_none(clock: StageClock) -> None:
    with clock.stage("encode"):
        pass
    with clock.question():
        pass
    assert clock.seconds() == {TOTAL: [1.0]}


def test_a_stage_that_fails_is_timed_all_the_same(clock: StageClock) -> None:
    with clock.question(), pytest.raises(RuntimeError), clock.stage("encode"):
        raise RuntimeError
    assert clock.seconds()["encode"] == [1.0]
