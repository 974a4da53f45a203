"""The encoder seam: text in, vectors out; and the exact texts that are given to it."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus import DocumentKind
from index.errors import REBUILD, OverlongTextError
from index.passage import Passage, PassageSentence
from index.spec import IndexSpec, SentenceContext

Vectors = npt.NDArray[np.float32]
"""Shape (n, dimension), or (dimension,) for one text; every vector has length 1."""

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""


class TokenCounter(Protocol):
    """Counts what an encoder reads, in the encoder's own unit."""

    @property
    def max_tokens(self) -> int:
        """Longest text it reads, in word pieces, special tokens not counted."""

    def count_tokens(self, text: str) -> int:
        """Word pieces of a text, special tokens not counted. Never truncates."""


class Encoder(TokenCounter, Protocol):
    """Turns texts into vectors. Naming itself must be cheap: weights load on first `encode`."""

    @property
    def name(self) -> str:
        """What it is called in the manifest."""

    @property
    def digest(self) -> str:
        """SHA-256 of its weights, hexadecimal: two encoders with one name are told apart."""

    @property
    def path(self) -> str:
        """How its weights are run (index/encoder_paths.py): other paths give other vectors."""

    @property
    def dimension(self) -> int:
        """Length of its vectors."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, each of length 1."""


def spec_for(encoder: Encoder) -> IndexSpec:
    """What an index made with this encoder, and today's other choices, is called."""
    return IndexSpec(
        encoder=encoder.name,
        encoder_digest=encoder.digest,
        path=encoder.path,
        dimension=encoder.dimension,
    )


def encoded_header(passage: Passage, tokenizer: TokenCounter) -> str:
    """The passage's header, its last words dropped if it took more than half the encoder's room.

    Only a heading of a hundred words is ever shortened; the words of the passage never are.
    """
    words = passage.header.split()
    while words and tokenizer.count_tokens(" ".join(words)) > tokenizer.max_tokens // 2:
        words.pop()
    return " ".join(words)


def passage_text(passage: Passage, tokenizer: TokenCounter) -> str:
    """What is encoded for a passage: its header, then its words.

    Raises:
        OverlongTextError: the encoder would drop its end.
    """
    return _whole(f"{encoded_header(passage, tokenizer)}\n{passage.text}", tokenizer)


def sentence_text(
    passage: Passage, sentence: PassageSentence, context: SentenceContext, tokenizer: TokenCounter
) -> str:
    """What is encoded for one sentence of a passage; without context where there is no room.

    Raises:
        OverlongTextError: the encoder would drop its end.
    """
    in_context = {
        SentenceContext.NONE: sentence.text,
        SentenceContext.TOPIC: f"{_topic(passage)}: {sentence.text}",
        SentenceContext.HEADER: f"{passage.header}\n{sentence.text}",
    }[context]
    if tokenizer.count_tokens(in_context) <= tokenizer.max_tokens:
        return in_context
    return _whole(sentence.text, tokenizer)


def _topic(passage: Passage) -> str:
    # A thread's sections are called "Reply 2"; what they are about stands in its title.
    return passage.title if passage.kind is DocumentKind.FORUM_THREAD else passage.section


def _whole(text: str, tokenizer: TokenCounter) -> str:
    length = tokenizer.count_tokens(text)
    if length > tokenizer.max_tokens:
        raise OverlongTextError(
            f"The encoder reads {tokenizer.max_tokens} word pieces and would drop the end of a"
            f" text of {length}: {text[:60]!r}. Shorten the heading it stands under."
            f" {REBUILD}"
        )
    return text
