"""Who is called next, and that nobody takes all the places."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.server.line import Line


@dataclass
class Watched:
    """What happened in a line, in order."""

    line: Line
    called: list[str] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)
    now: Counter[str] = field(default_factory=Counter)
    most: int = 0
    most_each: int = 0

    async def ask(self, name: str, *, steps: int = 1) -> None:
        """A question named after who asks, e.g. "a1"; it takes so many turns of the loop."""
        told = self.places.setdefault(name, [])
        async with self.line.served(name[0], told.append):
            self.called.append(name)
            self.now[name[0]] += 1
            self.most = max(self.most, self.now.total())
            self.most_each = max(self.most_each, self.now[name[0]])
            for _ in range(steps):
                await asyncio.sleep(0)
            self.now[name[0]] -= 1


def watched(places: int, each: int, names: Sequence[str]) -> Watched:
    """All of them asked in this order, before any of them is answered."""

    async def main() -> Watched:
        watch = Watched(Line(places, each))
        await asyncio.gather(*(watch.ask(name) for name in names))
        return watch

    return asyncio.run(asyncio.wait_for(main(), 30))


def test_one_who_asks_much_waits_for_themselves() -> None:
    watch = watched(1, 1, ["a1", "a2", "a3", "a4", "b1", "c1"])
    assert watch.called == ["a1", "b1", "c1", "a2", "a3", "a4"]
    assert watch.places["b1"] == [0]
    assert watch.places["c1"] == [1, 0]
    assert watch.places["a2"] == [0, 1, 2, 1, 0]


def test_a_place_stays_free_for_others() -> None:
    async def main() -> list[str]:
        watch = Watched(Line(4, 2))
        flood = [asyncio.create_task(watch.ask(f"a{n}", steps=1_000)) for n in range(9)]
        await asyncio.sleep(0)
        await watch.ask("b1")
        for task in flood:
            task.cancel()
        await asyncio.gather(*flood, return_exceptions=True)
        return watch.called

    assert asyncio.run(main()) == ["a0", "a1", "b1"]


@given(
    st.integers(1, 4),
    st.integers(1, 4),
    st.lists(st.sampled_from("abc"), max_size=25),
)
def test_everybody_is_served_within_the_bounds_and_in_their_own_order(
    places: int, each: int, who: list[str]
) -> None:
    names = [f"{letter}{number:02}" for number, letter in enumerate(who)]
    watch = watched(places, each, names)
    assert sorted(watch.called) == sorted(names)
    assert watch.most <= places
    assert watch.most_each <= min(each, places)
    for letter in "abc":
        mine = [name for name in watch.called if name[0] == letter]
        assert mine == sorted(mine)


@pytest.mark.parametrize("leaves", [0, 1, 2])
def test_who_leaves_holds_nobody_up(leaves: int) -> None:
    line = Line(1, 1)

    async def main() -> list[str]:
        watch = Watched(line)
        tasks = [asyncio.create_task(watch.ask(name)) for name in ("a1", "b1", "c1")]
        await asyncio.sleep(0)
        tasks[leaves].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await watch.ask("d1")
        return watch.called

    called = asyncio.run(asyncio.wait_for(main(), 30))
    assert called[-1] == "d1"
    assert line._called == {}
    left = ("a1", "b1", "c1")[leaves]
    assert set(called) >= {"a1", "b1", "c1", "d1"} - {left}
