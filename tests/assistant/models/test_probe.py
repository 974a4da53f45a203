"""What a look at a server sees, and that an Ollama is offered and no more."""

import tomllib

import pytest

from assistant.models.probe import Look, Seen, look_at, ollama_offer
from tests.assistant.models.made_list import LIST, PAGE, listing


@pytest.mark.parametrize(
    ("status", "body", "seen"),
    [
        (200, LIST, Look(Seen.MODELS, ("llama3.2:3b", "qwen2.5:7b"))),
        (200, b'{"data": []}', Look(Seen.MODELS)),
        (401, b"{}", Look(Seen.KEY)),
        (403, PAGE, Look(Seen.KEY)),
        (200, b"\n" + PAGE, Look(Seen.PAGE)),
        (404, b"404 page not found", Look(Seen.OTHER)),
        (500, LIST, Look(Seen.OTHER)),
        (200, b'{"data": 3}', Look(Seen.OTHER)),
        (200, b"[" * 100_000, Look(Seen.OTHER)),
        (200, b"\xff\xfe", Look(Seen.OTHER)),
    ],
)
def test_what_answers_is_told_apart(status: int, body: bytes, seen: Look) -> None:
    with listing({"/v1/models": (status, body)}) as address:
        assert look_at(f"{address}/v1") == seen


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/v1", "http://127.0.0.1:99999/v1", "x"])
def test_where_nobody_answers_nobody_is_seen(address: str) -> None:
    assert look_at(address) == Look(Seen.NOBODY)


def test_an_ollama_is_offered_with_the_lines_that_would_use_it() -> None:
    with listing({"/v1/models": (200, LIST)}) as address:
        first, _, lines = ollama_offer(address).partition("\n")
    assert "llama3.2:3b, qwen2.5:7b" in first
    assert tomllib.loads(lines) == {"llm": {"base_url": f"{address}/v1", "model": "llama3.2:3b"}}


def test_an_ollama_without_models_is_said() -> None:
    with listing({"/v1/models": (200, b'{"data": []}')}) as address:
        assert "ollama pull" in ollama_offer(address)


def test_without_an_ollama_nothing_is_offered() -> None:
    assert ollama_offer("http://127.0.0.1:9") == ""
