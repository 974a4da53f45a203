from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import CorpusError, Document, load_documents
from corpus.errors import (
    AlteredTextError,
    InvalidCatalogError,
    MissingTextError,
    UncatalogedTextError,
)

MakeShelf = Callable[..., Path]


def test_a_document_joins_its_text_with_what_the_catalog_says(make_shelf: MakeShelf) -> None:
    root = make_shelf({"one": "# One\n\nA sentence.\n"})
    (document,) = load_documents(root)
    assert isinstance(document, Document)
    assert (document.id, document.title) == ("one", "one, a text")
    assert document.text == "# One\n\nA sentence.\n"
    assert document.provenance.address == "unknown"
    assert [topic.question for topic in document.topics] == ["What of one?"]
    (section,) = document.sections
    assert document.text[section.start : section.end] == "A sentence."


def test_documents_come_in_the_order_of_the_catalog(make_shelf: MakeShelf) -> None:
    root = make_shelf({"b": "B.", "a": "A."})
    assert [document.id for document in load_documents(root)] == ["b", "a"]


def test_line_ends_of_a_text_are_kept(make_shelf: MakeShelf) -> None:
    root = make_shelf({"one": b"One.\r\n\r\nTwo.\r\n"})
    assert load_documents(root)[0].text == "One.\r\n\r\nTwo.\r\n"


def test_a_byte_order_mark_does_not_hide_the_heading(make_shelf: MakeShelf) -> None:
    root = make_shelf({"one": b"\xef\xbb\xbf## Head\n\nWords.\n"})
    assert load_documents(root)[0].sections[0].heading == "Head"


def test_a_stray_text_is_refused(make_shelf: MakeShelf) -> None:
    root = make_shelf({"one": "One."})
    (root / "texts" / "stray.md").write_text("Who put me here?")
    with pytest.raises(UncatalogedTextError, match=r"stray\.md.*Add an entry"):
        load_documents(root)


def test_a_dot_file_is_no_stray(make_shelf: MakeShelf) -> None:
    root = make_shelf({"one": "One."})
    (root / "texts" / ".DS_Store").write_bytes(b"\0")
    assert len(load_documents(root)) == 1


def test_an_absent_text_is_refused(make_shelf: MakeShelf) -> None:
    root = make_shelf({"one": "One."})
    (root / "texts" / "one.md").unlink()
    with pytest.raises(MissingTextError, match=r"one\.md.*Put the file back"):
        load_documents(root)


def test_a_single_altered_byte_is_refused(make_shelf: MakeShelf) -> None:
    root = make_shelf({"one": "Do not stretch."})
    (root / "texts" / "one.md").write_text("Do now stretch.")
    with pytest.raises(AlteredTextError, match=r"one\.md.*python -m corpus digest"):
        load_documents(root)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"\xff\xfe", "not UTF-8"), (b"", "no sentence"), (b"# Only a title\n", "no sentence")],
)
def test_a_text_that_cannot_be_quoted_is_refused(
    make_shelf: MakeShelf, content: bytes, complaint: str
) -> None:
    root = make_shelf({"one": content})
    with pytest.raises(InvalidCatalogError, match=rf"one\.md.*{complaint}"):
        load_documents(root)


def test_a_folder_without_a_catalog_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidCatalogError, match=r"catalog\.toml cannot be read.*Put it back"):
        load_documents(tmp_path)


def test_every_refusal_is_of_one_family(make_shelf: MakeShelf) -> None:
    root = make_shelf({"one": "One."})
    (root / "catalog.toml").write_bytes(b"\xff")
    with pytest.raises(CorpusError, match="not UTF-8"):
        load_documents(root)
