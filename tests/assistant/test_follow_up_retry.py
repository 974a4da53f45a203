"""A follow-up that says too little, and what it may borrow from the turns before it."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.admit import AdmitSettings
from assistant.bearing import Bearing
from assistant.guard.guard import Guard
from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.reading.ask import Reading
from assistant.reading.lexicon import Lexicon
from assistant.reading.reader import Reader
from assistant.reading.spelling import Speller
from assistant.release import Topics
from assistant.reply import Abstention, Answer, ItemKind, Reply
from assistant.select import SelectSettings
from assistant.shelf import Shelf, ShelfTopic
from assistant.texts import HeldTexts
from assistant.weights import Weights
from corpus.products import ProductMention
from index import Hit, Passage, Scope, SentenceHit
from tests.assistant.made import FakeSearcher, passage

SALT = passage("Salt against calf cramp is worth a try.", document="salt", speaker="reply 2")
TOPICS = (ShelfTopic("salt", "Salt", "Does salt help against cramp?"),)
VAGUE = "my friend wonders whether Tuesdays are better"
"""Leans on nothing before it as far as the reader can tell."""


@dataclass
class NearWith(FakeSearcher):
    """For this shelf only when what is searched holds a word."""

    word: str = "salt"

    def scope(self, vectors: NDArray[np.float32]) -> Scope:
        near = self.word in self.asked[-1]
        return Scope(0.9, 0.5, 0.5, 0.1) if near else Scope(0.1, 0.1, 0.1, 0.9)


def told(source: Passage) -> Hit:
    """The passage as it is found for what people are known to ask to be told it."""
    known = tuple(replace(each, asked=("what helps?",)) for each in source.sentences)
    like = tuple(SentenceHit(each, 0.6, 3.0, 0.9, 0.8, 20.0) for each in known)
    return Hit(replace(source, sentences=known), 1, 0.02, 0.6, 3.0, like)


class Carrying(Reader):
    """A reader to whom every turn leans on those before it."""

    def __init__(self, reader: Reader, earlier: tuple[str, ...]) -> None:
        """Reads as `reader` does, then carries `earlier`."""
        self._inner, self._earlier = reader, earlier

    def read(self, question: Question) -> Reading:
        return replace(self._inner.read(Question(question.text)), carried=self._earlier)


@pytest.fixture
def searcher() -> NearWith:
    return NearWith((told(SALT),))


@pytest.fixture
def assistant(lexicon: Lexicon, searcher: NearWith, guard: Guard, topics: Topics) -> Assistant:
    known = searcher.hits[0].passage
    return Assistant(
        reader=Reader(lexicon, Speller(lexicon.words)),
        searcher=searcher,
        bearing=Bearing((known,), lexicon, Weights()),
        shelf=Shelf(HeldTexts((known,)), TOPICS, (), ()),
        lexicon=lexicon,
        admit_settings=AdmitSettings(),
        select_settings=SelectSettings(),
        top_k=5,
        guard=guard,
        topics=topics,
    )


def ask(assistant: Assistant, text: str, *earlier: str) -> Reply:
    return assistant.ask(Question(text, earlier))


def test_a_follow_up_that_says_too_little_is_tried_with_the_turn_before(
    assistant: Assistant,
) -> None:
    assert isinstance(ask(assistant, VAGUE), Abstention)
    reply = ask(assistant, VAGUE, "who won the race?", "about salt and cramp")
    assert isinstance(reply, Answer)
    assert reply.why.carried == ("about salt and cramp",)


def test_only_the_turn_right_before_is_tried(assistant: Assistant) -> None:
    reply = ask(assistant, VAGUE, "about salt and cramp", "who won the race?")
    assert isinstance(reply, Abstention)
    assert reply.why.carried == ()


def test_a_follow_up_that_can_be_answered_alone_is(
    assistant: Assistant, searcher: NearWith
) -> None:
    reply = ask(assistant, "does salt help against a calf cramp?", "I wore pickles on Tuesday")
    assert isinstance(reply, Answer)
    assert reply.why.carried == ()
    assert not any("pickles" in query for query in searcher.asked)


def test_what_already_leans_on_a_turn_is_not_tried_again(
    assistant: Assistant, searcher: NearWith
) -> None:
    searcher.word = "a word nobody types"
    reply = ask(assistant, "and how often?", "should I take salt?")
    assert isinstance(reply, Abstention)
    assert reply.why.carried == ("should I take salt?",)
    assert len(searcher.asked) == 2  # the ask and the message, once


@pytest.mark.parametrize(
    ("earlier", "shown"), [(("what is Gizmo Plus?",), True), (("does salt help?",), False)]
)
def test_a_product_named_in_the_turn_a_follow_up_leans_on_may_be_spoken_of(
    assistant: Assistant, earlier: tuple[str, ...], shown: bool
) -> None:
    plug = ProductMention("Gizmo", ("gizmo plus",), "A poster.", True, (SALT.sentences[0].span,))
    plugged = replace(assistant, shelf=Shelf(assistant.shelf.texts, TOPICS, (), (plug,)))
    reader = Carrying(assistant.reader, earlier)
    reply = ask(replace(plugged, reader=reader), "does salt help?", *earlier)
    kinds = [item.kind for item in reply.items] if isinstance(reply, Answer) else []
    assert kinds == ([ItemKind.PRODUCT] if shown else [])
