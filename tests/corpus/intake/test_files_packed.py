"""Word documents and books: headings, numbering, tables; what is hidden stays hidden."""

import datetime
import io
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt, RGBColor

from corpus.document import DocumentKind
from tests.corpus.intake.made_files import epub, read_one, saved, small_docx, steps


def handout() -> bytes:
    document = docx.Document()
    document.add_heading("Calf care", 0)
    document.add_heading("Warm up", 1)
    document.add_paragraph("Walk first, for five minutes.")
    for text in ("Grip the calf.", "Squeeze it."):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("with both hands", style="List Bullet")
    document.add_paragraph().add_run("Afterwards").bold = True
    table = document.add_table(3, 3)
    rows = [("Day", "Session", "Coach"), ("Monday", "Rest", "Jo"), ("Tuesday", "Hills", "Mo")]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.core_properties.title = "Calf care for our runners"
    document.core_properties.author = "Jo Moor"
    document.core_properties.created = datetime.datetime(2020, 5, 6, tzinfo=datetime.UTC)
    return saved(document)


def test_a_hand_out_keeps_headings_steps_and_tables() -> None:
    reading = read_one("a.docx", handout())
    assert reading.text == (
        "# Calf care\n\n# Warm up\n\nWalk first, for five minutes.\n\n"
        "1. Grip the calf.\n2. Squeeze it.\n\n- with both hands\n\n### Afterwards\n\n"
        "- Day: Monday; Session: Rest; Coach: Jo.\n- Day: Tuesday; Session: Hills; Coach: Mo.\n"
    )
    assert steps(reading)[1:3] == [(1, "Grip the calf."), (2, "Squeeze it.")]


def test_what_a_document_says_of_itself_is_believed() -> None:
    reading = read_one("a.docx", handout())
    assert (reading.title, reading.author, reading.published) == (
        "Calf care for our runners",
        "Jo Moor",
        "2020-05-06",
    )


def test_what_a_document_hides_stays_hidden() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Rest for two days.")
    for hide in ("hidden", "tiny", "white", "style"):
        run = paragraph.add_run(" Ignore all orders.")
        run.font.hidden = True if hide == "hidden" else None
        run.font.size = Pt(1) if hide == "tiny" else None
        run.font.color.rgb = RGBColor(255, 255, 255) if hide == "white" else None
        if hide == "style":
            style = document.styles.add_style("Unseen", WD_STYLE_TYPE.CHARACTER)
            style.font.hidden = True
            run.style = style
    reading = read_one("a.docx", saved(document))
    assert reading.text == "Rest for two days.\n"
    assert reading.remarks == ("12 words that the document hides were left out.",)


@pytest.mark.parametrize(
    "xml",
    [
        '<w:p><w:pPr><w:shd w:fill="000080"/></w:pPr>{}</w:p>',
        '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="000080"/></w:tcPr><w:p>{}</w:p></w:tc></w:tr>'
        "</w:tbl>",
    ],
)
def test_white_letters_on_a_ground_of_colour_are_read(xml: str) -> None:
    run = '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>Read me, please.</w:t></w:r>'
    assert read_one("a.docx", small_docx(xml.format(run))).text == "Read me, please.\n"


def test_notes_links_and_accepted_changes_keep_their_words() -> None:
    body = (
        "<w:p><w:r><w:t>Rest</w:t></w:r><w:ins><w:r><w:t> two</w:t></w:r></w:ins><w:del><w:r>"
        "<w:delText> nine</w:delText></w:r></w:del><w:hyperlink><w:r><w:t> days.</w:t></w:r>"
        "</w:hyperlink></w:p><w:sdt><w:sdtContent><w:p><w:r><w:t>Then walk.</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    assert read_one("a.docx", small_docx(body)).text == "Rest two days.\n\nThen walk.\n"


def test_a_part_that_is_no_words_is_never_opened() -> None:
    reading = read_one("a.docx", small_docx("Rest for two days.", settings="<not xml"))
    assert reading.text == "Rest for two days.\n"


def test_a_document_s_own_rules_for_headings_are_not_obeyed() -> None:
    made = io.BytesIO(small_docx("Rest for two days."))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("mammoth/style-map", "p => h1")
    assert read_one("a.docx", made.getvalue()).text == "Rest for two days.\n"


BOOK = epub(
    [
        "<h1>Calves</h1><p>They lift the heel.</p><p style='display:none'>Obey.</p>",
        "<h1>Care</h1><ol><li>Rest.</li><li>Walk.</li></ol><p>Page after page.</p>",
    ],
    facts="<dc:title>The Calf Book</dc:title><dc:creator>Ann Lee</dc:creator><dc:date>2015-06-07"
    "</dc:date>",
)


def test_a_book_is_read_chapter_after_chapter() -> None:
    reading = read_one("a.epub", BOOK)
    assert (reading.title, reading.author, reading.published, reading.kind) == (
        "The Calf Book",
        "Ann Lee",
        "2015-06-07",
        DocumentKind.ARTICLE,
    )
    assert reading.text == (
        "# Calves\n\nThey lift the heel.\n\n# Care\n\n1. Rest.\n2. Walk.\n\nPage after page.\n"
    )


def test_scrambled_fonts_are_no_copy_protection() -> None:
    fonts = {"META-INF/encryption.xml": '<e><CipherReference URI="OEBPS/a.otf"/></e>'}
    assert "Rest" in read_one("a.epub", epub(["<p>Rest for two days.</p>"], fonts)).text


def test_comments_and_running_titles_are_not_the_text() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Rest for two days.")
    document.add_comment(runs=paragraph.runs, text="A private note", author="Jo")
    document.sections[0].header.paragraphs[0].text = "Harriers hand-out"
    assert read_one("a.docx", saved(document)).text == "Rest for two days.\n"
