"""Turns under way: in their order, followed from anywhere, ended when nobody wants them."""

import asyncio
from collections.abc import Awaitable, Callable, Generator, Iterator
from dataclasses import dataclass, field
from threading import Event as Flag
from threading import Semaphore
from typing import Any, TypeVar

import pytest

from assistant.guard.guard import Verdict
from assistant.question import Question
from assistant.reply import Answer, Reply
from assistant.server.events import Event, Kind
from assistant.server.line import Line
from assistant.server.running import Running
from assistant.server.streams import FullError, Patience, Streams
from assistant.server.turn import TurnEvents
from assistant.turns import Ended, Turns, Warned
from tests.ui import scripted
from tests.ui.test_conversation import Counted

QUESTION = Question("calf")
NOBODY = Warned()


@dataclass
class Held:
    """Answers only once let go."""

    letting: Semaphore = field(default_factory=lambda: Semaphore(0))
    entered: list[str] = field(default_factory=list)

    def __call__(self, question: Question) -> Reply:
        self.entered.append(question.text)
        assert self.letting.acquire(timeout=30)
        return scripted.ANSWER


def streams(
    ask: Callable[[Question], Reply] = lambda _: scripted.ANSWER,
    *,
    answering: int = 2,
    most: int = 9,
    most_each: int = 9,
    **changes: Any,  # noqa: ANN401
) -> Streams:
    turns = TurnEvents(Turns(ask, Counted()), scripted.screen)
    return Streams(turns, answering=answering, most=most, most_each=most_each, **changes)


T = TypeVar("T")


def run(of: Streams, acting: Callable[[], Awaitable[T]]) -> T:
    async def main() -> T:
        try:
            return await acting()
        finally:
            await of.close()

    return asyncio.run(main())


async def heard(running: Running, after: int = 0) -> list[tuple[int, Event]]:
    return [pair async for pair in running.follow(after)]


def test_a_turn_is_followed_from_its_first_event_to_its_last() -> None:
    of = streams()

    async def acting() -> list[tuple[int, Event]]:
        return await heard(of.start(QUESTION, NOBODY, "here"))

    events = run(of, acting)
    assert [number for number, _ in events] == list(range(1, len(events) + 1))
    assert events[-1][1].kind is Kind.DONE


@pytest.mark.parametrize("after", [0, 1, 3, 99])
def test_who_comes_back_gets_what_they_missed_and_nothing_twice(after: int) -> None:
    of = streams()

    async def acting() -> tuple[list[tuple[int, Event]], list[tuple[int, Event]]]:
        running = of.start(QUESTION, NOBODY, "here")
        whole = await heard(running)
        assert of.find(running.id) is running
        return whole, await heard(running, after)

    whole, rest = run(of, acting)
    assert rest == whole[after:]


def test_a_turn_is_forgotten_a_while_after_its_end() -> None:
    of = streams(patience=Patience(kept=0.0))

    async def acting() -> Running | None:
        running = of.start(QUESTION, NOBODY, "here")
        await heard(running)
        await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        return of.find(running.id)

    assert run(of, acting) is None


def test_a_warning_waits_in_no_line() -> None:
    held = Held()
    of = streams(held, answering=1)
    warned = Warned(scripted.ESCALATE.alert)

    async def acting() -> Kind:
        of.start(QUESTION, NOBODY, "here")
        while not held.entered:
            await asyncio.sleep(0.005)
        running = of.start(QUESTION, warned, "here")
        first = await anext(running.follow())
        held.letting.release(2)
        return first[1].kind

    assert run(of, acting) is Kind.WARNING


def test_everybody_is_told_their_place_in_line_as_it_moves() -> None:
    held = Held()
    of = streams(held, answering=1)

    async def acting() -> list[list[int]]:
        turns = [of.start(Question(str(n)), NOBODY, "here") for n in range(3)]
        while not held.entered:
            await asyncio.sleep(0.005)
        held.letting.release(3)
        events = [await heard(each) for each in turns]
        return [[e.data["place"] for _, e in each if e.kind is Kind.WAITING] for each in events]

    assert run(of, acting) == [[], [1], [2, 1]]
    assert held.entered == ["0", "1", "2"]


