import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from corpus import Document, Span, load_documents
from corpus.errors import InvalidCatalogError, LostSpanError
from corpus.loader import SHELF
from corpus.notes import Note, load_notes

Shelf = tuple[Document, ...]
Notes = dict[str, Note]

WANTED = {
    "all-or-nothing",
    "anti-inflammatories",
    "calcium-and-magnesium",
    "compression",
    "cramp-911",
    "foam-roller",
    "heat-and-ice",
    "lactic-acid",
    "massage-and-heat",
    "pain-tablets",
    "potassium-and-bananas",
    "running-on-or-resting",
    "salt-and-fluid",
    "squeezing-a-cramp",
    "stretching-during-a-cramp",
    "women-and-posture",
}
DOSE = (
    r"\d\s*(mg|mcg|g|ml|grams?|milligrams?)\b|\b(\d+|one|two|three)\s+(tablets?|pills?|capsules?)"
)
SOOTHING = r"safe to|safely|harmless|nothing to worry|no need to worry|you have\b|you probably"
LONGEST_COPY = 6  # words in a row that a note may share with a text or with what we read
QUOTE = '{ document = "one", quote = "One." }'
SOURCE = '[[note.source]]\norganisation = "NHS"\ntitle = "Leg cramps"\ntag = "M"\n'
ENTRY = '[[note]]\nid = "x"\nabout = "X"\ntext = "Not so."\nquotes = [{quotes}]\n'
GOOD = ENTRY.replace("{quotes}", QUOTE) + SOURCE


@pytest.fixture(scope="module")
def notes(documents: Shelf) -> Notes:
    return {note.id: note for note in load_notes(documents)}


