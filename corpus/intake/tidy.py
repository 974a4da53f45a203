"""Text as every reader hands it on: one kind of line end, composed letters, nothing invisible.

Characters that nobody sees can carry words that nobody was meant to see, or turn round the words
that stand beside them; they are dropped, and it is said that they were.
"""

import re
import unicodedata
from dataclasses import dataclass

_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_UNSEEN = re.compile(
    r"[\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200c\u200e\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff]"
)
_JOINER = re.compile(r"(?<![\u2190-\uffff\U0001f000-\U0001faff])\u200d|\u200d(?![^\x00-\u218f])")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_BULLETS = re.compile(r"[\uf0a7\uf0b7\uf0a8\uf06e\uf076\uf0fc\uf0d8]")
"""What word processors' symbol fonts make of a bullet."""
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_TRAILING = re.compile(r"(?<![ \t])[ \t]++$", re.MULTILINE)
_MOST_MARKS = 30
"""Accents on one letter; what Unicode's Stream-Safe Text Format allows (UAX 15)."""
_MAY_BE_PILE = re.compile(rf"[^\x00-\u02ff]{{{_MOST_MARKS + 1},}}")
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Tidied:
    """A text made tidy, and what was dropped on the way."""

    text: str
    remarks: tuple[str, ...] = ()


def tidy(text: str) -> Tidied:
    """`text` in NFC with line feeds and plain blanks, without characters that cannot be seen."""
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    text = _BULLETS.sub("•", _BLANKS.sub(" ", text)).replace("\u2011", "-").replace("\u2010", "-")
    text = _CONTROLS.sub("", text.replace("\u00ad", ""))
    seen, unseen = _without_unseen(_SURROGATES.sub("\ufffd", text))
    text, piled = _without_piles(seen)
    text = _TRAILING.sub("", unicodedata.normalize("NFC", text))
    return Tidied(_BLANK_LINES.sub("\n\n", text).strip("\n"), _remarks(unseen + piled))


def one_line(text: str) -> str:
    """`text` tidied into a single line, for a title or a name."""
    return " ".join(tidy(text).text.split())


def _without_unseen(text: str) -> tuple[str, int]:
    text, unseen = _UNSEEN.subn("", text)
    text, joiners = _JOINER.subn("", text)
    text, private = _PRIVATE.subn("", text)
    return text, unseen + joiners + private


def _without_piles(text: str) -> tuple[str, int]:
    """`text` without accents piled up on one letter, and how many went.

    Composing sorts each pile, in a time that grows with the square of its height.
    """
    gone = 0

    def lowered(match: re.Match[str]) -> str:
        nonlocal gone
        kept: list[str] = []
        height = 0
        for character in match.group():
            height = height + 1 if unicodedata.combining(character) else 0
            if height <= _MOST_MARKS:
                kept.append(character)
        gone += len(match.group()) - len(kept)
        return "".join(kept)

    return _MAY_BE_PILE.sub(lowered, text), gone


def _remarks(unseen: int) -> tuple[str, ...]:
    if not unseen:
        return ()
    what = "1 invisible character was" if unseen == 1 else f"{unseen} invisible characters were"
    return (f"{what} dropped.",)
