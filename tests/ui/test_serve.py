"""What the server lets out, asked without a browser."""

import httpx
import pytest

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
    assert httpx.get(f"{address}gradio_api/info").json()["named_endpoints"] == {}
    assert httpx.get(f"{address}monitoring/summary").status_code in {401, 403, 404}
    assert httpx.get(f"{address}docs").status_code == 404
    config = httpx.get(f"{address}config").json()
    assert config["analytics_enabled"] is False
    assert config.get("footer_links") == []


def test_neither_our_code_nor_the_shelf_can_be_fetched(address: str) -> None:
    for path in ("look/../page.py", "look/%2e%2e/page.py", "gradio_api/file=app.py"):
        assert httpx.get(f"{address}{path}").status_code in {403, 404}
