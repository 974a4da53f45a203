"""A model that failed rests; one draft tries it again; and no more are written than may be."""

import gc
from dataclasses import dataclass, field

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from assistant.models.breaker import Rested
from assistant.models.model import (
    Failure,
    Form,
    FormRefusedError,
    Generation,
    ModelError,
    Prompt,
    Usage,
)

PROMPT = Prompt("s", "u")
REST = 30.0
RESTS = [
    Failure.UNREACHABLE,
    Failure.KEY,
    Failure.NO_MODEL,
    Failure.BUSY,
    Failure.SERVER,
    Failure.SLOW,
    Failure.GARBAGE,
    Failure.BROKE_OFF,
    Failure.ENDLESS,
    Failure.NO_RUNTIME,
]
ANSWERED = [Failure.EMPTY, Failure.TOO_LONG, Failure.REFUSED]


@dataclass(eq=False)
class Draft:
    """What a test says it is."""

    ending: ModelError | None = None
    stopped: bool = False
    words: list[str] = field(default_factory=list)

    usage = Usage(1, 2)

    def read(self, timeout: float) -> str | None:
        if self.ending:
            raise self.ending
        if self.words:
            return self.words.pop(0)
        return None if timeout else ""

    def stop(self) -> None:
        self.stopped = True


@dataclass(eq=False)
class Scripted:
    """A model whose drafts are handed out."""

    drafts: list[Draft] = field(default_factory=list)
    refusing: ModelError | None = None
    did: list[str] = field(default_factory=list)

    name = "scripted"
    forms = (Form.JSON, Form.TAGGED)

    def start(self, prompt: Prompt) -> Generation:
        if self.refusing:
            raise self.refusing
        self.drafts.append(Draft())
        return self.drafts[-1]

    def warm(self) -> None:
        self.did.append("warm")

    def close(self) -> None:
        self.did.append("close")


