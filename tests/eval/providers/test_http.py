"""A real server on this machine, asked over HTTP."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistant.question import Question
from eval.providers.http import HttpProvider
from eval.transcript import Ending, ProviderError

HEARD: list[tuple[dict[str, object], str | None]] = []


class Server(BaseHTTPRequestHandler):
    """Abstains from everything, or fails if the question says so."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        HEARD.append((body, self.headers.get("Authorization")))
        self.send_response(500 if body["question"] == "fail" else 200)
        self.end_headers()
        payload = {"reply": "abstention", "reason": "not covered", "message": "No.", "why": {}}
        self.wfile.write(json.dumps(payload).encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    HEARD.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_question_goes_with_its_earlier_turns_and_the_key(address: str) -> None:
    said = HttpProvider(address, "sesame").ask(Question("and ice?", ("my calf",)))
    assert said.ending is Ending.NOT_COVERED
    assert set(said.stages) == {"total"}
    assert HEARD == [({"question": "and ice?", "earlier": ["my calf"]}, "Bearer sesame")]


def test_without_a_key_none_is_sent(address: str) -> None:
    HttpProvider(address).ask(Question("x", ()))
    assert HEARD[0][1] is None


def test_a_server_that_fails_or_is_not_there_is_an_error_in_words(address: str) -> None:
    with pytest.raises(ProviderError, match="gave no reply"):
        HttpProvider(address).ask(Question("fail", ()))
    with pytest.raises(ProviderError, match=r"127\.0\.0\.1 gave no reply .* Is it running"):
        HttpProvider("http://127.0.0.1:9/").ask(Question("x", ()))
