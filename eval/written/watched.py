"""A model whose drafts are timed: what the model takes is told from what we take."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.models.model import (
    Failure,
    Form,
    FormRefusedError,
    Generation,
    Model,
    ModelError,
    Prompt,
    Usage,
)

Clock = Callable[[], float]
"""Seconds, from wherever."""


@dataclass(slots=True)
class Draft:
    """One draft, as it came. A `Generation` around another."""

    generation: Generation
    clock: Clock
    waited: float = 0.0
    """Seconds spent waiting for the model's words."""
    text: str = ""
    failure: Failure | None = None

    def read(self, timeout: float) -> str | None:
        """What came; the wait is counted."""
        started = self.clock()
        try:
            text = self.generation.read(timeout)
        except FormRefusedError:
            raise  # the next form is tried: nothing failed
        except ModelError as error:
            self.failure = error.failure
            raise
        finally:
            self.waited += self.clock() - started
        self.text += text or ""
        return text

    def stop(self) -> None:
        """Breaks it off."""
        self.generation.stop()

    @property
    def usage(self) -> Usage:
        """Tokens so far."""
        return self.generation.usage


@dataclass(slots=True)
class Watched:
    """A `Model` around another that remembers its drafts. For one thread."""

    model: Model
    clock: Clock = time.perf_counter
    drafts: list[Draft] = field(default_factory=list)
    """Since they were last forgotten."""
    refused: Failure | None = None
    """Why the last draft did not even begin."""

    @property
    def name(self) -> str:
        """As the model's."""
        return self.model.name

    @property
    def forms(self) -> tuple[Form, ...]:
        """As the model's."""
        return self.model.forms

    def start(self, prompt: Prompt) -> Draft:
        """Begins a draft and remembers it."""
        try:
            draft = Draft(self.model.start(prompt), self.clock)
        except FormRefusedError:
            raise
        except ModelError as error:
            self.refused = error.failure
            raise
        self.drafts.append(draft)
        return draft

    def forget(self) -> None:
        """Begins anew, for the next question."""
        self.drafts.clear()
        self.refused = None

    @property
    def failure(self) -> str:
        """What went wrong last; empty when nothing did."""
        failed = [draft.failure for draft in self.drafts if draft.failure] + [self.refused]
        return next((one.value for one in failed if one), "")

    @property
    def waited(self) -> float:
        """Seconds spent waiting for words."""
        return sum(draft.waited for draft in self.drafts)

    @property
    def usage(self) -> Usage:
        """Tokens of all drafts."""
        used = [draft.usage for draft in self.drafts]
        return Usage(
            sum(one.tokens_in for one in used),
            sum(one.tokens_out for one in used),
            all(one.counted for one in used),
        )
