"""The record of why, and the one step that finds passages."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant import record
from assistant.admit import Verdict
from assistant.evidence import NO_SCOPE, Evidence
from assistant.pipeline import Found, untimed
from assistant.reading.ask import Ask, Reading
from assistant.reply import ItemKind
from assistant.retrieve import retrieve
from assistant.select import Point
from index import PassageIndexError, Scope
from tests.assistant.made import (
    FakeSearcher,
    ask,
    candidate,
    evidence,
    hit,
    passage,
    place,
    reading,
)

SHELF = passage("One.", "Two.", "Three.", document="text")
READING = Reading("typed", (ask("first"), ask("second")), ("before",))


def found(judged: Evidence, asked: Ask | None = None, decided_by: str = "0.70 sure") -> Found:
    return Found(asked or judged.ask, (), judged, Verdict(True, decided_by))


def test_an_answer_tells_what_was_quoted_and_what_was_not() -> None:
    judged = evidence(
        candidate(SHELF, 0, 0.91234), candidate(SHELF, 1, 0.4), candidate(SHELF, 2, 0.3, "no price")
    )
    points = [Point(ItemKind.STATEMENT, (place(SHELF),), 0.9)]
    why = record.of_answer(READING, [found(judged)], points)
    assert why.read_as == "first / second"
    assert why.carried == ("before",)
    assert why.decided_by == "0.70 sure"
    assert [(used.text, used.score) for used in why.used] == [("One.", 0.912)]
    assert dict(why.used[0].signals)["cosine"] == 0.4
    assert [(r.text, r.reason) for r in why.rejected] == [
        ("Two.", "bears less on the question than what was quoted"),
        ("Three.", "no price"),
    ]


def test_a_sentence_seen_for_two_asks_is_told_once_with_its_best_score() -> None:
    twice = [found(evidence(candidate(SHELF, 0, score))) for score in (0.2, 0.8)]
    why = record.of_abstention(READING, twice)
    assert [(r.text, r.score) for r in why.rejected] == [("One.", 0.8)]


def test_two_asks_are_each_told_how_they_were_decided() -> None:
    both = [
        found(evidence(), ask("salt?"), "nothing found"),
        found(evidence(), ask("ice?"), "0.90 sure"),
    ]
    why = record.of_abstention(READING, both)
    assert why.decided_by == "salt?: nothing found; ice?: 0.90 sure"


def test_only_the_best_of_what_was_refused_is_told() -> None:
    many = passage(*(f"Sentence {n}." for n in range(20)))
    judged = evidence(*(candidate(many, n, n / 20) for n in range(20)))
    rejected = record.of_abstention(READING, [found(judged)]).rejected
    assert [r.text for r in rejected] == [f"Sentence {n}." for n in range(19, 13, -1)]


def test_where_nothing_was_searched_only_the_reason_is_told() -> None:
    why = record.of_nothing(None, "small talk")
    assert (why.read_as, why.carried, why.decided_by) == ("", (), "small talk")
    assert record.of_nothing(READING, "empty").read_as == "first / second"
    assert why.used == ()
    assert why.rejected == ()


def test_the_query_is_encoded_once_and_searched_with_each_under_its_stage() -> None:
    stages: list[str] = []

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        stages.append(name)
        yield

    searcher = FakeSearcher((hit(SHELF), hit(SHELF, 2)))
    one = ask("what helps?")
    found = retrieve(one, reading(one), searcher, 1, stage)
    assert found.hits == (hit(SHELF),)
    assert searcher.asked == ["what helps?"]  # the message says no more: encoded once
    assert stages == ["encode", "search"]


def test_a_failing_search_is_not_hidden() -> None:
    with pytest.raises(PassageIndexError, match="gone"):
        retrieve(ask(), reading(ask()), FakeSearcher(error=PassageIndexError("gone")), 5, untimed)


def test_an_ask_is_searched_in_its_own_words_and_in_the_message() -> None:
    searcher = FakeSearcher((hit(SHELF),))
    one = ask("is that normal?")
    retrieve(one, reading(one, text="my calf is tight, is that normal?"), searcher, 5, untimed)
    assert searcher.asked == ["is that normal?", "my calf is tight, is that normal?"]


def test_what_a_follow_up_leans_on_is_searched_with_it() -> None:
    searcher = FakeSearcher((hit(SHELF),))
    one = ask("how long?")
    retrieve(one, reading(one, carried=["the soleus stretch"]), searcher, 5, untimed)
    assert searcher.asked == ["how long?", "the soleus stretch how long?"]


@pytest.mark.parametrize(("asks", "rows"), [(1, 1), (2, 2)])
def test_the_scope_is_read_from_the_message_unless_it_asks_several_things(
    asks: int, rows: int
) -> None:
    seen: list[int] = []

    class Scoped(FakeSearcher):
        def scope(self, vectors: NDArray[np.float32]) -> Scope:
            seen.append(len(vectors))
            return NO_SCOPE

    several = [ask(f"thing {n}?") for n in range(asks)]
    turn = reading(*several, text="one thing and another")
    retrieve(several[0], turn, Scoped((hit(SHELF),)), 5, untimed)
    assert seen == [rows]


@pytest.mark.parametrize(("words", "read"), [(80, "message"), (81, "ask")])
def test_the_scope_of_a_long_ramble_is_read_from_what_it_asks(words: int, read: str) -> None:
    seen: list[NDArray[np.float32]] = []

    class Scoped(FakeSearcher):
        def encode(self, queries: Sequence[str]) -> NDArray[np.float32]:
            self.asked.extend(queries)
            return np.eye(len(queries), 3, dtype=np.float32)  # the ask first, the message last

        def scope(self, vectors: NDArray[np.float32]) -> Scope:
            seen.append(vectors)
            return NO_SCOPE

    turn = reading(ask("why?"), text=" ".join(["word"] * words))
    retrieve(turn.asks[0], turn, Scoped((hit(SHELF),)), 5, untimed)
    assert [each.argmax() for each in seen] == [{"ask": 0, "message": 1}[read]]
    assert len(seen[0]) == 1


@pytest.mark.parametrize(("sure", "told"), [((0.12345,), 0.123), ((0.2, 0.9, 0.4), 0.9)])
def test_the_record_says_how_sure_of_the_surest_ask(sure: tuple[float, ...], told: float) -> None:
    judged = evidence(candidate(SHELF))
    asks = [Found(judged.ask, (), judged, Verdict(True, "sure", one)) for one in sure]
    points = [Point(ItemKind.STATEMENT, (place(SHELF),), 0.9)]
    assert record.of_answer(READING, asks, points).sure == told
    assert record.of_abstention(READING, asks).sure == told


def test_where_nothing_was_weighed_the_record_is_not_sure_of_anything() -> None:
    assert record.of_nothing(READING, "empty").sure is None
    assert record.of_nothing(None, "small talk").sure is None
