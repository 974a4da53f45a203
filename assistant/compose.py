"""The quoting composer: points become items, each introduced in fixed words, each sentence cited.

Nothing is said here that is not quoted from the shelf or one of the fixed connectives below.
"""

from collections.abc import Iterable, Sequence

from assistant.reply import AnswerItem, AnswerSentence, Citation, ItemKind
from assistant.select import Point
from assistant.shelf import Place
from corpus import DocumentKind, Wording
from index import Passage


def quote(points: Sequence[Point]) -> tuple[AnswerItem, ...]:
    """Items for the points, in order; neighbouring statements of one speaker share an item.

    Citation markers count up from 1 over the whole answer.
    """
    items: list[AnswerItem] = []
    marker = 0
    for batch in _batches(points):
        sentences: list[AnswerSentence] = []
        for place in batch.places:
            marker += 1
            citation = Citation(marker, place.passage, place.sentence.span)
            sentences.append(AnswerSentence(place.sentence.text, (citation,)))
        items.append(AnswerItem(batch.kind, _attribution(batch), tuple(sentences), batch.group))
    return tuple(items)


def speaker_of(passage: Passage) -> str:
    """Who speaks in a passage, in plain words: "one article", "a forum poster (reply 4)"."""
    if passage.kind is DocumentKind.ARTICLE:
        return "An article"
    if passage.speaker.startswith("original poster"):
        return "The runner who started a forum thread"
    return f"A forum poster ({passage.speaker})"


def _attribution(point: Point) -> str:
    passage = point.places[0].passage
    speaker = speaker_of(passage)
    verb = "writes" if passage.wording is Wording.AUTHORS_OWN else "says"
    if point.kind is ItemKind.DISAGREEMENT:
        return f"{point.label}:"
    if point.kind is ItemKind.PRODUCT:
        return f"A product mention, not advice. {point.label}"
    if point.kind is ItemKind.PROCEDURE:
        return f"{speaker} gives these steps, in order:"
    return f"{speaker} {verb}:"


def _batches(points: Sequence[Point]) -> Iterable[Point]:
    """Merge neighbouring plain statements of one speaker, best first, then in reading order."""
    at = 0
    while at < len(points):
        point = points[at]
        places = list(point.places)
        at += 1
        if point.kind in {ItemKind.STATEMENT, ItemKind.PRODUCT}:
            while at < len(points) and _same_voice(point, points[at]):
                places += points[at].places
                at += 1
            places[1:] = sorted(places[1:], key=_reading_order)
        yield Point(point.kind, tuple(places), point.score, point.group, point.label)


def _same_voice(first: Point, second: Point) -> bool:
    one, other = first.places[0].passage, second.places[0].passage
    return (
        second.kind is first.kind
        and second.label == first.label
        and one.span.document_id == other.span.document_id
        and one.speaker == other.speaker
    )


def _reading_order(place: Place) -> int:
    return place.sentence.span.start
