"""Named things: which of the lexicon's concepts a text mentions.

The lexicon is data (`assistant/lexicon.toml`), matched as whole words after stemming, longest
form first, so that "shin splints" is a condition and not also a shin.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, pairwise
from pathlib import Path

from assistant.errors import LexiconError
from assistant.reading.words import Word, stems_in, words_in

DEFAULT_PATH = Path(__file__).parent.parent / "lexicon.toml"


class Category(StrEnum):
    """What sort of thing a concept is; decides how much hangs on its being there."""

    BODY = "body"
    SYMPTOM = "symptom"
    GRAVE = "grave"
    CONDITION = "condition"
    REMEDY = "remedy"
    PERSON = "person"
    INTAKE = "intake"
    GEAR = "gear"
    PRODUCT = "product"
    ACTIVITY = "activity"
    SETTING = "setting"


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept found in a text, and the words (by number) that name it."""

    concept: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Concepts, their forms as stem sequences, their categories and what they are a kind of."""

    forms: Mapping[tuple[str, ...], str]
    category: Mapping[str, Category]
    broader: Mapping[str, tuple[str, ...]]
    sibling: Mapping[str, str]
    surface: Mapping[str, str]
    """The first form of each concept: how to say it."""
    starting: Mapping[str, int]
    """Words of the longest form that begins with a stem."""
    words: frozenset[str]
    """Every single word of every form, for spelling."""

    def mentions(self, words: tuple[Word, ...]) -> tuple[Mention, ...]:
        """Concepts in a text, left to right; a word names at most one of them."""
        found: list[Mention] = []
        at = 0
        while at < len(words):
            longest = self.starting.get(words[at].stem, 0)
            for length in range(min(longest, len(words) - at), 0, -1):
                key = tuple(word.stem for word in words[at : at + length])
                concept = self.forms.get(key)
                if concept is not None:
                    found.append(Mention(concept, at, at + length - 1))
                    at += length
                    break
            else:
                at += 1
        return tuple(found)

    def concepts_in(self, text: str) -> frozenset[str]:
        """The concepts a text mentions."""
        return frozenset(mention.concept for mention in self.mentions(words_in(text)))

    def subjects_in(self, text: str, things: frozenset[Category]) -> frozenset[str]:
        """Concepts of a text, less a thing that the thing named just before it narrows.

        "Zero drop shoes" are about zero drop, not about shoes.
        """
        mentions = self.mentions(words_in(text))
        narrowed = {
            after.concept
            for before, after in pairwise(mentions)
            if before.last + 1 == after.first
            and self.category[before.concept] in things
            and self.category[after.concept] in things
        }
        return frozenset(mention.concept for mention in mentions) - narrowed

    def narrowest(self, concepts: frozenset[str]) -> frozenset[str]:
        """The concepts less those that another one of them is a kind of."""
        return concepts - {k for name in concepts for k in self.ancestors(name)[1:]}

    def of(
        self, concepts: frozenset[str], wanted: set[Category] | frozenset[Category]
    ) -> frozenset[str]:
        """Those of the concepts that belong to one of the wanted categories."""
        return frozenset(name for name in concepts if self.category[name] in wanted)

    def ancestors(self, concept: str) -> tuple[str, ...]:
        """The concept itself and everything it is a kind of, nearest first."""
        found = [concept]
        for name in found:
            found += [kind for kind in self.broader.get(name, ()) if kind not in found]
        return tuple(found)

    def kinds_of(self, concepts: Iterable[str]) -> frozenset[str]:
        """The concepts with all their ancestors."""
        return frozenset(name for concept in concepts for name in self.ancestors(concept))


def read_lexicon(path: Path = DEFAULT_PATH) -> Lexicon:
    """Load and check the lexicon.

    Raises LexiconError when the file is missing, is not TOML, or names a form or kind twice.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path.name}: {error}. Restore the file from the repository.") from None
    broader = {
        name: (kinds,) if isinstance(kinds, str) else tuple(kinds)
        for name, kinds in tables.pop("broader", {}).items()
    }
    sibling = tables.pop("sibling", {})
    forms: dict[tuple[str, ...], str] = {}
    category: dict[str, Category] = {}
    surface: dict[str, str] = {}
    words: set[str] = set()
    for name, concept, spellings in _lines(tables, path):
        if concept in category:
            raise LexiconError(f"{path.name}: concept {concept!r} stands twice.")
        category[concept] = name
        surface[concept] = spellings[0]
        for spelling in spellings:
            key = stems_in(spelling)
            if not key or forms.setdefault(key, concept) != concept:
                other = forms.get(key, "nothing")
                raise LexiconError(f"{path.name}: {spelling!r}: both {other} and {concept}.")
            words.update(word.text for word in words_in(spelling))
    if not forms:
        raise LexiconError(f"{path.name} holds no concepts. Restore it from the repository.")
    related = {*broader, *chain.from_iterable(broader.values()), *sibling, *sibling.values()}
    unknown = related - set(category)
    if unknown:
        raise LexiconError(f"{path.name}: relations name unknown concepts {sorted(unknown)}.")
    return Lexicon(forms, category, broader, sibling, surface, _starting(forms), frozenset(words))


def _starting(forms: Iterable[tuple[str, ...]]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for form in forms:
        longest[form[0]] = max(len(form), longest.get(form[0], 0))
    return longest


def _lines(
    tables: Mapping[str, object], path: Path
) -> Iterator[tuple[Category, str, Sequence[str]]]:
    """Category, concept and forms of every line. Raises LexiconError for any other shape."""
    for name, concepts in tables.items():
        if name not in set(Category) or not isinstance(concepts, dict):
            raise LexiconError(f"{path.name}: [{name}] is no category of the lexicon.")
        for concept, spellings in concepts.items():
            whole = isinstance(spellings, list) and all(isinstance(s, str) for s in spellings)
            if not whole or not spellings:
                raise LexiconError(f"{path.name}: {concept}: give a list of its forms.")
            yield Category(name), concept, spellings
