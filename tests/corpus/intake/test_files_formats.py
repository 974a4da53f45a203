"""Which files are read, which are refused, and that each refusal is one clear line."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import (
    BrokenFileError,
    CorpusError,
    EmptyFileError,
    HostileFileError,
    IntakeError,
    NoTextError,
    ProtectedFileError,
    TooLargeError,
    UnknownFormatError,
)
from corpus.intake.files import LARGEST, read_bytes, read_file
from tests.corpus.intake.made_files import (
    Drawn,
    epub,
    lines,
    pdf,
    read_one,
    small_docx,
    zipped,
)

WORDS = "Calf raises help. Do them slowly."
PDF = pdf([lines("Calf raises help. Do them slowly.")])
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ZEROS = b"0" * (30 * 2**20)

REFUSED: list[tuple[str, bytes, type[IntakeError], str]] = [
    ("nothing.txt", b"", EmptyFileError, "empty"),
    ("blank.md", b" \n\t\r\n  ", EmptyFileError, "empty"),
    ("nulls.txt", bytes(500), EmptyFileError, "empty"),
    ("photo.txt", PICTURE, UnknownFormatError, "picture"),
    ("program.txt", bytes(range(256)) * 4, UnknownFormatError, "not a text"),
    ("sheet.xlsx", zipped({"xl/workbook.xml": "<x/>"}), UnknownFormatError, "packed"),
    ("bag.zip", zipped({"a.txt": WORDS}), UnknownFormatError, "packed"),
    ("notes.rtf", rb"{\rtf1 Hello}", UnknownFormatError, ".docx"),
    ("old.doc", OLD_WORD, UnknownFormatError, ".docx"),
    ("code.py", b"print('calf')", UnknownFormatError, "format"),
    ("locked.docx", OLD_WORD + "EncryptedPackage".encode("utf-16-le"), ProtectedFileError, "pass"),
    ("text.pdf", WORDS.encode(), BrokenFileError, "PDF"),
    ("text.docx", WORDS.encode(), BrokenFileError, "Word"),
    ("cut.docx", small_docx(WORDS)[:300], BrokenFileError, "damaged"),
    ("cut.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type", BrokenFileError, "damaged"),
    ("scan.pdf", pdf([[], []]), NoTextError, "OCR"),
    ("empty.docx", small_docx("<w:p/>"), NoTextError, "no text"),
    ("empty.epub", epub(["<img src='a.png'/>"]), NoTextError, "no text"),
    ("bare.html", b"<html><body><div id=app></div><script>go()</script></body>", NoTextError, ""),
    ("numbers.csv", b"runner,seconds\nann,120\nbob,130\n", NoTextError, "column"),
    ("heads.csv", b"author,text\n", NoTextError, "no row"),
    ("marks.md", b"***\n\n---\n", NoTextError, "no sentence"),
    ("bomb.docx", zipped({"word/document.xml": ZEROS}), HostileFileError, "zip bomb"),
    ("bomb.epub", epub(["<p>Hi.</p>"], {"OEBPS/x": "0" * 2**21}), HostileFileError, "zip bomb"),
    (
        "laughs.docx",
        zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;">]><a/>'}),
        HostileFileError,
        "entities",
    ),
    ("deep.docx", small_docx("<w:p>" * 200 + "</w:p>" * 200), HostileFileError, "within one"),
    ("deep.html", b"<div>" * 6000 + b"Hello there.", HostileFileError, "within one"),
    ("wide.html", b"<p " + b"a b " * 400 + b">Hello there.", HostileFileError, "parts"),
    (
        "drm.epub",
        epub(
            ["<p>Secret words.</p>"],
            {"META-INF/encryption.xml": '<e><CipherReference URI="OEBPS/c0.xhtml"/></e>'},
        ),
        ProtectedFileError,
        "copying",
    ),
]


@pytest.mark.parametrize(
    ("name", "content", "error", "says"), REFUSED, ids=[each[0] for each in REFUSED]
)
def test_what_cannot_be_read_is_refused_in_one_line_that_names_it(
    name: str, content: bytes, error: type[IntakeError], says: str
) -> None:
    with pytest.raises(error) as refusal:
        read_bytes(name, content)
    message = str(refusal.value)
    assert name in message
    assert says in message
    assert "\n" not in message
    assert message.endswith(".")
    assert isinstance(refusal.value, CorpusError)


def test_a_file_of_fifty_megabytes_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(50 * 2**20)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(TooLargeError, match="50 MB"):
        read_file(huge)


def test_bytes_beyond_the_limit_are_refused_too() -> None:
    with pytest.raises(TooLargeError, match=r"big\.txt"):
        read_bytes("big.txt", b"a" * (LARGEST + 1))


@pytest.mark.parametrize("make", [lambda p: p / "gone.txt", lambda p: p])
def test_what_is_no_file_is_refused(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    with pytest.raises(BrokenFileError, match="no file"):
        read_file(make(tmp_path))


def test_a_file_is_called_what_its_caller_calls_it(tmp_path: Path) -> None:
    path = tmp_path / "x1.txt"
    path.write_text(WORDS)
    (reading,) = read_file(path, name="handouts/calf raises.txt")
    assert reading.title == "Calf raises"
    with pytest.raises(UnknownFormatError, match=r"sub/n \.exe"):
        read_bytes("sub/n\n.exe", b"MZ words")


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("really-a.txt", PDF, ""),
        ("really-a.html", small_docx(WORDS), ""),
        ("page", b"<!doctype html><title>x</title><p>" + WORDS.encode(), ""),
        ("really.txt", b"<html><body><p>" + WORDS.encode(), ""),
        ("index.php", b"<p>" + WORDS.encode(), "text/html; charset=utf-8"),
        ("paper.aspx", PDF, "application/octet-stream"),
        ("really.docx", epub([f"<p>{WORDS}</p>"]), ""),
        ("UPPER.TXT", WORDS.encode(), ""),
        ("readme", WORDS.encode(), ""),
        ("raw.md", WORDS.encode(), "text/plain"),
    ],
)
def test_the_content_says_what_a_file_is(name: str, content: bytes, media_type: str) -> None:
    reading = read_one(name, content, media_type=media_type)
    assert "Calf raises help. Do them slowly." in " ".join(reading.text.split())


def test_a_locked_package_is_protected() -> None:
    raw = bytearray(small_docx(WORDS))
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(head)
        while at >= 0:
            raw[at + flags] |= 1
            at = raw.find(head, at + 4)
    with pytest.raises(ProtectedFileError, match="password"):
        read_bytes("locked.docx", bytes(raw))


def test_a_package_that_lies_about_its_sizes_is_damaged_not_unpacked() -> None:
    raw = bytearray(zipped({"word/document.xml": ZEROS}))
    size = len(ZEROS).to_bytes(4, "little")
    assert raw.count(size) == 2
    lying = bytes(raw).replace(size, (1000).to_bytes(4, "little"))
    with pytest.raises(BrokenFileError):
        read_bytes("lies.docx", lying)


def test_a_package_of_too_many_parts_is_refused() -> None:
    many = zipped({f"word/{n}.xml": "" for n in range(5_001)}, zipfile.ZIP_STORED)
    with pytest.raises(HostileFileError):
        read_bytes("many.docx", many)


def test_an_address_that_is_told_wins_over_the_page_s_own() -> None:
    page = '<link rel=canonical href="https://club.example/a"><p>Calves need rest after hills.'
    assert read_one("a.html", page).address == "https://club.example/a"
    told = read_one("a.html", page, address="https://club.example/b")
    assert told.address == "https://club.example/b"


def test_a_pdf_of_one_line_is_not_taken_for_a_scan() -> None:
    assert "Rest" in read_one("one.pdf", pdf([[Drawn("Rest for two whole days first.", 700)]])).text
