"""A message is cut into clauses, and each asking one is told by what it asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.asks import AskKind, clauses_in, kind_of

KINDS = {
    AskKind.DURATION: ["how long do I hold it?", "for how many minutes"],
    AskKind.FREQUENCY: ["how often should I stretch", "how many times a day"],
    AskKind.COUNT: ["how many reps", "how many sets of clams?"],
    AskKind.AMOUNT: ["how much magnesium should I take", "what dose of salt", "how many bananas"],
    AskKind.PRICE: ["how much does it cost", "is it cheap"],
    AskKind.PLACE: ["where can I buy one", "any good brands"],
    AskKind.WHEN: ["when can I run again", "how soon after?", "stretch before or after a run?"],
    AskKind.CAUSE: ["why do my calves cramp", "what causes it", "how come it cramps"],
    AskKind.FIX: ["how do I get rid of a knot", "treatment for shin splints", "any tips?"],
    AskKind.METHOD: ["how do I stretch the soleus", "show me the stretch", "best way to roll"],
    AskKind.WHO: ["who should I see"],
    AskKind.WHICH: ["which stretch", "what muscle is it"],
    AskKind.DEFINITION: ["what is the soleus?", "what does gastroc mean"],
    AskKind.WHETHER: ["should I stretch it", "is it ok to run", "do bananas work?"],
    AskKind.OPEN: ["potassium", "calf cramp at mile 8", ""],
}


@pytest.mark.parametrize(
    ("clause", "kind"), [(clause, kind) for kind, asked in KINDS.items() for clause in asked]
)
def test_the_kind_of_answer_wanted_is_read_from_the_question_words(
    clause: str, kind: AskKind
) -> None:
    assert kind_of(clause) is kind
    assert kind_of(clause.upper()) is kind


@pytest.mark.parametrize(
    ("message", "clauses"),
    [
        ("My calf cramped. Should I stretch it?", ["My calf cramped.", "Should I stretch it?"]),
        ("why does it hurt and how long?", ["why does it hurt", "how long?"]),
        ("Is ice ok? What about heat?", ["Is ice ok?", "What about heat?"]),
        ("cramped... what now", ["cramped", "what now"]),
        ("one line\nanother line", ["one line", "another line"]),
        ("heat and ice", ["heat and ice"]),
        ("???", []),
        ("😀 😀", []),
        ("", []),
    ],
)
def test_a_message_is_cut_where_a_new_thought_begins(message: str, clauses: list[str]) -> None:
    assert [clause.text for clause in clauses_in(message)] == clauses


@pytest.mark.parametrize(
    "message",
    [
        "should I stretch it",
        "anyone tried salt tablets",
        "wondering if bananas help",
        "any advice on calf cramps",
        "do compression socks work",
        "tell me about clams",
        "cramp again?",
        "and how do i roll it",
    ],
)
def test_questions_are_known_without_their_mark(message: str) -> None:
    assert [clause.asks for clause in clauses_in(message)] == [True]


@pytest.mark.parametrize(
    "message", ["My calf cramped at mile 8", "I ran a half marathon in the rain", "potassium"]
)
def test_statements_are_not_taken_for_questions(message: str) -> None:
    assert not any(clause.asks for clause in clauses_in(message))


@given(st.text(max_size=400))
def test_every_clause_is_as_typed_and_holds_a_letter_or_a_digit(message: str) -> None:
    for clause in clauses_in(message):
        assert clause.text in message
        assert any(char.isalnum() for char in clause.text)


@given(st.text(max_size=200))
def test_clauses_keep_every_letter_but_those_of_joining_words(message: str) -> None:
    kept = sum(char.isalnum() for clause in clauses_in(message) for char in clause.text)
    assert kept <= sum(char.isalnum() for char in message)
