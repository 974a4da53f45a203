"""Readers as locust plays them: each asks, reads for a while, and asks on in the same chat.

    pip install ".[load]"
    SOLEUS_API_KEYS=… python -m assistant serve
    LOAD_KEY=… python -m locust -f eval/load/readers.py --headless -u 100 -r 20 -t 2m \
        --host http://127.0.0.1:7860

`LOAD_PAUSE`: seconds between two questions of one reader, on average (default 10; 0 for a soak).
`LOAD_MOST`: ends after so many questions. `LOAD_PID`: the server's process; its memory is told
at the beginning, every thousand questions, and at the end.
"""

import logging
import os
import random
import time
from collections.abc import Iterable

from locust import HttpUser, events, task
from locust.env import Environment

from eval.bench.memory import memory_of
from eval.bench.questions import read_questions

CHAT = "/api/v1/chat"
PAUSE = float(os.environ.get("LOAD_PAUSE", "10"))
MOST = int(os.environ.get("LOAD_MOST", "0"))
_TURNS = 6
"""Questions of one chat."""
_log = logging.getLogger("soleus.load")


class Reader(HttpUser):
    """One reader, over the stream that a widget uses."""

    def on_start(self) -> None:
        """A chat begins."""
        self.questions = read_questions()
        self.dice = random.Random()  # noqa: S311 (which question comes next is no secret)
        self.turns: list[str] = []

    def wait_time(self) -> float:
        """Seconds until the next question: half the average to one and a half."""
        return PAUSE * self.dice.uniform(0.5, 1.5)

    @task
    def ask(self) -> None:
        """One question, followed to the end of its stream."""
        question = self.dice.choice(self.questions)
        body = {"message": question, "earlier": self.turns}
        headers = {
            "authorization": f"Bearer {os.environ.get('LOAD_KEY', '')}",
            "accept": "text/event-stream",
        }
        began = time.perf_counter()
        with self.client.post(
            CHAT, json=body, headers=headers, stream=True, catch_response=True, name="whole turn"
        ) as response:
            if response.status_code != 200:
                response.failure(f"status {response.status_code}")
                return
            first, whole = _heard(response.iter_lines(), began)
            if not whole:
                response.failure("the stream broke off")
                return
        if first is not None:
            events.request.fire(
                request_type="SSE",
                name="first sentence or reply",
                response_time=first * 1000,
                response_length=0,
                exception=None,
                context={},
            )
        self.turns = [*self.turns, question] if len(self.turns) < _TURNS - 1 else []
        _look(self.environment)


def _heard(lines: Iterable[bytes], began: float) -> tuple[float | None, bool]:
    """Seconds until there was something to read, and whether the turn came to its end."""
    first: float | None = None
    for line in lines:
        kind = line.removeprefix(b"event: ").decode() if line.startswith(b"event: ") else ""
        if first is None and kind in {"sentence", "warning", "done"}:
            first = time.perf_counter() - began
        if kind == "done":
            return first, True
    return first, False


def _look(environment: Environment) -> None:
    """After each question: tells the server's memory now and then, and ends where that is asked."""
    asked = environment.stats.get("whole turn", "POST").num_requests
    if asked % 1000 == 0:
        _tell_memory(f"{asked} questions")
    if MOST and asked >= MOST and environment.runner is not None:
        environment.runner.quit()


def _tell_memory(when: str) -> None:
    if pid := os.environ.get("LOAD_PID"):
        held = memory_of(int(pid))
        _log.warning("%s: the server holds %.0f MB", when, (held.anonymous + held.file) / 1e6)


@events.test_start.add_listener
def _begun(**_: object) -> None:
    _tell_memory("beginning")


@events.test_stop.add_listener
def _ended(**_: object) -> None:
    _tell_memory("end")
