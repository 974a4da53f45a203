"""A turn is read alone: what is asked, about what, whatever is wrapped around it."""

from collections.abc import Set

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.question import Question
from assistant.reading.ask import Reading
from assistant.reading.asks import AskKind
from assistant.reading.reader import Reader

CRAMP = "calf cramped at mile 8, should i stretch it straight away??"
RAMBLE = """\
I have been getting into the habit of running before work, and my sister says I am mad.

The weather in Leeds has been dreadful and the dog hates puddles as much as my boss hates Mondays.

{question}

Anyway the cake at the wedding was lovely, three tiers of it, and everybody danced until late."""

PLAIN = (
    CRAMP,
    "How do I stretch my soleus?",
    "do bananas help",
    "is a foam roller enough?",
    "Heat or ice after a calf cramp?",
    "why does the outside of my lower leg hurt after trail runs",
)


def read(reader: Reader, *turns: str) -> Reading:
    return reader.read(Question(turns[-1], turns[:-1]))


def gist(reading: Reading) -> list[tuple[AskKind, Set[str]]]:
    """What each thing asked is about, without its wording."""
    return [(ask.kind, ask.focus) for ask in reading.asks]


@pytest.mark.parametrize(
    ("message", "kind", "focus"),
    [
        (CRAMP, AskKind.WHETHER, {"calf", "cramp", "stretch"}),
        ("How do I stretch my soleus?", AskKind.METHOD, {"soleus", "stretch"}),
        ("how much magnesium should I take", AskKind.AMOUNT, {"magnesium"}),
        ("My knee hurts going downstairs", AskKind.OPEN, {"knee", "pain", "stairs"}),
        ("treatment for plantar fasciitis", AskKind.FIX, {"plantar_fasciitis"}),
        ("is it ok to hang my heels off a kerb", AskKind.WHETHER, {"heel_drop"}),
        ("Potassium", AskKind.OPEN, {"potassium"}),
        ("My calf is cramping. Any tips?", AskKind.FIX, {"calf", "cramp"}),
        ("Do flip flops cause tight calves?", AskKind.CAUSE, {"flip_flops", "tightness", "calf"}),
        ("is a curb strech ok", AskKind.WHETHER, {"heel_drop"}),
    ],
)
def test_a_question_is_read_for_its_kind_and_what_it_is_about(
    reader: Reader, message: str, kind: AskKind, focus: set[str]
) -> None:
    assert gist(read(reader, message)) == [(kind, focus)]


def test_two_questions_are_two_asks_and_it_is_what_was_named_before(reader: Reader) -> None:
    reading = read(reader, "how do i stretch my soleus and how long do i hold it?")
    assert gist(reading) == [
        (AskKind.METHOD, {"soleus", "stretch"}),
        (AskKind.DURATION, {"soleus", "stretch"}),
    ]


def test_the_subject_may_stand_in_the_sentence_before_the_question(reader: Reader) -> None:
    reading = read(reader, "My calf cramped at mile 8. Should I stretch it?")
    assert gist(reading) == [(AskKind.WHETHER, {"calf", "cramp", "stretch"})]


@pytest.mark.parametrize("question", [CRAMP, "My calf cramped. Should I stretch it?"])
def test_paragraphs_about_something_else_do_not_become_the_focus(
    reader: Reader, question: str
) -> None:
    reading = read(reader, RAMBLE.format(question=question))
    assert gist(reading) == [(AskKind.WHETHER, {"calf", "cramp", "stretch"})]
    assert "cake" not in reading.asks[0].query
    assert "puddles" not in reading.asks[0].query


@pytest.mark.parametrize("message", PLAIN)
def test_shouting_changes_nothing(reader: Reader, message: str) -> None:
    assert gist(read(reader, message.upper())) == gist(read(reader, message))


@settings(max_examples=30)
@given(message=st.sampled_from(PLAIN), emoji=st.text("😭🏃🦵😀🙏", min_size=1, max_size=5))
def test_emoji_change_nothing(reader: Reader, message: str, emoji: str) -> None:
    wrapped = f"{emoji} {message} {emoji}"
    assert gist(read(reader, wrapped)) == gist(read(reader, message))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how much magneisum should i take", "how much magnesium should i take"),
        ("how do i strech my soleus?", "how do i stretch my soleus?"),
        ("shud i stretch my calfs", "shud i stretch my calves"),
    ],
)
def test_misspelt_and_well_spelt_are_read_alike(reader: Reader, typed: str, meant: str) -> None:
    assert gist(read(reader, typed)) == gist(read(reader, meant))


@pytest.mark.parametrize("message", ["how long?", "why", "help", "how often??", "is it ok?"])
def test_a_bare_question_is_subjectless(reader: Reader, message: str) -> None:
    assert read(reader, message).subjectless


@pytest.mark.parametrize("message", ["Potassium", "how long does a cramp last?", "carbonara"])
def test_one_word_that_names_something_is_a_subject(reader: Reader, message: str) -> None:
    assert not read(reader, message).subjectless


@pytest.mark.parametrize("message", ["", "   ", "???", "😀😀", "\u200b", "--- ... !!!"])
def test_a_message_without_words_names_nothing(reader: Reader, message: str) -> None:
    reading = read(reader, message)
    assert reading.carried == ()
    assert all(not ask.focus and not ask.terms for ask in reading.asks)


@settings(max_examples=60)
@given(message=st.text(max_size=5000))
def test_nothing_a_reader_can_type_is_refused(reader: Reader, message: str) -> None:
    reading = read(reader, message)
    assert reading.carried == ()
    assert all(ask.kind in AskKind for ask in reading.asks)


@settings(max_examples=60)
@given(
    turns=st.lists(
        st.one_of(
            st.sampled_from((*PLAIN, "and how long?", "why?", "thanks")), st.text(max_size=80)
        ),
        min_size=1,
        max_size=4,
    )
)
def test_no_conversation_is_refused_and_carried_turns_were_said(
    reader: Reader, turns: list[str]
) -> None:
    reading = read(reader, *turns)
    assert len(reading.carried) < len(turns)


def test_a_long_paste_is_searched_for_by_a_short_query(reader: Reader) -> None:
    paste = ("My calf cramped again and I am fed up with it. " * 120)[:5000]
    reading = read(reader, paste)
    assert reading.asks
    assert all(len(ask.query.split()) <= 50 for ask in reading.asks)


def test_a_long_paste_keeps_its_one_question(reader: Reader) -> None:
    paste = "We went shopping and saw a film. " * 75
    reading = read(reader, f"{paste}How do I stretch my soleus? {paste}")
    assert gist(reading) == [(AskKind.METHOD, {"soleus", "stretch"})]
