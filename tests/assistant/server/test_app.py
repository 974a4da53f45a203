"""Page and interface under one address: none answers for the other."""

from collections.abc import Iterator

import httpx
import jsonschema
import pytest

from assistant.server.routes import OPENAPI
from assistant.ui.gate import LARGEST_BODY
from tests.apart import apart
from tests.assistant.server.serve_whole import SAFETY
from tests.assistant.server.served import CHAT, PROGRAM


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with (
        apart("tests.assistant.server.serve_whole") as url,
        httpx.Client(base_url=url, timeout=30) as opened,
    ):
        yield opened


def is_a_refusal(client: httpx.Client, response: httpx.Response, code: str) -> bool:
    schemas = client.get(OPENAPI).json()["components"]["schemas"]
    jsonschema.validate(response.json(), {**schemas["Refusal"], "components": {"schemas": schemas}})
    told = response.json()["error"]
    same = told["request"] == response.headers["x-request-id"]
    return bool(same and told["code"] == code)


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "GET", "DELETE"])
def test_another_method_is_told_which_there_are(client: httpx.Client, method: str) -> None:
    response = client.request(method, CHAT)
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert is_a_refusal(client, response, "method")


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/v1/", "/healthzz", "/api/v1/chat/", "/metrics/x"]
)
def test_what_is_not_there_is_said_in_our_words_not_gradios(
    client: httpx.Client, path: str
) -> None:
    assert is_a_refusal(client, client.get(path), "not_found")


def test_a_body_that_is_too_long_is_refused_in_the_shape_of_all(client: httpx.Client) -> None:
    response = client.post(CHAT, content=b"x" * (LARGEST_BODY + 1), headers=PROGRAM)
    assert response.status_code == 413
    assert is_a_refusal(client, response, "too_long")


def test_only_the_interface_is_described_though_the_page_is_there_too(client: httpx.Client) -> None:
    paths = client.get(OPENAPI).json()["paths"]
    assert {path.split("/")[1] for path in paths} == {"api", "v1", "healthz", "readyz"}
    assert client.get("/safety").text == SAFETY
    assert client.get("/").status_code == 200
