"""A model file as a Model: drafts wait for the process, then go through the door of all servers."""

import contextlib
import time
from collections.abc import Callable
from threading import Lock, Thread
from typing import Protocol

from assistant.models.local.server import LocalServer, Served
from assistant.models.model import Failure, Form, Generation, Kept, Model, ModelError, Prompt, Usage

LOAD_PATIENCE = 180.0
"""Seconds a draft waits for the model to be loaded."""


class Door(Model, Kept, Protocol):
    """The way to a server that answers."""


Connect = Callable[[Served], Door]
"""Makes the door to a server that answers."""


class LocalModel:
    """A model file that llama.cpp runs on this machine. Loaded when first asked, or by `warm`."""

    def __init__(
        self, name: str, forms: tuple[Form, ...], server: LocalServer, connect: Connect
    ) -> None:
        """`connect` is called once for every process that is started."""
        self._name = name
        self._forms = forms
        self._server = server
        self._connect = connect
        self._lock = Lock()
        self._door: tuple[Served, Door] | None = None

    @property
    def name(self) -> str:
        """What readers are shown."""
        return self._name

    @property
    def forms(self) -> tuple[Form, ...]:
        """llama.cpp holds drafts to any schema, so both forms unless the settings say one."""
        return self._forms

    def warm(self) -> None:
        """Begin loading in the background. A failure is told to whoever starts a draft."""
        Thread(target=self._warm, name="llama-warm", daemon=True).start()

    def _warm(self) -> None:
        with contextlib.suppress(ModelError):
            self._server.wake()
            door = self.door(LOAD_PATIENCE)
            if door:
                door.warm()

    def start(self, prompt: Prompt) -> Generation:
        """Begin a draft; it waits for the model where that is still being loaded."""
        self._server.wake()
        draft = _Draft(self, prompt)
        draft.begin()
        return draft

    def close(self) -> None:
        """End llama.cpp and give its memory back."""
        with self._lock:
            door, self._door = self._door, None
        self._server.close()
        if door:
            door[1].close()

    def door(self, timeout: float) -> Door | None:
        """The door to the process; None if that is not ready within `timeout` seconds.

        Raises ModelError where it will never be.
        """
        served = self._server.wait(timeout)
        if served is None:
            return None
        with self._lock:
            if self._door is None or self._door[0] != served:
                if self._door:
                    self._door[1].close()
                self._door = (served, self._connect(served))
            return self._door[1]

    def revive(self) -> bool:
        """Start the process anew if it has ended; whether it had. Raises ModelError as `start`."""
        ended = self._server.has_ended()
        if ended:
            self._server.wake()
        return ended

    def went_well(self) -> None:
        """A draft has words, or came to its end."""
        self._server.went_well()


class _Draft:
    """One draft: nothing while the model is being loaded, then what its server writes."""

    def __init__(self, model: LocalModel, prompt: Prompt) -> None:
        self._model = model
        self._prompt = prompt
        self._lock = Lock()
        self._inner: Generation | None = None
        self._stopped = False
        self._again = False
        """Whether it was begun a second time."""
        self._until = time.monotonic() + LOAD_PATIENCE

    def begin(self) -> None:
        """Begin at once where the model is loaded; otherwise a `read` that finds it so does."""
        self._begun(0.0)

    def read(self, timeout: float) -> str | None:
        """What came since the last call, as Generation says."""
        began = time.monotonic()
        inner = self._inner or self._begun(timeout)
        if inner is None:
            return None if self._stopped else ""
        try:
            text = inner.read(max(0.0, timeout - (time.monotonic() - began)))
        except ModelError as error:
            if self._begins_anew(error):
                return ""
            raise
        if (text is None or text.strip()) and not self._stopped:
            self._model.went_well()
        return text

    def stop(self) -> None:
        """Break off, whether or not the model is loaded yet."""
        with self._lock:
            self._stopped = True
            inner = self._inner
        if inner:
            inner.stop()

    @property
    def usage(self) -> Usage:
        """Tokens so far."""
        return self._inner.usage if self._inner else Usage()

    def _begins_anew(self, error: ModelError) -> bool:
        """Whether the process turned out to be dead before a word was written, and now runs."""
        if error.failure is not Failure.UNREACHABLE or self._again:
            return False
        self._again, self._inner = True, None
        return self._model.revive()

    def _begun(self, timeout: float) -> Generation | None:
        """The draft at the server; None while there is no server, or once stopped."""
        door = self._model.door(timeout)
        if door is None and time.monotonic() > self._until:
            raise ModelError(Failure.SLOW, "The local language model is still being loaded.")
        with self._lock:
            if door and not self._stopped:
                self._inner = door.start(self._prompt)
            return self._inner