def test_more_than_may_be_are_refused_of_one_network_and_of_all() -> None:
    held = Held()
    of = streams(held, most=3, most_each=2)

    async def acting() -> None:
        begun = [of.start(QUESTION, NOBODY, "here") for _ in range(2)]
        with pytest.raises(FullError):
            of.start(QUESTION, NOBODY, "here")
        begun.append(of.start(QUESTION, NOBODY, "there"))
        with pytest.raises(FullError):
            of.start(QUESTION, NOBODY, "elsewhere")
        held.letting.release(3)
        for each in begun:
            await heard(each)
        assert of.under_way == 0
        held.letting.release()
        await heard(of.start(QUESTION, NOBODY, "here"))

    run(of, acting)


@dataclass
class Endless:
    """A model that rewords for ever, until it is closed."""

    closed: Flag = field(default_factory=Flag)

    def again(self, question: Question, found: Reply) -> Generator[Reply]:
        try:
            while True:
                yield found
        finally:
            self.closed.set()


def endless() -> tuple[Streams, Endless]:
    model = Endless()
    turns = Turns(scripted.ScriptedAssistant(), Counted(), again=model.again)
    patience = Patience(away=0.02)
    events = TurnEvents(turns, scripted.screen)
    return Streams(events, answering=1, most=9, most_each=9, patience=patience), model


FOLLOW_UP = Question("knee", ("calf",), model_may_read=True)


def test_a_turn_that_nobody_follows_any_more_ends() -> None:
    of, model = endless()

    async def acting() -> bool:
        running = of.start(FOLLOW_UP, NOBODY, "here")
        following = running.follow()
        await anext(following)
        await following.aclose()
        of.left(running)
        while not running.over:
            await asyncio.sleep(0.005)
        return running.reply is None

    assert run(of, acting)
    assert model.closed.is_set()


def test_a_turn_somebody_came_back_to_goes_on() -> None:
    of, model = endless()

    async def acting() -> None:
        running = of.start(FOLLOW_UP, NOBODY, "here")
        following = running.follow()
        await anext(following)
        await following.aclose()
        of.left(running)
        again = running.follow(0)
        await anext(again)
        await asyncio.sleep(0.1)  # five times as long as it would have been given
        assert not running.over
        assert not model.closed.is_set()
        running.stopping.set()

    run(of, acting)
    assert model.closed.wait(10)


def test_a_turn_that_is_stopped_ends_without_a_reply() -> None:
    of, model = endless()

    async def acting() -> list[Kind]:
        running = of.start(FOLLOW_UP, NOBODY, "here")
        following = running.follow()
        seen = [(await anext(following))[1].kind]
        running.stopping.set()
        return seen + [event.kind async for _, event in following]

    assert Kind.DONE not in run(of, acting)
    assert model.closed.is_set()


