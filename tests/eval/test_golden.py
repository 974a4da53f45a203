"""A golden question is read whole or refused, and a reply is judged by what it quotes."""

import json
from pathlib import Path

import pytest

from assistant.question import Question
from assistant.reply import (
    Abstention,
    AbstentionReason,
    Answer,
    AnswerItem,
    AnswerSentence,
    Citation,
    Clarification,
    Escalation,
    ItemKind,
    Level,
    NearbyTopic,
    Reply,
)
from assistant.why import Why
from corpus import Span
from eval.golden import (
    BEHAVIOURS,
    DEV,
    Behaviour,
    Golden,
    GoldenError,
    citations_of,
    fault,
    forbidden,
    path_of,
    points_made,
    quoted,
    read_golden,
)
from tests.assistant.made import alert, passage

WHY = Why("", (), "")
SOURCE = passage("Hold it for a minute.", "Rest at night.")
FIRST, SECOND = (sentence.span for sentence in SOURCE.sentences)
CLAIMS = {"1-01": (FIRST,), "1-02": (SECOND,), "1-03": (Span("another-text", 0, 9),)}
TOPICS = (NearbyTopic("Calves", "What helps?"), NearbyTopic("Shins", "What hurts?"))


def answer(*spans: Span, uncovered: tuple[str, ...] = ()) -> Answer:
    """An answer that quotes these words of the passage."""
    cited = [Citation(n, SOURCE, span) for n, span in enumerate(spans, 1)]
    sentences = tuple(AnswerSentence(one.quote, (one,)) for one in cited)
    return Answer((AnswerItem(ItemKind.STATEMENT, "It says:", sentences),), WHY, uncovered)


def abstention(reason: AbstentionReason = AbstentionReason.NOT_COVERED) -> Abstention:
    return Abstention(reason, "No.", (), "", WHY)


def golden(behaviour: Behaviour, *points: str, uncovered: tuple[str, ...] = ()) -> Golden:
    """A golden question whose points are given as claim ids, "1-01 1-02" for either."""
    alternatives = tuple(tuple(point.split()) for point in points)
    return Golden("x-1", Question("?"), behaviour, alternatives, uncovered, (), frozenset())


RIGHT: list[tuple[Golden, Reply]] = [
    (golden("answer", "1-01", "1-02"), answer(FIRST)),
    (golden("answer", "1-03 1-01"), answer(SECOND, FIRST)),
    (golden("both_sides", "1-01", "1-02", "1-03"), answer(FIRST, SECOND)),
    (golden("partial", "1-03", "1-01", uncovered=("DOSE",)), answer(FIRST, uncovered=("a dose",))),
    (golden("clarify"), Clarification("Which?", TOPICS, WHY)),
    (golden("abstain"), abstention()),
    (golden("abstain"), abstention(AbstentionReason.INSTRUCTION)),
    (golden("small_talk"), abstention(AbstentionReason.SMALL_TALK)),
]
WRONG: list[tuple[Golden, Reply]] = [
    (golden("answer", "1-01", "1-02"), answer(SECOND)),  # the first point is the answer
    (golden("answer", "1-01"), abstention()),
    (golden("answer"), answer(FIRST)),
    (golden("both_sides", "1-01", "1-02"), answer(FIRST)),
    (golden("partial", "1-01"), answer(FIRST)),  # does not say that anything is missing
    (golden("partial", "1-01", uncovered=("dose",)), answer(FIRST, uncovered=("price",))),
    (golden("partial", "1-01"), answer(SECOND, uncovered=("dose",))),
    (golden("clarify"), Clarification("Which?", TOPICS[:1], WHY)),
    (golden("clarify"), answer(FIRST)),
    (golden("abstain"), answer(FIRST)),
    (golden("abstain"), abstention(AbstentionReason.UNAVAILABLE)),
    (golden("abstain"), abstention(AbstentionReason.WAIT)),
    (golden("abstain"), Escalation(alert(Level.EMERGENCY))),
    (golden("small_talk"), abstention()),
]


