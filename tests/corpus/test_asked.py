"""Questions that sentences answer: each with its own sentence, or the file is refused."""

import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Document, load_documents
from corpus.asked import with_asked
from corpus.errors import InvalidCatalogError, LostSpanError
from corpus.loader import SHELF

MakeShelf = Callable[..., Path]
Shelf = tuple[Document, ...]

TEXT = """# Knees

## Bending

The knee bends. The knee clicks on stairs, some say.

1. Sit down.
2. Stand up.

## Resting

The knee rests at night.
"""

FEWEST = 4
"""Questions that each bundled sentence has at least."""

LONGEST_SHARED_RUN = 7
"""Words in a row that a question may share with a source, or with its sentence, by chance."""


def entry(quote: str, *questions: str, document: str = "knee") -> str:
    return (
        f"[[asked]]\ndocument = {json.dumps(document)}\nquote = {json.dumps(quote)}\n"
        f"questions = {json.dumps(questions)}\n"
    )


@pytest.fixture
def shelf_with(make_shelf: MakeShelf) -> Callable[..., Path]:
    """A shelf of one text, with these entries in the file of its questions."""

    def make(*entries: str) -> Path:
        root = make_shelf({"knee": TEXT})
        (root / "asked").mkdir()
        (root / "asked" / "knee.toml").write_text("\n".join(entries), encoding="utf-8")
        return root

    return make


def asked_of(document: Document) -> dict[str, tuple[str, ...]]:
    return {
        document.text[sentence.start : sentence.end]: sentence.asked
        for section in document.sections
        for sentence in section.sentences
    }


def test_questions_are_attached_to_the_sentence_they_quote(
    shelf_with: Callable[..., Path],
) -> None:
    root = shelf_with(
        entry("The knee rests at night.", "does a knee ever rest"),
        entry("Stand up.", "how do i get up", "up again?"),
        entry("The knee bends.", "can a knee bend"),
    )
    (document,) = load_documents(root)
    assert asked_of(document) == {
        "The knee bends.": ("can a knee bend",),
        "The knee clicks on stairs, some say.": (),
        "Sit down.": (),
        "Stand up.": ("how do i get up", "up again?"),
        "The knee rests at night.": ("does a knee ever rest",),
    }


def test_questions_change_nothing_else(make_shelf: MakeShelf) -> None:
    root = make_shelf({"knee": TEXT})
    (plain,) = load_documents(root)
    (root / "asked").mkdir()
    (root / "asked" / "knee.toml").write_text(entry("Sit down.", "sit?"))
    (asking,) = load_documents(root)
    assert asking != plain
    assert (asking.text, asking.digest) == (plain.text, plain.digest)
    places = [
        [(s.start, s.end, s.step) for section in each.sections for s in section.sentences]
        for each in (plain, asking)
    ]
    assert places[0] == places[1]


def test_without_a_file_there_are_no_questions(make_shelf: MakeShelf) -> None:
    root = make_shelf({"knee": TEXT})
    (document,) = load_documents(root)
    assert set(asked_of(document).values()) == {()}
    assert with_asked(document, root) is document


def test_only_the_text_that_has_a_file_has_questions(make_shelf: MakeShelf) -> None:
    root = make_shelf({"knee": TEXT, "hip": "The hip turns."})
    (root / "asked").mkdir()
    (root / "asked" / "hip.toml").write_text(entry("The hip turns.", "hips?", document="hip"))
    knee, hip = load_documents(root)
    assert set(asked_of(knee).values()) == {()}
    assert asked_of(hip) == {"The hip turns.": ("hips?",)}


def test_the_same_question_may_lead_to_two_sentences(shelf_with: Callable[..., Path]) -> None:
    (document,) = load_documents(shelf_with(entry("Sit down.", "how"), entry("Stand up.", "how")))
    found = asked_of(document)
    assert found["Sit down."] == found["Stand up."] == ("how",)


def test_a_quote_that_stands_nowhere_is_refused(shelf_with: Callable[..., Path]) -> None:
    with pytest.raises(LostSpanError, match=r"knee\.toml.*The knee sings\..*does not stand"):
        load_documents(shelf_with(entry("The knee sings.", "does it sing")))


def test_a_quote_that_stands_twice_is_refused(shelf_with: Callable[..., Path]) -> None:
    with pytest.raises(LostSpanError, match=r"knee\.toml.*stands more than once"):
        load_documents(shelf_with(entry("The knee", "which knee")))


