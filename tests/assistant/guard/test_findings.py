"""Findings: what was said, of which body part, and said how."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.guard.findings import Finding, find
from assistant.guard.lexicon import GuardLexicon

PLACED = [
    ("before it", "my calf is swollen", "swelling", "calf"),
    ("after it", "swollen calf today", "swelling", "calf"),
    ("in the phrase", "i cant feel my foot", "numb", "foot"),
    ("two of them", "my calves are sore", "pain", "calves"),
    ("both named", "both calves ache", "pain", "calves"),
    ("one of two", "one of my calves aches", "pain", "calf"),
    ("the nearest behind", "my calf is tight and my foot is numb", "numb", "foot"),
    ("each its own", "my calf is tight and my foot is numb", "pain", "calf"),
    ("a sentence before", "left calf. it is really swollen and i wonder why", "swelling", "calf"),
    ("a short remark first", "swollen. my calf i mean", "swelling", "calf"),
    ("the turn before", ("what about my calf", "it is swollen now"), "swelling", "calf"),
    ("the turn after", ("it is really swollen since sunday", "my calf"), "swelling", "calf"),
    ("misspelt", "my claf is sweling", "swelling", "calf"),
    ("by its own name", "soleus is sore", "pain", "calf"),
    ("behind the knee", "pain behind my knee", "pain", "behind_knee"),
    ("back of the leg", "the back of my lower leg throbs", "pain", "calf"),
    ("a chest", "my chest hurts", "pain", "chest"),
    ("none named", "it is swollen", "swelling", None),
    ("no part belongs to it", "my calf is sore and i fainted", "collapsed", None),
]  # fmt: skip


def found(text: str | tuple[str, ...], concept: str, words: GuardLexicon) -> list[Finding]:
    turns = (text,) if isinstance(text, str) else text
    return [each for each in find(turns, words) if each.concept == concept]


@pytest.mark.parametrize(
    ("text", "concept", "part"), [pytest.param(*each[1:], id=each[0]) for each in PLACED]
)
def test_a_sign_belongs_to_the_body_part_it_is_said_of(
    words: GuardLexicon, text: str | tuple[str, ...], concept: str, part: str | None
) -> None:
    parts = [each.part for each in found(text, concept, words)]
    assert parts
    assert set(parts) == {part}


def test_findings_stand_in_order_and_name_their_words(words: GuardLexicon) -> None:
    read = find(("my calf is swollen. i fainted", "my foot is numb"), words)
    assert [each.sentence for each in read] == sorted(each.sentence for each in read)
    assert {(each.concept, each.turn) for each in read} >= {
        ("swelling", 0),
        ("collapsed", 0),
        ("numb", 1),
    }
    assert all(len(each.words.split()) == each.end - each.start for each in read)


def test_nothing_is_found_in_nothing(words: GuardLexicon) -> None:
    assert find((), words) == ()
    assert find(("", "  ", "?!"), words) == ()


@pytest.mark.parametrize(
    "text",
    ["swollen? no.", "is it swollen? nope", "any swelling? none", "swollen? not at all.",
     "Swollen? No. Red? No. Hot? No."],
)  # fmt: skip
def test_a_question_answered_no_is_denied(words: GuardLexicon, text: str) -> None:
    assert all(each.denied for each in found(text, "swelling", words))
    assert found(text, "swelling", words)


@pytest.mark.parametrize(
    "text",
    [
        "is it swollen? no one can tell me",
        "swollen? yes.",
        "it is swollen. no pain",
        "swollen? no idea",
    ],
)
def test_another_answer_denies_nothing(words: GuardLexicon, text: str) -> None:
    assert [each.denied for each in found(text, "swelling", words)] == [False]


def test_an_answer_does_not_reach_into_another_turn(words: GuardLexicon) -> None:
    """The reader's "no" in the next turn may answer anything."""
    assert [each.denied for each in found(("is it swollen?", "no"), "swelling", words)] == [False]


@pytest.mark.parametrize("after", ["all gone by lunch", "its fine now", "gone now"])
def test_a_sentence_after_may_say_that_it_is_over(words: GuardLexicon, after: str) -> None:
    assert [e.gone for e in found(f"my calf was swollen. {after}", "swelling", words)] == [True]


@pytest.mark.parametrize("after", ["it hasnt gone", "the other leg is fine", "my foot is numb now"])
def test_a_sentence_after_may_say_something_else(words: GuardLexicon, after: str) -> None:
    assert [e.gone for e in found(f"my calf is swollen. {after}", "swelling", words)] == [False]


@settings(max_examples=60)
@given(st.lists(st.text(max_size=60), max_size=3))
def test_any_conversation_is_read_the_same_twice(words: GuardLexicon, turns: list[str]) -> None:
    assert find(tuple(turns), words) == find(tuple(turns), words)


SIGN = st.sampled_from(
    ["my calf is swollen", "no swelling", "i fainted", "cant feel my foot", "what if it goes numb",
     "my mum had a clot", "was sore last year", "all gone now", "red? no.", "hot to touch"]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(SIGN, min_size=1, max_size=6), st.sampled_from([". ", "\n", "? ", ", ", " and "]))
def test_every_finding_lies_within_its_sentence(
    words: GuardLexicon, pieces: list[str], between: str
) -> None:
    for each in find((between.join(pieces),), words):
        assert each.turn == 0
        assert 0 <= each.start < each.end
        assert each.concept in words.concepts


@settings(max_examples=60)
@given(st.lists(SIGN, min_size=1, max_size=4))
def test_a_later_turn_takes_no_finding_away(words: GuardLexicon, turns: list[str]) -> None:
    def said(of: tuple[str, ...]) -> list[tuple[str, int, int, int]]:
        return [(f.concept, f.sentence, f.start, f.end) for f in find(of, words) if f.turn == 0]

    assert said(tuple(turns)) == said(tuple(turns[:1]))
