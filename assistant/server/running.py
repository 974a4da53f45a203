"""A turn under way: worked on in a thread, followed by whoever asked, from wherever they broke off.

Its events are kept, numbered from 1, until a while after the last one, so that a phone that lost
its network for half a minute goes on where it was. Nothing of it is written down anywhere.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from threading import Event as Flag

from assistant.records.code import ChatCode
from assistant.reply import Reply
from assistant.server.events import Event
from assistant.turns import Warned


@dataclass
class Running:
    """One turn. Everything but `stopping` belongs to the event loop."""

    id: str
    network: str
    warned: Warned
    """What the guard said, before anything else."""
    chat: ChatCode | None = None
    """The code of the chat it belongs to, if the client named one."""
    stopping: Flag = field(default_factory=Flag, init=False)
    """Set from any thread: whoever works on the turn ends it at the next chance."""
    events: list[Event] = field(default_factory=list, init=False)
    served: bool = field(default=False, init=False)
    """Whether it has come to its turn in the line."""
    leave: Callable[[], object] = field(default=lambda: None, init=False)
    """Takes it out of the line."""
    over: bool = field(default=False, init=False)
    """Whether nothing will follow: done, stopped, or failed."""
    followers: int = field(default=0, init=False)
    alone_since: float = field(default_factory=time.monotonic, init=False)
    """When somebody last left, on the clock that only goes forward."""
    reply: Reply | None = field(default=None, init=False)
    """What it came to; None until then, and where it was broken off."""
    _news: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    def tell(self, event: Event) -> None:
        """One more event."""
        self.events.append(event)
        self._wake()

    def end(self, reply: Reply | None) -> None:
        """Nothing more will come."""
        self.over, self.reply = True, reply
        self._wake()

    async def follow(self, after: int = 0) -> AsyncGenerator[tuple[int, Event]]:
        """Events after a number as they come, with their numbers. Ends with the turn."""
        self.followers += 1
        try:
            at = max(0, after)
            while True:
                news = self._news
                while at < len(self.events):
                    at += 1
                    yield at, self.events[at - 1]
                if self.over:
                    return
                await news.wait()
        finally:
            self.followers -= 1
            self.alone_since = time.monotonic()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
