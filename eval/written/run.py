"""One run of a model: asks question after question, keeping each as soon as it is done."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.models.model import Failure, ModelError, Prompt
from assistant.writing.prompt import prompt_file
from eval.cases.case import Case, Half
from eval.errors import EvalError
from eval.run.evaluate import digest_of
from eval.written.asking import WAIT, Asker
from eval.written.case_run import CaseRun
from eval.written.going import Going
from eval.written.watched import Watched

_HOPELESS = frozenset(
    each.value for each in (Failure.UNREACHABLE, Failure.KEY, Failure.NO_MODEL, Failure.NO_RUNTIME)
)
"""Failures that say nothing of a question: the next one would meet them too."""


class ModelRunError(EvalError):
    """The model cannot be measured."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked in one run, and what of it was done before."""

    cases: Sequence[Case]
    going: Going

    def left(self) -> tuple[tuple[int, Case], ...]:
        """What is still to be asked, each with its place among those of its half."""
        done, seen = self._done(), Counter[Half]()
        left: list[tuple[int, Case]] = []
        for case in self.cases:
            if case.id not in done:
                left.append((seen[case.half], case))
            seen[case.half] += 1
        return tuple(left)

    def runs(self) -> tuple[CaseRun, ...]:
        """What came of those that are done, in their order."""
        done = self._done()
        return tuple(done[case.id] for case in self.cases if case.id in done)

    def _done(self) -> Mapping[str, CaseRun]:
        """What is done of these, unless the question or its labels have changed since."""
        digests = {case.id: digest_of([case]) for case in self.cases}
        done = self.going.done()
        return {name: run for name, run in done.items() if run.digest == digests.get(name)}


def ask_all(asker: Asker, questions: Questions, advanced: Callable[[], object]) -> None:
    """Asks what is left. In either half every other question is asked unchecked first.

    Raises ModelRunError when the model is not there; GoingError.
    """
    for at, case in questions.left():
        run = asker.ask(case, raw_first=at % 2 == 0)
        if gone := {run.failure, run.raw_failure} & _HOPELESS:
            raise ModelRunError(
                f"The language model cannot be asked ({', '.join(sorted(gone))}). Find out why:"
                " python -m assistant doctor. Then the same command goes on from here."
            )
        questions.going.add(run)
        advanced()


def wake(model: Watched) -> None:
    """Lets a model load, and read what is the same in every prompt, before anything is timed.

    Raises ModelRunError.
    """
    system = prompt_file("system.txt") + prompt_file(f"form_{model.forms[0].value}.txt")
    try:
        draft = model.start(Prompt(system, "Question: are you there?", max_tokens=50))
        while draft.read(WAIT) is not None:
            pass
    except ModelError as error:
        raise ModelRunError(
            f"The language model cannot be asked: {error} Try: python -m assistant doctor"
        ) from None