class Clock:
    """Seconds, as the test says."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def rested(model: Scripted, clock: Clock, *, at_once: int = 4, rest: float = REST) -> Rested:
    return Rested(model, rest=rest, at_once=at_once, clock=clock)


def fails(failure: Failure, wait: float = 0.0) -> ModelError:
    return ModelError(failure, "scripted", retry_after=wait)


def fail(model: Rested, scripted: Scripted, error: ModelError) -> None:
    generation = model.start(PROMPT)
    scripted.drafts[-1].ending = error
    with pytest.raises(ModelError):
        generation.read(1.0)


def refusal(model: Rested) -> str:
    """Why no draft can be begun now; empty if one can, which is then broken off."""
    try:
        model.start(PROMPT).stop()
    except ModelError as error:
        return error.failure.value
    return ""


def test_it_is_the_model_it_holds() -> None:
    scripted = Scripted()
    model = rested(scripted, Clock())
    generation = model.start(PROMPT)
    assert (model.name, model.forms) == (scripted.name, scripted.forms)
    assert (generation.read(0.0), generation.usage, generation.read(1.0)) == ("", Usage(1, 2), None)
    generation.stop()
    assert scripted.drafts[0].stopped


def test_what_it_holds_is_warmed_and_closed() -> None:
    scripted = Scripted()
    model = rested(scripted, Clock())
    model.warm()
    model.close()
    assert scripted.did == ["warm", "close"]


@pytest.mark.parametrize("failure", RESTS)
def test_after_a_failure_of_the_server_it_rests(failure: Failure) -> None:
    scripted, clock = Scripted(), Clock()
    model = rested(scripted, clock)
    fail(model, scripted, fails(failure))
    clock.now += REST - 0.1
    with pytest.raises(ModelError) as caught:
        model.start(PROMPT)
    assert (caught.value.failure, model.resting) == (Failure.RESTING, True)
    assert caught.value.retry_after == pytest.approx(0.1)
    clock.now += 0.1
    assert (model.resting, refusal(model)) == (False, "")


@pytest.mark.parametrize("failure", ANSWERED)
def test_after_a_failure_of_one_draft_it_does_not(failure: Failure) -> None:
    scripted = Scripted()
    model = rested(scripted, Clock())
    fail(model, scripted, fails(failure))
    assert refusal(model) == ""


def test_a_refused_form_is_no_failure() -> None:
    scripted = Scripted()
    model = rested(scripted, Clock())
    fail(model, scripted, FormRefusedError(Failure.GARBAGE, "scripted"))
    assert refusal(model) == ""


def test_a_failure_at_the_start_counts_as_one_later_would() -> None:
    scripted = Scripted(refusing=fails(Failure.NO_RUNTIME))
    model = rested(scripted, Clock(), at_once=1)
    assert [refusal(model) for _ in range(2)] == ["no runtime", "resting"]


def test_an_error_of_ours_at_the_start_frees_the_place() -> None:
    class Broken(Scripted):
        def start(self, prompt: Prompt) -> Generation:
            raise KeyError

    model = rested(Broken(), Clock(), at_once=1)
    for _ in range(3):
        with pytest.raises(KeyError):
            model.start(PROMPT)


@pytest.mark.parametrize(("asked", "rests"), [(5.0, 5.0), (90.0, 90.0), (1e9, 3600.0), (0.0, REST)])
def test_it_rests_as_long_as_the_server_asks(asked: float, rests: float) -> None:
    scripted, clock = Scripted(), Clock()
    model = rested(scripted, clock)
    fail(model, scripted, fails(Failure.BUSY, asked))
    clock.now += rests - 0.1
    assert refusal(model) == "resting"
    clock.now += 0.2
    assert refusal(model) == ""


def test_no_rest_at_all_where_the_operator_wants_none() -> None:
    scripted = Scripted()
    model = rested(scripted, Clock(), rest=0.0)
    fail(model, scripted, fails(Failure.SERVER))
    assert refusal(model) == ""


def test_one_draft_tries_while_the_others_rest() -> None:
    scripted, clock = Scripted(), Clock()
    model = rested(scripted, clock)
    fail(model, scripted, fails(Failure.SERVER))
    clock.now += REST
    trial = model.start(PROMPT)
    assert (model.resting, refusal(model)) == (True, "resting")
    assert trial.read(1.0) is None
    assert [refusal(model), refusal(model), model.resting] == ["", "", False]


def test_a_trial_that_fails_puts_it_to_rest_again() -> None:
    scripted, clock = Scripted(), Clock()
    model = rested(scripted, clock)
    fail(model, scripted, fails(Failure.SERVER))
    clock.now += REST
    fail(model, scripted, fails(Failure.SLOW))
    assert refusal(model) == "resting"
    clock.now += REST
    assert refusal(model) == ""


def test_a_trial_broken_off_by_its_reader_says_nothing() -> None:
    scripted, clock = Scripted(), Clock()
    model = rested(scripted, clock)
    fail(model, scripted, fails(Failure.SERVER))
    clock.now += REST
    model.start(PROMPT).stop()
    trial = model.start(PROMPT)
    assert refusal(model) == "resting"
    assert trial.read(1.0) is None
    assert refusal(model) == ""


def test_a_trial_that_wrote_a_word_has_shown_it_well_whatever_its_reader_does() -> None:
    scripted, clock = Scripted(), Clock()
    model = rested(scripted, clock)
    fail(model, scripted, fails(Failure.SERVER))
    clock.now += REST
    trial = model.start(PROMPT)
    scripted.drafts[-1].words = [" \n", "The calf"]
    assert (trial.read(1.0), refusal(model)) == (" \n", "resting")
    assert (trial.read(1.0), refusal(model), model.resting) == ("The calf", "", False)
    trial.stop()
    assert [refusal(model), refusal(model)] == ["", ""]


def test_what_has_written_and_breaks_off_rests_and_the_next_tries_though_an_older_one_writes() -> (
    None
):
    scripted, clock = Scripted(), Clock()
    model = rested(scripted, clock)
    fail(model, scripted, fails(Failure.SERVER))
    clock.now += REST
    trial = model.start(PROMPT)
    scripted.drafts[-1].words = ["The calf", "tires"]
    assert trial.read(1.0) == "The calf"
    fail(model, scripted, fails(Failure.BROKE_OFF))
    assert refusal(model) == "resting"
    assert trial.read(1.0) == "tires"  # of before it failed
    assert refusal(model) == "resting"
    clock.now += REST
    assert (refusal(model), model.resting) == ("", False)


@pytest.mark.parametrize("failure", ANSWERED)
def test_a_trial_that_failed_for_its_prompt_leaves_the_trying_to_the_next(failure: Failure) -> None:
    scripted, clock = Scripted(), Clock()
    model = rested(scripted, clock)
    fail(model, scripted, fails(Failure.SERVER))
    clock.now += REST
    fail(model, scripted, fails(failure))
    trial = model.start(PROMPT)
    assert (refusal(model), model.resting) == ("resting", True)
    assert trial.read(1.0) is None
    assert refusal(model) == ""


def test_being_stopped_is_no_failure_whatever_comes_after() -> None:
    scripted = Scripted()
    model = rested(scripted, Clock())
    generation = model.start(PROMPT)
    generation.stop()
    scripted.drafts[-1].ending = fails(Failure.SERVER)
    with pytest.raises(ModelError):
        generation.read(1.0)
    assert refusal(model) == ""


def test_many_that_fail_together_make_one_rest() -> None:
    scripted, clock = Scripted(), Clock()
    model = rested(scripted, clock)
    generations = [model.start(PROMPT) for _ in range(4)]
    for generation, draft in zip(generations, scripted.drafts, strict=True):
        draft.ending = fails(Failure.SLOW)
        with pytest.raises(ModelError):
            generation.read(1.0)
        clock.now += 10.0
    assert refusal(model) == ""  # 40 seconds after the first


def test_an_older_drafts_success_does_not_wake_it() -> None:
    scripted = Scripted()
    model = rested(scripted, Clock())
    older = model.start(PROMPT)
    fail(model, scripted, fails(Failure.SERVER))
    assert older.read(1.0) is None
    assert refusal(model) == "resting"


@pytest.mark.parametrize("ending", ["read", "failed", "stopped", "dropped"])
def test_a_place_is_free_again_however_a_draft_ends(ending: str) -> None:
    scripted = Scripted()
    model = rested(scripted, Clock(), at_once=1)
    generation = model.start(PROMPT)
    assert refusal(model) == "busy"
    if ending == "read":
        assert generation.read(1.0) is None
    elif ending == "failed":
        scripted.drafts[0].ending = fails(Failure.TOO_LONG)
        with pytest.raises(ModelError):
            generation.read(1.0)
    elif ending == "stopped":
        generation.stop()
        generation.stop()
    else:
        del generation
        gc.collect()
    assert refusal(model) == ""


def test_being_too_many_is_no_failure_of_the_model() -> None:
    model = rested(Scripted(), Clock(), at_once=1)
    generation = model.start(PROMPT)
    assert [refusal(model), refusal(model), model.resting] == ["busy", "busy", False]
    generation.stop()


class Life(RuleBasedStateMachine):
    """Any sequence of drafts, failures and waiting."""

    AT_ONCE = 3

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.scripted = Scripted()
        self.model = rested(self.scripted, self.clock, at_once=self.AT_ONCE)
        self.open: list[tuple[Generation, Draft]] = []
        self.failed_at: float | None = None

    @rule()
    def ask(self) -> None:
        if self.model.resting:
            assert refusal(self.model) == "resting"
        elif len(self.open) == self.AT_ONCE:
            assert refusal(self.model) == "busy"
        else:
            self.open.append((self.model.start(PROMPT), self.scripted.drafts[-1]))

    @precondition(lambda self: self.open)
    @rule(which=st.integers(0, 2), failure=st.sampled_from([*RESTS, *ANSWERED]))
    def fail(self, which: int, failure: Failure) -> None:
        generation, draft = self.open.pop(which % len(self.open))
        draft.ending = fails(failure)
        with pytest.raises(ModelError):
            generation.read(1.0)
        if failure in RESTS:
            assert self.failed_at is not None or self.model.resting
            self.failed_at = self.clock.now

    @precondition(lambda self: self.open)
    @rule(which=st.integers(0, 2))
    def write(self, which: int) -> None:
        generation, draft = self.open[which % len(self.open)]
        draft.words = ["word"]
        assert generation.read(1.0) == "word"

    @precondition(lambda self: self.open)
    @rule(which=st.integers(0, 2))
    def finish(self, which: int) -> None:
        assert self.open.pop(which % len(self.open))[0].read(1.0) is None

    @precondition(lambda self: self.open)
    @rule(which=st.integers(0, 2), drop=st.booleans())
    def leave(self, which: int, drop: bool) -> None:
        generation = self.open.pop(which % len(self.open))[0]
        if not drop:
            generation.stop()
        del generation

    @rule(seconds=st.floats(0.0, 2 * REST))
    def wait(self, seconds: float) -> None:
        self.clock.now += seconds

    @invariant()
    def never_more_than_may_be(self) -> None:
        assert len(self.open) <= self.AT_ONCE

    @invariant()
    def nobody_is_shut_out_for_ever(self) -> None:
        """With nothing under way, a rest after the last failure, a draft can be begun."""
        if self.open:
            return
        rested_by = self.failed_at is None or self.clock.now >= self.failed_at + REST
        if rested_by:
            assert not self.model.resting


TestLife = Life.TestCase