def test_who_counts_turns_hears_of_each_and_costs_nobody_an_answer(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[Ended] = []

    def ended(turn: Ended) -> None:
        told.append(turn)
        raise OSError(turn.question.text)

    of = streams(ended=ended)

    async def acting() -> Running:
        running = of.start(QUESTION, NOBODY, "here")
        await heard(running)
        return running

    running = run(of, acting)
    assert [(turn.turn, turn.question) for turn in told] == [(running.id, QUESTION)]
    assert isinstance(running.reply, Answer)
    assert "OSError" in caplog.text
    assert "calf" not in caplog.text


def test_a_fault_of_ours_ends_the_turn_and_is_named_without_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    @dataclass(frozen=True, slots=True)
    class Broken(TurnEvents):
        def events(self, question: Question, warned: Warned) -> Iterator[Any]:  # type: ignore[override]
            yield Event(Kind.PASSAGES, {})
            raise ZeroDivisionError(question.text)

    of = Streams(
        Broken(Turns(scripted.ScriptedAssistant(), Counted()), scripted.screen),
        answering=1,
        most=9,
        most_each=9,
    )

    async def acting() -> Running:
        running = of.start(QUESTION, NOBODY, "here")
        assert len(await heard(running)) == 1
        return running

    assert run(of, acting).reply is None
    assert "ZeroDivisionError" in caplog.text
    assert "calf" not in caplog.text


def test_screening_never_waits_for_answers() -> None:
    held = Held()
    of = streams(held, answering=1)

    async def acting() -> Warned:
        of.start(QUESTION, NOBODY, "here")
        warned = await of.screen(Question("swollen"), "here")
        held.letting.release()
        return warned

    assert run(of, acting).alert == scripted.screen(Question("swollen")).alert


def test_who_stops_in_line_makes_room_for_others() -> None:
    held = Held()
    of = streams(held, answering=1, most=2)

    async def acting() -> bool:
        first = of.start(QUESTION, NOBODY, "here")
        while not held.entered:
            await asyncio.sleep(0.005)
        waiting = of.start(QUESTION, NOBODY, "here")
        await anext(waiting.follow())
        of.stop(waiting)
        while not waiting.over:
            await asyncio.sleep(0.005)
        third = of.start(QUESTION, NOBODY, "here")
        held.letting.release(2)
        await heard(first)
        await heard(third)
        return waiting.reply is None

    assert run(of, acting)
    assert len(held.entered) == 2


def test_a_turn_that_nobody_ever_followed_ends_too() -> None:
    of, model = endless()

    async def acting() -> None:
        running = of.start(FOLLOW_UP, NOBODY, "here")
        while not running.over:
            await asyncio.sleep(0.005)

    run(of, acting)
    assert model.closed.is_set()


def test_who_floods_waits_for_themselves_and_is_refused_at_some_point() -> None:
    letting, entered = Semaphore(0), list[str]()

    def slow(question: Question) -> Verdict:
        entered.append(question.text)
        assert letting.acquire(timeout=30)
        return scripted.screen(question)

    turns = TurnEvents(Turns(scripted.ScriptedAssistant(), Counted()), slow)
    of = Streams(turns, answering=1, most=9, most_each=9)

    async def acting() -> int:
        flood = [asyncio.create_task(of.screen(Question("calf"), "flood")) for _ in range(40)]
        await asyncio.sleep(0)
        innocent = asyncio.create_task(of.screen(Question("swollen"), "innocent"))
        while entered.count("calf") < 1 or "swollen" not in entered:
            await asyncio.sleep(0.005)
        assert entered.count("calf") == 1
        letting.release(60)
        assert (await innocent).alert is not None
        found = await asyncio.gather(*flood, return_exceptions=True)
        return sum(isinstance(each, FullError) for each in found)

    assert run(of, acting) == 24


def test_who_leaves_the_line_gives_up_their_place() -> None:
    async def main() -> tuple[list[int], int]:
        line, places = Line(1), list[int]()
        served = 0

        async def one(moved: Callable[[int], None]) -> None:
            nonlocal served
            async with line.served("one", moved):
                served += 1
                await asyncio.sleep(0)

        async with line.served("one", lambda _: None):
            leaving = [asyncio.create_task(one(lambda _: None)) for _ in range(2)]
            await asyncio.sleep(0)
            staying = asyncio.create_task(one(places.append))
            await asyncio.sleep(0)
            for task in leaving:
                task.cancel()
            await asyncio.gather(*leaving, return_exceptions=True)
        await staying
        return places, served

    assert asyncio.run(main()) == ([2, 1, 0], 1)


def test_a_place_handed_to_who_just_left_is_handed_on() -> None:
    async def main() -> bool:
        line = Line(1)

        async def one() -> None:
            async with line.served("one", lambda _: None):
                await asyncio.sleep(0)

        async with line.served("one", lambda _: None):
            first, second = (asyncio.create_task(one()) for _ in range(2))
            await asyncio.sleep(0)
        first.cancel()  # its place is there, but it has not woken yet
        await asyncio.gather(first, second, return_exceptions=True)
        return first.cancelled() and second.exception() is None

    assert asyncio.run(asyncio.wait_for(main(), 10))
