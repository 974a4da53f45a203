"""Whatever a file holds, it gives readings that can be quoted from, or one clear line."""

import functools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import IntakeError
from corpus.intake.files import read_bytes
from corpus.intake.paragraphs import LONGEST, with_breaks
from corpus.intake.reading import Reading
from corpus.parse import parse_sections
from tests.corpus.intake.made_files import W, epub, lines, pdf, small_docx

ENDINGS = ["txt", "md", "html", "pdf", "docx", "epub", "csv", "bin"]
PAGE = (
    "<html><head><title>Calves</title><style>.x{display:none}</style></head><body><nav><a>Home</a>"
    "</nav><h1>Calves</h1><p>Rest for two <b>days</b>.</p><table><tr><th>a<th>b<tr><td>c<td>d"
    "</table><ol><li>One.<li>Two.</ol><div class=post id=post1>Hello.</div><div class=post>Hi."
    "</div></body></html>"
)
TABLE = 'thread,author,date,text\nA,fox,2020-01-01,It hurts.\nA,owl,2020-01-02,"Rest ""it""."\n'
MARKDOWN = (
    "---\ntitle: x\n---\n# H\n\nSome **b** <i>words</i>.\n\n| a | b |\n|--|--|\n| c | d |\n\n1. x\n"
)
GOOD: dict[str, Callable[[], bytes]] = {
    "a.pdf": functools.cache(lambda: pdf([lines("Rest for two whole days.", "Then walk.")] * 2)),
    "a.docx": functools.cache(lambda: small_docx("Rest for two whole days. Then walk.")),
    "a.epub": functools.cache(lambda: epub(["<h1>Calves</h1><p>Rest for two days.</p>"])),
    "a.html": PAGE.encode,
    "a.csv": TABLE.encode,
    "a.md": MARKDOWN.encode,
}


def check(name: str, content: bytes) -> None:
    """Reads a file; what comes of it is in order."""
    readings, refusal = read_or_refused(name, content)
    assert bool(readings) == (refusal == "")
    assert len(refusal.splitlines()) == (0 if readings else 1)
    for reading in readings:
        assert parse_sections(reading.text, reading.kind)
        assert len(reading.title.splitlines()) == 1
        assert reading.title.strip()
        assert all(len(remark.splitlines()) == 1 for remark in reading.remarks)
        assert {reading.author, reading.address, reading.published} & {""} == set()


def read_or_refused(name: str, content: bytes) -> tuple[tuple[Reading, ...], str]:
    try:
        return read_bytes(name, content), ""
    except IntakeError as refusal:
        return (), str(refusal)


@given(st.binary(max_size=400), st.sampled_from(ENDINGS))
def test_any_bytes_under_any_name(content: bytes, ending: str) -> None:
    check(f"a.{ending}", content)


@given(st.text(max_size=300), st.sampled_from(ENDINGS), st.sampled_from(["utf-8", "utf-16"]))
def test_any_text_under_any_name(text: str, ending: str, encoding: str) -> None:
    check(f"a.{ending}", text.encode(encoding, errors="surrogatepass"))


MARKUP = st.lists(
    st.sampled_from(
        "<p> </p> <div> <ul> <li> <table> <td> <tr> <h1> <blockquote> <pre> <br> <a href=x> <b> "
        "<!-- --> <style> </style> <script> </script> <article class=post> </article> <dl> <dt> "
        'word &amp; # 1. - > | ** [x](y) --- ``` [quote] [/quote] [b] \n\n \n , ; "'
        "".split(" ")
    ),
    max_size=60,
).map("".join)


@given(MARKUP, st.sampled_from(ENDINGS))
def test_any_markup_under_any_name(text: str, ending: str) -> None:
    check(f"a.{ending}", f"It hurts a lot. {text}".encode())


@pytest.mark.parametrize("name", GOOD)
@given(data=st.data())
def test_a_good_file_cut_off_or_with_bits_turned_over(name: str, data: st.DataObject) -> None:
    content = bytearray(GOOD[name]())
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= data.draw(st.integers(1, 255))
    check(name, bytes(content[: data.draw(st.integers(0, len(content)))]))


EMPTY = """br tab fldChar sdt vMerge gridSpan sym drawing ilvl numId pict vanish shd
footnoteReference commentReference instrText bookmarkStart""".split()
NESTED = "p r t tbl tr tc pPr rPr numPr hyperlink ins del sdtContent txbxContent".split()
XML = st.recursive(
    st.sampled_from(["<w:r><w:t>Rest.</w:t></w:r>", *(f"<w:{name}/>" for name in EMPTY)]),
    lambda inner: st.builds(
        lambda name, parts: f"<w:{name}>{''.join(parts)}</w:{name}>",
        st.sampled_from(NESTED),
        st.lists(inner, max_size=4),
    ),
    max_leaves=15,
)


@given(XML, st.sampled_from(["", "styles", "numbering", "footnotes"]))
def test_a_word_document_whose_parts_are_not_what_they_should_be(xml: str, part: str) -> None:
    body = f"<w:p><w:r><w:t>Rest.</w:t></w:r></w:p>{xml}"
    parts = {part: f"<w:{part} {W}>{xml}</w:{part}>"} if part else {}
    check("a.docx", small_docx(body, **parts))


@given(st.text(alphabet="<>/ab ='\"&;:", max_size=60), st.integers(0, 2))
def test_a_book_whose_parts_are_not_what_they_should_be(xml: str, place: int) -> None:
    parts = ["META-INF/container.xml", "OEBPS/b.opf", "OEBPS/c0.xhtml"]
    check("a.epub", epub(["<p>Rest.</p>"], {parts[place]: xml}))


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_read(name: str) -> None:
    assert read_bytes(name, GOOD[name]())


@pytest.mark.parametrize("ending", ["txt", "md", "html", "csv"])
@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        "<b>",
        "[",
        "![",
        "**a",
        "> ",
        "- ",
        "#",
        "`",
        "_a",
        "&",
        "(",
        "|",
        '"',
        "\\",
        "1. ",
    ],
)
def test_a_piece_of_markup_without_end_is_read_or_refused(piece: str, ending: str) -> None:
    check(f"a.{ending}", f"It hurts. {piece * 20_000}".encode())


@given(st.text(alphabet="ab .\n", max_size=40), st.integers(1, 600), st.text("ab. \n", max_size=40))
def test_no_paragraph_is_longer_than_can_be_cut_up_and_no_word_is_lost(
    before: str, times: int, after: str
) -> None:
    text = before * times + after
    broken = with_breaks(text)
    assert "".join(broken.split()) == "".join(text.split())
    assert max(map(len, broken.split("\n\n"))) <= LONGEST
    assert with_breaks(broken) == broken


def test_a_long_paragraph_is_broken_after_a_sentence() -> None:
    sentence = "This one says a little about calves. "
    broken = with_breaks(sentence * 300)
    assert {part[-1] for part in broken.split("\n\n")} == {"."}
