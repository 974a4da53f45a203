"""Word documents: the only door to mammoth.

mammoth knows numbering, styles, tables, notes and tracked changes, and writes HTML, which is read
on like any page's. It is handed a package that holds only the parts that carry words, with what
Word hides left out.
"""

import io
import re
import zipfile
from xml.etree import ElementTree

from corpus.errors import BrokenFileError, HostileFileError, NoTextError
from corpus.intake.draft import Draft
from corpus.intake.guesses import is_a_program_s_name, is_a_program_s_title, iso_date
from corpus.intake.packed.hidden import slim_styles, without_hidden
from corpus.intake.packed.package import Packed, damaged, open_packed
from corpus.intake.pages.html import markdown_of_fragment

_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/(?:document|styles|numbering|footnotes|endnotes)\d*"
    r"\.xml|word/_rels/(?:document|footnotes|endnotes)\d*\.xml\.rels"
)
_WORDS = re.compile(r"word/(?:document|footnotes|endnotes)")
_STYLE_PART = "word/styles.xml"
_CORE = "docProps/core.xml"
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
r[style-name='Strong'] => strong
"""


def read_docx(name: str, content: bytes) -> Draft:
    """The text of a Word document.

    Raises:
        BrokenFileError: it is damaged.
        HostileFileError: it is built to exhaust whoever opens it.
        NoTextError: it holds no words.
        ProtectedFileError: it is locked with a password.
    """
    packed = open_packed(name, content)
    safe, hidden = _safe_package(packed)
    text = markdown_of_fragment(_html(name, safe), name)
    if not any(map(str.isalnum, text)):
        raise NoTextError(f"{name} holds no text. If its words are in pictures, type them in.")
    facts = _facts(packed)
    title, author = facts.get("title", ""), facts.get("creator", "")
    return Draft(
        text=text,
        title="" if is_a_program_s_title(title) else title,
        author="" if is_a_program_s_name(author) else author,
        published=iso_date(facts.get("created", "")),
        remarks=(f"{hidden} words that the document hides were left out.",) if hidden else (),
    )


def _safe_package(packed: Packed) -> tuple[bytes, int]:
    """A package of the parts that carry words, all read over, and how many words were hidden."""
    try:
        return _without_hidden(packed)
    except ElementTree.ParseError as problem:  # such as a prefix that nothing declares
        raise damaged(packed.file_name) from problem


def _without_hidden(packed: Packed) -> tuple[bytes, int]:
    made = io.BytesIO()
    hidden, hiding = 0, frozenset[str]()
    members = sorted(filter(_PARTS.fullmatch, packed.names), key=lambda m: m != _STYLE_PART)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for member in members:  # the styles first: they say what the others hide
            content = packed.read_xml(member)
            if member == _STYLE_PART:
                content, hiding = slim_styles(content)
            elif _WORDS.match(member):
                content, count = without_hidden(content, hiding)
                hidden += count
            archive.writestr(member, content)
    return made.getvalue(), hidden


def _html(name: str, package: bytes) -> str:
    import mammoth  # lazily: most files are no Word document

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(package),
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=lambda _image: [],
            external_file_access=False,
        )
    except MemoryError as problem:
        raise HostileFileError(f"{name} is too large to be read. Split it.") from problem
    except Exception as problem:  # a damaged document raises whatever the damage leads to
        raise BrokenFileError(
            f"{name} is a damaged Word document. Open it, save it anew and add that."
        ) from problem
    return str(result.value)


def _facts(packed: Packed) -> dict[str, str]:
    """Title, creator and created from the document's properties, as far as they are there."""
    content = packed.read_xml(_CORE)
    if not content:
        return {}
    try:
        root = ElementTree.fromstring(content)  # noqa: S314  (read over)
    except ElementTree.ParseError as problem:
        raise damaged(packed.file_name) from problem
    return {each.tag.rpartition("}")[2]: (each.text or "").strip() for each in root}
