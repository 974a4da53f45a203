"""A draft on its way from the model to what stands, with everything that can happen to it."""

from collections.abc import Sequence

import pytest

from assistant.checking.check import Checker
from assistant.models.model import Failure, Form, FormRefusedError, ModelError
from assistant.models.words import said_of
from assistant.question import Question
from assistant.release import Release, Topics
from assistant.reply import Answer, ItemKind, Origin
from assistant.why import Outcome
from assistant.writing.progress import Progress
from assistant.writing.writer import MOST_SENTENCES, NOTHING_STOOD, Writer
from tests.assistant.writing.answers import (
    STEPS,
    DictatedModel,
    answer,
    dictated,
    point,
    sentences,
    texts,
)

ASKED = Question("what helps a calf?", model_may_read=True)
GOOD = "Never stretch a cramping calf straight away. [1]\n"
LIE = "Always stretch a cramping calf straight away. [1]\n"
SALT = "Extra salt seems to help one poster's cramps, though it might be all in the head. [4]\n"
FAILED = ModelError(Failure.BROKE_OFF, "the connection ended")


@pytest.fixture(scope="module")
def checker() -> Checker:
    """The checker as it is shipped."""
    return Checker.load()


@pytest.fixture
def release(topics: Topics) -> Release:
    """Nothing is held back."""
    return Release(topics)


def written(
    checker: Checker, release: Release, model: DictatedModel, quoting: Answer | None = None
) -> list[Progress]:
    """Everything that is handed on of one draft; the rules for all of it hold."""
    found = list(Writer(model, checker).write(ASKED, quoting or answer(), release))
    assert [each.done for each in found] == [False] * (len(found) - 1) + [True]
    assert all(generation.stopped for generation in model.generations)
    return found


def outcomes(reply: Answer) -> Sequence[Outcome]:
    return [each.outcome for each in reply.why.drafted]


def test_what_stands_is_shown_as_it_comes_and_the_rest_is_quoted_at_the_end(
    checker: Checker, release: Release
) -> None:
    found = written(checker, release, dictated(GOOD, "\n", LIE, "\n"))
    assert texts(found[0].answer) == ["Never stretch a cramping calf straight away."]
    whole = found[-1].answer
    assert outcomes(whole) == [Outcome.PASSED, Outcome.DROPPED]
    assert "Always" not in " ".join(texts(whole))
    assert whole.quotes == answer().items
    assert whole.writing is not None
    assert (whole.writing.model, whole.writing.failure) == ("dictated", "")
    assert (whole.writing.tokens_in, whole.writing.tokens_out) == (100, 5)


def test_a_draft_is_heard_of_even_while_nothing_comes(checker: Checker, release: Release) -> None:
    found = written(checker, release, dictated("", "", "", GOOD, "\n"))
    assert [len(each.answer.items) for each in found[:3]] == [0, 0, 0]
    assert all(each.answer.quotes == answer().items for each in found[:-1])


def test_what_leaves_off_writing_early_is_told_to_stop(checker: Checker, release: Release) -> None:
    model = dictated(GOOD, *["more "] * 50)
    progress = Writer(model, checker).write(ASKED, answer(), release)
    next(progress)
    [generation] = model.generations
    before = (generation.read_out, generation.stopped)
    progress.close()  # type: ignore[attr-defined]  # a generator, as those who stop it know
    assert before == (1, 0)
    assert generation.read_out == 1
    assert generation.stopped


def test_a_model_without_schemas_is_asked_for_tagged_text(
    checker: Checker, release: Release
) -> None:
    refusal = FormRefusedError(Failure.REFUSED, "no schemas")
    model = DictatedModel(([refusal], [GOOD]), forms=(Form.JSON, Form.TAGGED))
    whole = written(checker, release, model)[-1].answer
    assert [bool(prompt.schema) for prompt in model.prompts] == [True, False]
    assert outcomes(whole) == [Outcome.PASSED]
    assert whole.writing is not None
    assert whole.writing.failure == ""


def test_a_model_that_refuses_every_form_is_a_failure(checker: Checker, release: Release) -> None:
    model = DictatedModel((FormRefusedError(Failure.REFUSED, "no"),), (Form.JSON, Form.TAGGED))
    [last] = written(checker, release, model)
    assert len(model.prompts) == 2
    assert last.answer.writing is not None
    assert last.answer.writing.failure == said_of(Failure.REFUSED)


@pytest.mark.parametrize("failure", Failure)
def test_where_it_fails_at_once_the_quotes_stand_and_one_sentence_says_so(
    checker: Checker, release: Release, failure: Failure
) -> None:
    [last] = written(checker, release, DictatedModel((ModelError(failure, "for operators"),)))
    assert last.answer.items == answer().items
    assert last.answer.quotes == ()
    assert last.answer.writing is not None
    assert last.answer.writing.failure == said_of(failure)


@pytest.mark.parametrize(
    ("draft", "kept"),
    [
        ([FAILED], 0),
        ([GOOD, FAILED], 1),
        ([GOOD, "Massage will never solve", FAILED], 1),
        ([GOOD, "\n", SALT, "\n", FAILED], 2),
    ],
    ids=["at the start", "after a sentence", "in a sentence", "at the end"],
)
def test_what_was_checked_before_it_failed_stands(
    checker: Checker, release: Release, draft: list[str | ModelError], kept: int
) -> None:
    whole = written(checker, release, dictated(*draft))[-1].answer
    assert sum(each.origin is Origin.WRITTEN for each in sentences(whole)) == kept
    assert whole.writing is not None
    assert whole.writing.failure == said_of(Failure.BROKE_OFF, worded=kept > 0)
    assert "solve" not in " ".join(each.text for each in whole.why.drafted)


@pytest.mark.parametrize(
    "draft",
    ["", "   \n\n", "Sure! I can help with that.", LIE, "<html><body>502</body></html>", "[1] [2]"],
)
def test_where_nothing_stands_the_quotes_are_the_answer(
    checker: Checker, release: Release, draft: str
) -> None:
    whole = written(checker, release, dictated(draft))[-1].answer
    assert whole.items == answer().items
    assert whole.writing is not None
    assert whole.writing.failure == NOTHING_STOOD


@pytest.mark.parametrize("size", [30, 100_000], ids=["in pieces", "at once"])
def test_of_a_rambling_draft_only_the_beginning_is_looked_at(
    checker: Checker, release: Release, size: int
) -> None:
    ramble = "".join(f"Calf number {n} is fine. [1]\n" for n in range(500))
    model = dictated(*(ramble[at : at + size] for at in range(0, len(ramble), size)))
    whole = written(checker, release, model)[-1].answer
    assert len(whole.why.drafted) == MOST_SENTENCES
    assert model.generations[0].read_out < 40


def test_what_a_warning_holds_back_is_not_written_either(checker: Checker, topics: Topics) -> None:
    held = Release(topics, frozenset({"massage"}))
    line = "In the long term, massage does not solve tight calves. [3]\n"
    free = written(checker, Release(topics), dictated(line))[-1].answer
    assert outcomes(free) == [Outcome.PASSED]
    whole = written(checker, held, dictated(line))[-1].answer
    assert outcomes(whole) == [Outcome.REPLACED]
    assert "holds back massage" in whole.why.drafted[0].reason


def test_an_answer_of_steps_alone_is_given_as_it_is(checker: Checker, release: Release) -> None:
    steps = answer(point(ItemKind.PROCEDURE, STEPS))
    model = dictated(GOOD)
    [last] = written(checker, release, model, steps)
    assert (last.answer, model.prompts) == (steps, [])
