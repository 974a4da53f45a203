"""Bytes into text: the only door to charset-normalizer, and the last resort to it.

Clubs' files are UTF-8 or were saved by an old Windows; statistics over a short text take the one
for the other, so those are tried by rules first. A guess is always said.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from corpus.errors import UnknownFormatError

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BELIEVED = {
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "ks-c-5601-1987": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1253": "cp1253",
    "windows-1254": "cp1254",
    "iso-8859-2": "iso8859_2",
    "iso-8859-5": "iso8859_5",
    "iso-8859-7": "iso8859_7",
}
"""Encodings that are believed where they are declared: as labels of the web are read (WHATWG
Encoding), and by Python's name. None of them can run anything or unpack to more than it is."""
_FEW = 0.02
"""Share of characters that may be lost before a text is worth nothing."""
_SIGNS = "‘’‚“”„–—…•€£¥§©®™°±²³´µ·¹º»«¼½¾¿×÷¡\u00a0\u00ad"
_TAKEN_FOR_A_LETTER = re.compile(r"[a-zß-ÿ][À-Þ]|(?<!\w)Ò[A-Za-z]")
"""Capitals where none belong: "donÕt" is a Macintosh's apostrophe."""
_TWICE = re.compile(r"[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}")
"""A letter's UTF-8 bytes, each read as a windows-1252 character."""
_UNDEFINED = {0x81: 0x81, 0x8D: 0x8D, 0x8F: 0x8F, 0x90: 0x90, 0x9D: 0x9D}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and what was guessed or lost on the way."""

    text: str
    remarks: tuple[str, ...] = ()


def decoded(content: bytes, name: str, declared: str = "") -> Decoded:
    """The text in `content`; `name` is for the message.

    What a page or its server declared of the encoding is asked only where the bytes are no UTF-8,
    which is nothing else by accident, and where it is one that others are not mistaken for: a page
    that says UTF-8 or Latin-1 and is not is common.

    Raises:
        UnknownFormatError: it is binary, or its encoding cannot be told.
    """
    found = _by_mark(content) or _by_nulls(content)
    if found is None:
        if _looks_binary(content):
            raise UnknownFormatError(f"{name} is not a text. {WHAT_WE_READ}")
        found = _utf8(content) or _declared(content, declared) or _windows(content)
        found = found or _nearly_utf8(content) or _guessed(content)
    if found is None or _lost(found.text) > _FEW:
        raise UnknownFormatError(
            f"{name} is in an encoding that cannot be told. Open it, check that it reads well, "
            "and save it as UTF-8."
        )
    text, remarks = _mended(found.text)
    return Decoded(text, (*found.remarks, *remarks, *_remark_on_lost(text)))


WHAT_WE_READ = (
    "Soleus reads .txt, .md, .html, .pdf, .docx, .epub and .csv files: save it as one of these."
)


def _by_mark(content: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return Decoded(content.decode(encoding, errors="replace"))
    return None


def _by_nulls(content: bytes) -> Decoded | None:
    """UTF-16 without its mark: every other byte of an English text is a zero."""
    head = content[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < 0.4 * len(head) / 2 or min(even, odd) > 0.02 * len(head):
        return None
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    text = content.decode(encoding, errors="replace")
    return Decoded(text, ("It was read as UTF-16.",))


def _looks_binary(content: bytes) -> bool:
    head = content[:65536]
    odd = sum(head.count(byte) for byte in (*range(0, 9), *range(14, 27), *range(28, 32), 127))
    return b"\0" in head or odd > 0.01 * len(head)


def _utf8(content: bytes) -> Decoded | None:
    try:
        return Decoded(content.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _declared(content: bytes, declared: str) -> Decoded | None:
    label = declared.strip().lower().replace("_", "-")
    encoding = _BELIEVED.get(label)
    if encoding is None:
        return None
    try:
        return Decoded(content.decode(encoding))
    except UnicodeDecodeError:
        return None


def _nearly_utf8(content: bytes) -> Decoded | None:
    """UTF-8 with a damaged byte here and there, or cut off in the middle of a letter."""
    text = content.decode("utf-8", errors="replace")
    beyond_ascii = sum(character > "\x7f" for character in text)
    lost = text.count("\ufffd")
    return Decoded(text) if beyond_ascii - lost > 3 * lost or lost == 1 else None


def _windows(content: bytes) -> Decoded | None:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None
    beyond_ascii = [character for character in text if character > "\x7f"]
    known = all(c in _SIGNS or unicodedata.category(c) in ("Ll", "Lu") for c in beyond_ascii)
    twice = sum(len(run) for run in _TWICE.findall(text))
    plausible = known and not _TAKEN_FOR_A_LETTER.search(text) and 2 * twice < len(beyond_ascii)
    if not plausible or len(beyond_ascii) > 0.15 * len(text):
        return None
    return Decoded(text, ("It was read as windows-1252, since it is not UTF-8.",))


def _guessed(content: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes  # lazily: most files never need it

    best = from_bytes(content).best()
    if best is None or best.encoding == "ascii":
        return None
    encoding = best.encoding.replace("_", "-")
    return Decoded(
        str(best), (f"Its encoding was guessed ({encoding}): check accents and quotes.",)
    )


def _mended(text: str) -> tuple[str, tuple[str, ...]]:
    """Mends letters that were saved as UTF-8 and read as windows-1252 once (â€™ for ’)."""
    mended = 0

    def mend(match: re.Match[str]) -> str:
        nonlocal mended
        try:
            raw = b"".join(_windows_byte(character) for character in match.group())
            right = raw.decode("utf-8")
        except UnicodeError:
            return match.group()
        mended += 1
        return right

    text = _TWICE.sub(mend, text)
    if not mended:
        return text, ()
    return text, (f"{mended} garbled letters or signs (as in â€™) were mended.",)


def _windows_byte(character: str) -> bytes:
    if ord(character) in _UNDEFINED:
        return bytes([ord(character)])
    return character.encode("cp1252")


def _lost(text: str) -> float:
    return text.count("\ufffd") / max(1, len(text))


def _remark_on_lost(text: str) -> tuple[str, ...]:
    lost = text.count("\ufffd")
    return (f"{lost} characters could not be read (shown as \ufffd).",) if lost else ()
