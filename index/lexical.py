"""Words as a search compares them: stemmed, British and American spelling alike."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")

_REMEMBERED = 50_000

_STOPWORDS = frozenset(
    re.findall(
        r"\w+",
        """
    a about all also am an and any are as at be been being but by can could did do does doing for
    from get got had has have having he her him his how i if in into is it its itself just me
    might my myself of on or our ought she should so some such than that the their them then there
    these they this those to too us very was we were what when where which who whom why will with
    would you your yours anyone anybody someone somebody please thanks hi hello im ive id ill dont
    doesnt didnt cant wont isnt arent wasnt werent havent hasnt thats theres youre
        """,
    )
)
"""Words that carry the grammar, not the subject, of a question. "Not", "before", "up", "off" and
the like stay: they tell one exercise or moment from another."""

_SPELLINGS = {
    "kerb": "curb",
    "kerbs": "curbs",
    "kerbside": "curbside",
    "fibre": "fiber",
    "fibres": "fibers",
    "centre": "center",
    "centres": "centers",
    "metre": "meter",
    "metres": "meters",
    "kilometre": "km",
    "kilometres": "km",
    "kilometer": "km",
    "kilometers": "km",
    "centimetre": "cm",
    "centimetres": "cm",
    "centimeter": "cm",
    "centimeters": "cm",
    "litre": "liter",
    "litres": "liters",
    "colour": "color",
    "favourite": "favorite",
    "neighbour": "neighbor",
    "behaviour": "behavior",
    "tumour": "tumor",
    "oedema": "edema",
    "anaemia": "anemia",
    "practise": "practice",
    "programme": "program",
    "grey": "gray",
    "plough": "plow",
    "mould": "mold",
    "travelling": "traveling",
    "travelled": "traveled",
    "secs": "seconds",
    "sec": "seconds",
    "mins": "minutes",
    "min": "minutes",
}


def words_of(text: str) -> list[str]:
    """Lowercased words of a text, in order, spelled as they stand; apostrophes made plain."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2019", "'").lower()
    return _WORD.findall(plain)


def folded(word: str) -> str:
    """One spelling for a lowercased word that Britons and Americans spell differently."""
    word = _SPELLINGS.get(word, word)
    # Applied to texts and questions alike, so a word it bends wrongly still meets itself.
    return re.sub(r"(?<=[a-z]{3})is(e[sd]?|ing|ations?)$", r"iz\1", word)


class Analyzer:
    """Turns text into the terms that are compared: folded, stopwords dropped, stemmed."""

    def __init__(self) -> None:
        import Stemmer

        self._stemmer = Stemmer.Stemmer("english")
        # Texts use few words often: of a large shelf, remembering saves most of the work.
        self._terms = lru_cache(maxsize=_REMEMBERED)(self._terms_of)

    def __call__(self, text: str) -> list[str]:
        """Terms of a text, in order, repeats kept."""
        return [term for word in words_of(text) for term in self._terms(word)]

    def _terms_of(self, word: str) -> tuple[str, ...]:
        kept = [folded(part) for part in _parts(word) if part not in _STOPWORDS]
        return tuple(self._stemmer.stemWords(kept))


def _parts(word: str) -> list[str]:
    """Its parts, and the whole: "cool-down" also as "cooldown", "don't" as "dont"."""
    plain = re.sub(r"'s\b", "", word).replace("'", "")
    parts = plain.split("-")
    return parts if len(parts) == 1 else [*parts, "".join(parts)]
