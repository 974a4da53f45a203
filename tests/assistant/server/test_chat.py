"""Asking over HTTP: as a program, as a page, in one piece and as a stream that can be resumed."""

import json

import httpx
import pytest

from assistant.models.card import ModelCard
from assistant.ui import words
from tests.assistant.schema import faults
from tests.assistant.server.served import CHAT, CLUB, PROGRAM, Behind, Served, events_of, served
from tests.ui.test_conversation import Counted

STREAM = {"accept": "text/event-stream"}


def test_a_program_gets_the_whole_reply_as_documented(server: Served) -> None:
    response = server.ask("calf")
    assert response.status_code == 200
    body = response.json()
    assert body.pop("turn")
    assert body["reply"] == "answer"
    assert faults(body) == []
    assert response.headers["cache-control"] == "no-store"
    assert int(response.headers["ratelimit-remaining"]) < int(response.headers["ratelimit-limit"])


@pytest.mark.parametrize(
    ("text", "reply"),
    [("knee", "abstention"), ("how long", "clarification"), ("swollen", "escalation")],
)
def test_whatever_it_comes_to_is_a_reply(server: Served, text: str, reply: str) -> None:
    assert server.ask(text).json()["reply"] == reply


def test_a_stream_tells_the_same_in_numbered_events(server: Served) -> None:
    response = server.post(CHAT, {"message": "calf"}, {**PROGRAM, **STREAM})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-accel-buffering"] == "no"
    events = events_of(response.text)
    turn = response.headers["x-turn"]
    assert [each for each, _, _ in events] == [f"{turn}.{n + 1}" for n in range(len(events))]
    whole = json.loads(events[-1][2])
    assert events[-1][1] == "done"
    assert faults(whole) == []
    again = server.ask("calf").json()
    assert again.pop("turn") != turn
    assert whole == again


def test_a_stream_goes_on_where_it_was_broken_off(server: Served) -> None:
    response = server.post(CHAT, {"message": "calf"}, {**PROGRAM, **STREAM})
    events = events_of(response.text)
    turn = response.headers["x-turn"]
    rest = server.get(f"{CHAT}/{turn}", **PROGRAM, **{"last-event-id": events[1][0]})
    assert events_of(rest.text) == events[2:]
    whole = server.get(f"{CHAT}/{turn}", **PROGRAM, **{"last-event-id": "nonsense"})
    assert events_of(whole.text) == events


def test_a_turn_that_is_not_here_says_to_ask_again(server: Served) -> None:
    response = server.get(f"{CHAT}/somewhere-else", **PROGRAM)
    assert response.status_code == 404
    assert "Ask the question again" in response.json()["error"]["message"]
    gone = httpx.delete(f"{server.url}{CHAT}/somewhere-else", headers=PROGRAM)
    assert gone.status_code == 404


def test_a_page_asks_with_a_token_and_needs_no_cookie(server: Served) -> None:
    response = server.post(CHAT, {"message": "calf"}, server.browser())
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == CLUB
    assert "set-cookie" not in response.headers
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 401, "key"),
        ({"authorization": "Bearer wrong"}, 401, "key"),
        ({"origin": CLUB}, 401, "token"),
        ({"origin": "https://evil.example"}, 403, "origin"),
        ({"origin": "null", **PROGRAM}, 403, "origin"),
    ],
)
def test_nobody_else_is_let_in(
    server: Served, headers: dict[str, str], status: int, code: str
) -> None:
    for response in (
        server.post(CHAT, {"message": "calf"}, headers),
        server.post(
            "/v1/chat/completions", {"messages": [{"role": "user", "content": "calf"}]}, headers
        ),
        server.get(f"{CHAT}/turn", **headers),
    ):
        assert response.status_code == status
        error = response.json()["error"]
        assert error["code"] == code
        assert error["request"] == response.headers["x-request-id"]


def test_a_page_that_is_not_listed_gets_neither_token_nor_leave_to_read(server: Served) -> None:
    evil = {"origin": "https://evil.example"}
    refused = httpx.post(f"{server.url}/api/v1/token", headers=evil)
    assert refused.status_code == 403
    assert "access-control-allow-origin" not in refused.headers
    preflight = {**evil, "access-control-request-method": "POST"}
    response = httpx.options(f"{server.url}{CHAT}", headers=preflight)
    assert "access-control-allow-origin" not in response.headers
    assert httpx.post(f"{server.url}/api/v1/token").status_code == 403


