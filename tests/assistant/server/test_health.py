"""What watches the server is told enough, and nothing of what anybody wrote."""

import json
import logging
import re

import httpx
import pytest

from tests.assistant.server.served import CHAT, PROGRAM, Behind, Served, served
from tests.ui.test_conversation import Counted


def test_a_living_server_that_is_loading_sends_readers_elsewhere() -> None:
    with served(Behind(readiness=Counted(looks=99))) as server:
        assert server.get("/healthz").json() == {"alive": True}
        response = server.get("/readyz")
        assert (response.status_code, response.json()["failed"]) == (503, False)


def test_a_server_that_answers_is_ready(server: Served) -> None:
    assert server.get("/readyz").json()["ready"] is True


def test_metrics_count_kinds_and_never_words(server: Served) -> None:
    server.ask("my private calf matter")
    server.ask("swollen")
    server.post(CHAT, {"message": "calf"}, {})
    server.get("/api/v1/passages/my-private-address:1-2")
    assert server.get("/metrics").status_code == 401
    told = server.get("/metrics", **PROGRAM).text
    assert re.search(r'soleus_replies_total\{level="none",reply="answer"\} [1-9]', told)
    assert re.search(r'soleus_replies_total\{level="emergency",reply="escalation"\} [1-9]', told)
    assert re.search(r'soleus_refused_total\{code="key"\} [1-9]', told)
    assert 'route="POST /api/v1/chat",status="200"' in told
    assert "private" not in told
    assert "evil" not in told


def test_a_method_of_the_clients_own_making_is_no_figure(server: Served) -> None:
    response = httpx.request("MYPAIN", f"{server.url}{CHAT}")
    assert response.status_code == 405
    assert "MYPAIN" not in server.get("/metrics", **PROGRAM).text


def test_the_log_has_a_line_a_request_with_the_number_a_reader_sees(
    server: Served, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "soleus.requests"):
        response = server.ask("my private calf matter")
        server.get("/api/v1/passages/my-private%0d%0aaddress:1-2")
        server.get("/nowhere/private")
    lines = [json.loads(record.message) for record in caplog.records]
    assert [each["route"] for each in lines] == [
        "POST /api/v1/chat",
        "GET /api/v1/passages/{passage}",
        "other",
    ]
    assert lines[0]["request"] == response.headers["x-request-id"]
    assert "private" not in caplog.text


@pytest.mark.parametrize(
    "path", ["/healthz", "/api/v1/about", "/api/v1/openapi.json", "/nowhere", CHAT]
)
def test_every_response_keeps_to_itself(server: Served, path: str) -> None:
    headers = server.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors" in headers["content-security-policy"]
    assert len(headers["x-request-id"]) == 16
    assert "set-cookie" not in headers
    assert "strict-transport-security" not in headers


def test_behind_tls_browsers_are_told_to_keep_to_it() -> None:
    behind = Behind().settings.model_copy(update={"public_url": "https://ask.example"})
    with served(Behind(behind)) as server:
        assert "max-age" in server.get("/healthz").headers["strict-transport-security"]


def test_a_number_of_the_clients_own_is_not_taken_over(server: Served) -> None:
    response = server.get("/healthz", **{"x-request-id": "evil"})
    assert response.headers["x-request-id"] != "evil"
