"""Names, cards and digests of a club's documents."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document, DocumentKind, TrustTier, Wording
from corpus.catalog import digest_of
from corpus.errors import DamagedLibraryError, InvalidCardError, InvalidCatalogError
from corpus.library.card import CardChange, carried
from corpus.library.catalogue import Catalogue, from_bytes, to_bytes
from corpus.library.entry import PARSER_VERSION, digests_of, new_id, slug_of
from corpus.library.library import document_of
from corpus.parse import parse_sections
from tests.corpus.library.made_entries import entry_of, text_about

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{6,64}")
EVERY_SHAPE = """# Title

Running text. Two sentences, e.g. this one!

1. Stand up.
2. Sit down.
   Slowly.

- one
- two

> Said before.

## Reply 1

Code `and` *marks*.
"""


@given(title=st.text(), origin=st.text(), part=st.text())
def test_any_title_makes_an_id_that_can_stand_in_an_address(
    title: str, origin: str, part: str
) -> None:
    made = new_id(title, origin, part, ())
    assert ID.fullmatch(made)
    assert len(made) <= 48
    assert made == new_id(title, origin, part, ())
    assert new_id(title, origin, part, {made}) != made
    assert new_id(title, origin, part, {made}).startswith(made)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Calf cramp: what to do", "calf-cramp-what-to-do"),
        ("Übungen für die Wade", "ubungen-fur-die-wade"),
        ("ふくらはぎ", "document"),
        ("", "document"),
        ("a" * 90, "document"),
        ("word " * 30, "word-word-word-word-word-word-word-word"),
    ],
)
def test_an_id_begins_with_what_can_be_read_of_the_title(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_no_bundled_document_has_an_id_of_that_kind(documents: tuple[Document, ...]) -> None:
    assert [each.id for each in documents if ID.fullmatch(each.id)] == []


def test_the_shape_changes_with_all_that_the_index_keeps_and_with_nothing_else() -> None:
    entry = entry_of("url:https://club.example/a", text_about("calf"))
    for shaping in (
        {"id": "other-123456"},
        {"title": "Another"},
        {"kind": DocumentKind.FORUM_THREAD},
        {"tier": TrustTier.FORUM},
        {"text_digest": "0" * 64},
        {"author": "A. Runner"},
        {"published": "2026-01-01"},
        {"address": "https://club.example/b"},
    ):
        assert replace(entry, **shaping).shape_digest != entry.shape_digest
    for incidental in ({"origin_digest": "0" * 64}, {"stamp": "1 2"}, {"remarks": ("x",)}):
        assert replace(entry, **incidental).shape_digest == entry.shape_digest


def test_a_text_cut_otherwise_has_another_parser_version() -> None:
    """If this fails, documents are cut otherwise now: raise PARSER_VERSION, or no index notices."""
    cut = {
        kind: [
            (each.heading, each.speaker, [(s.start, s.end, s.step) for s in each.sentences])
            for each in parse_sections(EVERY_SHAPE, kind, untitled="none")
        ]
        for kind in DocumentKind
    }
    assert (PARSER_VERSION, digest_of(json.dumps(cut).encode())[:16]) == (1, "8da0c4db66c54b9e")


def test_a_document_is_quoted_as_its_author_wrote_it() -> None:
    entry = entry_of("url:https://club.example/a", text_about("calf"))
    document = document_of(entry, text_about("calf"))
    assert document.wording is Wording.AUTHORS_OWN
    assert document.provenance.retrieved == entry.added
    assert document.topics == ()
    assert [document.text[s.start : s.end] for s in document.sections[0].sentences] == [
        "The calf needs a rest.",
        "Then walk on the calf for a day.",
    ]
    assert entry_of("file:/a", "x").provenance.retrieved is None
    with pytest.raises(InvalidCatalogError, match="no sentence"):
        document_of(entry, "# Nothing but a heading\n")


def test_white_space_does_not_make_another_text() -> None:
    ours, theirs = digests_of("One two.\n\nThree."), digests_of("One  two.\nThree.\n")
    assert ours[0] != theirs[0]
    assert ours[1] == theirs[1]


def test_a_card_takes_what_the_operator_says_and_keeps_it() -> None:
    old = entry_of("file:/a", text_about("calf"))
    change = CardChange(
        title=" Calves ", author="", published="2026-02-01", tier=TrustTier.CLINICIAN
    )
    entry = change.applied_to(old)
    assert (entry.title, entry.author, entry.published) == ("Calves", "unknown", "2026-02-01")
    assert entry.tier is TrustTier.CLINICIAN
    assert entry.edited == ("author", "published", "tier", "title")
    read = replace(
        entry_of("file:/a", text_about("shin"), "Guessed"), author="Guessed", address="x"
    )
    kept = carried(entry, read)
    assert (kept.title, kept.author, kept.tier) == ("Calves", "unknown", TrustTier.CLINICIAN)
    assert (kept.address, kept.text_digest) == ("x", read.text_digest)
    assert not CardChange()
    assert CardChange().applied_to(old) == old
    assert CardChange(author="")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (CardChange(title="  "), "needs a word"),
        (CardChange(title="one\ntwo"), "one line"),
        (CardChange(author="x" * 301), "at most 300"),
        (CardChange(author="x\u202ey"), "ordinary characters"),
        (CardChange(published="31.3.2026"), "Write it as 2026-03-31"),
        (CardChange(published="2026-02-30"), "no date"),
        (CardChange(address="javascript:alert(1)"), "no web address"),
        (CardChange(address="club.example"), "https://"),
        (CardChange(address="https://a@b.example/"), "no web address"),
        (CardChange(address="https://a.example/ b"), "no web address"),
    ],
)
def test_a_card_that_cannot_be_is_refused_in_plain_words(change: CardChange, says: str) -> None:
    with pytest.raises(InvalidCardError, match=says):
        change.applied_to(entry_of("file:/a", "x"))


@pytest.mark.parametrize("address", ["unknown", "https://a.example", "http://a.example:81/b?c#d"])
def test_an_address_is_of_the_web_or_unknown(address: str) -> None:
    assert CardChange(address=address).applied_to(entry_of("file:/a", "x")).address == address


@given(
    revision=st.integers(0, 9),
    titles=st.lists(st.from_regex(r"[^\s\r\n]{1,9}", fullmatch=True), max_size=3),
)
def test_a_catalogue_comes_back_as_it_was_written(revision: int, titles: list[str]) -> None:
    entries = tuple(
        replace(entry_of(f"file:/{n}", title), added=date(2026, 1, 1 + n))
        for n, title in enumerate(titles)
    )
    catalogue = Catalogue(revision, revision - 1 if revision else None, entries)
    assert from_bytes(to_bytes(catalogue), "library.json") == catalogue


@given(content=st.binary(max_size=60) | st.just(b"[" * 100_000) | st.just(b'{"format": 1}'))
def test_no_other_bytes_are_taken_for_a_catalogue(content: bytes) -> None:
    with pytest.raises(DamagedLibraryError):
        from_bytes(content, "library.json")
