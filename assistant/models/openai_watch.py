"""What goes over the line to a server, looked at below the client: headers out, bytes in."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx

from assistant.models.model import Failure, ModelError

_SENT = {"host", "content-type", "content-length", "connection"}
"""All that a server needs. The client would add what machine this is, and what its own environment
variables (OPENAI_…) say: another organisation, another key."""
_DONE = re.compile(rb"^data: ?\[DONE\]", re.MULTILINE)
_TAIL = 16
"""Bytes kept to find that in, however the stream is cut."""


@dataclass(slots=True)
class Line:
    """What was seen of one answer's bytes."""

    most: int
    """Bytes after which it counts as endless."""
    answered: bool = False
    """Whether its head has come."""
    page: bool = False
    """Whether it says of itself that it is a page of the web."""
    came: int = 0
    """Bytes of it so far."""
    ended: bool = False
    """Whether it has ended as HTTP wants it, not just stopped coming."""
    done: bool = False
    """Whether it said [DONE]."""


Hook = Callable[[Any], Awaitable[None]]


def hooks(line: Line, key: str) -> dict[str, list[Hook]]:
    """Event hooks for an httpx client that makes one call."""

    async def out(request: httpx.Request) -> None:
        sent = {name: value for name, value in request.headers.items() if name in _SENT}
        sent |= {"accept": "text/event-stream, application/json", "accept-encoding": "identity"}
        sent["user-agent"] = "Soleus"
        if key:
            sent["authorization"] = f"Bearer {key}"
        request.headers = httpx.Headers(sent)

    async def back(response: httpx.Response) -> None:
        line.answered = True
        line.page = "html" in response.headers.get("content-type", "")
        packed = response.headers.get("content-encoding", "identity").strip().lower()
        if packed != "identity":
            # Unasked for; and a few packed bytes may be any number of unpacked ones.
            raise ModelError(Failure.GARBAGE, "the server packs its answer though asked not to")
        if isinstance(response.stream, httpx.AsyncByteStream):
            response.stream = _Counted(response.stream, line)

    return {"request": [out], "response": [back]}


class _Counted(httpx.AsyncByteStream):
    """A body that must end some time."""

    def __init__(self, stream: httpx.AsyncByteStream, line: Line) -> None:
        self._stream = stream
        self._line = line

    async def __aiter__(self) -> AsyncIterator[bytes]:
        line, tail = self._line, b""
        async for piece in self._stream:
            line.came += len(piece)
            if line.came > line.most:
                raise ModelError(Failure.ENDLESS, f"more than {line.most:,} bytes came back")
            line.done = line.done or bool(_DONE.search(tail + piece))
            tail = (tail + piece)[-_TAIL:]
            yield piece
        line.ended = True

    async def aclose(self) -> None:
        await self._stream.aclose()
