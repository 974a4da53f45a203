"""How a request is refused: one shape, plain words, a number to ask about, and any warning sign."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from assistant.server.turn import warning
from assistant.turns import Warned
from assistant.ui.gate import refusal

_MOST = 5
"""Faults of one body that are told."""
_NAMES = frozenset(
    "body query path header message earlier agreed earlier_private messages role content text type"
    " model stream turn thumb comment chat start end last-event-id".split()
)


class Fault(BaseModel):
    """Why something was not done."""

    model_config = ConfigDict(use_attribute_docstrings=True)
    code: str
    """One of those in docs/api.md."""
    message: str
    """The same for people; it holds nothing that was sent."""
    request: str
    """The request's number, which stands in the log as well."""


class Refusal(BaseModel):
    """What every refusal looks like."""

    model_config = ConfigDict(use_attribute_docstrings=True)
    error: Fault
    warning: dict[str, Any] | None = None
    """What the guard found in the message: as in the event of that name."""


REFUSALS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": Refusal, "description": "Refused; the code says why."},
    "5XX": {"model": Refusal, "description": "Not now; `Retry-After` says when, if that is known."},
}
"""For the description of every route."""


@dataclass
class RefusalError(Exception):
    """Whatever was asked is not done."""

    status: int
    code: str
    message: str
    headers: Mapping[str, str] = field(default_factory=dict)
    warned: Warned = field(default_factory=Warned)
    """What the guard says: whoever is over a limit is warned all the same."""


def answer_refusals(app: FastAPI, refused: Callable[[str], None]) -> None:
    """Every refusal, ours or the framework's, comes in our shape. None holds what was sent.

    `refused`: is told the code of each.
    """

    @app.exception_handler(RefusalError)
    async def _ours(request: Request, error: RefusalError) -> JSONResponse:
        refused(error.code)
        more = {"warning": warning(error.warned).data} if error.warned else {}
        return _told(request, error.status, error.code, error.message, error.headers, more)

    @app.exception_handler(RequestValidationError)
    async def _unread(request: Request, error: RequestValidationError) -> JSONResponse:
        refused("unreadable")
        return _told(request, 422, "unreadable", _places(error))

    @app.exception_handler(HTTPException)
    async def _framework(request: Request, error: HTTPException) -> JSONResponse:
        code = {400: "unreadable", 404: "not_found", 405: "method"}.get(
            error.status_code, "refused"
        )
        refused(code)
        return _told(request, error.status_code, code, str(error.detail), error.headers or {})


def _told(
    request: Request,
    status: int,
    code: str,
    message: str,
    headers: Mapping[str, str] = {},
    more: Mapping[str, Any] = {},
) -> JSONResponse:
    told = refusal(request.scope, code, message)
    return JSONResponse({**told, **more}, status, dict(headers))


def _places(error: RequestValidationError) -> str:
    """Where a body is not as it must be, without any of what stood there."""
    found = dict.fromkeys(
        f"{'.'.join(_known(part) for part in each['loc'])}: {each['type'].replace('_', ' ')}"
        for each in error.errors()[:_MOST]
    )
    return f"{'; '.join(found)}. See /api/v1/openapi.json"


def _known(part: int | str) -> str:
    """A step on the way to a value; the name of a key that nobody knows was sent, too."""
    return str(part) if isinstance(part, int) or part in _NAMES else "?"
