"""/api/v1/chat: a question in, its turn out, as server-sent events or as one JSON document."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import JSONResponse

from assistant.reply import Reply
from assistant.server.asked import Asked
from assistant.server.entrance import SHOWN, Entrance, chat_of
from assistant.server.limits import Grant
from assistant.server.refusal import REFUSALS, RefusalError
from assistant.server.running import Running
from assistant.ui import words
from assistant.wire_format import as_payload

CHAT = "/api/v1/chat"
_STREAM = "text/event-stream"
PING = 15
"""Seconds between two signs of life."""
_LOOK = 0.5
"""Seconds between two looks at whether a program has hung up."""
SLOW = 30.0
"""Seconds a reader may take for what was sent; then the connection ends, and may be resumed."""
UNBUFFERED = {"x-accel-buffering": "no", "cache-control": "no-store"}


def chat_router(entrance: Entrance) -> APIRouter:
    """The routes of one server."""
    router = APIRouter(dependencies=[SHOWN], responses=REFUSALS)

    @router.post(CHAT, summary="Ask one question", responses=_REPLY)
    async def chat(asked: Asked, request: Request) -> Response:
        """The turn as server-sent events where `Accept` is `text/event-stream`, else the whole
        reply as one JSON document. The events are those of docs/api.md.
        """
        running, grant = await entrance.begin(
            request,
            asked.question,
            agreed=asked.agreed,
            too_long=asked.too_long,
            chat=chat_of(asked.chat) if asked.chat else None,
        )
        if _STREAM in request.headers.get("accept", ""):
            return _stream(entrance, running, 0, grant)
        return await _whole(entrance, running, request, grant)

    @router.get(
        CHAT + "/{turn}",
        summary="Go on with a turn that was broken off",
        response_class=EventSourceResponse,
        responses=_EVENTS,
    )
    async def resume(
        turn: str, request: Request, last_event_id: Annotated[str, Header()] = ""
    ) -> Response:
        """The events after `Last-Event-ID`. 404 where this server does not hold the turn (any
        more): ask again then, the conversation is all yours.
        """
        entrance.caller(request)
        return _stream(entrance, _found(entrance, turn), _number(last_event_id))

    @router.delete(CHAT + "/{turn}", status_code=204, summary="Stop a turn")
    async def stop(turn: str, request: Request) -> Response:
        """Ends a turn at once; a language model stops writing."""
        entrance.caller(request)
        entrance.streams.stop(_found(entrance, turn))
        return Response(status_code=204)

    return router


def _found(entrance: Entrance, turn: str) -> Running:
    running = entrance.streams.find(turn)
    if running is None:
        raise RefusalError(404, "turn", "This server holds no such turn. Ask the question again.")
    return running


def _number(last: str) -> int:
    """The number in an event id such as "AbC.12"; 0 for anything else."""
    number = last.rpartition(".")[2]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0


def _stream(
    entrance: Entrance, running: Running, after: int, grant: Grant | None = None
) -> Response:
    headers = {**UNBUFFERED, "x-turn": running.id, **(grant.headers if grant else {})}
    return EventSourceResponse(
        _sent(entrance, running, after), headers=headers, ping=PING, send_timeout=SLOW
    )


async def _sent(entrance: Entrance, running: Running, after: int) -> AsyncIterator[ServerSentEvent]:
    try:
        async with aclosing(running.follow(after)) as following:
            async for number, event in following:
                yield ServerSentEvent(
                    json.dumps(event.data, ensure_ascii=False),
                    event=event.kind.value,
                    id=f"{running.id}.{number}",
                )
    finally:
        entrance.streams.left(running)


async def _whole(entrance: Entrance, running: Running, request: Request, grant: Grant) -> Response:
    reply = await reply_of(entrance, running, request)
    body: dict[str, Any] = {"turn": running.id, **as_payload(reply)}
    if running.warned.unchecked:
        body["unchecked"] = words.UNCHECKED
    return JSONResponse(body, headers={"cache-control": "no-store", **grant.headers})


async def reply_of(entrance: Entrance, running: Running, request: Request) -> Reply:
    """The reply once it is there. Who hangs up ends the turn. Raises RefusalError."""
    gone = asyncio.create_task(_stop_once_gone(entrance, running, request))
    try:
        async for _ in running.follow():
            pass
    finally:
        gone.cancel()
        entrance.streams.stop(running)
    if running.reply is None:
        raise RefusalError(503, "broke_off", "The turn was broken off. Please ask again.")
    return running.reply


async def _stop_once_gone(entrance: Entrance, running: Running, request: Request) -> None:
    while not await request.is_disconnected():
        await asyncio.sleep(_LOOK)
    entrance.streams.stop(running)


_REPLY: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The reply (docs/reply.schema.json), or its events (docs/api.md).",
        "content": {_STREAM: {}, "application/json": {"schema": {"type": "object"}}},
    }
}
_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The events that follow.", "content": {_STREAM: {}}}
}
