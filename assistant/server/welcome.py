"""What a page or widget asks before anything else: a token, and who answers here."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict
from starlette.responses import JSONResponse

from assistant.server.caller import NOT_LISTED, Door
from assistant.server.entrance import address_of
from assistant.server.network import network_of
from assistant.server.refusal import REFUSALS, RefusalError

TOKEN = "/api/v1/token"  # noqa: S105 (an address)
ABOUT = "/api/v1/about"


class Token(BaseModel):
    """What a page shows with each question."""

    model_config = ConfigDict(use_attribute_docstrings=True)
    token: str
    seconds: int
    """How long it is good for."""


def welcome_router(door: Door, about: Mapping[str, Any]) -> APIRouter:
    """The routes of one server. `about`: what anybody may know of it, JSON-ready."""
    router = APIRouter(responses=REFUSALS)

    @router.post(
        TOKEN,
        summary="A token for a page of an origin on the list",
        responses={200: {"model": Token}},
    )
    async def token(request: Request) -> Response:
        """Good for some minutes, for pages of this origin, from this network. No cookie is set."""
        origin = request.headers.get("origin", "")
        if not door.origins.allows(origin, request.headers.get("host", "")):
            raise RefusalError(NOT_LISTED.status, NOT_LISTED.code, NOT_LISTED.message)
        network = network_of(address_of(request))
        body = {"token": door.tokens.issue(origin, network), "seconds": door.tokens.life}
        return JSONResponse(body, headers={"cache-control": "no-store"})

    @router.get(ABOUT, summary="Who answers here")
    async def who() -> Response:
        """Whose assistant it is, whom to ask instead, whether a language model words answers and
        whose machine would read the question, and which questions to begin with.
        """
        return JSONResponse(dict(about), headers={"cache-control": "no-cache"})

    return router
