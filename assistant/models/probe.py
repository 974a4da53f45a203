"""A look at a server, for whoever sets one up: what answers at an address, and which models it has.

Asks for the list of models and nothing else; no question of a reader comes here.
"""

import json
import ssl
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

OLLAMA = "http://127.0.0.1:11434"
_OLLAMA_PATIENCE = 0.3
_MOST = 1_000_000
"""Bytes of an answer that are read."""


class Seen(StrEnum):
    """What answered."""

    MODELS = "models"
    """A list of models, as such a server gives it."""
    NOBODY = "nobody"
    KEY = "key"
    """Somebody who wants a key, or another one."""
    PAGE = "page"
    """A web page."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen at an address."""

    seen: Seen
    models: tuple[str, ...] = ()


def look_at(base_url: str, key: str = "", timeout: float = 5.0) -> Look:
    """Ask a server for its models. `timeout` in seconds, for each step of the call."""
    try:
        status, body = _get(f"{base_url}/models", key, timeout)
    except (OSError, HTTPException, ValueError):
        return Look(Seen.NOBODY)
    if status in (401, 403):
        return Look(Seen.KEY)
    try:
        names = tuple(sorted(str(each["id"]) for each in json.loads(body)["data"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        start = body.lstrip()[:15].lower()
        page = start.startswith((b"<!doctype html", b"<html"))
        return Look(Seen.PAGE if page else Seen.OTHER)
    return Look(Seen.MODELS, names) if status == 200 else Look(Seen.OTHER)


def ollama_offer(address: str = OLLAMA) -> str:
    """If an Ollama runs on this machine: which models it has, and the lines that would use one.

    Empty where none answers within 0.3 seconds. Nothing is used by being offered.
    """
    look = look_at(f"{address}/v1", timeout=_OLLAMA_PATIENCE)
    if look.seen is not Seen.MODELS:
        return ""
    if not look.models:
        return "An Ollama runs on this machine, without any model yet: ollama pull NAME gets one."
    return (
        f"An Ollama runs on this machine, with {', '.join(look.models)}. To have it word the"
        " answers, put into settings.toml:\n"
        "[llm]\n"
        f'base_url = "{address}/v1"\n'
        f"model = {json.dumps(look.models[0])}"
    )


def _get(url: str, key: str, timeout: float) -> tuple[int, bytes]:
    parts = urlsplit(url)
    connection: HTTPConnection
    if parts.scheme == "https":
        connection = HTTPSConnection(
            parts.hostname or "", parts.port, timeout=timeout, context=ssl.create_default_context()
        )
    else:
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
    headers: dict[str, Any] = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        connection.request("GET", parts.path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(_MOST)
    finally:
        connection.close()
