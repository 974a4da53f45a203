"""What a call's exception means. Their own words are read here and never handed on: a server may
repeat in them what somebody asked.
"""

import math
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from json import JSONDecodeError
from typing import Any

import httpx
import openai

from assistant.errors import kind_and_place
from assistant.models.model import Failure, FormRefusedError, ModelError
from assistant.models.openai_watch import Line

_MOST_SAID = 2000
"""Characters of a server's complaint that are looked at."""
_LONGEST_WAIT = 3600.0
_TOO_LONG = re.compile(
    r"context|too long|too many tokens|exceed|maximum \w*\s?length|reduce the length",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"response.?format|json.?schema|json.?object|json.?mode|json_validate|grammar|structured",
    re.IGNORECASE,
)
_UNREACHABLE = "nobody answers at base_url"
_BY_STATUS = {
    401: (Failure.KEY, "the server refuses the key, or wants one"),
    403: (Failure.KEY, "the server refuses the key, or wants one"),
    404: (Failure.NO_MODEL, "the server knows no such model, or base_url lacks its end, often /v1"),
    408: (Failure.SLOW, "the server gave up waiting"),
    413: (Failure.TOO_LONG, "the prompt is too long for the server"),
    429: (Failure.BUSY, "too many calls for the server's limit"),
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a server says it does not like."""

    status: int
    said: str
    """Its words, without what it repeats of the call."""


def complaint_of(error: BaseException) -> Complaint | None:
    """What the server complains of, if it does."""
    if isinstance(error, openai.APIStatusError):
        return Complaint(error.status_code, _said(error.body))
    if isinstance(error, openai.APIError) and not isinstance(error, openai.APIConnectionError):
        code = error.body.get("code") if isinstance(error.body, dict) else None
        status = code if isinstance(code, int) and 400 <= code < 600 else 500
        return Complaint(status, _said(error.body) + error.message[:_MOST_SAID])
    return None


def failure_of(error: BaseException, line: Line, *, schema: bool) -> ModelError:
    """The ModelError for whatever came out of a call. `schema`: whether JSON was asked for."""
    for each in _chain(error):
        if isinstance(each, ModelError):
            return each
    if complaint := complaint_of(error):
        return _refused(complaint, _retry_after(error), schema=schema)
    if isinstance(error, openai.APIConnectionError | httpx.TransportError | httpx.InvalidURL):
        return _lost(error, line)
    return _unreadable(error, line)


def _refused(complaint: Complaint, wait: float, *, schema: bool) -> ModelError:
    status, said = complaint.status, complaint.said
    if status in _BY_STATUS:
        failure, message = _BY_STATUS[status]
        return ModelError(failure, f"{message} (HTTP {status})", retry_after=wait)
    if status >= 500:
        message = f"the server failed (HTTP {status})"
        return ModelError(Failure.SERVER, message, retry_after=wait)
    if status < 400:
        message = f"the server sends us elsewhere (HTTP {status}); set base_url to where it moved"
        return ModelError(Failure.GARBAGE, message)
    if status in (400, 422):
        if schema and _FORM.search(said):  # first, for a schema may exceed something too
            return FormRefusedError(Failure.REFUSED, "the server does not hold to JSON schemas")
        if _TOO_LONG.search(said):
            return ModelError(Failure.TOO_LONG, "the prompt does not fit into the model's context")
    return ModelError(Failure.REFUSED, f"the server refuses the call (HTTP {status})")


def _lost(error: BaseException, line: Line) -> ModelError:
    """No connection, or none any more."""
    kinds = tuple(_chain(error))
    if line.answered:
        if any(isinstance(each, httpx.TimeoutException) for each in kinds):
            return ModelError(Failure.SLOW, "the server has fallen silent")
        return ModelError(Failure.BROKE_OFF, "the connection was lost in the middle")
    if any(isinstance(each, ssl.SSLError) for each in kinds):
        return ModelError(Failure.UNREACHABLE, "no safe connection (TLS); https or http?")
    if any(isinstance(each, httpx.ReadTimeout | httpx.WriteTimeout) for each in kinds):
        return ModelError(Failure.SLOW, "the server took the call and said nothing")
    return ModelError(Failure.UNREACHABLE, _UNREACHABLE)


def _unreadable(error: BaseException, line: Line) -> ModelError:
    """Half a character or half a line at the very end is a lost connection; elsewhere it is not."""
    cut = isinstance(error, UnicodeDecodeError | JSONDecodeError)
    if cut and line.ended and not line.done:
        return ModelError(Failure.BROKE_OFF, "the answer stops in the middle of a line")
    return ModelError(Failure.GARBAGE, f"the answer cannot be read ({kind_and_place(error)})")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and what led to it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _said(body: object) -> str:
    """The words of a complaint: of OpenAI's form, or of FastAPI's list of what is wrong where."""
    if not isinstance(body, dict):
        return body[:_MOST_SAID] if isinstance(body, str) else ""
    error = body.get("error", body)
    if not isinstance(error, dict):
        return str(error)[:_MOST_SAID]
    parts = [error.get(name) for name in ("message", "param", "code", "type")]
    return " ".join(map(str, [*parts, *_details(error)]))[:_MOST_SAID]


def _details(error: dict[str, Any]) -> Iterator[object]:
    listed = error.get("detail")
    for each in listed if isinstance(listed, list) else [listed]:
        # Never its "input", which is what we sent.
        yield from (each.get("loc"), each.get("msg")) if isinstance(each, dict) else (each,)


def _retry_after(error: BaseException) -> float:
    """Seconds the server asks for, as a number or a date; 0 where it asks for none."""
    if not isinstance(error, openai.APIStatusError):
        return 0.0
    said = error.response.headers.get("retry-after", "")
    try:
        wait = float(said)
    except ValueError:
        wait = _seconds_until(said)
    return min(max(wait, 0.0), _LONGEST_WAIT) if math.isfinite(wait) else 0.0


def _seconds_until(said: str) -> float:
    try:
        when = parsedate_to_datetime(said)
    except ValueError:
        return 0.0
    return (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
