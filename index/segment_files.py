"""The names of a segment's files: one folder, written once, never changed.

documents.ids      ids of its documents, in order; documents.first tells where each begins
cards.jsonl        the card of each, a line; cards.starts tells where each line begins
texts.jsonl        one passage a line; texts.starts tells where each line begins
*.rows             vectors, float32: passages, sentences, known questions
*.first            where a passage's sentences and a sentence's known questions begin
<kind>.keys .starts .units .counts .lengths    postings (index/postings.py) of passages, sentences,
                   and sentences with their known questions ("asked"; absent where there are none)
words.json         how often each word stands in the texts, the frequent first
passages.near      approximate neighbours, in a large segment only (index/near.py)
"""

import json
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from corpus import Span
from index.engine import Card
from index.passage import Passage, PassageSentence
from index.spec import Sha256

DOCUMENT_IDS = "documents.ids"
DOCUMENT_FIRST = "documents.first"
CARDS = "cards.jsonl"
CARD_STARTS = "cards.starts"
TEXTS = "texts.jsonl"
TEXT_STARTS = "texts.starts"
PASSAGE_ROWS = "passages.rows"
SENTENCE_ROWS = "sentences.rows"
ASKED_ROWS = "asked.rows"
SENTENCE_FIRST = "sentences.first"
ASKED_FIRST = "asked.first"
WORDS = "words.json"
NEAR = "passages.near"


CARD = TypeAdapter(Card)
"""How a card is written and read: plain JSON, every field checked."""


class SegmentLabel(BaseModel):
    """What a segment has to be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    passages: Annotated[int, Field(ge=0)]
    sentences: Annotated[int, Field(ge=0)]
    files: dict[str, Sha256]
    """File name to digest of its bytes."""


def passage_line(passage: Passage) -> bytes:
    """A passage as it is stored; what its document's card says is left out."""
    base = passage.span.start
    stored: list[Any] = [
        base,
        passage.text,
        passage.section,
        passage.speaker,
        [
            [each.span.start - base, each.span.end - base, each.step, list(each.asked)]
            for each in passage.sentences
        ],
    ]
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def passage_of(line: bytes, card: Card) -> Passage:
    """The passage that `passage_line` stored, of the document with this card."""
    start, text, section, speaker, sentences = json.loads(line)
    return Passage(
        span=Span(card.id, start, start + len(text)),
        text=text,
        title=card.title,
        kind=card.kind,
        tier=card.tier,
        wording=card.wording,
        section=section,
        speaker=speaker,
        sentences=tuple(_sentences(card.id, start, text, sentences)),
    )


def _sentences(
    document_id: str, base: int, text: str, stored: Iterable[Any]
) -> Iterable[PassageSentence]:
    for start, end, step, asked in stored:
        span = Span(document_id, base + start, base + end)
        yield PassageSentence(span, text[start:end], step, tuple(asked))
