"""The seam: whatever writes a draft, token by token. Nothing here knows a library or a server."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from assistant.errors import AssistantError


class Form(StrEnum):
    """How a draft comes."""

    JSON = "json"
    """Held to the prompt's JSON schema by the server."""
    TAGGED = "tagged"
    """One sentence a line, each ending in its citations: "Words. [2]"."""


FORMS = {
    "auto": (Form.JSON, Form.TAGGED),
    "json": (Form.JSON,),
    "tagged": (Form.TAGGED,),
}
"""What [llm] form stands for, the best first."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked. `system` is the same for every question, so that a server's prompt
    cache helps; everything that varies is in `user`.
    """

    system: str
    user: str
    schema: str = ""
    """JSON schema (as JSON) of what is wanted; empty for running text."""
    max_tokens: int = 400


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens read and written."""

    tokens_in: int = 0
    tokens_out: int = 0
    counted: bool = True
    """Whether the server said so; else estimated from the length (four characters a token)."""


class Failure(StrEnum):
    """What went wrong, as far as a reader or an operator must know."""

    UNREACHABLE = "unreachable"
    """Nobody answers at the address."""
    KEY = "key"
    """The server refuses the key, or wants one."""
    NO_MODEL = "no model"
    """The server knows no model of that name."""
    BUSY = "busy"
    """Too many calls: the server's limit, or ours on drafts at once."""
    SERVER = "server"
    """The server failed (5xx)."""
    SLOW = "slow"
    """It took too long."""
    GARBAGE = "garbage"
    """What came back is no answer of such a server: HTML, broken text, no stream."""
    EMPTY = "empty"
    """It wrote nothing, or only thoughts."""
    TOO_LONG = "too long"
    """The prompt does not fit into the model's context."""
    BROKE_OFF = "broke off"
    """The connection ended in the middle."""
    ENDLESS = "endless"
    """It did not stop writing where it was told to."""
    REFUSED = "refused"
    """The server refuses the call for another reason (4xx)."""
    RESTING = "resting"
    """It failed a moment ago and is left alone for a while."""
    NO_RUNTIME = "no runtime"
    """The program or the file to run the model with is not there."""


class ModelError(AssistantError):
    """A model did not do what was asked. `str()` is for the operator, and holds no message text."""

    def __init__(self, failure: Failure, message: str, *, retry_after: float = 0.0) -> None:
        super().__init__(message)
        self.failure = failure
        self.retry_after = retry_after
        """Seconds the server asked to be left alone; 0 where it did not say."""


class FormRefusedError(ModelError):
    """The server does not know JSON schemas; running text may still work."""


class Generation(Protocol):
    """One draft being written. Read it from one thread; `stop` may be called from any."""

    def read(self, timeout: float) -> str | None:
        """The text that came since the last call; "" if none came within `timeout` seconds; None
        once the draft is whole. Raises ModelError.
        """
        ...

    def stop(self) -> None:
        """Break off: the server stops writing. Safe to call twice, and after the end."""
        ...

    @property
    def usage(self) -> Usage:
        """Tokens so far; whole once `read` returned None."""
        ...


class Model(Protocol):
    """A language model that can be asked."""

    @property
    def name(self) -> str:
        """What readers are shown, e.g. "qwen2.5:7b"."""
        ...

    @property
    def forms(self) -> tuple[Form, ...]:
        """Forms it can be asked for, the best first."""
        ...

    def start(self, prompt: Prompt) -> Generation:
        """Begin a draft; returns at once. Failures come from `read`, or as ModelError here."""
        ...


@runtime_checkable
class Kept(Protocol):
    """A model that stays open while a page is served."""

    def warm(self) -> None:
        """Get ready in the background, so that the first reader need not wait for it."""
        ...

    def close(self) -> None:
        """Let go of threads, processes and memory; drafts under way end."""
        ...
