"""Documents put together by hand or by hypothesis, with spans that are right by construction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from hypothesis import strategies as st

from corpus import (
    Document,
    DocumentKind,
    Provenance,
    Section,
    Sentence,
    TrustTier,
    Wording,
)

Block = str | Sequence[str]
"""A sentence, or the steps of a procedure."""


@dataclass
class _Writer:
    text: str = ""
    sentences: list[Sentence] = field(default_factory=list)

    def say(self, words: str, step: int | None = None) -> None:
        start = len(self.text)
        self.text += words
        self.sentences.append(Sentence(start, len(self.text), step))


def section_of(writer: _Writer, heading: str, speaker: str, blocks: Sequence[Block]) -> Section:
    """Writes one section and says where it stands."""
    start = len(writer.text)
    writer.text += f"## {heading}\n\n"
    writer.sentences = []
    for block in blocks:
        if isinstance(block, str):
            writer.say(block)
            writer.text += " "
        else:
            for number, step in enumerate(block, start=1):
                writer.text += f"\n{number}. "
                writer.say(step, number)
            writer.text += "\n\n"
    writer.text += "\n\n"
    return Section(heading, speaker, start, len(writer.text), tuple(writer.sentences))


def document_of(
    sections: Sequence[tuple[str, str, Sequence[Block]]],
    *,
    name: str = "made-up",
    title: str = "A made-up text",
    kind: DocumentKind = DocumentKind.ARTICLE,
) -> Document:
    """A document of (heading, speaker, blocks) sections."""
    writer = _Writer(f"# {title}\n\n")
    written = tuple(section_of(writer, *section) for section in sections)
    return Document(
        id=name,
        title=title,
        kind=kind,
        tier=TrustTier.FORUM,
        wording=Wording.OUR_SUMMARY,
        text=writer.text,
        digest=sha256(writer.text.encode()).hexdigest(),
        provenance=Provenance("unknown", "unknown", "unknown"),
        topics=(),
        sections=written,
    )


def asking(document: Document, asked: Mapping[str, Sequence[str]]) -> Document:
    """The document with questions for those of its sentences whose words are given."""

    def with_questions(sentence: Sentence) -> Sentence:
        words = document.text[sentence.start : sentence.end]
        return replace(sentence, asked=tuple(asked.get(words, ())))

    return replace(
        document,
        sections=tuple(
            replace(section, sentences=tuple(with_questions(each) for each in section.sentences))
            for section in document.sections
        ),
    )


ANKLE = document_of(
    [
        ("Opening", "original poster", ["My ankle creaks on hills.", "Oil did not help it."]),
        ("Reply 1", "reply 1", ["Potassium."]),
        (
            "Reply 2",
            "reply 2",
            ["Roll a tennis ball under the foot.", "Hang the heels off a kerb."],
        ),
    ],
    name="ankle-thread",
    title="Creaking ankle",
    kind=DocumentKind.FORUM_THREAD,
)
BALANCE = document_of(
    [
        (
            "Standing on one leg",
            "author",
            [
                "Balance can be learned in a fortnight.",
                ["Stand beside a wall.", "Lift one foot.", "Count to thirty, then change feet."],
                "Socks make it harder.",
            ],
        ),
        ("How often", "author", ["Twice a day is plenty.", "Stop when the knee wobbles."]),
    ],
    name="balance-article",
    title="Better balance",
)
TWO_TEXTS = (ANKLE, BALANCE)
ASKING_TEXTS = (
    asking(
        ANKLE,
        {
            "Potassium.": ["which mineral", "do bananas help"],
            "Hang the heels off a kerb.": ["what about steps"],
        },
    ),
    asking(BALANCE, {"Socks make it harder.": ["barefoot or shod", "shoes on", "on carpet"]}),
)
"""The same two, with six questions for three of their sentences."""

OUT_OF_SCOPE = ("who won the marathon", "how tall is a giraffe")
"""Questions that neither of them answers."""

_words = st.text(
    alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")),
    min_size=1,
    max_size=14,
).filter(lambda word: bool(word.strip()))
_sentences = st.lists(_words, min_size=1, max_size=40).map(" ".join)
_blocks = st.one_of(_sentences, st.lists(_sentences, min_size=1, max_size=6))
_headings = st.lists(_words, min_size=1, max_size=12).map(" ".join)
_sections = st.tuples(
    _headings, st.sampled_from(["author", "reply 1", "reply 2"]), st.lists(_blocks, max_size=8)
)

documents = st.builds(
    lambda sections, title, kind: document_of(sections, title=title, kind=kind),
    st.lists(_sections, min_size=1, max_size=4),
    _headings,
    st.sampled_from(DocumentKind),
)
"""Any document the loader could hand over: odd scripts, endless words, lists, empty sections."""