@pytest.mark.parametrize(("asked", "reply"), RIGHT)
def test_a_right_reply_has_no_fault(asked: Golden, reply: Reply) -> None:
    assert fault(asked, reply, CLAIMS) == ""


@pytest.mark.parametrize(("asked", "reply"), WRONG)
def test_a_wrong_reply_is_named_with_what_was_wanted(asked: Golden, reply: Reply) -> None:
    found = fault(asked, reply, CLAIMS)
    assert found.startswith(f"x-1 wants {asked.behaviour}")
    assert type(reply).__name__ in found


def test_every_behaviour_is_judged_right_and_wrong() -> None:
    for cases in (RIGHT, WRONG):
        assert {asked.behaviour for asked, _ in cases} == set(BEHAVIOURS)


def test_a_point_is_made_by_any_overlap_with_any_of_its_claims() -> None:
    part = Span(FIRST.document_id, FIRST.start + 3, FIRST.start + 6)
    asked = golden("answer", "1-03 1-01", "1-02")
    assert points_made(asked, answer(part), CLAIMS) == (True, False)
    assert points_made(asked, abstention(), CLAIMS) == (False, False)


def test_only_what_is_quoted_can_be_forbidden() -> None:
    asked = Golden("x", Question("?"), "answer", (), (), ("AT NIGHT", "dose"), frozenset())
    assert forbidden(asked, answer(FIRST)) == ()
    assert forbidden(asked, answer(FIRST, SECOND)) == ("AT NIGHT",)
    assert forbidden(asked, answer(FIRST, uncovered=("dose",))) == ()
    assert forbidden(asked, abstention()) == ()


def test_only_an_answer_quotes() -> None:
    assert quoted(answer(SECOND, FIRST)) == "Rest at night.\nHold it for a minute."
    assert [c.span for c in citations_of(answer(SECOND, FIRST))] == [SECOND, FIRST]
    assert (quoted(abstention()), citations_of(abstention())) == ("", ())


ROW = {
    "id": "x-1",
    "question": "secret words?",
    "earlier": ["before"],
    "behaviour": "partial",
    "sources": ["000"],
    "claims": [["1-01", "1-02"], ["1-03"]],
    "uncovered_words": ["dose"],
    "must_not_say": ["\\bmg\\b"],
    "tags": ["typo"],
    "note": "why",
}


def written(folder: Path, *lines: str) -> Path:
    path = folder / "some.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_line_is_read_field_by_field(tmp_path: Path) -> None:
    path = written(tmp_path, "", json.dumps(ROW), "")
    [read] = read_golden(path)
    assert read == Golden(
        "x-1",
        Question("secret words?", ("before",)),
        "partial",
        (("1-01", "1-02"), ("1-03",)),
        ("dose",),
        ("\\bmg\\b",),
        frozenset({"typo"}),
    )


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (json.dumps(ROW)[:-9], "no JSON object"),
        ('["secret words?"]', "no JSON object"),
        (json.dumps({**ROW, "behaviour": "sing"}), "behaviour"),
        (json.dumps({**ROW, "must_not_say": ["(secret words"]}), "must_not_say"),
        (json.dumps({k: v for k, v in ROW.items() if k != "claims"}), "claims"),
    ],
)
def test_a_broken_line_is_named_by_its_number_and_never_quoted(
    tmp_path: Path, line: str, named: str
) -> None:
    path = written(tmp_path, json.dumps(ROW), line)
    with pytest.raises(GoldenError, match=r"some\.jsonl, line 2 ") as caught:
        read_golden(path)
    assert named in str(caught.value)
    assert "secret" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_missing_file_and_an_empty_one_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(GoldenError, match="cannot be read"):
        read_golden(tmp_path / "gone.jsonl")
    with pytest.raises(GoldenError, match="holds no question"):
        read_golden(written(tmp_path, " "))


@pytest.mark.parametrize("name", DEV)
def test_the_files_that_may_be_looked_at_are_where_they_are_looked_for(name: str) -> None:
    read = read_golden(path_of(name))
    assert len({one.id for one in read}) == len(read) >= 100
