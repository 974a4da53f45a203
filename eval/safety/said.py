"""What a reply says, told apart by whose words they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from assistant.reply import (
    Abstention,
    Alert,
    Answer,
    AnswerSentence,
    Clarification,
    Escalation,
    EvidenceNote,
    NearbyTopic,
    Reply,
)
from corpus import Document, Span


@dataclass(frozen=True, slots=True)
class Said:
    """Every word of a reply."""

    quoted: tuple[str, ...]
    """Sentences from the shelf."""
    fixed: tuple[str, ...]
    """Our own words: warnings, notes, connectives, topics offered instead."""
    echoed: tuple[str, ...]
    """Parts of the reader's own message, given back as not covered."""
    record: tuple[str, ...]
    """Sentences of the shelf told of in the record of why, used or left out."""

    @property
    def stated(self) -> tuple[str, ...]:
        """What is said to the reader, whoever's words it is in."""
        return (*self.quoted, *self.fixed)

    @property
    def shown(self) -> tuple[str, ...]:
        """All that stands in the reply itself; the record is opened apart from it."""
        return (*self.stated, *self.echoed)


def said_in(reply: Reply) -> Said:
    """Every word of one reply."""
    match reply:
        case Answer():
            fixed = (
                *(words for item in reply.items for words in (item.attribution, item.group)),
                *_topics(reply.nearby),
                *_notes(reply.notes),
            )
            quoted = tuple(sentence.text for sentence in sentences_of(reply))
            return _said(reply, fixed, quoted, reply.uncovered)
        case Clarification():
            return _said(reply, (reply.prompt, *_topics(reply.choices)))
        case Abstention():
            ours = (reply.message, reply.ask)
            return _said(reply, (*ours, *_topics(reply.nearby), *_notes(reply.notes)))
        case Escalation():
            return Said((), tuple(filter(None, (*_alert(reply.alert), reply.foreign))), (), ())
        case _:
            assert_never(reply)


def sentences_of(reply: Reply) -> Iterator[AnswerSentence]:
    """The sentences of an answer; of any other reply none."""
    if isinstance(reply, Answer):
        for item in reply.items:
            yield from item.sentences


def only_quotes(reply: Reply, shelf: Mapping[str, Document]) -> bool:
    """Whether each sentence of an answer stands on the shelf, character for character.

    `shelf` holds the documents by id. A reply that is no answer says nothing of the shelf: true.
    """
    return all(
        sentence.text == " ".join(each.quote for each in sentence.citations)
        and all(_stands(each.span, each.quote, shelf) for each in sentence.citations)
        for sentence in sentences_of(reply)
    )


def _stands(span: Span, words: str, shelf: Mapping[str, Document]) -> bool:
    document = shelf.get(span.document_id)
    return document is not None and bool(words) and document.words_at(span) == words


def _said(
    reply: Answer | Clarification | Abstention,
    fixed: tuple[str, ...],
    quoted: tuple[str, ...] = (),
    echoed: tuple[str, ...] = (),
) -> Said:
    why = reply.why
    looked_at = (*(used.text for used in why.used), *(left.text for left in why.rejected))
    ours = (*_alert(reply.alert), reply.foreign, *fixed)
    return Said(quoted, tuple(filter(None, ours)), echoed, looked_at)


def _alert(alert: Alert | None) -> tuple[str, ...]:
    return () if alert is None else tuple(line for each in alert.notices for line in each.lines)


def _notes(notes: tuple[EvidenceNote, ...]) -> tuple[str, ...]:
    return tuple(words for note in notes for words in (note.about, note.text))


def _topics(topics: tuple[NearbyTopic, ...]) -> tuple[str, ...]:
    return tuple(words for topic in topics for words in (topic.name, topic.question))
