"""Thumbs, and a chat deleted by its code: where the club keeps chats. Else it says that it does
not.
"""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from assistant.errors import RecordsError
from assistant.records.code import new_code
from assistant.records.kept import Thumb
from assistant.server.clerk import Clerk
from assistant.server.entrance import SHOWN, Entrance, chat_of
from assistant.server.refusal import REFUSALS, RefusalError

FEEDBACK, CHATS = "/api/v1/feedback", "/api/v1/chats"


class Thought(BaseModel):
    """What a reader thought of a reply."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    turn: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    """Its id, as it came with the reply."""
    thumb: Thumb
    comment: Annotated[str, StringConstraints(max_length=2_000)] = ""
    """Kept without names, numbers and addresses; not at all where it tells of something grave."""


class NewChat(BaseModel):
    """A code for a chat."""

    chat: str


class Deleted(BaseModel):
    """How many turns there were."""

    deleted: int


def feedback_router(entrance: Entrance, memory: Clerk | None) -> APIRouter:
    """The routes of one server. `memory`: None where nothing is kept."""
    router = APIRouter(dependencies=[SHOWN], responses=REFUSALS)

    @router.post(FEEDBACK, status_code=204, summary="Say what a reader thought of a reply")
    async def rate(thought: Thought, request: Request) -> Response:
        """Once more replaces what was said before."""
        caller = entrance.caller(request)
        kept = _kept(memory)
        grant = await run_in_threadpool(entrance.limits.question, caller)
        if not grant.allowed:
            raise RefusalError(429, "limit", "Please try again later.", grant.headers)
        try:
            known = await run_in_threadpool(kept.rate, thought.turn, thought.thumb, thought.comment)
        except RecordsError:
            raise _AWAY from None
        if not known:
            raise RefusalError(404, "turn", "No such turn is kept (any more).")
        return Response(status_code=204)

    @router.post(
        CHATS,
        status_code=201,
        summary="A code for a new chat",
        responses={201: {"model": NewChat}},
    )
    async def code(request: Request) -> Response:
        """To be sent with each of its questions, and shown to the reader: whoever has it can have
        the chat deleted. It is stored nowhere.
        """
        entrance.caller(request)
        _kept(memory)
        return JSONResponse({"chat": str(new_code())}, 201, headers={"cache-control": "no-store"})

    @router.delete(CHATS + "/{chat}", summary="Delete a chat", responses={200: {"model": Deleted}})
    async def forget(chat: str, request: Request) -> Response:
        """For good, with all that was thought of it."""
        entrance.caller(request)
        kept = _kept(memory)
        try:
            gone = await run_in_threadpool(kept.forget, chat_of(chat))
        except RecordsError:
            raise _AWAY from None
        return JSONResponse({"deleted": gone}, headers={"cache-control": "no-store"})

    return router


def _kept(memory: Clerk | None) -> Clerk:
    if memory is None:
        raise RefusalError(404, "not_kept", "Nothing of chats is kept here.")
    return memory


_AWAY = RefusalError(503, "away", "What is kept cannot be reached just now. Please try again.")
