"""The process that runs llama.cpp: `python -m assistant.models.local.child`.

Its order comes as one line on standard input, its answer goes out as one line on standard output.
It serves on 127.0.0.1 until its input is closed, which the system does for a parent that was
killed, too. Nothing it or llama.cpp has to say is kept: it would be the words of messages.
"""

import contextlib
import fcntl
import os
import sys
from urllib.parse import urlsplit

from assistant.models.local.order import SLOTS, Order, Told, order_from

_BATCH = 128
"""Tokens of a prompt read in one go: under two seconds where 70 are read in a second."""


def main() -> None:
    """Serve as ordered until the parent is gone."""
    order = order_from(sys.stdin.buffer.readline())
    _end_with_the_parent()
    answer = os.dup(sys.stdout.fileno())
    _keep_nothing_said()
    try:
        server, port = _serve(order)
    except ImportError:
        _tell(answer, Told(missing=True))
        return
    except RuntimeError:  # llama.cpp refuses the file; why, it says on its own output only
        _tell(answer, Told())
        return
    _tell(answer, Told(port))
    while os.read(0, 1):
        pass
    # Without the clean-up of llama.cpp, which waits for drafts that nobody will read any more.
    os._exit(0 if server else 1)


def _end_with_the_parent() -> None:
    """Have the system end this process when the pipe on standard input is closed.

    A thread that reads it would not do: llama.cpp holds Python's lock while it loads a model,
    which takes a minute for a large one on a slow disk.
    """
    with contextlib.suppress(OSError, AttributeError):  # a system without it: the loop in `main`
        fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)


def _keep_nothing_said() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _tell(answer: int, told: Told) -> None:
    os.write(answer, told.line())
    os.close(answer)


def _serve(order: Order) -> tuple[object, int]:
    """A server that answers, and its port. Raises ImportError or RuntimeError."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = order.gguf
    params.model_alias = {"local"}  # else callers are told the path
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [order.key]
    params.ui = False
    params.verbosity = 0
    params.n_parallel = SLOTS
    params.n_ctx = order.context * SLOTS
    # While a batch of one reader's prompt is read, another's draft stands still.
    params.n_batch = params.n_ubatch = _BATCH
    params.fit_params = False  # the context is what the settings say, whatever memory there is
    params.sampling.seed = order.seed
    # The beginning of the last prompt stays in each slot, and that is the part that repeats. What
    # llama.cpp would keep besides (up to 8 GB) is not worth the memory here.
    params.cache_prompt = True
    params.cache_ram_mib = 0
    params.cache_idle_slots = False
    # A draft is checked sentence by sentence: thinking aloud first only makes the reader wait.
    params.default_template_kwargs = {"enable_thinking": "false"}
    for processor in (params.cpuparams, params.cpuparams_batch):
        processor.n_threads = order.threads
        processor.poll = 0  # waiting threads leave the cores to the page and the encoder
    server = xllamacpp.Server(params)
    return server, urlsplit(server.listening_address).port or 0


if __name__ == "__main__":
    main()
