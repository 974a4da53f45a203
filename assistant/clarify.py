"""Choices for a question that names nothing: whole questions the shelf really answers."""

from collections.abc import Sequence

from assistant.reading.ask import Reading
from assistant.reading.asks import kind_of
from assistant.reply import NearbyTopic
from assistant.shelf import ShelfTopic

MOST = 4


def choices_for(reading: Reading, topics: Sequence[ShelfTopic]) -> tuple[NearbyTopic, ...]:
    """Topics whose question is of the kind asked; filled up with one topic of each document."""
    kinds = {ask.kind for ask in reading.asks}
    same = [topic for topic in topics if kind_of(topic.question) in kinds]
    firsts = {topic.document_id: topic for topic in reversed(topics)}
    chosen = list(dict.fromkeys([*same, *reversed(firsts.values())]))[:MOST]
    return tuple(NearbyTopic(topic.name, topic.question) for topic in chosen)
