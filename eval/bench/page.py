"""Asks the served page the way a browser does, over HTTP."""

import json
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

from eval.errors import EvalError

_ANSWERED = (b'"streaming"', b'"done"')
"""States of a turn in which words of the answer are on the page."""
_SEND = ("send", "click")
"""Id of the page's button, and what is done to it."""


class PageError(EvalError):
    """The page did not answer as a browser would need it to."""


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port: int = listening.getsockname()[1]
        return port


class Page:
    """One visitor's view of a page served on this machine."""

    def __init__(self, port: int) -> None:
        self._address = f"http://127.0.0.1:{port}"

    def is_up(self) -> bool:
        """Whether the page itself comes, whole, with HTTP 200."""
        try:
            with urllib.request.urlopen(f"{self._address}/", timeout=5) as reply:
                return reply.status == 200 and bool(reply.read())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def seconds_to_first_sentence(self, question: str) -> float:
        """How long from sending a question until the first words of its answer arrive.

        Raises:
            PageError: the page has no button to ask with, or the answer never came.
        """
        visitor = uuid4().hex
        number, inputs = self._send_event()
        started = time.perf_counter()
        self._post("/gradio_api/queue/join", _question(question, inputs, number, visitor))
        for line in self._events(visitor):
            if any(state in line for state in _ANSWERED):
                return time.perf_counter() - started
        raise PageError(f"The page never answered {question!r}.")

    def _send_event(self) -> tuple[int, int]:
        """The number of what is done to ask, and how many values it wants."""
        config = self._get("/config")
        ids = {part["id"]: part["props"].get("elem_id") for part in config["components"]}
        for event in config["dependencies"]:
            if _SEND in [(ids.get(target), what) for target, what in event["targets"]]:
                return int(event["id"]), len(event["inputs"])
        raise PageError("The page has no button to ask with: its ids changed, eval/bench did not.")

    def _events(self, visitor: str) -> Iterator[bytes]:
        address = f"{self._address}/gradio_api/queue/data?session_hash={visitor}"
        with urllib.request.urlopen(address, timeout=120) as lines:
            for line in lines:
                yield line
                if b'"close_stream"' in line:
                    return

    def _get(self, path: str) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self._address}{path}", timeout=30) as reply:
            return dict(json.load(reply))

    def _post(self, path: str, content: dict[str, Any]) -> None:
        request = urllib.request.Request(
            f"{self._address}{path}",
            data=json.dumps(content).encode(),
            headers={"Content-Type": "application/json", "Origin": self._address},
        )
        with urllib.request.urlopen(request, timeout=30):
            pass


def _question(question: str, inputs: int, event: int, visitor: str) -> dict[str, Any]:
    """What the browser sends when the button is pressed; nothing is remembered of a visit yet."""
    return {
        "data": [question, *[None] * (inputs - 1)],  # a page on which nothing was asked yet
        "event_data": None,
        "fn_index": event,
        "session_hash": visitor,
        "trigger_id": None,
    }
