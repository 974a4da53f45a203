"""What one contestant said to every question, and what that took, as it leaves its process."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.question import Question
from corpus import Span
from eval.rivals.reply import RivalError
from eval.transcript import Transcript
from eval.whole import write_whole


@dataclass(frozen=True, slots=True)
class Heard:
    """Replies and rankings, one for each question in their order."""

    questions: tuple[Question, ...]
    replies: tuple[Transcript, ...]
    rankings: tuple[tuple[Span, ...], ...]
    milliseconds: tuple[float, ...]
    """Of each reply, around the whole of `ask`."""
    units: tuple[Span, ...]
    """Everything it can find."""


@dataclass(frozen=True, slots=True)
class Replay:
    """The same again, from what was heard. A `Provider` and a `Ranker`."""

    name: str
    heard: Heard
    bar: float | None = None
    """Less sure than this, it abstains; None to leave replies as they were."""

    def ask(self, question: Question) -> Transcript:
        """What was replied. Raises RivalError for a question that was not asked."""
        said = self.heard.replies[self._place(question)]
        return said if self.bar is None else held_back(said, self.bar)

    def rank(self, question: Question) -> tuple[Span, ...]:
        """What was found. Raises RivalError for a question that was not asked."""
        return self.heard.rankings[self._place(question)]

    def _place(self, question: Question) -> int:
        try:
            return self.heard.questions.index(question)
        except ValueError:
            raise RivalError(f"{self.name} was not asked this question.") from None


def held_back(said: Transcript, bar: float) -> Transcript:
    """An abstention in its place when it was less sure than the bar."""
    from eval.transcript import Ending

    if said.sure is None or said.sure >= bar:
        return said
    return Transcript(Ending.NOT_COVERED, said.level, sure=said.sure)


_HEARD = TypeAdapter(Heard)
_QUESTIONS = TypeAdapter(tuple[Question, ...])


def write_heard(heard: Heard, path: Path) -> None:
    """As JSON, whole or not at all."""
    write_whole(path, _HEARD.dump_json(heard))


def read_heard(path: Path) -> Heard:
    """What `write_heard` wrote. Raises RivalError."""
    try:
        return _HEARD.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise RivalError(f"{path.name} does not hold what a rival said.") from error


def questions_json(questions: tuple[Question, ...]) -> str:
    """Questions as one line."""
    return _QUESTIONS.dump_json(questions).decode()


def questions_of(line: str) -> tuple[Question, ...]:
    """Questions out of such a line."""
    return _QUESTIONS.validate_json(line)
