"""What people really typed: one plain form for look-alike letters, hidden characters and slang.

Only a copy for matching is changed; what the reader sees of their message stays as it was.
Unicode: NFKC (UAX #15) and the idea of confusables (UTS #39), cut down to letters that pass for
Latin ones. Characters that join emoji are dropped here too, so an emoji stays one mark.
"""

import re
import unicodedata

_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝɡıкмнтвгηιοραντυχκβε",
    "aeopcyxijshdqwgikmhtbrniopavtuxkbe",
)
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "＇": "'", "“": '"', "”": '"', "…": ". "}
)
_LEET = str.maketrans("013457@$", "oleastas")
_LATIN = re.compile(r"[a-z]")
_WORD = re.compile(r"[^\W_]+")
_HIDDEN_DIGIT = re.compile(r"(?<=[a-z])[013457@$](?=[a-z])")
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")
_SPELT_OUT = re.compile(r"(?<![^\W_])(?:[a-z][ .*_-]){3,24}[a-z](?![^\W_])")
_SPACED = re.compile(r"[ .*_-]")


def plain(text: str) -> str:
    """`text` as it is matched: lower case, no hidden characters, no accents on Latin letters.

    Pure, linear in the length of `text`, and the same when done twice.
    """
    # Before NFKC, which takes an acute accent used as an apostrophe for a space and an accent.
    folded = unicodedata.normalize("NFKC", text.translate(_QUOTES))
    split = unicodedata.normalize("NFKD", folded.casefold())
    kept = "".join(mark for mark in split if _is_kept(mark))
    mixed = _WORD.sub(_unmasked, kept)
    whole = _SPELT_OUT.sub(lambda found: _SPACED.sub("", found.group()), mixed)
    letters = _HIDDEN_DIGIT.sub(lambda found: found.group().translate(_LEET), whole)
    return _DRAWN_OUT.sub(_shortened, letters)


def _is_kept(mark: str) -> bool:
    category = unicodedata.category(mark)
    return category not in ("Cf", "Mn", "Cc", "Co") or mark in "\n\t"


def _unmasked(found: re.Match[str]) -> str:
    """A word with foreign letters in it, in Latin ones; a word of another script stays."""
    word = found.group()
    if word.isascii() or not _LATIN.search(word):
        whole = word.translate(_LOOK_ALIKES)
        return whole if whole.isascii() and _passes(word) else word
    return word.translate(_LOOK_ALIKES)


def _passes(word: str) -> bool:
    """Whether a wholly foreign word looks Latin letter by letter; short ones may be real."""
    return len(word) > 3 and not word.isascii()


def _shortened(found: re.Match[str]) -> str:
    """Letters drawn out for effect, twice; digits and marks stay as many as they are."""
    mark = found.group(1)
    return mark * 2 if mark.isalpha() else found.group()
