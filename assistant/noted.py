"""Which evidence notes a reply carries: for what it quotes, and for medicines asked about.

A note stands apart from the texts' words and names its source; it gives a quoted practice its
second side where the shelf has only one.
"""

from collections.abc import Sequence

from assistant.reading.words import stems_in
from assistant.reply import Abstention, Answer, EvidenceNote, NoticeSource
from corpus.notes import Note

MOST = 3
"""Notes under one reply; those linked to what is quoted first come first."""


def notes_for(
    asked: str, reply: Answer | Abstention, notes: Sequence[Note]
) -> tuple[EvidenceNote, ...]:
    """The notes a reply calls for, in the order of the words they speak to, medicines last."""
    cited = (
        [
            citation.span
            for item in reply.items
            for sentence in item.sentences
            for citation in sentence.citations
        ]
        if isinstance(reply, Answer)
        else []
    )
    words = f" {' '.join(stems_in(asked))} "
    called: dict[str, Note] = {}
    for span in cited:
        for note in notes:
            if any(span.overlaps(own) for own in note.spans):
                called.setdefault(note.id, note)
    quoted = list(called.values())[:MOST]
    for note in notes:
        if any(f" {' '.join(stems_in(ask))} " in words for ask in note.asks):
            called.setdefault(note.id, note)
    asked_for = [note for note in called.values() if note.asks and note not in quoted]
    return tuple(_shown(note) for note in (*quoted, *asked_for))


def _shown(note: Note) -> EvidenceNote:
    return EvidenceNote(
        note.id,
        note.about,
        note.text,
        tuple(
            NoticeSource(
                source.organisation,
                f"{source.title} ({source.year})" if source.year else source.title,
                None,
                source.tag,
                source.address,
            )
            for source in note.sources
        ),
    )
