"""/v1/chat/completions: the same turns for programs that speak OpenAI's API, citations included.

Only the messages of the role "user" are read: what a client claims that the assistant said, or was
told, is never believed. Sampling parameters are accepted and change nothing.
"""

import json
import time
from collections.abc import AsyncIterator, Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints
from sse_starlette import EventSourceResponse
from starlette.responses import JSONResponse

from assistant.question import Question
from assistant.reply import Answer, Reply
from assistant.server.asked import LONGEST, LONGEST_READ, TURNS
from assistant.server.chat import PING, SLOW, UNBUFFERED, reply_of
from assistant.server.entrance import SHOWN, Entrance
from assistant.server.refusal import REFUSALS, RefusalError
from assistant.server.running import Running
from assistant.ui import words
from assistant.ui.plain import below_lines, warning_lines
from assistant.ui.sources import citations_of
from assistant.wire_format import as_citation

COMPLETIONS = "/v1/chat/completions"
MODELS = "/v1/models"
NAME = "soleus"
WORDED = "soleus-worded"
"""Asked for under this name, a language model elsewhere may read the question: whoever calls has
the reader's word for it. One on the club's own machine needs no such word."""


class Part(BaseModel):
    """A piece of a message; only text is read."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    type: str
    text: str = ""


class Said(BaseModel):
    """One message of a conversation."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: (
        Annotated[str, StringConstraints(max_length=LONGEST_READ)] | tuple[Part, ...] | None
    ) = None

    @property
    def text(self) -> str:
        """What it says."""
        if isinstance(self.content, tuple):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class Wanted(BaseModel):
    """A request for a completion, as far as it is read."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    model: str = NAME
    messages: tuple[Said, ...] = Field(min_length=1, max_length=200)
    stream: Annotated[bool, Strict()] | None = False

    @property
    def question(self) -> Question:
        """The reader's last turn, and those before it as far as they are sent on."""
        *earlier, last = [said.text for said in self.messages if said.role == "user"] or [""]
        return Question(last, tuple(turn[-LONGEST:] for turn in earlier[-TURNS:]))


def openai_router(entrance: Entrance) -> APIRouter:
    """The routes of one server."""
    router = APIRouter(dependencies=[SHOWN], responses=REFUSALS)

    @router.get(MODELS, summary="By which names Soleus may be asked", responses=_LISTED)
    async def models(request: Request) -> Response:
        """Both names; only the second lets a language model elsewhere read what is asked."""
        entrance.caller(request)
        named = [
            {"id": name, "object": "model", "created": 0, "owned_by": NAME}
            for name in (NAME, WORDED)
        ]
        return JSONResponse({"object": "list", "data": named})

    @router.post(COMPLETIONS, summary="Ask as one asks OpenAI's API", responses=_COMPLETED)
    async def complete(wanted: Wanted, request: Request) -> Response:
        """The reply as text with numbered sources. `citations` beside the choices, and with the
        last piece of a stream, holds them as data.
        """
        entrance.caller(request)
        question = wanted.question
        if not question.text.strip():
            raise RefusalError(422, "unreadable", "There is no message of the role “user”.")
        running, grant = await entrance.begin(
            request, question, agreed=wanted.model == WORDED, too_long=len(question.text) > LONGEST
        )
        if wanted.stream:
            return EventSourceResponse(
                _pieces(entrance, running),
                headers={**UNBUFFERED, **grant.headers},
                ping=PING,
                send_timeout=SLOW,
            )
        reply = await reply_of(entrance, running, request)
        text = "\n".join((*_unchecked(running), *warning_lines(reply), *below_lines(reply)))
        choice = {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": text},
        }
        body = {**_head(running, "chat.completion"), "choices": [choice], **_sources(reply)}
        return JSONResponse({**body, "usage": _usage(reply)}, headers=grant.headers)

    return router


async def _pieces(entrance: Entrance, running: Running) -> AsyncIterator[str]:
    """Warning first, the rest once the reply is whole: a stream of text takes nothing back."""
    head = _head(running, "chat.completion.chunk")
    warned = warning_lines(running.warned)
    try:
        yield _piece(head, {"role": "assistant", "content": ""})
        for line in (*_unchecked(running), *warned):
            yield _piece(head, {"content": f"{line}\n"})
        async for _ in running.follow():
            pass
    finally:
        entrance.streams.left(running)
    reply = running.reply
    if reply is None:
        yield json.dumps({"error": {"code": "broke_off", "message": "Please ask again."}})
        return
    again = () if warning_lines(reply) == warned else warning_lines(reply)
    for line in (*again, *below_lines(reply)):
        yield _piece(head, {"content": f"{line}\n"})
    yield _piece(head, {}, "stop", _sources(reply))
    yield "[DONE]"


def _unchecked(running: Running) -> tuple[str, ...]:
    """What is said where the guard failed."""
    return (words.UNCHECKED,) if running.warned.unchecked else ()


def _piece(
    head: Mapping[str, Any],
    delta: Mapping[str, str],
    ends: str | None = None,
    more: Mapping[str, Any] | None = None,
) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": ends}
    return json.dumps({**head, "choices": [choice], **(more or {})}, ensure_ascii=False)


def _head(running: Running, kind: str) -> Mapping[str, Any]:
    return {
        "id": f"chatcmpl-{running.id}",
        "object": kind,
        "created": int(time.time()),
        "model": NAME,
    }


def _sources(reply: Reply) -> Mapping[str, Any]:
    cited = citations_of(reply) if isinstance(reply, Answer) else ()
    return {"citations": [as_citation(each) for each in cited]}


def _usage(reply: Reply) -> Mapping[str, int]:
    """Tokens of the language model that worded the answer, if one did."""
    wrote = reply.writing if isinstance(reply, Answer) else None
    read, written = (wrote.tokens_in, wrote.tokens_out) if wrote else (0, 0)
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}


_OBJECT = {"application/json": {"schema": {"type": "object"}}}
_LISTED: dict[int | str, dict[str, Any]] = {
    200: {"description": "As OpenAI lists models.", "content": _OBJECT}
}
_COMPLETED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "As OpenAI's API has it, and `citations`.",
        "content": {**_OBJECT, "text/event-stream": {}},
    }
}
