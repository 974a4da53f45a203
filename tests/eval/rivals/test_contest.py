"""Bars, differences and losses, by hand-worked examples."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.question import Question
from corpus import Span
from eval.cases.case import Case, Level
from eval.results import Curve, CurvePoint
from eval.rivals.asking import Asked
from eval.rivals.contest import Contest, Peer, best_bar, f1_of, judged, remembered
from eval.rivals.heard import (
    Heard,
    Replay,
    held_back,
    questions_json,
    questions_of,
    read_heard,
    write_heard,
)
from eval.rivals.losses import losses_of
from eval.rivals.page import page_of
from eval.rivals.reply import RivalError, sentences_in
from eval.rivals.roster import LEFT_OUT, ROSTER, Entry, LeftOut, entry_of
from eval.rivals.table import as_json, lines_of
from eval.run.build import Build
from eval.run.scoring import Yardstick
from eval.transcript import Ending, Transcript
from tests.eval.cases.made_up import ABSTAIN, case_of
from tests.eval.rivals.shelf import HEELS, SALT, SHELF

HOW_LONG = Span("heels", 0, 29)
UNITS = (Span("salt", 0, len(SALT)), Span("heels", 0, len(HEELS)))
BUILD = Build("0" * 12, "")


def answer(sure: float, *spans: Span) -> Transcript:
    shown = tuple(one for span in spans for one in sentences_in(span, SHELF))
    return Transcript(Ending.ANSWER, Level.SELF_CARE, shown, sure=sure)


def heard(cases: tuple[Case, ...], *replies: Transcript) -> Heard:
    ranked = tuple(UNITS for _ in cases)
    return Heard(tuple(one.asked for one in cases), replies, ranked, (1.0,) * len(cases), UNITS)


def asked(cases: tuple[Case, ...], *replies: Transcript, memory: int = 0) -> Asked:
    return Asked(heard(cases, *replies), 1.0, memory, memory)


@pytest.fixture
def cases(tmp_path: Path) -> tuple[Case, ...]:
    how = case_of(tmp_path / "1")
    tax = case_of(tmp_path / "2", **{**ABSTAIN, "question": "tax?"})
    return how, tax


@pytest.fixture
def yardstick() -> Yardstick:
    return Yardstick(
        claims={"1-01": (HOW_LONG,), "1-02": (Span("heels", 30, 46),)},
        texts={one.id: one.text for one in SHELF},
        passages=(),
        supports=lambda sentence, evidence: sentence in " ".join(evidence),
    )


def contest(cases: tuple[Case, ...], by: Yardstick) -> Contest:
    """Soleus says nothing at all; the rival answers both questions."""
    quiet = Transcript(Ending.NOT_COVERED, Level.SELF_CARE, sure=0.1)
    ours = judged(entry_of("soleus"), asked(cases, quiet, quiet, memory=9), cases, cases, by, BUILD)
    replies = (answer(0.8, HOW_LONG), answer(0.3, UNITS[0]))
    theirs = judged(entry_of("bm25"), asked(cases, *replies), cases, cases, by, BUILD)
    return Contest((ours, theirs), (LeftOut("Reader", "no <weights>"),), ("dev",))


def value(peer: Peer, name: str, *, barred: bool = False) -> float | None:
    figure = peer.figure(name, "dev", barred=barred)
    return figure.value if figure else None


def test_the_best_bar_is_where_f1_is_highest_on_dev() -> None:
    # F1: 0 at .2; 2 * 1 * .5 / 1.5 = .67 at .4; 2 * .8 * 1 / 1.8 = .89 at .6; .67 at 1.01.
    points = (
        CurvePoint(0.2, None, 0.0),
        CurvePoint(0.4, 1.0, 0.5),
        CurvePoint(0.6, 0.8, 1.0),
        CurvePoint(1.01, 0.5, 1.0),
    )
    curve = Curve("dev", points, points[0])
    assert best_bar([curve]) == 0.6
    assert f1_of(0.8, 1.0) == pytest.approx(1.6 / 1.8)


def test_the_sealed_half_chooses_no_bar() -> None:
    point = CurvePoint(0.5, 1.0, 1.0)
    assert best_bar([Curve("sealed", (point,), point)]) is None


def test_a_bar_turns_less_sure_replies_and_no_others_into_abstentions() -> None:
    assert held_back(answer(0.3, HOW_LONG), 0.5).ending is Ending.NOT_COVERED
    assert held_back(answer(0.5, HOW_LONG), 0.5).ending is Ending.ANSWER


def test_who_answers_everything_recalls_no_abstention_but_may_with_a_bar(
    cases: tuple[Case, ...], yardstick: Yardstick
) -> None:
    (rival,) = contest(cases, yardstick).rivals
    # One of two is to be abstained from; none was, though a bar of .8 parts them.
    assert value(rival, "abstention F1") == 0.0
    assert rival.bar == 0.8
    assert value(rival, "abstention F1", barred=True) == 1.0
    # The fact is made; the other question should have been turned down, and is with the bar.
    assert value(rival, "right replies") == 0.5
    assert value(rival, "right replies", barred=True) == 1.0


def test_what_is_found_is_held_against_what_could_be_found(
    cases: tuple[Case, ...], yardstick: Yardstick
) -> None:
    (rival,) = contest(cases, yardstick).rivals
    # The fact stands in the second of two units: 1 / 2, and log 2 / log 3 = .631.
    assert value(rival, "MRR") == 0.5
    assert value(rival, "nDCG@10") == pytest.approx(0.631, abs=0.001)
    assert rival.units == 2
    assert rival.unit_words == 8  # both texts have eight words


def test_losses_name_what_the_rival_does_better(
    cases: tuple[Case, ...], yardstick: Yardstick
) -> None:
    found = losses_of(contest(cases, yardstick))
    named = {loss.measure for loss in found}
    assert {"key facts", "memory to build", "memory to answer"} <= named
    assert "quote exactness" not in named  # Soleus said nothing that could be inexact
    order = [(bool(loss.unit), not loss.clear) for loss in found]
    assert order == sorted(order)


def test_losses_come_first_and_everybody_is_named(
    cases: tuple[Case, ...], yardstick: Yardstick
) -> None:
    lines = lines_of(contest(cases, yardstick))
    assert lines[0] == "Where Soleus is worse"
    assert any("BM25 only" in line for line in lines)
    assert any("not run: no <weights>" in line for line in lines)


def test_the_page_asks_for_nothing_and_escapes_what_it_is_given(
    cases: tuple[Case, ...], yardstick: Yardstick
) -> None:
    page = page_of(contest(cases, yardstick))
    assert "no &lt;weights&gt;" in page
    assert "http" not in page.replace('http-equiv="', "")
    assert "<script" not in page
    assert page.index("Where Soleus is worse") < page.index("Retrieval, dev half")


def test_what_is_kept_holds_neither_questions_nor_replies(
    cases: tuple[Case, ...], yardstick: Yardstick
) -> None:
    kept = repr(as_json(contest(cases, yardstick)))
    assert "nDCG@10" in kept
    assert "Heels down" not in kept
    assert cases[0].asked.text not in kept


def test_what_was_heard_is_the_same_after_its_file(cases: tuple[Case, ...], tmp_path: Path) -> None:
    said = heard(cases, answer(0.8, HOW_LONG), answer(0.3, UNITS[0]))
    write_heard(said, tmp_path / "heard.json")
    assert read_heard(tmp_path / "heard.json") == said
    assert questions_of(questions_json(said.questions)) == said.questions
    with pytest.raises(RivalError):
        read_heard(tmp_path / "none.json")


def test_a_question_that_was_not_asked_has_no_reply(cases: tuple[Case, ...]) -> None:
    replay = Replay("x", heard(cases, answer(0.8, HOW_LONG), answer(0.3, UNITS[0])))
    with pytest.raises(RivalError, match="was not asked"):
        replay.ask(Question("other"))


def test_the_judge_is_asked_once_for_the_same_words() -> None:
    calls: list[str] = []

    def counted(sentence: str, evidence: Sequence[str]) -> bool:
        calls.append(sentence)
        return sentence in evidence

    judge = remembered(counted)
    assert judge("a", ["b"]) is judge("a", ["b"])
    assert calls == ["a"]


def test_a_rival_whose_package_is_missing_says_what_to_install() -> None:
    known = entry_of("bm25")
    missing = Entry("X", "", "", known.build, known.open, package="no_such_package")
    assert "pip install" in missing.absent
    assert known.absent == ""
    with pytest.raises(RivalError, match="llamaindex"):
        entry_of("nobody")


def test_everybody_says_what_they_cannot_do() -> None:
    assert all(entry.cannot for entry in ROSTER.values())
    assert all(out.reason for out in LEFT_OUT)
    assert [name for name, entry in ROSTER.items() if entry.abstains] == ["soleus"]
