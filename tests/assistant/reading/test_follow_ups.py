"""A turn that leans on the one before it borrows its subject; a new topic borrows nothing."""

from dataclasses import dataclass

import pytest

from assistant.question import Question
from assistant.reading.asks import AskKind
from assistant.reading.reader import Reader

SOLEUS = "How do I stretch my soleus?"
CRAMP = "My calf cramped at mile 8, should I stretch it?"
OUTSIDE = "Why does the outside of my lower leg hurt after trail runs?"


@dataclass(frozen=True)
class Case:
    turns: tuple[str, ...]
    kind: AskKind
    focus: frozenset[str]
    """Concepts that must be asked about."""
    carried: tuple[str, ...]
    gone: frozenset[str] = frozenset()
    """Concepts that must not be asked about any more."""


def case(*turns: str, kind: AskKind, focus: str, carried: tuple[str, ...], gone: str = "") -> Case:
    return Case(turns, kind, frozenset(focus.split()), carried, frozenset(gone.split()))


LEANING = (
    case(SOLEUS, "and how long?", kind=AskKind.DURATION, focus="soleus stretch", carried=(SOLEUS,)),
    case(SOLEUS, "how often", kind=AskKind.FREQUENCY, focus="soleus stretch", carried=(SOLEUS,)),
    case(
        SOLEUS,
        "what about the other muscle?",
        kind=AskKind.METHOD,
        focus="gastrocnemius stretch",
        carried=(SOLEUS,),
        gone="soleus",
    ),
    case(
        "how do i stretch the gastroc",
        "and the other one?",
        kind=AskKind.METHOD,
        focus="soleus stretch",
        carried=("how do i stretch the gastroc",),
        gone="gastrocnemius",
    ),
    case(
        SOLEUS,
        "no, I meant the outside",
        kind=AskKind.METHOD,
        focus="outer_lower_leg stretch",
        carried=(SOLEUS,),
        gone="soleus",
    ),
    case(CRAMP, "why?", kind=AskKind.CAUSE, focus="calf cramp stretch", carried=(CRAMP,)),
    case(
        "Is a foam roller enough?",
        "what about a tennis ball?",
        kind=AskKind.WHETHER,
        focus="massage_ball",
        carried=("Is a foam roller enough?",),
        gone="foam_roller",
    ),
    case(
        "do bananas work",
        "and salt?",
        kind=AskKind.WHETHER,
        focus="salt",
        carried=("do bananas work",),
        gone="potassium",
    ),
    case(
        SOLEUS,
        "and how long?",
        "and how often?",
        kind=AskKind.FREQUENCY,
        focus="soleus stretch",
        carried=(SOLEUS, "and how long?"),
    ),
    case(
        SOLEUS,
        "AND HOW LONG??? 🙏",
        kind=AskKind.DURATION,
        focus="soleus stretch",
        carried=(SOLEUS,),
    ),
    case(
        "do compression socks help",
        "how long should i wear them",
        kind=AskKind.DURATION,
        focus="compression",
        carried=("do compression socks help",),
    ),
)


@pytest.mark.parametrize("told", LEANING, ids=lambda told: " > ".join(told.turns))
def test_a_follow_up_borrows_what_it_leaves_out(reader: Reader, told: Case) -> None:
    reading = reader.read(Question(told.turns[-1], told.turns[:-1]))
    asked = reading.asks[0]
    assert asked.kind is told.kind
    assert told.focus <= asked.focus
    assert not told.gone & asked.focus
    assert reading.carried == told.carried


@pytest.mark.parametrize(
    ("earlier", "turn"),
    [
        (SOLEUS, OUTSIDE),
        (SOLEUS, "Do compression socks help with a marathon?"),
        (SOLEUS, "different thing - is cramp 911 legit"),
        (CRAMP, "My knee hurts going downstairs"),
        (CRAMP, "how much magnesium should I take"),
        (OUTSIDE, "Can weak glutes cause calf pain?"),
        ("do bananas help", "treatment for plantar fasciitis"),
        (SOLEUS, "what is the capital of France"),
        (SOLEUS, "another question: are high heels bad for my calves?"),
    ],
)
def test_a_change_of_topic_carries_nothing(reader: Reader, earlier: str, turn: str) -> None:
    reading = reader.read(Question(turn, (earlier,)))
    alone = reader.read(Question(turn))
    assert reading.carried == ()
    assert reading == alone


def test_a_subject_left_behind_does_not_come_back(reader: Reader) -> None:
    reading = reader.read(Question("and how long?", (SOLEUS, "does a cold soak help?")))
    assert "cold_soak" in reading.asks[0].focus
    assert "soleus" not in reading.asks[0].focus
    assert SOLEUS not in reading.carried


def test_what_the_search_is_given_names_the_borrowed_subject(reader: Reader) -> None:
    reading = reader.read(Question("and how long?", (SOLEUS,)))
    assert "soleus" in reading.asks[0].query
    assert "how long" in reading.asks[0].query


def test_thanks_in_between_does_not_break_the_thread(reader: Reader) -> None:
    reading = reader.read(Question("and how long?", (SOLEUS, "thanks!")))
    assert {"soleus", "stretch"} <= reading.asks[0].focus


@pytest.mark.parametrize("nothing", ["", "???", "😀"])
def test_a_turn_without_words_has_nothing_to_lend(reader: Reader, nothing: str) -> None:
    reading = reader.read(Question("how long?", (nothing,)))
    assert reading.asks[0].focus == frozenset()
