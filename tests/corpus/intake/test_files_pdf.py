"""PDF: lines mended into paragraphs and words, headings kept, running lines left out."""

import io

import pytest
from pypdf import PdfReader, PdfWriter

from corpus.errors import HostileFileError, ProtectedFileError
from corpus.intake.files import read_bytes
from corpus.intake.reading import UNKNOWN
from tests.corpus.intake.made_files import Drawn, lines, pdf, read_one, steps

HANDOUT = pdf(
    [
        [
            Drawn("Harriers hand-out", 800, size=9),
            Drawn("Looking after your calves", 770, size=20),
            Drawn("Before the run", 735, size=14),
            *lines(
                "Walk for five minutes before you start to run, and do your gas-",
                "trocnemius no harm. A well-known rule says that the slow and stea-",
                "dy ones last. Runners who are well-",
                "known for haste do not.",
                top=710,
            ),
            *lines("A second paragraph begins after a wider gap than usual here.", top=640),
            Drawn("When it cramps", 610, bold=True),
            *lines("1. Stop and hold on to", "something solid.", "2. Squeeze the calf.", top=590),
            *lines("• with both hands", "• twice", top=540),
            Drawn("Page 1 of 3", 40, size=9),
        ],
        [
            Drawn("Harriers hand-out", 800, size=9),
            *lines("The last sentence of this page goes on", "over its edge and ends on", top=770),
            Drawn("Page 2 of 3", 40, size=9),
        ],
        [
            Drawn("Harriers hand-out", 800, size=9),
            *lines("the next one.", top=770),
            Drawn("tiny letters for machines", 700, size=1),
            Drawn("3", 40, size=9),
        ],
    ],
    {
        "Title": "Microsoft Word - calf.doc",
        "Author": "Jo Moor",
        "CreationDate": "D:20190402101500Z",
    },
)


def test_a_hand_out_comes_out_as_it_was_meant() -> None:
    assert read_one("a.pdf", HANDOUT).text == (
        "# Looking after your calves\n\n"
        "## Before the run\n\n"
        "Walk for five minutes before you start to run, and do your gastrocnemius no harm. A "
        "well-known rule says that the slow and steady ones last. Runners who are well-known for "
        "haste do not.\n\n"
        "A second paragraph begins after a wider gap than usual here.\n\n"
        "## When it cramps\n\n"
        "1. Stop and hold on to something solid.\n\n"
        "2. Squeeze the calf.\n\n"
        "- with both hands\n\n"
        "- twice\n\n"
        "The last sentence of this page goes on over its edge and ends on the next one.\n"
    )


def test_its_steps_are_steps() -> None:
    numbered = [pair for pair in steps(read_one("a.pdf", HANDOUT)) if pair[0]]
    assert numbered == [(1, "Stop and hold on to something solid."), (2, "Squeeze the calf.")]


def test_what_it_says_of_itself_is_believed_and_a_program_s_title_is_not() -> None:
    reading = read_one("a.pdf", HANDOUT)
    assert reading.title == "Looking after your calves"
    assert (reading.author, reading.published) == ("Jo Moor", "2019-04-02")


@pytest.mark.parametrize("author", ["admin", "Microsoft Office User", ""])
def test_a_program_s_name_is_no_author(author: str) -> None:
    made = pdf([lines("Rest for two whole days first.")], {"Author": author})
    assert read_one("a.pdf", made).author == UNKNOWN


def encrypted(user: str, owner: str) -> bytes:
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(HANDOUT)))
    writer.encrypt(user, owner, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_password_is_asked_of_whoever_has_it() -> None:
    with pytest.raises(ProtectedFileError, match="password"):
        read_bytes("a.pdf", encrypted("secret", "secret"))


def test_a_pdf_that_only_forbids_changes_is_read() -> None:
    assert "Squeeze the calf." in read_one("a.pdf", encrypted("", "secret")).text


def test_pages_that_are_pictures_are_named() -> None:
    made = pdf([lines("Rest for two whole days first."), [], lines("Then walk for one more.")])
    assert read_one("a.pdf", made).remarks == ("Without text, so left out: page 2.",)


def test_a_page_that_unpacks_to_far_too_much_is_refused() -> None:
    page = lines(*["Rest for two whole days first, and then for one more."] * 50_000, gap=0)
    with pytest.raises(HostileFileError):
        read_bytes("a.pdf", pdf([page]))
