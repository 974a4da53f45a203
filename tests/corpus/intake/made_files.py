"""Files as clubs have them, made here: nothing in them was taken from anywhere."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import docx

from corpus.document import DocumentKind
from corpus.intake.files import read_bytes
from corpus.intake.reading import UNKNOWN, Reading
from corpus.parse import parse_sections

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read_one(
    name: str,
    content: str | bytes,
    *,
    address: str = UNKNOWN,
    media_type: str = "",
    charset: str = "",
) -> Reading:
    """The one reading of a file."""
    raw = content.encode() if isinstance(content, str) else content
    (reading,) = read_bytes(name, raw, address=address, media_type=media_type, charset=charset)
    return reading


def spoken(reading: Reading) -> dict[str, list[str]]:
    """What each speaker of a reading says, a sentence each."""
    said: dict[str, list[str]] = {}
    for section in parse_sections(reading.text, reading.kind):
        sentences = [reading.text[each.start : each.end] for each in section.sentences]
        said.setdefault(section.speaker, []).extend(sentences)
    return said


def steps(reading: Reading) -> list[tuple[int | None, str]]:
    """Each sentence with the number of its step."""
    return [
        (each.step, reading.text[each.start : each.end])
        for section in parse_sections(reading.text, DocumentKind.ARTICLE)
        for each in section.sentences
    ]


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def small_docx(body: str, **parts: str) -> bytes:
    """A Word document of one paragraph or whatever XML `body` is; `parts` by their file's stem."""
    xml = body if body.startswith("<") else f"<w:p><w:r><w:t>{body}</w:t></w:r></w:p>"
    named = {f"word/{stem}.xml": content for stem, content in parts.items()}
    document = f"<w:document {W}><w:body>{xml}</w:body></w:document>"
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELATIONS,
            "word/document.xml": document,
            **named,
        }
    )


def saved(document: "docx.document.Document") -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def epub(chapters: Sequence[str], extra: Mapping[str, str] | None = None, facts: str = "") -> bytes:
    """A book of these chapters, each the inside of a body."""
    names = [f"c{n}.xhtml" for n in range(len(chapters))]
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
    pages = {
        f"OEBPS/{name}": f"<html><head><title>x</title></head><body>{chapter}</body></html>"
        for name, chapter in zip(names, chapters, strict=True)
    }
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/b.opf"/>'
            "</rootfiles></container>",
            "OEBPS/b.opf": '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            f"{facts}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
            **pages,
            **(extra or {}),
        }
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line of a PDF."""

    text: str
    y: float
    size: float = 11
    x: float = 72
    bold: bool = False


def pdf(pages: Sequence[Sequence[Drawn]], facts: Mapping[str, str] | None = None) -> bytes:
    """A PDF of pages with lines at places, written object by object."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        "<< " + " ".join(f"/{key} ({value})" for key, value in (facts or {}).items()) + " >>",
    ]
    kids = []
    for page in pages:
        drawing = "\n".join(map(_drawn, page))
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << "
            f"/F1 3 0 R /F2 4 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _written(objects)


def _drawn(line: Drawn) -> str:
    text = line.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    font = "F2" if line.bold else "F1"
    return f"BT /{font} {line.size} Tf 1 0 0 1 {line.x} {line.y} Tm ({text}) Tj ET"


def _written(objects: Sequence[str]) -> bytes:
    made, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{content}\nendobj\n"
    start = len(made)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    made += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R >>\n"
    return f"{made}startxref\n{start}\n%%EOF\n".encode("cp1252")


def lines(*texts: str, top: float = 760, gap: float = 14, **drawn: float) -> list[Drawn]:
    """Lines one below the other."""
    return [Drawn(text, top - n * gap, **drawn) for n, text in enumerate(texts)]  # type: ignore[arg-type]
