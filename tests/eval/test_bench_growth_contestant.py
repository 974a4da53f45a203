"""Contestants are timed at work that they are seen to have done."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from eval.bench.growth.contestant import (
    Find,
    WrongError,
    forget,
    given_of,
    grow_rival,
    open_cold,
    search,
    see_found,
    see_gone,
)
from eval.bench.growth.plan import WARM_UP, Plan
from eval.bench.growth.reference import (
    Given,
    read_exact,
    read_given,
    read_questions,
    write_reference,
)
from eval.bench.growth.timed import Lap, Stopwatch, TimedEncoder, lap, timed_source
from eval.bench.made_encoder import MadeEncoder
from eval.bench.process import BenchError
from index.chunk import split_document
from index.encode import Vectors
from index.passage import Passage
from index.spec import PASSAGE_BUDGET

ENCODER = MadeEncoder()
"""Its table is read once."""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return Plan(str(tmp_path), 100, "made", questions=6, repeats=2, memory=0, exact=10_000)


def passages_of(plan: Plan) -> list[Passage]:
    documents = [plan.shelf.document(n) for n in range(plan.shelf.documents)]
    return [p for each in documents for p in split_document(each, ENCODER, PASSAGE_BUDGET)]


@dataclass
class InMemory:
    """A rival that compares everything, held in memory."""

    deletes: bool = True
    forgets: bool = False
    rows: dict[str, Vectors] = field(default_factory=dict)

    def insert(self, passages: Given, document_id: str) -> None:
        if not self.forgets:
            self.rows |= dict(zip(passages.ids, passages.vectors, strict=True))

    def delete(self, document_id: str) -> None:
        if not self.deletes:
            raise NotImplementedError
        self.rows = {n: r for n, r in self.rows.items() if not n.startswith(f"{document_id}:")}

    def find(self, question: str, vector: Vectors) -> Sequence[str]:
        return sorted(self.rows, key=lambda name: -float(self.rows[name] @ vector))[:10]


def test_a_rival_is_timed_at_adding_changing_and_deleting(plan: Plan) -> None:
    said = grow_rival(plan, InMemory(), ENCODER)
    assert {"add_s", "add_worst_s", "change_s", "delete_s"} == set(said.values)
    assert said.notes == []


def test_what_a_rival_cannot_do_is_said(plan: Plan) -> None:
    said = grow_rival(plan, InMemory(deletes=False), ENCODER)
    assert {"add_s", "add_worst_s"} == set(said.values)
    assert len(said.notes) == 2


def test_a_rival_that_loses_what_it_is_given_has_no_figures(plan: Plan) -> None:
    with pytest.raises(WrongError, match="not found first"):
        grow_rival(plan, InMemory(forgets=True), ENCODER)


def test_seeing_is_believing() -> None:
    see_found(["a:1-2"], "a:1-2")
    see_gone(["ab:1-2"], "a")
    with pytest.raises(WrongError):
        see_found([], "a:1-2")
    with pytest.raises(WrongError, match="still found"):
        see_gone(["b:1-2", "a:5-9"], "a")


def test_a_reference_holds_what_rivals_are_given_and_what_is_best(plan: Plan) -> None:
    passages = passages_of(plan)
    written = write_reference(plan, passages, ENCODER)
    assert (written.documents, written.passages) == (10, len(passages))
    assert written.sentences == sum(len(each.sentences) for each in passages)
    parts = list(read_given(plan.reference, 384, 40))
    assert [name for part in parts for name in part.ids] == [each.id for each in passages]
    assert np.allclose(np.linalg.norm(parts[-1].vectors, axis=1), 1.0, atol=1e-5)
    ranked, meaning = read_exact(plan.reference)
    assert len(ranked) == len(meaning) == 6
    questions = read_questions(plan.reference)
    assert len(questions.texts) == WARM_UP + 6
    assert [text for text, _ in questions.timed] == list(questions.texts[WARM_UP:])
    rows = np.concatenate([part.vectors for part in parts])
    for (_, vector), best in zip(questions.timed, meaning, strict=True):
        assert best.ids[0] == passages[int(np.argmax(rows @ vector))].id


def test_an_index_that_lost_a_sentence_is_nothing_to_compare_with(plan: Plan) -> None:
    first, *rest = passages_of(plan)
    short = replace(first, sentences=first.sentences[:-1])
    with pytest.raises(BenchError, match="not whole"):
        write_reference(plan, [short, *rest], ENCODER)


def test_every_question_is_searched_and_the_first_tells_when_it_is_open(plan: Plan) -> None:
    write_reference(plan, passages_of(plan), ENCODER)
    asked: list[str] = []
    opened: list[int] = []

    def open_() -> Find:
        def find(question: str, vector: Vectors) -> Sequence[str]:
            asked.append(question)
            return [question]

        return find

    said = search(plan, open_, lambda: opened.append(len(asked)))
    assert opened == [1]
    assert len(asked) == 1 + WARM_UP + 6
    assert said.found == [[text] for text in asked[-6:]]
    assert {"open_s", "p50_ms", "p95_ms"} == set(said.values)
    cold = open_cold(plan, plan.reference, open_)
    assert set(cold.values) == {"cold_s"}


def test_forgotten_files_are_still_there(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file"
    path.parent.mkdir()
    path.write_bytes(b"x" * 10_000)
    forget(tmp_path)
    assert path.read_bytes() == b"x" * 10_000


def test_a_changed_document_differs_where_it_is_said_to(plan: Plan) -> None:
    old, new = given_of(plan, 3, 0, ENCODER), given_of(plan, 3, 1, ENCODER)
    at = new.differing(old)
    assert new.texts[at] not in old.texts
    assert all(text in old.texts for text in new.texts[:at])


def test_encoding_and_making_are_no_work_of_the_index(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter(range(100))
    monkeypatch.setattr("eval.bench.growth.timed.time.perf_counter", lambda: float(next(seconds)))
    encoder, making, laps = TimedEncoder(ENCODER), Stopwatch(), list[Lap]()
    source = timed_source(plan.shelf.source(0), making)
    with lap(encoder, making, laps):
        encoder.encode(["one", "two"])
        source.load()
    # The clock goes on by one at each look: two looks for each, one more at the end.
    assert laps == [Lap(seconds=5.0, beyond=3.0, texts=2)]
    assert (encoder.name, encoder.dimension) == ("made-static-minilm", 384)
    assert encoder.count_tokens("calf") == 1


def test_a_plan_reaches_a_measured_process_as_it_is(plan: Plan) -> None:
    assert Plan.of_argument(plan.as_argument()) == plan
    assert plan.place("ours") != plan.reference
