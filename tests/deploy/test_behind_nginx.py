"""Several processes behind one nginx lose nothing, and hold nothing back."""

import shutil
import sys
from collections.abc import Iterator
from itertools import takewhile

import httpx
import pytest

from tests.deploy.behind import (
    CHAT,
    CLUB,
    PROGRAM,
    House,
    landed_on,
    three_behind_nginx,
)

pytestmark = pytest.mark.skipif(
    shutil.which("nginx") is None, reason="nginx is not installed: apt-get install nginx"
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One process more than it takes: a test kills one."""
    with three_behind_nginx(tmp_path_factory.mktemp("nginx")) as running:
        yield running


def test_a_conversation_whose_turns_land_on_different_processes_loses_nothing(
    house: House,
) -> None:
    said: list[str] = []
    landed = set()
    for turn in ("echo one", "echo two", "echo three", "echo four"):
        response = house.ask(turn, earlier=said)
        said.append(turn)
        assert " / ".join(said) in response.json()["message"]
        landed.add(landed_on(response))
    assert landed == house.alive


@pytest.mark.parametrize(
    ("path", "body", "sign"),
    [
        (CHAT, {"message": "calf halts"}, "event: sentence"),
        (
            "/v1/chat/completions",
            {
                "model": "soleus-worded",
                "stream": True,
                "messages": [{"role": "user", "content": "calf halts"}],
            },
            "chat.completion.chunk",
        ),
    ],
)
def test_what_is_said_is_through_before_the_answer_is_whole(
    house: House, path: str, body: dict[str, object], sign: str
) -> None:
    with house.stream(path, body) as response:  # whose writer never gets past its first sentence
        until_a_sign_of_life = takewhile(
            lambda line: not line.startswith(":"), response.iter_lines()
        )
        assert any(sign in line for line in until_a_sign_of_life)


def test_a_token_of_one_process_is_good_at_the_other(house: House) -> None:
    response = httpx.post(f"{house.url}/api/v1/token", headers={"origin": CLUB})
    page = {"origin": CLUB, "authorization": f"Bearer {response.json()['token']}"}
    answers = [house.post({"message": "calf"}, page) for _ in range(4)]
    assert [each.status_code for each in answers] == [200] * 4
    assert {landed_on(each) for each in answers} == house.alive


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.1.1 is an address of Linux's loopback")
def test_who_asks_is_told_by_the_connection_and_by_nothing_a_client_says(house: House) -> None:
    response = httpx.post(f"{house.url}/api/v1/token", headers={"origin": CLUB})
    page = {"origin": CLUB, "authorization": f"Bearer {response.json()['token']}"}
    said = {**page, "x-forwarded-for": "203.0.113.9", "forwarded": "for=203.0.113.9"}
    assert house.post({"message": "calf"}, said).status_code == 200
    with httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.1.1")) as elsewhere:
        stolen = house.post({"message": "calf"}, page, elsewhere)
    assert (stolen.status_code, stolen.json()["error"]["code"]) == (401, "token")


def test_an_open_page_stays_with_its_process(house: House) -> None:
    assert len({house.get("/").text for _ in range(6)}) == 1


def test_metrics_are_not_for_the_world(house: House) -> None:
    assert house.get("/metrics").status_code == 404
    for process in house.alive:
        told = httpx.get(f"http://{process}/metrics", headers=PROGRAM)
        assert "soleus_turns" in told.text


def test_a_process_killed_in_mid_answer_costs_no_chat(house: House) -> None:
    with house.stream(CHAT, {"message": "calf halts"}) as response:
        lines = response.iter_lines()
        assert any("event: sentence" in line for line in lines)
        turn = response.headers["x-turn"]
        killed = landed_on(response)
        house.processes[killed].kill()
        house.processes[killed].wait()
        with pytest.raises(httpx.RemoteProtocolError):
            list(lines)
    gone = house.get(f"{CHAT}/{turn}")
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "turn")
    for _ in range(4):
        again = house.ask("echo and now?", earlier=["calf halts"])
        assert "calf halts / echo and now?" in again.json()["message"]
        assert landed_on(again) in house.alive
