"""Phrases as people say them, in a small notation, matched on whole words.

A phrase is a row of elements parted by spaces:

    swollen            this word (seven letters or more: also with one slip of the finger)
    swell*             a word that begins so
    hot|warm|burning   any of these
    [my]               any word of that class, or of that body part or zone
    (really)           may be missing
    {end it|go}        one of these rows of words
    ~3                 up to three words of any kind
    #10-90             a number from 10 to 90, in digits or as a word

Matching walks from word to word and looks at a bounded number of next ones, so its time grows
with the message and with nothing else: there is no backtracking expression to blow up.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.errors import RulesError

LONGEST_GAP = 14
_SHORTEST_PREFIX = 3
_ELEMENT = re.compile(r"[a-z0-9|*#\[\]_À-￿-]+")
_GROUP = re.compile(r"\{([^{}]+)\}")
_NUMBERS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 4, "thirty": 30, "forty": 40, "fifty": 50,
     "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a phrase: which words may stand there."""

    words: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    parts: frozenset[str] = frozenset()
    """Body parts, by name."""
    numbers: tuple[float, float] | None = None
    gap: int = 0
    """Above 0: no word of its own but up to so many of any kind."""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of elements; the first one always stands for a word."""

    elements: tuple[Element, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Names:
    """What square brackets may name."""

    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    zones: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Zone or body part to the body parts in it."""
    spelling: Mapping[str, str] = field(default_factory=dict)
    """Wrong to right: a phrase may be written as people misspell it."""


def parse_all(text: str, names: Names) -> tuple[Phrase, ...]:
    """The phrases a notation stands for, one for each choice in braces. Raises RulesError."""
    group = _GROUP.search(text)
    if group is None:
        return (parse(text, names),)
    return tuple(
        phrase
        for choice in group[1].split("|")
        for phrase in parse_all(f"{text[: group.start()]}{choice}{text[group.end() :]}", names)
    )


def parse(text: str, names: Names) -> Phrase:
    """A phrase without braces. Raises RulesError, naming the phrase."""
    elements = tuple(_element(piece, names, text) for piece in text.split())
    if not elements or elements[0].gap or elements[0].optional:
        raise RulesError(f"Phrase {text!r} must begin with a word.")
    return Phrase(elements, text)


def _element(piece: str, names: Names, text: str) -> Element:
    optional = piece.startswith("(") and piece.endswith(")")
    if optional:
        piece = piece[1:-1]
    if piece.startswith("~") and piece[1:].isdigit() and 0 < int(piece[1:]) <= LONGEST_GAP:
        return Element(gap=int(piece[1:]))
    if not _ELEMENT.fullmatch(piece):
        raise RulesError(f"Phrase {text!r}: {piece!r} is no element.")
    return _choices(piece.split("|"), names, text, optional=optional)


def _choices(choices: Sequence[str], names: Names, text: str, *, optional: bool) -> Element:
    words: set[str] = set()
    prefixes: list[str] = []
    parts: set[str] = set()
    numbers: tuple[float, float] | None = None
    for each in choices:
        if each.startswith("[") and each.endswith("]"):
            named_words, named_parts = _named(each[1:-1], names, text)
            words |= named_words
            parts |= named_parts
        elif each.startswith("#"):
            numbers = _range(each, text)
        elif each.endswith("*") and len(each) > _SHORTEST_PREFIX:
            prefixes.append(each[:-1])
        elif each.isalnum():
            words.add(names.spelling.get(each, each))
        else:
            raise RulesError(f"Phrase {text!r}: {each!r} is no word.")
    return Element(frozenset(words), tuple(prefixes), frozenset(parts), numbers, optional=optional)