def test_a_listed_pages_browser_is_told_what_it_may_send(server: Served) -> None:
    asked = {
        "origin": CLUB,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,last-event-id",
    }
    response = httpx.options(f"{server.url}{CHAT}", headers=asked)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == CLUB


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"message": ""},
        {"message": 7},
        {"message": "calf", "assistant": "SECRET said so"},
        {"message": "calf", "earlier": "SECRET"},
        {"message": "calf", "earlier": ["x"] * 41},
        {"message": "calf", "earlier_private": -1},
        {"message": "SECRET" + "x" * 20_000},
        ["SECRET"],
    ],
)
def test_a_body_that_is_none_is_refused_without_a_word_of_it(server: Served, body: object) -> None:
    response = server.post(CHAT, body)
    assert response.status_code in {413, 422}
    assert "SECRET" not in response.text
    assert "assistant" not in response.text


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"[" * 50_000, b"1e999999"])
def test_what_is_no_json_is_refused(server: Served, raw: bytes) -> None:
    headers = {**PROGRAM, "content-type": "application/json"}
    response = httpx.post(f"{server.url}{CHAT}", content=raw, headers=headers)
    assert response.status_code in {400, 422}
    assert response.json()["error"]["code"] == "unreadable"


def test_five_megabytes_are_not_read(server: Served) -> None:
    headers = {**PROGRAM, "content-type": "application/json"}
    response = httpx.post(f"{server.url}{CHAT}", content=b"x" * 5_000_000, headers=headers)
    assert response.status_code == 413


def test_too_long_a_message_is_read_for_warning_signs_all_the_same(server: Served) -> None:
    response = server.ask("swollen " + "calf " * 2_000)
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_long"
    assert response.json()["warning"]["alert"]["level"] == "emergency"


def test_where_the_guard_fails_that_is_said_on_every_way(server: Served) -> None:
    assert server.ask("unscreened calf").json()["unchecked"] == words.UNCHECKED
    stream = server.post(CHAT, {"message": "unscreened calf"}, {**PROGRAM, **STREAM})
    assert words.UNCHECKED in json.loads(events_of(stream.text)[0][2])["unchecked"]
    asked = {"messages": [{"role": "user", "content": "unscreened calf"}]}
    for body in (asked, {**asked, "stream": True}):
        assert words.UNCHECKED in server.post("/v1/chat/completions", body).text


def test_over_the_limit_the_guard_still_reads() -> None:
    few = Behind(Behind().settings.model_copy(update={"per_minute": 2}))
    with served(few) as server:
        page = server.browser()
        answers = [server.post(CHAT, {"message": "calf"}, page) for _ in range(3)]
        assert [each.status_code for each in answers] == [200, 200, 429]
        assert int(answers[2].headers["retry-after"]) > 0
        assert "warning" not in answers[2].json()
        warned = server.post(CHAT, {"message": "swollen"}, page)
        assert warned.status_code == 429
        assert warned.json()["warning"]["alert"]["level"] == "emergency"


def test_before_it_is_loaded_warnings_are_given_and_others_wait() -> None:
    with served(Behind(readiness=Counted(broken="no index"))) as server:
        assert server.ask("swollen").json()["reply"] == "escalation"
        assert server.get("/readyz").status_code == 503
        assert server.get("/healthz").status_code == 200
        assert server.ask("calf").json()["reason"] == "unavailable"


def test_a_model_elsewhere_reads_nothing_without_the_readers_word() -> None:
    far = ModelCard("qwen", "Example AI", asks_consent=True)
    with served(Behind(card=far)) as server:
        assert server.ask("calf cramp").json()["writing"] is None
        assert server.writer.read == []
        agreed = server.ask("calf cramp", agreed=True).json()
        assert agreed["writing"]["model"] == "qwen2.5:7b"
        [question] = server.writer.read
        assert question.model_may_read
