"""The interface described: to machines, to people, and only what it is."""

import jsonschema
import pytest

from assistant.server.described import DESCRIBED
from assistant.server.routes import OPENAPI
from tests.assistant.server.served import CHAT, PROGRAM, Served


def test_only_the_interface_is_described(server: Served) -> None:
    paths = server.get(OPENAPI).json()["paths"]
    assert {path.split("/")[1] for path in paths} == {"api", "v1", "healthz", "readyz"}
    told = [way.get("summary", "") for path in paths.values() for way in path.values()]
    assert all(len(summary.split()) > 1 for summary in told)


def test_who_must_be_let_in_is_told(server: Served) -> None:
    document = server.get(OPENAPI).json()
    assert document["components"]["securitySchemes"]["token or key"]["scheme"] == "bearer"
    closed = {
        f"{method} {path}"
        for path, ways in document["paths"].items()
        for method, way in ways.items()
        if "security" in way
    }
    assert closed >= {f"post {CHAT}", "post /v1/chat/completions", "delete /api/v1/chats/{chat}"}
    assert not closed & {"post /api/v1/token", "get /api/v1/about", "get /healthz"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("post", CHAT, 401),
        ("post", "/api/v1/token", 403),
        ("get", "/healthz", 200),
        ("get", "/readyz", 200),
        ("get", "/api/v1/passages/nothing:1-2", 404),
        ("get", "/v1/models", 401),
    ],
)
def test_what_comes_is_what_is_described(
    server: Served, method: str, path: str, status: int
) -> None:
    document = server.get(OPENAPI).json()
    route = path if path in document["paths"] else "/api/v1/passages/{passage}"
    responses = document["paths"][route][method]["responses"]
    came = server.post(path, {"message": "x"}, {}) if method == "post" else server.get(path)
    assert came.status_code == status
    told = responses.get(str(status)) or responses[f"{status // 100}XX"]
    schema = told["content"]["application/json"]["schema"]
    jsonschema.validate(came.json(), {**schema, "components": document["components"]})


def test_a_refused_body_is_described_in_our_shape(server: Served) -> None:
    document = server.get(OPENAPI).json()
    assert "HTTPValidationError" not in document["components"]["schemas"]
    refused = server.post(CHAT, {"message": ""}, PROGRAM)
    assert refused.status_code == 422
    schema = document["components"]["schemas"]["Refusal"]
    jsonschema.validate(refused.json(), {**schema, "components": document["components"]})


def test_the_page_over_it_lets_nothing_else_be_fetched(server: Served) -> None:
    page = server.get(DESCRIBED)
    assert "https://" not in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    for name in ("swagger-ui-bundle.js", "swagger-ui.css"):
        assert server.get(f"{DESCRIBED}/{name}").headers["x-content-type-options"] == "nosniff"
