"""Whom a request is meant for, and how many of one network are open at once."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from starlette.responses import PlainTextResponse

from assistant.server.doorstep import DoorstepMiddleware
from assistant.server.origins import Origins
from assistant.settings_server import ServerSettings
from assistant.ui.gate import JOIN
from tests.assistant.server.served import CHAT, CLUB, PROGRAM, SETTINGS, Behind, Served, served
from tests.assistant.server.test_streams import Held


@pytest.mark.parametrize("host", ["localhost", "localhost:7860", "127.0.0.1:1", "[::1]:7860"])
def test_the_machine_itself_may_be_called_what_it_is(server: Served, host: str) -> None:
    assert server.get("/healthz", host=host).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:7860", "localhost.evil.example", "[::1", "a b"]
)
def test_a_page_whose_name_was_turned_on_us_gets_nothing(server: Served, host: str) -> None:
    asked = server.post(
        "/api/v1/token", {}, {"origin": f"http://{host}"}, host=host
    )  # as a browser sends it for its own page
    assert asked.status_code == 421
    assert asked.json()["error"]["code"] == "name"
    assert asked.json()["error"]["request"] == asked.headers["x-request-id"]
    assert "evil" not in asked.text
    assert server.get("/", host=host).status_code == 421


def test_where_the_public_address_is_known_a_proxy_may_call_us_anything() -> None:
    public = SETTINGS.model_copy(update={"public_url": "https://ask.example"})
    with served(Behind(public)) as server:
        assert server.get("/healthz", host="soleus-3.internal").status_code == 200
        rebound = server.post(
            "/api/v1/token", {}, {"origin": "https://evil.example"}, host="evil.example"
        )
        assert rebound.status_code == 403


def test_a_network_holds_only_so_many_requests_open() -> None:
    held = Held()
    few = ServerSettings(**{**SETTINGS.model_dump(), "requests_each": 3})
    with served(Behind(few, ask=held)) as server, ThreadPoolExecutor(3) as crowd:
        waiting = [crowd.submit(server.ask, "calf") for _ in range(3)]
        while (refused := server.get("/healthz")).status_code == 200:
            pass
        assert refused.status_code == 503
        assert refused.json()["error"]["code"] == "crowded"
        assert refused.headers["retry-after"] == "5"
        held.letting.release(10)
        assert [each.result().status_code for each in waiting] == [200] * 3
        assert server.ask("calf").status_code == 200


@pytest.mark.parametrize(
    ("path", "presses", "status"), [(JOIN, True, 200), (JOIN, False, 503), ("/config", False, 200)]
)
def test_what_is_pressed_on_the_page_is_bounded(path: str, presses: bool, status: int) -> None:
    refused: list[str] = []
    door = DoorstepMiddleware(
        PlainTextResponse("in"), Origins(frozenset()), 9, lambda _: presses, refused.append
    )
    transport = httpx.ASGITransport(door, client=("192.0.2.7", 1))

    async def pressed() -> int:
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return (await client.post(path)).status_code

    assert asyncio.run(pressed()) == status
    assert refused == (["crowded"] if status == 503 else [])


def test_a_key_is_taken_on_our_own_page_and_no_other(server: Served) -> None:
    own = {**PROGRAM, "origin": server.url}
    assert server.post(CHAT, {"message": "calf"}, own).status_code == 200
    assert server.post(CHAT, {"message": "calf"}, {**PROGRAM, "origin": CLUB}).status_code == 401


def test_a_listed_website_can_read_how_its_request_was_refused(server: Served) -> None:
    page = {**server.browser(), "content-type": "application/json"}
    refused = httpx.post(f"{server.url}{CHAT}", content=b"x" * 70_000, headers=page)
    assert refused.status_code == 413
    assert refused.headers["access-control-allow-origin"] == CLUB


def test_half_a_character_is_read_like_any_other(server: Served) -> None:
    body = b'{"message": "my leg is swollen \\ud83e"}'
    headers = {**PROGRAM, "content-type": "application/json"}
    answered = httpx.post(f"{server.url}{CHAT}", content=body, headers=headers)
    assert answered.status_code == 200
    assert answered.json()["reply"] == "escalation"


def test_our_own_page_goes_on_with_a_turn_though_its_browser_sends_no_origin(
    server: Served,
) -> None:
    own = server.url
    page = server.browser(own)
    with httpx.stream(
        "POST",
        f"{own}{CHAT}",
        json={"message": "calf"},
        headers={**page, "accept": "text/event-stream"},
    ) as begun:
        turn = begun.headers["x-turn"]
    fetched = {"authorization": page["authorization"]}
    assert server.get(f"{CHAT}/{turn}", **fetched).status_code == 200
    club = {"authorization": server.browser()["authorization"]}
    assert server.get(f"{CHAT}/{turn}", **club).status_code == 401
    assert server.get(f"{CHAT}/{turn}", **PROGRAM).status_code == 200
