"""The llama.cpp process, looked after from ours: started when needed, once anew if it died."""

import contextlib
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Condition, Thread

from assistant.errors import kind_and_place
from assistant.models.local.gguf import require_gguf
from assistant.models.local.order import Order, Told, told_from
from assistant.models.model import Failure, ModelError

ROOT = Path(__file__).resolve().parents[3]
"""Where the child finds the program."""
_CHILD = (sys.executable, "-m", "assistant.models.local.child")
_EXIT_PATIENCE = 5.0
"""Seconds the process gets to end by itself."""
_ENDING = 1.0
"""Seconds a process takes to go after its server has."""
_HEALTH_PATIENCE = 5.0
"""Seconds it gets to say that it is well, each time it is asked."""
_HEALTH_TRIES = 60
INSTALL = 'make run LLM=local installs it; so does: .venv/bin/pip install -e ".[local]"'


@dataclass(frozen=True, slots=True)
class Served:
    """Where a model answers."""

    base_url: str
    key: str

    def __repr__(self) -> str:
        """Without the key."""
        return f"Served({self.base_url!r})"


class LocalServer:
    """One model file and the process that serves it. Used from any thread."""

    def __init__(self, gguf: Path, *, context: int, threads: int, seed: int) -> None:
        """Start nothing yet. `context` in tokens for each draft; `threads` 0: one for each core."""
        self._gguf = gguf
        self._context = context
        self._threads = threads or cores()
        self._seed = seed
        self._changed = Condition()
        self._process: subprocess.Popen[bytes] | None = None
        self._served: Served | None = None
        self._failure: ModelError | None = None
        self._starting = False
        self._closed = False
        self._crashes = 0

    @property
    def pid(self) -> int | None:
        """The process's number; None while there is none."""
        process = self._process
        return process.pid if process and process.poll() is None else None

    def wake(self) -> None:
        """See that the process runs or is being started; returns at once.

        Raises ModelError where there is nothing to start, or starting it again has not helped.
        """
        with self._changed:
            if self._closed:
                raise ModelError(Failure.NO_RUNTIME, "The local language model was closed.")
            if self._starting or self._alive():
                return
            self._note_a_crash()
            require_gguf(self._gguf)
            self._starting = True
            self._failure = None
        Thread(target=self._start, name="llama-start", daemon=True).start()

    def wait(self, timeout: float) -> Served | None:
        """Where it answers; None if it does not within `timeout` seconds.

        Raises ModelError where it will not.
        """
        with self._changed:
            self._changed.wait_for(lambda: not self._starting, timeout)
            if self._failure:
                raise ModelError(self._failure.failure, str(self._failure))
            return None if self._starting else self._served

    def has_ended(self) -> bool:
        """Whether the process is gone, or goes within a second: a killed one takes a moment."""
        process = self._process
        if process is None:
            return True
        try:
            process.wait(_ENDING)
        except subprocess.TimeoutExpired:
            return False
        return True

    def went_well(self) -> None:
        """A draft has words, or came to its end: earlier crashes no longer count."""
        self._crashes = 0

    def close(self) -> None:
        """End the process and give its memory back. Nothing can be asked afterwards."""
        with self._changed:
            self._closed = True
            process, self._process, self._served = self._process, None, None
        if process:
            _end(process)

    def _alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _note_a_crash(self) -> None:
        """Count a process that ended unasked. Raises ModelError the second time in a row."""
        if self._process is None:
            return
        _end(self._process)
        self._process, self._served = None, None
        self._crashes += 1
        if self._crashes > 1:
            self._crashes = 0  # whoever comes after a rest may try anew
            raise ModelError(
                Failure.NO_RUNTIME,
                "llama.cpp ended twice in a row while it was asked. Too little memory ends it like"
                " that: take a smaller model or a smaller [llm] context.",
            )

    def _start(self) -> None:
        served, failure = None, None
        try:
            served = self._begin()
        except ModelError as error:
            failure = error
        except Exception as error:
            failure = ModelError(
                Failure.NO_RUNTIME, f"llama.cpp could not be started ({kind_and_place(error)})."
            )
        with self._changed:
            self._served, self._failure, self._starting = served, failure, False
            if failure and self._process:
                _end(self._process)
                self._process = None
            self._changed.notify_all()

    def _begin(self) -> Served:
        order = Order(
            str(self._gguf), self._context, self._threads, self._seed, secrets.token_urlsafe(24)
        )
        # A session of its own: Ctrl-C in the terminal is for the page, which then ends this.
        process = subprocess.Popen(  # noqa: S603  # our own module, by our own interpreter
            _CHILD,
            cwd=ROOT,
            env=_without_ours(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            close_fds=True,
        )
        with self._changed:
            self._process = process
            if self._closed:
                raise ModelError(Failure.NO_RUNTIME, "The local language model was closed.")
        told = _hand_over(process, order)
        if told.missing:
            raise ModelError(
                Failure.NO_RUNTIME, f"llama.cpp is not installed (xllamacpp). {INSTALL}."
            )
        if not told.port:
            raise ModelError(Failure.NO_RUNTIME, self._refused())
        _until(lambda: _is_well(told.port))
        return Served(f"http://127.0.0.1:{told.port}/v1", order.key)

    def _refused(self) -> str:
        return (
            f"llama.cpp cannot load {self._gguf.name}: the file is damaged or cut short, of a kind"
            " it does not know, or too large for this machine's memory. Copy or pull it again, or"
            " take a smaller model: python -m assistant models list."
        )


def cores() -> int:
    """Processor cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        return os.cpu_count() or 1


def _without_ours() -> dict[str, str]:
    """This process's environment without our own variables: keys and passwords are among them."""
    return {name: text for name, text in os.environ.items() if not name.startswith("SOLEUS_")}


def _hand_over(process: "subprocess.Popen[bytes]", order: Order) -> Told:
    """Give the order; the answer comes once the model is loaded, or the process has ended."""
    if process.stdin is None or process.stdout is None:  # both are pipes
        return Told()
    try:
        process.stdin.write(order.line())
        process.stdin.flush()
        return told_from(process.stdout.readline())
    except OSError:  # it ended before it had read
        return Told()
    finally:
        process.stdout.close()


def _until(well: Callable[[], bool]) -> None:
    for _ in range(_HEALTH_TRIES):
        if well():
            return
        time.sleep(0.05)
    raise ModelError(Failure.NO_RUNTIME, "llama.cpp loaded the model but does not answer.")


def _is_well(port: int) -> bool:
    """Whether the server says that it can be asked."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_HEALTH_PATIENCE)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and wait until it is gone."""
    if process.stdin:
        with contextlib.suppress(OSError):  # it is gone already, with the order unread
            process.stdin.close()  # which ends it
    try:
        process.wait(_EXIT_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
