"""The line in which questions stand while others are being answered."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


class Line:
    """First come, first served. For one event loop."""

    def __init__(self, places: int) -> None:
        """`places`: how many are served at the same time."""
        self._free = places
        self._waiting: deque[tuple[asyncio.Future[None], Callable[[int], None]]] = deque()

    @asynccontextmanager
    async def served(self, moved: Callable[[int], None]) -> AsyncIterator[None]:
        """Waits for one's turn and holds the place. `moved` is told how many stand before one,
        each time that changes, and nothing where nobody does.
        """
        if self._free > 0 and not self._waiting:
            self._free -= 1
        else:
            await self._wait(moved)
        try:
            yield
        finally:
            self._next()

    async def _wait(self, moved: Callable[[int], None]) -> None:
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((mine, moved))
        moved(len(self._waiting) - 1)
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._next()  # the place was handed over just as we left
            else:
                self._waiting = deque(each for each in self._waiting if each[0] is not mine)
                self._tell()
            raise

    def _next(self) -> None:
        while self._waiting:
            first, _ = self._waiting.popleft()
            if not first.done():
                first.set_result(None)
                self._tell()
                return
        self._free += 1

    def _tell(self) -> None:
        for place, (_, moved) in enumerate(self._waiting):
            moved(place)
