"""What the server lets out, asked without a browser."""

import time
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from assistant.ui import serve
from assistant.ui.gate import LARGEST_BODY

pytestmark = pytest.mark.browser


def test_the_page_names_no_foreign_host_and_forbids_them(address: str) -> None:
    response = httpx.get(address)
    head = response.text.split("window.gradio_config")[0]
    assert "https://" not in head
    policy = response.headers["content-security-policy"]
    assert "connect-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert response.headers["referrer-policy"] == "no-referrer"


def test_a_foreign_origin_is_not_let_in(address: str) -> None:
    response = httpx.get(f"{address}config", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in response.headers


def test_nothing_of_gradios_own_surface_is_open(address: str) -> None:
    for path in (
        "docs",
        "openapi.json",
        "manifest.json",
        "monitoring/summary",
        "gradio_api/info",
        "gradio_api/openapi.json",
        "gradio_api/queue/status",
    ):
        assert httpx.get(f"{address}{path}").status_code == 404, path
    config = httpx.get(f"{address}config").json()
    assert config["analytics_enabled"] is False
    assert config.get("footer_links") == []


def test_neither_our_code_nor_the_shelf_can_be_fetched(address: str) -> None:
    for path in ("look/../page.py", "look/%2e%2e/page.py", "gradio_api/file=app.py"):
        assert httpx.get(f"{address}{path}").status_code in {403, 404}


def test_what_is_refused_has_our_headers_too(address: str) -> None:
    response = httpx.get(f"{address}openapi.json")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in response.headers


def test_a_body_no_question_needs_is_refused(address: str) -> None:
    join = f"{address}gradio_api/queue/join"
    assert httpx.post(join, content=b"x" * (LARGEST_BODY + 1)).status_code == 413
    pieces = (b"x" * 1024 for _ in range(LARGEST_BODY // 1024 + 1))
    assert httpx.post(join, content=pieces).status_code == 413
    assert httpx.post(join, content=b"x" * LARGEST_BODY).status_code == 422


def asks_without_a_page(address: str, visit: str, question: str) -> None:
    """A turn sent by a program that keeps no heartbeat and fetches no answer."""
    fns = httpx.get(f"{address}config").json()["dependencies"]
    asking = next(fn["id"] for fn in fns if len(fn["inputs"]) == 4)
    body = {"data": [question, None, None, None], "fn_index": asking, "session_hash": visit}
    assert httpx.post(f"{address}gradio_api/queue/join", json=body).status_code == 200


def test_who_asks_without_a_page_is_forgotten_like_everybody(address: str) -> None:
    asks_without_a_page(address, "stranger", "calf cramp")
    assert int(httpx.get(f"{address}visits").text) > 0
    for _ in range(600):
        if int(httpx.get(f"{address}visits").text) == 0:
            break
        time.sleep(0.1)
    assert int(httpx.get(f"{address}visits").text) == 0


def test_an_answer_that_is_just_about_to_be_fetched_is_kept_a_round_longer() -> None:
    queue = SimpleNamespace(
        pending_messages_per_session={"visit": ["an answer"]},
        pending_event_ids_session={"visit": {"event"}},
        event_ids_to_events={},
    )
    held = SimpleNamespace(session_data={"visit": 1}, time_last_used={"visit": 1})
    page: Any = SimpleNamespace(_queue=queue, state_holder=held)
    unfetched: dict[str, frozenset[str]] = {}
    serve._forget(page, "visit", unfetched)
    assert queue.pending_messages_per_session == {"visit": ["an answer"]}
    assert serve.kept_visits(page) == {"visit"}
    queue.pending_event_ids_session["visit"] = {"another"}
    serve._forget(page, "visit", unfetched)
    assert queue.pending_messages_per_session
    serve._forget(page, "visit", unfetched)
    assert serve.kept_visits(page) == frozenset()
    assert unfetched == {}
