"""What the shelf does cover near a question it cannot answer: up to three questions to click."""

from collections.abc import Sequence

from assistant.reading.ask import THINGS, Ask
from assistant.reading.lexicon import Lexicon
from assistant.reading.stopwords import is_filler
from assistant.reading.words import words_in
from assistant.reply import NearbyTopic
from assistant.shelf import ShelfTopic
from index import Hit

MOST = 3


def nearest_topics(
    asks: Sequence[Ask], hits: Sequence[Hit], topics: Sequence[ShelfTopic], lexicon: Lexicon
) -> tuple[NearbyTopic, ...]:
    """Topics by shared things, sorts of things and words, then by the documents found first."""
    wanted = lexicon.kinds_of(name for ask in asks for name in ask.focus | ask.context)
    things = frozenset(name for ask in asks for name in ask.focus)
    sorts = {lexicon.category[name] for name in lexicon.of(things, THINGS)}
    stems = {word.stem for ask in asks for word in words_in(ask.query) if not is_filler(word.text)}
    order: dict[str, int] = {}
    for hit in hits:
        order.setdefault(hit.passage.span.document_id, len(order))

    def nearness(topic: ShelfTopic) -> tuple[float, int]:
        named = lexicon.kinds_of(lexicon.concepts_in(topic.question))
        akin = {lexicon.category[name] for name in named} & sorts
        shared = len(wanted & named) + 1.5 * len(akin)
        words = {w.stem for w in words_in(topic.question) if not is_filler(w.text)}
        return (-(shared + 0.5 * len(stems & words)), order.get(topic.document_id, len(order)))

    ranked = sorted(topics, key=nearness)
    return tuple(NearbyTopic(topic.name, topic.question) for topic in ranked[:MOST])
