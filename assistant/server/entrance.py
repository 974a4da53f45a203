"""The way of every question from the door to its turn: who, what the guard says, how much."""

from dataclasses import dataclass

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from starlette.concurrency import run_in_threadpool

from assistant.errors import RecordsError
from assistant.question import Question
from assistant.records.code import ChatCode, read_code
from assistant.server.caller import Caller, Door, Refused
from assistant.server.limits import Grant, Limits
from assistant.server.refusal import RefusalError
from assistant.server.running import Running
from assistant.server.streams import FullError, Streams
from assistant.turns import Warned

_SOON = 5
"""Seconds after which who found everything full should try again."""


SHOWN = Depends(
    HTTPBearer(
        scheme_name="token or key",
        description="A page's token (POST /api/v1/token), or a program's key.",
        auto_error=False,  # the door refuses, in our words
    )
)
"""For the description of every route that somebody must be let in for."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """What every question passes, over whichever interface it comes."""

    door: Door
    limits: Limits
    streams: Streams

    def caller(self, request: Request) -> Caller:
        """Who asks. Raises RefusalError."""
        found = self.door.caller(request.headers, address_of(request))
        if isinstance(found, Refused):
            raise RefusalError(found.status, found.code, found.message)
        return found

    async def begin(
        self,
        request: Request,
        asked: Question,
        *,
        agreed: bool,
        too_long: bool,
        chat: ChatCode | None = None,
    ) -> tuple[Running, Grant]:
        """A turn that was begun. Raises RefusalError, with the guard's warning where there is one:
        it reads the message of everybody who was let in, whether they may ask more or not.
        """
        caller = self.caller(request)
        question = self.streams.readable(asked, agreed=agreed)
        try:
            warned = await self.streams.screen(question, caller.bucket)
        except FullError:
            raise RefusalError(429, "limit", _FLOOD, {"retry-after": str(_SOON)}) from None
        grant = await run_in_threadpool(self.limits.question, caller)
        if not grant.allowed:
            raise _refused(429, "limit", _SLOWER, grant, warned)
        if too_long:
            raise _refused(413, "too_long", _SHORTER, grant, warned)
        try:
            return self.streams.start(question, warned, caller.network, chat), grant
        except FullError:
            refusal = _refused(503, "full", _FULL, grant, warned)
            refusal.headers = {**refusal.headers, "retry-after": str(_SOON)}
            raise refusal from None


def address_of(request: Request) -> str:
    """Whence a request comes, as far as a proxy that is believed, or the socket, says."""
    return request.client.host if request.client else ""


def chat_of(code: str) -> ChatCode:
    """The chat that a client names. Raises RefusalError, which does not repeat the name."""
    try:
        return read_code(code)
    except RecordsError as error:
        raise RefusalError(422, "code", str(error)) from None


_SLOWER = "That is more than may be asked from here for now. The headers say when to ask again."
_SHORTER = "A message of more than 8,000 characters was read for warning signs only. Ask in fewer."
_FLOOD = (
    "So many messages come from here at once that this one was not read, not even for warning"
    " signs. If somebody is unwell: call your local emergency number."
)
_FULL = "Very many people are asking just now. Please try again in a moment."


def _refused(status: int, code: str, message: str, grant: Grant, warned: Warned) -> RefusalError:
    return RefusalError(status, code, message, grant.headers, warned)
