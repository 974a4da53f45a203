"""What somebody may try: slow heads, split heads, floods, replays, paths, bombs."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.server.hanging_up import HangingUpProtocol
from tests.assistant.server.served import CHAT, CLUB, PROGRAM, Behind, Served, served
from tests.assistant.server.test_streams import Held


class Hasty(HangingUpProtocol):
    """Hangs up at once."""

    longest = 0.05


def connected(server: Served) -> socket.socket:
    host, port = server.url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=20)


@pytest.mark.parametrize("sent", [b"", b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n", b"POST"])
def test_who_never_comes_to_the_point_is_hung_up_on(sent: bytes) -> None:
    with served(Behind(http=Hasty)) as server, connected(server) as line:
        line.sendall(sent)
        assert line.recv(100) == b""


def test_a_second_request_may_not_dawdle_either() -> None:
    with served(Behind(http=Hasty)) as server, connected(server) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n")
        said = b""
        while not said.endswith(b"}"):
            said += line.recv(4000)
        assert said.startswith(b"HTTP/1.1 200")
        line.sendall(b"GET /healthz HTTP/1.1\r\nho")
        assert line.recv(100) == b""


def test_a_long_answer_is_no_reason_to_hang_up() -> None:
    held = Held()
    with served(Behind(ask=held, http=Hasty)) as server, ThreadPoolExecutor(1) as other:
        answer = other.submit(server.ask, "calf")
        while not held.entered:
            server.get("/healthz")
        for _ in range(20):  # far longer than a head may take
            server.get("/healthz")
        held.letting.release()
        assert answer.result().status_code == 200


def test_a_flood_from_one_network_is_held_back_and_others_are_served() -> None:
    few = Behind(Behind().settings.model_copy(update={"per_minute": 5}))
    with served(few) as server, ThreadPoolExecutor(8) as crowd:
        page = server.browser()
        sent = [crowd.submit(server.post, CHAT, {"message": "calf"}, page) for _ in range(60)]
        found = [each.result().status_code for each in sent]
        assert sorted(set(found)) == [200, 429]
        assert found.count(200) == 5
        assert server.ask("calf").status_code == 200  # a program, with its key


def test_more_streams_than_there_may_be_are_refused_politely() -> None:
    held = Held()
    few = Behind(Behind().settings.model_copy(update={"streams": 3, "streams_each": 3}), ask=held)
    with served(few) as server, ThreadPoolExecutor(12) as crowd:
        sent = [crowd.submit(server.ask, "calf") for _ in range(12)]
        refused: list[httpx.Response] = []
        while len(refused) < 9:
            refused = [each.result() for each in sent if each.done()]
            server.get("/healthz")
        assert {each.status_code for each in refused} == {503}
        assert {each.headers["retry-after"] for each in refused} == {"5"}
        assert {each.json()["error"]["code"] for each in refused} == {"full"}
        held.letting.release(3)
        assert sorted(each.result().status_code for each in sent)[:3] == [200, 200, 200]


@pytest.mark.parametrize(
    "head",
    [
        b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nx: a\r\n b: c\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n"
        b"transfer-encoding: chunked\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01",
        b"GET http://evil.example/healthz HTTP/1.1\r\nhost: localhost\r\n\r\n",
    ],
    ids=["folded", "smuggled", "long", "TLS", "absolute"],
)
def test_a_head_that_is_none_breaks_nothing(server: Served, head: bytes) -> None:
    with connected(server) as line:
        line.sendall(head)
        line.shutdown(socket.SHUT_WR)
        said = line.recv(4000)
    assert b" 500 " not in said.split(b"\r\n")[0]
    assert server.get("/healthz").status_code == 200


@dataclass(frozen=True)
class Bomb:
    """A body that is dearer to read than to send."""

    name: str
    body: bytes


BOMBS = [
    Bomb("deep", b'{"message":' * 5_000),
    Bomb("wide", b"{" + b",".join(b'"k%d":1' % n for n in range(6_000)) + b"}"),
    Bomb("number", b'{"message": 1' + b"0" * 60_000 + b"}"),
    Bomb("surrogate", b'{"message": "\\ud800"}'),
    Bomb("nul", json.dumps({"message": "calf\x00\x00"}).encode()),
]


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.name)
def test_a_bomb_is_refused_or_answered(server: Served, bomb: Bomb) -> None:
    headers = {**PROGRAM, "content-type": "application/json"}
    response = httpx.post(f"{server.url}{CHAT}", content=bomb.body, headers=headers, timeout=30)
    assert response.status_code in {200, 400, 413, 422}


@pytest.mark.parametrize(
    "message", ["<script>alert(1)</script>", "a\r\nSet-Cookie: x=1", "{{7*7}}"]
)
def test_what_a_message_holds_is_data(server: Served, message: str) -> None:
    response = server.ask(f"echo {message}")
    assert response.headers["content-type"] == "application/json"
    assert "set-cookie" not in response.headers


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([CHAT, "/v1/chat/completions", "/api/v1/token", f"{CHAT}/x"]),
    st.sampled_from(["POST", "GET", "DELETE", "PUT", "OPTIONS", "HEAD", "PATCH"]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["message", "earlier", "messages", "role", "content", "stream"])
                | st.text(max_size=5),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ),
    st.sampled_from([None, CLUB, "https://evil.example", "null", ""]),
)
def test_no_request_is_an_error_of_ours(
    server: Served, path: str, method: str, body: object, origin: str | None
) -> None:
    headers = {**PROGRAM, **({} if origin is None else {"origin": origin})}
    response = httpx.request(method, f"{server.url}{path}", json=body, headers=headers, timeout=30)
    assert response.status_code < 500
    assert "x-request-id" in response.headers
