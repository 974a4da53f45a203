"""What a sentence states that its evidence does not hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.judge.departures import Departure, departures, likest_window

CITED = (
    "Lower the heel over 8 seconds with the knee bent, to reach the soleus.",
    "Magnesium did not help the runners.",
)


def kinds(sentence: str) -> list[str]:
    return [departure.kind for departure in departures(sentence, CITED)]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Lower the heel over 8 minutes.", "duration"),
        ("Lower the heel 12 times.", "number"),
        ("Lower the toe over 8 seconds.", "body_part"),
        ("A bent knee reaches the gastrocnemius.", "muscle"),
        ("Quinine did not help the runners.", "drug"),
        ("Massage and lower the heel.", "remedy"),
        ("A doctor says to lower the heel.", "speaker"),
        ("Magnesium helped the runners.", "negation"),
        ("Keep the knee straight to reach the soleus.", "opposite"),
        ("Lower the heel to reach the soleus, always.", "certainty"),
    ],
)
def test_each_kind_is_named(sentence: str, kind: str) -> None:
    assert kinds(sentence) == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        *CITED,
        "Over eight seconds the heel goes down, knee bent, for the soleus.",
        "The runners had no help from magnesium.",
        "With bent knees you reach the soleus.",
    ],
)
def test_what_is_borne_out_has_none(sentence: str) -> None:
    assert kinds(sentence) == []


def test_a_departure_says_what_is_wrong() -> None:
    assert departures("Hold it for 8 minutes.", CITED) == (Departure("duration", "8 minute"),)


def test_without_evidence_everything_that_is_named_departs() -> None:
    assert [one.kind for one in departures("Take salt for 3 days.", ())] == ["duration", "drug"]


def test_the_window_is_the_pair_that_shares_most_without_idle_neighbours() -> None:
    sentences = ("Cats sleep.", "Bend the knee.", "Reach the soleus.", "Never mind.")
    assert likest_window("Bend the knee to reach the soleus.", sentences) == (
        "Bend the knee. Reach the soleus."
    )
    assert likest_window("Bend it.", sentences) == "Bend the knee."
    assert likest_window("Anything", ()) == ""


@given(st.text(), st.lists(st.text(), max_size=3))
def test_a_cited_sentence_departs_from_nothing(sentence: str, others: list[str]) -> None:
    assert departures(sentence, [*others, sentence]) == ()
