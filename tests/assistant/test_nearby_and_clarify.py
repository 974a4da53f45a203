"""What can be clicked when there is no answer: topics near by, and ways to read the question."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.clarify import MOST as MOST_CHOICES
from assistant.clarify import choices_for
from assistant.nearby import MOST as MOST_TOPICS
from assistant.nearby import nearest_topics
from assistant.reading.ask import Reading
from assistant.reading.asks import AskKind
from assistant.reading.lexicon import Lexicon
from assistant.shelf import ShelfTopic
from tests.assistant.made import ask, hit, passage

TOPICS = (
    ShelfTopic("a", "Salt", "Does salt help against cramp?"),
    ShelfTopic("a", "Stretching", "How do I stretch my soleus?"),
    ShelfTopic("b", "Shoes", "Are high heels bad for my calves?"),
    ShelfTopic("b", "Length", "How long do I hold a stretch?"),
    ShelfTopic("c", "Rolling", "Is a foam roller enough?"),
)
QUESTIONS = {topic.question for topic in TOPICS}


def test_topics_that_share_the_thing_asked_about_come_first(lexicon: Lexicon) -> None:
    near = nearest_topics([ask("is salt dangerous", focus=["salt"])], (), TOPICS, lexicon)
    assert near[0].name == "Salt"
    near = nearest_topics([ask("roller brands", focus=["foam_roller"])], (), TOPICS, lexicon)
    assert near[0].name == "Rolling"


def test_else_the_documents_found_first_decide(lexicon: Lexicon) -> None:
    hits = [hit(passage("Hm.", document=name), rank) for rank, name in enumerate("cba", 1)]
    near = nearest_topics([ask("zebra")], hits, TOPICS, lexicon)
    assert [topic.name for topic in near] == ["Rolling", "Shoes", "Length"]


@given(
    focus=st.lists(st.sampled_from(["salt", "cramp", "calf", "knee", "stretch"]), max_size=3),
    query=st.text(max_size=40),
)
def test_at_most_three_different_topics_of_the_shelf_are_offered(
    lexicon: Lexicon, focus: list[str], query: str
) -> None:
    near = nearest_topics([ask(query, focus=focus)], (), TOPICS, lexicon)
    assert len(near) == len(set(near)) == MOST_TOPICS == 3
    assert {topic.question for topic in near} <= QUESTIONS


def test_a_shelf_without_topics_offers_none(lexicon: Lexicon) -> None:
    assert nearest_topics([ask()], (), (), lexicon) == ()


def reading(*kinds: AskKind) -> Reading:
    return Reading("", tuple(ask(kind=kind) for kind in kinds), ())


def test_choices_of_the_kind_asked_come_first_then_each_document_has_its_turn() -> None:
    choices = choices_for(reading(AskKind.DURATION), TOPICS)
    assert [choice.name for choice in choices] == ["Length", "Salt", "Shoes", "Rolling"]


@given(st.lists(st.sampled_from(AskKind), max_size=3))
def test_choices_are_few_different_and_whole_questions(kinds: list[AskKind]) -> None:
    choices = choices_for(reading(*kinds), TOPICS)
    assert 2 <= len(choices) <= MOST_CHOICES
    assert len(set(choices)) == len(choices)
    assert {choice.question for choice in choices} <= QUESTIONS
