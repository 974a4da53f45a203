"""What may be asked of the server at all, and how much may be sent."""

import asyncio
import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui import gate
from assistant.ui.gate import LARGEST_BODY, GateMiddleware, Message, Receive, Scope, Send, is_open

JOIN = "/gradio_api/queue/join"


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with what it was sent, and with what it hears after that."""
    body = await receive()
    after = await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body["body"], "after": after["type"]})


def asked(path: str, *chunks: bytes, method: str = "POST") -> list[Message]:
    """What comes back when a body is sent in these pieces."""
    coming = [
        {"type": "http.request", "body": chunk, "more_body": place < len(chunks) - 1}
        for place, chunk in enumerate(chunks)
    ]
    answer: list[Message] = []

    async def receive() -> Message:
        return coming.pop(0) if coming else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        answer.append(message)

    scope = {"type": "http", "method": method, "path": path}
    asyncio.run(GateMiddleware(echo)(scope, receive, send))
    return answer


@given(st.lists(st.binary(max_size=LARGEST_BODY // 4), min_size=1, max_size=4))
def test_a_turn_arrives_whole_however_it_was_cut(chunks: Sequence[bytes]) -> None:
    start, body = asked(JOIN, *chunks)
    assert start["status"] == 200
    assert body["body"] == b"".join(chunks)
    assert body["after"] == "http.disconnect"


@pytest.mark.parametrize("pieces", [1, 3])
def test_too_long_a_body_is_refused_and_never_passed_on(pieces: int) -> None:
    start, body = asked(JOIN, *[b"x" * (LARGEST_BODY // pieces + 1)] * pieces, b"more")
    assert start["status"] == 413
    assert json.loads(body["body"])["error"]["code"] == "too_long"


@pytest.mark.parametrize(
    "path",
    [
        "/openapi.json",
        "/manifest.json",
        "/docs",
        "/monitoring",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/queue/status",
        "/gradio_api/upload",
        "/gradio_api/file=app.py",
        "/gradio_api/proxy=https://example.org",
        "/gradio_api/run/answer",
        "/gradio_api/call/answer",
        "/look",
        "//",
        "",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_what_the_page_has_no_use_for_is_not_there(path: str, method: str) -> None:
    assert not is_open(method, path)
    assert asked(path, b"", method=method)[0]["status"] == 404


def test_nothing_is_sent_where_things_are_fetched_and_the_other_way_round() -> None:
    assert is_open("GET", "/")
    assert is_open("GET", "/safety")
    assert not is_open("POST", "/safety")
    assert not is_open("GET", "/safety/")
    assert not is_open("POST", "/")
    assert is_open("POST", JOIN)
    assert not is_open("GET", JOIN)


def test_an_upload_is_handed_on_piece_by_piece_and_ends_where_it_is_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gate, "LARGEST_STREAM", 10)
    start, body = asked("/shelf/add", b"x" * 9, b"y")
    assert start["status"] == 200
    assert (body["body"], body["after"]) == (b"x" * 9, "http.request")
    _, body = asked("/shelf/add", b"x" * 9, b"yy", b"more")
    assert (body["body"], body["after"]) == (b"x" * 9, "http.disconnect")


def test_the_shelf_is_read_by_fetching_and_changed_by_sending() -> None:
    assert is_open("GET", "/shelf")
    assert is_open("GET", "/shelf/status")
    assert not is_open("POST", "/shelf")
    for act in ("enter", "leave", "add", "accept", "discard", "edit", "remove", "undo"):
        assert is_open("POST", f"/shelf/{act}")
        assert not is_open("GET", f"/shelf/{act}")


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "SLOWEST_BODY", 0.01)
    answer: list[Message] = []

    async def receive() -> Message:
        return await asyncio.get_running_loop().create_future()  # type: ignore[no-any-return]

    async def send(message: Message) -> None:
        answer.append(message)

    scope = {"type": "http", "method": "POST", "path": JOIN}
    asyncio.run(GateMiddleware(echo)(scope, receive, send))
    assert answer[0]["status"] == 408


def test_no_visit_has_a_name_that_fills_the_memory() -> None:
    assert is_open("GET", "/gradio_api/heartbeat/" + "x" * 40)
    assert not is_open("GET", "/gradio_api/heartbeat/" + "x" * 40_000)