@pytest.mark.parametrize(
    "quote",
    [
        "The knee clicks on stairs",
        "clicks on stairs, some say.",
        "The knee bends. The knee clicks on stairs, some say.",
        "Resting",
        "1. Sit down.",
    ],
)
def test_anything_but_one_whole_sentence_is_refused(
    shelf_with: Callable[..., Path], quote: str
) -> None:
    wanted = rf'knee\.toml: "{re.escape(quote)}" is not one whole sentence of knee\. Quote all'
    with pytest.raises(InvalidCatalogError, match=wanted):
        load_documents(shelf_with(entry("Sit down.", "sit?"), entry(quote, "what is this")))


def test_a_sentence_that_is_asked_for_twice_is_refused(shelf_with: Callable[..., Path]) -> None:
    with pytest.raises(InvalidCatalogError, match=r'knee\.toml asks twice for "Sit down\."'):
        load_documents(shelf_with(entry("Sit down.", "sit?"), entry("Sit down.", "down?")))


def test_a_question_that_is_put_twice_is_refused(shelf_with: Callable[..., Path]) -> None:
    with pytest.raises(InvalidCatalogError, match=r'knee\.toml asks twice for "Sit down\."'):
        load_documents(shelf_with(entry("Sit down.", "sit?", "down?", " sit? ")))


@pytest.mark.parametrize("other", ["hip", "nowhere"])
def test_questions_of_another_document_are_refused(make_shelf: MakeShelf, other: str) -> None:
    root = make_shelf({"knee": TEXT, "hip": "The hip turns."})
    (root / "asked").mkdir()
    (root / "asked" / "knee.toml").write_text(entry("The hip turns.", "hips?", document=other))
    wanted = rf'knee\.toml asks about "{other}"\. Move that entry to asked/{other}\.toml'
    with pytest.raises(InvalidCatalogError, match=wanted):
        load_documents(root)


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("", "asked"),
        ("[[asked", "not valid TOML"),
        (entry("Sit down."), "questions"),
        (entry("Sit down.", " "), "questions"),
        (entry("Sit down.", "two\nlines"), "questions"),
        (entry("Sit down.", "sit?") + 'answer = "yes"\n', "answer"),
    ],
)
def test_a_malformed_file_is_refused_by_name(
    shelf_with: Callable[..., Path], content: str, wrong: str
) -> None:
    with pytest.raises(InvalidCatalogError, match=rf"knee\.toml.*{wrong}"):
        load_documents(shelf_with(content))


# -- the bundled shelf


def test_every_bundled_sentence_has_questions(documents: Shelf) -> None:
    found = [pair for document in documents for pair in asked_of(document).items()]
    assert len(found) > 200
    assert [words for words, questions in found if len(questions) < FEWEST] == []


def test_every_file_is_of_a_bundled_text(documents: Shelf) -> None:
    files = {path.stem for path in (SHELF / "asked").iterdir()}
    assert files == {document.id for document in documents}


def test_no_bundled_question_leads_to_two_sentences(documents: Shelf) -> None:
    plain = [" ".join(words_of(question)) for question in every_question(documents)]
    assert sorted(plain) == sorted(set(plain))


def test_no_question_copies_the_sentence_that_answers_it(documents: Shelf) -> None:
    copied = [
        question
        for document in documents
        for words, questions in asked_of(document).items()
        for question in questions
        if runs(question, LONGEST_SHARED_RUN) & runs(words, LONGEST_SHARED_RUN)
    ]
    assert copied == []


def test_no_question_is_copied_from_a_source(documents: Shelf, source_texts: Path) -> None:
    lines = (source_texts / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    claims = [json.loads(line) for line in lines]
    originals = [path.read_text(encoding="utf-8") for path in source_texts.glob("*.txt")]
    originals += itertools.chain.from_iterable((each["quote"], each["claim"]) for each in claims)
    theirs = set().union(*(runs(text, LONGEST_SHARED_RUN + 1) for text in originals))
    assert theirs
    asked = every_question(documents)
    assert [each for each in asked if runs(each, LONGEST_SHARED_RUN + 1) & theirs] == []


def every_question(documents: Shelf) -> list[str]:
    return [q for each in documents for questions in asked_of(each).values() for q in questions]


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'"))


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words_of(text)
    return set(zip(*(found[at:] for at in range(length)), strict=False))
