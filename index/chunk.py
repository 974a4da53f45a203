"""Cuts a document into passages: one speaker, one section, whole sentences, whole procedures.

LlamaIndex's `SentenceSplitter` packs sentences and, for the rare sentence no encoder could read in
one piece, cuts it; it is told our sentence boundaries and counts in the encoder's own word pieces.
Spans are ours: a passage runs from its first sentence's first character to its last one's last.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from corpus import Document, Section, Sentence, Span
from index.encode import TokenCounter, encoded_header
from index.passage import Passage, PassageSentence

if TYPE_CHECKING:
    from llama_index.core.node_parser import SentenceSplitter

_NO_PARAGRAPHS = "\x00"
"""Never stands in a text: sentences are the only boundaries the splitter is offered."""

_Block = tuple[Sentence, ...]
"""Sentences that are not to be parted: mostly one, or a whole numbered procedure."""


def split_document(document: Document, tokenizer: TokenCounter, budget: int) -> Iterator[Passage]:
    """Passages of a document, in reading order.

    `budget` is in word pieces of body text. A sentence or a numbered procedure longer than that
    has a passage to itself; only one that the encoder could not read together with its header is
    cut, a procedure between its sentences and a sentence between clauses or words. Nothing is
    lost but the space between sentences.
    """
    for section in document.sections:
        spoken = [
            each for each in section.sentences if document.text[each.start : each.end].strip()
        ]
        if spoken:
            header = encoded_header(_passage(document, section, spoken), tokenizer)
            room = tokenizer.max_tokens - tokenizer.count_tokens(header)
            cutter = _Cutter(document.text, tokenizer, room, min(budget, room))
            for sentences in cutter.passages(spoken):
                yield _passage(document, section, sentences)


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Decides which sentences of one section go into a passage together."""

    text: str
    tokenizer: TokenCounter
    room: int
    """Word pieces the encoder has left after the header."""
    budget: int

    def passages(self, sentences: Sequence[Sentence]) -> Iterator[_Block]:
        """Every sentence once, in order, grouped."""
        blocks = [block for group in _unparted(sentences) for block in self._fit(group)]
        ends = [blocks[0][0].start, *(block[-1].end for block in blocks)]
        # A line begins where the one before it ended: a "2." between two steps takes room too.
        lines = [self.text[start:end] for start, end in pairwise(ends)]
        for alone, run in groupby(zip(blocks, lines, strict=True), key=self._is_long):
            if alone:
                yield from (block for block, _ in run)
            else:
                yield from self._pack(list(run))

    def _is_long(self, block_and_line: tuple[_Block, str]) -> bool:
        return self._length(block_and_line[1]) > self.budget

    def _length(self, text: str) -> int:
        return self.tokenizer.count_tokens(text.strip())

    def _fit(self, block: _Block) -> Iterator[_Block]:
        """The block itself, or its parts if the encoder has no room for the whole."""
        if self._length(self.text[block[0].start : block[-1].end]) <= self.room:
            yield block
        elif len(block) == 1:
            yield from (part for each in self._cut(block[0]) for part in self._fit((each,)))
        elif block[0].step is None:
            yield from self._fit(block[:1])
            yield from self._fit(block[1:])
        else:
            yield from (part for each in block for part in self._fit((each,)))

    def _cut(self, sentence: Sentence) -> Iterator[Sentence]:
        """Two or more parts of a sentence that is too long to be encoded."""
        words = self.text[sentence.start : sentence.end]
        size, parts = self.room, [words]
        while len(parts) == 1:
            parts = _splitter(self.tokenizer, size, lambda whole: [whole]).split_text(words)
            # Parts counted one by one can come to less than the whole; then cut finer.
            size //= 2
        position = sentence.start
        for part in parts:
            start = self.text.index(part, position)
            position = start + len(part)
            yield replace(sentence, start=start, end=position)

    def _pack(self, run: Sequence[tuple[_Block, str]]) -> Iterator[_Block]:
        """Fills passages with neighbouring blocks, none of whose lines is over the budget."""
        lines = [line for _, line in run]
        whole = "".join(lines)
        splitter = _splitter(
            self.tokenizer, self.budget, lambda text: lines if text == whole else [text]
        )
        waiting = iter(run)
        for chunk in splitter.split_text(whole):
            taken: _Block = ()
            written = ""
            while len(written.strip()) < len(chunk) and (following := next(waiting, None)):
                block, line = following
                taken += block
                written += line
            if taken:
                yield taken
        # The splitter drops a line that has no word pieces at all, an icon's glyph for example:
        # what it did not count is kept, because no word may be lost.
        if rest := tuple(sentence for block, _ in waiting for sentence in block):
            yield rest


def _unparted(sentences: Sequence[Sentence]) -> Iterator[_Block]:
    """Groups a procedure's steps with the sentence before them; the rest stand alone."""
    group: list[Sentence] = []
    for sentence in sentences:
        if group and not _continues(group[-1], sentence):
            yield tuple(group)
            group = []
        group.append(sentence)
    if group:
        yield tuple(group)


def _continues(before: Sentence, sentence: Sentence) -> bool:
    if sentence.step is None:
        return False
    return before.step is None or sentence.step in (before.step, before.step + 1)


def _splitter(
    tokenizer: TokenCounter, size: int, boundaries: Callable[[str], list[str]]
) -> "SentenceSplitter":
    # Imported here: LlamaIndex takes over a second, and only a build needs it.
    from llama_index.core.node_parser import SentenceSplitter

    return SentenceSplitter(
        chunk_size=size,
        chunk_overlap=0,
        tokenizer=lambda text: range(tokenizer.count_tokens(text.strip())),
        paragraph_separator=_NO_PARAGRAPHS,
        chunking_tokenizer_fn=boundaries,
    )


def _passage(document: Document, section: Section, sentences: Sequence[Sentence]) -> Passage:
    span = Span(document.id, sentences[0].start, sentences[-1].end)
    return Passage(
        span=span,
        text=document.words_at(span),
        title=document.title,
        kind=document.kind,
        tier=document.tier,
        wording=document.wording,
        section=section.heading,
        speaker=section.speaker,
        sentences=tuple(_addressed(document, sentence) for sentence in sentences),
    )


def _addressed(document: Document, sentence: Sentence) -> PassageSentence:
    span = Span(document.id, sentence.start, sentence.end)
    return PassageSentence(span, document.words_at(span), sentence.step, sentence.asked)
