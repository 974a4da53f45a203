"""What is asked in a benchmark: the golden questions where there are any, else a list of ours."""

import json
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from eval.errors import EvalError

BUILT_IN = Path(__file__).with_name("questions.txt")
GOLDEN = Path(__file__).resolve().parents[2] / "tests" / "golden" / "dev.jsonl"


class QuestionsError(EvalError):
    """A file of questions cannot be used."""


def read_questions(path: Path | None = None) -> tuple[str, ...]:
    """Questions of a file: JSON lines with a "question", or one plain question a line.

    Raises:
        QuestionsError: the file is missing, holds no question, or a line does not parse.
    """
    chosen = path or (GOLDEN if GOLDEN.is_file() else BUILT_IN)
    try:
        lines = [line.strip() for line in chosen.read_text("utf-8").splitlines()]
    except OSError as error:
        raise QuestionsError(f"{chosen.name} cannot be read: {error.strerror}") from error
    questions = tuple(_question_in(line, chosen) for line in lines if line)
    if not questions:
        raise QuestionsError(f"{chosen.name} holds no question. Give another with --questions.")
    return questions


def as_many_as(count: int, questions: Sequence[str]) -> tuple[str, ...]:
    """The first `count` questions, begun anew when there are fewer."""
    return tuple(islice(cycle(questions), count))


def _question_in(line: str, source: Path) -> str:
    if source.suffix != ".jsonl":
        return line
    try:
        question = json.loads(line)["question"]
    except (ValueError, KeyError, TypeError) as error:
        raise QuestionsError(
            f'{source.name}: every line must be a JSON object with a "question": {line[:60]!r}'
        ) from error
    return str(question)
