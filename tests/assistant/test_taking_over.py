"""A changed index takes over under questions: none fails, none is answered by both."""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import cast

import pytest

from assistant.backstage import Backstage
from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.reply import Abstention, AbstentionReason, Reply
from assistant.why import Why
from corpus import Document
from index import PassageIndexError
from index.build import build_index
from index.faiss_engine import FaissEngine
from index.shelf_index import ShelfIndex
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import document_of

PATIENCE = 20.0
PARTS = 6


def shelf(edition: int) -> tuple[Document, ...]:
    """Documents that say, everywhere, which edition they are of."""
    return tuple(
        document_of(
            [("Part", "author", [f"Calves rest, says edition {edition}, part {part}."])],
            name=f"part-{part}",
        )
        for part in range(PARTS)
    )


class Librarian:
    """Looks up every part, one after the other: long enough for an index to change meanwhile."""

    def __init__(self, index: ShelfIndex) -> None:
        self._index = index

    def ask(self, question: Question) -> Reply:
        said = []
        for part in range(PARTS):
            hits = self._index.search(f"{question.text} part {part}", PARTS)
            said += [hit.passage.text for hit in hits]
            said += [each.text for each in self._index.passages_of(f"part-{part}")]
        why = Why("", (), "nothing")
        return Abstention(AbstentionReason.NOT_COVERED, "\n".join(said), (), "", why)


@pytest.fixture
def engine(tmp_path: Path) -> FaissEngine:
    build_index(shelf(1), FakeEncoder(), tmp_path)
    return FaissEngine(tmp_path)


@pytest.fixture
def backstage(engine: FaissEngine) -> Iterator[Backstage]:
    def load(_: Callable[[str], None]) -> Assistant:
        return cast(Assistant, Librarian(ShelfIndex(engine.open(), FakeEncoder())))

    made = Backstage(load, engine.stamp, every=0.005)
    made.start()
    assert made.wait(PATIENCE)
    yield made
    made.stop()


def editions_in(reply: Reply) -> set[str]:
    assert isinstance(reply, Abstention)
    lines = reply.message.splitlines()
    assert len(lines) == PARTS * (PARTS + 1)
    return {line.partition("edition ")[2].partition(",")[0] for line in lines}


def wait_for(seen: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < until
        time.sleep(0.005)


def test_no_answer_fails_and_none_mixes_two_states_while_the_index_changes(
    backstage: Backstage, tmp_path: Path
) -> None:
    done = Event()

    def reader() -> list[set[str]]:
        answers = []
        while not done.is_set():
            answers.append(editions_in(backstage.ask(Question("calves"))))
        return answers

    with ThreadPoolExecutor(4) as crowd:
        readers = [crowd.submit(reader) for _ in range(3)]
        for edition in range(2, 7):
            build_index(shelf(edition), FakeEncoder(), tmp_path, force=edition % 2 == 0)
            wait_for(lambda edition=edition: _now(backstage) == {str(edition)})  # type: ignore[misc]
        done.set()
        answers = [each for one in readers for each in one.result()]
    assert len(answers) > 10
    assert all(len(each) == 1 for each in answers)


def _now(backstage: Backstage) -> set[str]:
    return editions_in(backstage.ask(Question("calves")))


def test_a_broken_index_leaves_the_old_one_answering_and_is_logged(
    backstage: Backstage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        (tmp_path / "manifest.json").write_text("{")
        wait_for(lambda: "was not taken over" in caplog.text)
    assert _now(backstage) == {"1"}
    assert backstage.error() is None
    build_index(shelf(2), FakeEncoder(), tmp_path)
    wait_for(lambda: _now(backstage) == {"2"})


def test_an_index_that_cannot_be_looked_at_for_a_moment_is_no_reason_to_load() -> None:
    loads: list[int] = []
    looks: list[int] = []

    def load(_: Callable[[str], None]) -> Assistant:
        loads.append(1)
        return cast(Assistant, object())

    def stamp() -> str | None:
        looks.append(1)
        if len(looks) % 2:
            raise PassageIndexError("away")
        return None

    made = Backstage(load, stamp, every=0.001)
    made.start()
    wait_for(lambda: len(looks) > 20)
    made.stop()
    assert loads == [1]
