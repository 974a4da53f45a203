"""A model that failed is left alone for a while, so that the next reader need not wait for it."""

import threading
import weakref
from collections.abc import Callable
from enum import Enum, auto
from time import monotonic

from assistant.models.limit import Limit
from assistant.models.model import (
    Failure,
    Form,
    FormRefusedError,
    Generation,
    Kept,
    Model,
    ModelError,
    Prompt,
    Usage,
)

_OF_THE_SERVER = frozenset(
    {
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
    }
)
"""Failures that the next call may well meet too. The others say something of one prompt: who
refuses it has answered."""
_LONGEST_REST = 3600.0
"""Seconds; a server may ask for more, and is tried again all the same."""


class _State(Enum):
    WELL = auto()
    RESTING = auto()


class Rested:
    """A `Model` around another: rests it after failures, and limits how many drafts it writes.

    When the rest is over, one draft tries it; the others go on resting until it has written
    something. One that ends without a word said nothing of the model, and the next one tries it.
    """

    def __init__(
        self,
        model: Model,
        *,
        rest: float,
        at_once: int,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`rest`: seconds after a failure, where the server asks for no other time; 0: none.

        `clock`: seconds, from wherever.
        """
        self._model = model
        self._rest = rest
        self._clock = clock
        self._places = Limit(at_once)
        self._trials = Limit(1)
        self._at_once = at_once
        self._lock = threading.Lock()
        self._state = _State.WELL
        self._until = 0.0
        self._age = 0
        """How often it was put to rest: what older drafts come to says nothing of it now."""

    @property
    def name(self) -> str:
        """As the model's."""
        return self._model.name

    @property
    def forms(self) -> tuple[Form, ...]:
        """As the model's."""
        return self._model.forms

    @property
    def resting(self) -> bool:
        """Whether a draft begun now would be refused because of an earlier failure."""
        with self._lock:
            tried = self._trials.taken > 0
            return self._state is _State.RESTING and (tried or self._clock() < self._until)

    def warm(self) -> None:
        """As the model's, where it has something to get ready."""
        if isinstance(self._model, Kept):
            self._model.warm()

    def close(self) -> None:
        """As the model's, where it has something to let go of."""
        if isinstance(self._model, Kept):
            self._model.close()

    def start(self, prompt: Prompt) -> Generation:
        """As the model's. Raises ModelError: RESTING, or BUSY with as many drafts as may be."""
        turn = _Turn(self)
        try:
            generation = self._model.start(prompt)
        except ModelError as error:
            turn.failed(error)
            raise
        except BaseException:
            turn.left()
            raise
        return _Watched(generation, turn)

    def admit(self, token: object) -> int:
        """Give the token a place; returns the age it belongs to. Raises ModelError."""
        with self._lock:
            if self._state is _State.RESTING:
                left = self._until - self._clock()
                if left > 0 or not self._trials.take(token):
                    raise ModelError(
                        Failure.RESTING,
                        "the language model failed a moment ago and is left alone",
                        retry_after=max(left, 0.0),
                    )
            if not self._places.take(token):
                self._trials.give_back(token)
                raise ModelError(
                    Failure.BUSY, f"{self._at_once} drafts are being written, as many as may be"
                )
            return self._age

    def leave(self, token: object) -> None:
        """Free what the token has. Called from finalisers: takes no lock."""
        self._places.give_back(token)
        self._trials.give_back(token)

    def tried(self, token: object) -> None:
        """The token's trial is over; its place it keeps."""
        self._trials.give_back(token)

    def heard(self, age: int, error: ModelError | None) -> None:
        """A draft of that age has written something or come to its end; or failed with an error."""
        with self._lock:
            if age != self._age:
                return
            pause = self._pause_after(error)
            if pause > 0:
                self._state = _State.RESTING
                self._until = self._clock() + pause
                self._age += 1
            elif error is None:
                self._state = _State.WELL

    def _pause_after(self, error: ModelError | None) -> float:
        if error is None or error.failure not in _OF_THE_SERVER:
            return 0.0
        if isinstance(error, FormRefusedError):
            return 0.0
        return min(error.retry_after or self._rest, _LONGEST_REST)


class _Turn:
    """One draft's place, and the word of how it went; both are given once."""

    def __init__(self, rested: Rested) -> None:
        self._rested = rested
        self._token = object()
        self._age = rested.admit(self._token)
        self._over = False
        self._spoke = False

    def heard(self, text: str) -> None:
        """It wrote this. The first words prove the model well, whoever lets go of the rest."""
        if self._over or self._spoke or not text.strip():
            return
        self._spoke = True
        self._rested.heard(self._age, None)
        self._rested.tried(self._token)

    def failed(self, error: ModelError) -> None:
        """It failed."""
        self._end(error, telling=True)

    def done(self) -> None:
        """It came to its end."""
        self._end(None, telling=True)

    def left(self) -> None:
        """Somebody lost interest, which says nothing of the model."""
        self._end(None, telling=False)

    def _end(self, error: ModelError | None, *, telling: bool) -> None:
        if self._over:
            return
        self._over = True
        # Told first: nobody may slip in between the place and the rest.
        if telling:
            self._rested.heard(self._age, error)
        self._rested.leave(self._token)


class _Watched:
    """A generation whose end is told."""

    def __init__(self, generation: Generation, turn: _Turn) -> None:
        self._generation = generation
        self._turn = turn
        self._drop = weakref.finalize(self, turn.left)
        self._drop.atexit = False

    @property
    def usage(self) -> Usage:
        """As the generation's."""
        return self._generation.usage

    def read(self, timeout: float) -> str | None:
        """As the generation's."""
        try:
            text = self._generation.read(timeout)
        except ModelError as error:
            self._turn.failed(error)
            raise
        if text is None:
            self._turn.done()
        else:
            self._turn.heard(text)
        return text

    def stop(self) -> None:
        """As the generation's."""
        self._turn.left()
        self._generation.stop()