def _named(name: str, names: Names, text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words or the body parts that a name in square brackets stands for."""
    if name in names.classes:
        return names.classes[name], frozenset()
    if name in names.zones:
        return frozenset(), names.zones[name]
    raise RulesError(f"Phrase {text!r}: nothing is called [{name}].")


def _range(piece: str, text: str) -> tuple[float, float]:
    found = re.fullmatch(r"#(\d+)-(\d+)", piece)
    if found is None:
        raise RulesError(f"Phrase {text!r}: write a range of numbers as #10-90.")
    return float(found[1]), float(found[2])


def number_of(word: str) -> float | None:
    """The number a word stands for, e.g. "38.5" or "twenty"; None if it is none."""
    if word in _NUMBERS:
        return float(_NUMBERS[word])
    if not word[:1].isdigit():
        return None  # "nan" is a grandmother
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Match:
    """Where a named phrase stands in a sentence: words `start` up to, not including, `end`."""

    name: str
    start: int
    end: int
    skipped: frozenset[int] = frozenset()
    """Words in between that the phrase does not name: they stand in its gaps."""


class PhraseBook:
    """Named phrases, found in a sentence in one walk over its words."""

    def __init__(self, phrases: Iterable[tuple[str, Phrase]]) -> None:
        """Name and phrase, as often as a name has phrases."""
        self._by_word: dict[str, list[tuple[str, Phrase]]] = {}
        self._by_prefix: dict[str, list[tuple[str, Phrase]]] = {}
        self._by_part: dict[str, list[tuple[str, Phrase]]] = {}
        self._by_number: list[tuple[str, Phrase]] = []
        for name, phrase in phrases:
            first = phrase.elements[0]
            for word in first.words:
                self._by_word.setdefault(word, []).append((name, phrase))
            for prefix in first.prefixes:
                self._by_prefix.setdefault(prefix, []).append((name, phrase))
            for part in first.parts:
                self._by_part.setdefault(part, []).append((name, phrase))
            if first.numbers:
                self._by_number.append((name, phrase))
        self._longest = max(map(len, self._by_prefix), default=0)

    def find(self, words: Sequence[str], parts: Sequence[frozenset[str]]) -> list[Match]:
        """Every match, by where it starts. `parts` names the body parts ending at each word."""
        found: dict[tuple[str, int], Match] = {}
        for start, word in enumerate(words):
            for name, phrase in self._starting(word, parts[start]):
                rest = _rest(phrase.elements, 1, words, parts, start + 1)
                if rest is None:
                    continue
                match = Match(name, start, rest[0], frozenset(rest[1]))
                if (name, start) not in found or match.end > found[name, start].end:
                    found[name, start] = match
        return list(found.values())

    def _starting(self, word: str, parts: frozenset[str]) -> Iterable[tuple[str, Phrase]]:
        yield from self._by_word.get(word, ())
        for length in range(3, min(len(word), self._longest) + 1):
            yield from self._by_prefix.get(word[:length], ())
        for part in parts:
            yield from self._by_part.get(part, ())
        if self._by_number and (value := number_of(word)) is not None:
            for name, phrase in self._by_number:
                lowest, highest = phrase.elements[0].numbers or (0.0, 0.0)
                if lowest <= value <= highest:
                    yield name, phrase


def _rest(
    elements: Sequence[Element],
    place: int,
    words: Sequence[str],
    parts: Sequence[frozenset[str]],
    at: int,
) -> tuple[int, tuple[int, ...]] | None:
    """Where the rest of a phrase ends if it stands at word `at`, and the words it skips."""
    if place == len(elements):
        return at, ()
    element = elements[place]
    if element.gap:
        for skipped in range(min(element.gap, len(words) - at) + 1):
            rest = _rest(elements, place + 1, words, parts, at + skipped)
            if rest is not None:
                return rest[0], (*range(at, at + skipped), *rest[1])
        return None
    if at < len(words) and _stands(element, words[at], parts[at]):
        rest = _rest(elements, place + 1, words, parts, at + 1)
        if rest is not None:
            return rest
    return _rest(elements, place + 1, words, parts, at) if element.optional else None


def _stands(element: Element, word: str, parts: frozenset[str]) -> bool:
    if word in element.words or (element.parts and not element.parts.isdisjoint(parts)):
        return True
    if element.prefixes and word.startswith(element.prefixes):
        return True
    if element.numbers is not None and (value := number_of(word)) is not None:
        return element.numbers[0] <= value <= element.numbers[1]
    return False
