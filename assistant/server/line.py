"""The line in which questions stand while others are being answered."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(eq=False, slots=True)
class _Standing:
    """One who waits."""

    who: str
    moved: Callable[[int], None]
    called: asyncio.Future[None]
    told: int = field(default=-1)
    """How many they were last told stand before them."""


class Line:
    """Turn and turn about among those who ask, each of them first come, first served (round robin,
    the fair queueing of RFC 970): who sends many questions waits for themselves. For one event
    loop.
    """

    def __init__(self, places: int, each: int | None = None) -> None:
        """`places`: how many are served at the same time; `each`: how many of one and the same."""
        self._free = places
        self._each = places if each is None else each
        self._served: Counter[str] = Counter()
        self._waiting: list[_Standing] = []
        self._calls = 0
        self._called: dict[str, int] = {}
        """The number of the last call of everybody who is here."""

    @asynccontextmanager
    async def served(self, who: str, moved: Callable[[int], None]) -> AsyncIterator[None]:
        """Waits for one's turn and holds the place. `who`: whose the question is. `moved` is told
        how many stand before one, each time that changes, and nothing where nobody does.
        """
        mine = _Standing(who, moved, asyncio.get_running_loop().create_future())
        self._waiting.append(mine)
        self._call()
        try:
            await mine.called
        except asyncio.CancelledError:
            if mine in self._waiting:
                self._waiting.remove(mine)
                self._forget(who)
                self._tell()
            else:
                self._leave(who)  # the place was handed over just as we left
            raise
        try:
            yield
        finally:
            self._leave(who)

    def _leave(self, who: str) -> None:
        self._free += 1
        self._served[who] -= 1
        if not self._served[who]:
            del self._served[who]
        self._forget(who)
        self._call()

    def _forget(self, who: str) -> None:
        """Whoever is neither served nor waiting was never here."""
        if who not in self._served and all(each.who != who for each in self._waiting):
            self._called.pop(who, None)

    def _call(self) -> None:
        """Hands out places that are free, and tells the others where they stand."""
        while self._free > 0 and (first := self._first()) is not None:
            self._waiting.remove(first)
            self._free -= 1
            self._served[first.who] += 1
            self._calls += 1
            self._called[first.who] = self._calls
            first.called.set_result(None)
        self._tell()

    def _first(self) -> _Standing | None:
        for each in self._in_order():
            leaving = each.called.done()  # cancelled, and not yet woken to go
            if self._served[each.who] < self._each and not leaving:
                return each
        return None

    def _in_order(self) -> list[_Standing]:
        """As they will be called: everybody's first question before anybody's second, and first
        of all whose last call is longest ago. What is being answered counts as well.
        """
        before = Counter(self._served)
        turns: list[tuple[int, int, int, _Standing]] = []
        for arrival, each in enumerate(self._waiting):
            turns.append((before[each.who], self._called.get(each.who, 0), arrival, each))
            before[each.who] += 1
        return [turn[-1] for turn in sorted(turns, key=lambda turn: turn[:3])]

    def _tell(self) -> None:
        for place, each in enumerate(self._in_order()):
            if each.told != place:
                each.told = place
                each.moved(place)
