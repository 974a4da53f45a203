"""Drafts in the background: one thread with an event loop for each model, one task for each draft.

Readers of a page are served by threads; a call that can be broken off at any moment, also while the
server has not sent its first word, is a task. The two meet in a queue.
"""

import asyncio
import threading
import weakref
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue

from assistant.errors import kind_and_place
from assistant.models.model import Failure, ModelError, Usage

_END = None
_PATIENCE = 5.0
"""Seconds that `close` waits for connections to be closed."""


class Draft:
    """What a task writes into and a `Running` reads from."""

    def __init__(self, usage: Usage) -> None:
        self.usage = usage
        """Tokens so far."""
        self._queue: SimpleQueue[str | ModelError | None] = SimpleQueue()

    def say(self, text: str) -> None:
        """Hand on some text."""
        if text:
            self._queue.put(text)

    def fail(self, error: ModelError) -> None:
        """End with an error. Where it came from is cut off: its frames hold the prompt and key."""
        error.__cause__ = error.__context__ = None
        self._queue.put(error.with_traceback(None))

    def end(self) -> None:
        """End."""
        self._queue.put(_END)

    def next(self, timeout: float) -> str | ModelError | None:
        """The next thing handed on. Raises queue.Empty after `timeout` seconds (0: at once)."""
        return self._queue.get(timeout=timeout) if timeout > 0 else self._queue.get_nowait()


Work = Callable[[Draft], Coroutine[None, None, None]]
"""Writes one draft."""


class Running:
    """A draft being written by a task (a `Generation`). Dropped unread, it stops by itself."""

    def __init__(self, draft: Draft, task: "Future[None]") -> None:
        self._draft = draft
        self._stopped = False
        self._ending: str | ModelError | None = ""
        """How it ended; "" while it has not."""
        # The task knows the draft, not this object, which may so be collected while it runs.
        self._drop = weakref.finalize(self, _cancel, task)
        self._drop.atexit = False

    @property
    def usage(self) -> Usage:
        """Tokens so far; whole once `read` returned None."""
        return self._draft.usage

    def stop(self) -> None:
        """Break off. A `read` that waits returns None, and so does every later one."""
        self._stopped = True
        self._drop()
        self._draft.end()

    def read(self, timeout: float) -> str | None:
        """As in `Generation`."""
        text = "".join(self._arrived(timeout))
        if self._stopped:
            return None
        if text or self._ending == "":
            return text
        if isinstance(self._ending, ModelError):
            raise self._ending
        return None

    def _arrived(self, timeout: float) -> list[str]:
        """What there is by now, waiting only for the first piece of it."""
        pieces: list[str] = []
        while self._ending == "" and not self._stopped:
            try:
                piece = self._draft.next(0.0 if pieces else timeout)
            except Empty:
                break
            if isinstance(piece, str):
                pieces.append(piece)
            else:
                self._ending = piece
        return pieces


class Runner:
    """The thread of one model; started by the first draft, or by `warm`."""

    def __init__(self, prepare: Callable[[], object]) -> None:
        self._prepare = prepare
        """Slow imports: done in the thread, before its first task."""
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._shut: Callable[[], object] = _nothing

    def warm(self) -> None:
        """Start the thread now, so that the first reader need not wait for it."""
        with self._lock:
            self._running_loop()

    def start(self, work: Work, usage: Usage) -> Running:
        """Begin a draft. Returns at once."""
        draft = Draft(usage)
        with self._lock:
            task = asyncio.run_coroutine_threadsafe(_kept(work, draft), self._running_loop())
        # Also when it was cancelled before its first step.
        task.add_done_callback(lambda _: draft.end())
        return Running(draft, task)

    def close(self) -> None:
        """Stop every draft and end the thread. Safe to call twice; a later draft starts anew."""
        with self._lock:
            shut, self._shut, self._loop = self._shut, _nothing, None
        shut()

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            loop = asyncio.new_event_loop()
            thread = threading.Thread(
                target=_run, args=(loop, self._prepare), name="language-model", daemon=True
            )
            thread.start()
            self._loop = loop
            # Also when the model is collected, and when the program ends.
            self._shut = weakref.finalize(self, _end_thread, loop, thread)
        return self._loop


async def _kept(work: Work, draft: Draft) -> None:
    """The work, whose failures become the draft's."""
    try:
        await work(draft)
    except ModelError as error:
        draft.fail(error)
    except Exception as error:
        # Anything a server can send must end here, and none of its words may travel on.
        draft.fail(
            ModelError(Failure.GARBAGE, f"the answer cannot be read ({kind_and_place(error)})")
        )


def _run(loop: asyncio.AbstractEventLoop, prepare: Callable[[], object]) -> None:
    asyncio.set_event_loop(loop)
    with suppress(Exception):  # the first draft will fail for the same reason, and say so
        prepare()
    try:
        loop.run_forever()
    finally:
        loop.run_until_complete(_put_away())
        loop.close()


async def _put_away() -> None:
    """Cancel what is left, and wait until its connections are closed."""
    for task in _others():
        task.cancel()
    # A generator left in the middle is closed by a task of its own, one for each layer of it.
    while others := _others():
        await asyncio.gather(*others, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_asyncgens()


def _others() -> "set[asyncio.Task[object]]":
    return {task for task in asyncio.all_tasks() if task is not asyncio.current_task()}


def _end_thread(loop: asyncio.AbstractEventLoop, thread: threading.Thread) -> None:
    with suppress(RuntimeError):  # closed already
        loop.call_soon_threadsafe(loop.stop)
    # The collector may run in that very thread, which cannot wait for itself.
    if thread is not threading.current_thread():
        thread.join(_PATIENCE)


def _cancel(task: "Future[None]") -> None:
    task.cancel()


def _nothing() -> None:
    """Nothing to end yet."""
