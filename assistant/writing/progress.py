"""What is handed on while a draft is being written and checked."""

from dataclasses import dataclass

from assistant.reply import Answer


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a written answer has come. Everything in it is checked and may be shown."""

    answer: Answer
    """The checked sentences so far, `items` empty before the first; `quotes` holds the whole
    quoting answer all along. Once done: the whole answer. Where the model wrote nothing that
    stands, `items` are the quotes themselves and `writing.failure` says why in plain words."""
    done: bool = False