def words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of one word more than may be shared."""
    found = words(text)
    return {tuple(found[i : i + LONGEST_COPY + 1]) for i in range(len(found) - LONGEST_COPY)}


def test_the_wanted_notes_are_there_once_each(documents: Shelf, notes: Notes) -> None:
    read = load_notes(documents)
    assert set(notes) >= WANTED
    assert len(notes) == len(read)
    assert len({note.about for note in read}) == len(read)


def test_a_note_goes_with_whole_sentences(documents: Shelf, notes: Notes) -> None:
    whole = {
        Span(document.id, sentence.start, sentence.end)
        for document in documents
        for section in document.sections
        for sentence in section.sentences
    }
    for note in notes.values():
        assert note.spans
        assert set(note.spans) <= whole, note.id
        assert len(set(note.spans)) == len(note.spans), note.id


def test_every_note_names_its_sources(notes: Notes) -> None:
    for note in notes.values():
        assert note.sources
        assert len(set(note.sources)) == len(note.sources)
        for source in note.sources:
            assert source.organisation
            assert source.title
            assert source.tag in {"P", "M", "S"}


def test_one_source_is_named_in_one_way(notes: Notes) -> None:
    sources = {source for note in notes.values() for source in note.sources}
    assert len({(each.organisation, each.title) for each in sources}) == len(sources)


def test_whatever_holds_runners_back_from_stretching_carries_the_first_note(
    documents: Shelf, notes: Notes
) -> None:
    article = next(each for each in documents if each.id == "cramp-release-article")
    headline = notes["stretching-during-a-cramp"]
    covered = {article.words_at(span) for span in headline.spans}
    warnings = {
        said
        for section in article.sections
        for sentence in section.sentences
        if re.search(r"stretch", said := article.text[sentence.start : sentence.end], re.IGNORECASE)
        and re.search(
            r"do not|holding back|tear as|worse|without injury|before any|safely", said, re.I
        )
    }
    assert len(warnings) == 7
    assert covered == warnings
    assert next(iter(notes)) == headline.id
    assert {"NHS"} < {source.organisation for source in headline.sources}


def test_every_word_for_ibuprofen_on_the_shelf_carries_the_medicine_notes(
    documents: Shelf, notes: Notes
) -> None:
    for document in documents:
        for found in re.finditer(r"ibuprofen", document.text, re.IGNORECASE):
            here = Span(document.id, found.start(), found.end())
            for name in ("anti-inflammatories", "pain-tablets"):
                assert any(span.overlaps(here) for span in notes[name].spans)


def test_only_notes_on_medicines_are_called_for_by_a_question(notes: Notes) -> None:
    medicines = {note.id for note in notes.values() if note.kind == "medicine"}
    assert medicines == {"anti-inflammatories", "pain-tablets"}
    assert medicines == {note.id for note in notes.values() if note.asks}
    for note in notes.values():
        assert len(set(note.asks)) == len(note.asks)


def test_on_a_sentence_with_several_notes_the_medicine_comes_first(notes: Notes) -> None:
    shared = [
        [note for note in notes.values() if span in note.spans]
        for span in notes["anti-inflammatories"].spans
    ]
    assert max(len(each) for each in shared) > 1
    for each in shared:
        assert all((a.kind, b.kind) != ("evidence", "medicine") for a, b in pairwise(each))


def test_a_note_is_short_and_plain(notes: Notes) -> None:
    for note in notes.values():
        sentences = re.split(r"(?<=\.)\s+", note.text)
        assert 1 <= len(sentences) <= 3, note.id
        assert len(words(note.text)) <= 70, note.id
        assert note.text.isascii(), note.id


def test_a_note_gives_no_dose_and_no_reassurance(notes: Notes) -> None:
    for note in notes.values():
        assert not re.search(DOSE, note.text, re.IGNORECASE), note.id
        assert not re.search(SOOTHING, note.text, re.IGNORECASE), note.id


def test_a_note_is_in_our_own_words(documents: Shelf, notes: Notes) -> None:
    taken = set[tuple[str, ...]]().union(*(runs(document.text) for document in documents))
    for note in notes.values():
        assert not runs(note.text) & taken, note.id


def test_a_note_copies_nothing_from_what_it_was_made_of(source_texts: Path, notes: Notes) -> None:
    reference = source_texts.parent / "reference" / "safety.md"
    read = [*source_texts.glob("*.txt"), *([reference] if reference.is_file() else [])]
    taken = set[tuple[str, ...]]().union(*(runs(path.read_text("utf-8")) for path in read))
    for note in notes.values():
        assert not runs(note.text) & taken, note.id


def test_a_sentence_that_no_longer_stands_is_missed(documents: Shelf, tmp_path: Path) -> None:
    content = (SHELF / "notes.toml").read_text(encoding="utf-8")
    (tmp_path / "notes.toml").write_text(
        content.replace("a banana a day", "two bananas a day"), encoding="utf-8"
    )
    with pytest.raises(LostSpanError, match=r"notes\.toml.*two bananas a day.*outer-calf-thread"):
        load_notes(documents, tmp_path)


def test_what_is_not_said_is_left_empty(make_shelf: Callable[..., Path]) -> None:
    root = make_shelf({"one": "One."})
    (root / "notes.toml").write_text(GOOD, encoding="utf-8")
    (note,) = load_notes(load_documents(root), root)
    assert (note.kind, note.asks) == ("evidence", ())
    assert (note.sources[0].year, note.sources[0].address) == ("", "")


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (GOOD.replace('"M"', '"K"'), "tag"),
        (GOOD + 'page = "7"\n', "page"),
        (GOOD.replace("quotes", 'dose = "none"\nquotes'), "dose"),
        (GOOD.replace("quotes", 'kind = "rumour"\nquotes'), "kind"),
        (GOOD.replace("quotes", 'asks = ["ibuprofen"]\nquotes'), "medicine"),
        (GOOD.replace("quotes", 'kind = "medicine"\nasks = ["Advil"]\nquotes'), "asks"),
        (GOOD.replace(SOURCE, ""), "source"),
        (GOOD.replace(QUOTE, ""), "quotes"),
        (GOOD.replace("Not so.", "Not so"), "text"),
        (GOOD + 'address = "https://www.nhs.uk"\n', "address"),
        (GOOD + 'year = "lately"\n', "year"),
    ],
)
def test_a_malformed_note_is_refused(
    documents: Shelf, tmp_path: Path, content: str, wrong: str
) -> None:
    (tmp_path / "notes.toml").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidCatalogError, match=rf"notes\.toml.*{wrong}"):
        load_notes(documents, tmp_path)
