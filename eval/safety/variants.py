"""One message typed in many ways: whatever changes here, what it means stays as it was.

Metamorphic testing (Chen et al. 1998): nobody has to say what is right for a changed message, as
it must be read like the one it came from. Pure, and the same for the same seed.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from eval.safety.rows import Row, read_toml

ASIDES = Path(__file__).resolve().parent / "asides.toml"
LONG = 7
"""Letters from which a word is long enough for one typo to leave it readable."""
_FEW = 5
"""Asides that are also put in front, or in a turn of their own."""
_WORD = re.compile(r"[A-Za-z]+")
_MIDDLE = re.compile(r"(?<=\b[A-Za-z]{2})(?=[A-Za-z]{2})")
"""Behind the second letter of a word of four or more."""
_PUNCTUATION = re.compile(r"(?<!\d)[.,;:!?()\"“”…–—-]+|[.,;:!?()\"“”…–—-]+(?!\d)")
_END = re.compile(r"(?<=[.!?])\s+|\n+")
_LOOK_ALIKE = str.maketrans("aeopcx", "аеорсх")
_EMOJI = ("😅", "🏃‍♀️", "💪🏽", "😭")

Turns = tuple[str, ...]


class _Lines(Row):
    benign: Annotated[tuple[str, ...], Field(min_length=1)]
    denied: Annotated[tuple[str, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Asides:
    """Sentences to lay beside a message."""

    benign: tuple[str, ...]
    """They say nothing of anybody's health."""
    denied: tuple[str, ...]
    """They say that a sign is not there."""


@dataclass(frozen=True, slots=True)
class Change:
    """One way of typing a message otherwise."""

    name: str
    what: str
    variants: Callable[[Turns, random.Random], Iterator[Turns]]
    """The changed messages; none where there is nothing to change."""


def read_asides(path: Path = ASIDES) -> Asides:
    """The shipped sentences. Raises SafetyDataError."""
    lines = read_toml(path, _Lines)
    return Asides(lines.benign, lines.denied)


def changes(asides: Asides) -> tuple[Change, ...]:
    """Every change that is measured."""
    return (
        Change("aside after", "a sentence about something else at the end", _after(asides.benign)),
        Change("aside before", "such a sentence in front", _before(asides.benign)),
        Change("aside as a turn", "such a sentence as the last turn", _as_turn(asides.benign)),
        Change("sign denied after", "a sign denied at the end", _after(asides.denied)),
        Change("upper case", "shouted", _each(str.upper)),
        Change("lower case", "no capitals", _each(str.lower)),
        Change("no punctuation", "no full stops, commas or question marks", _each(_unpointed)),
        Change("emoji", "a picture after each sentence, and one in front", _emoji),
        Change("hidden characters", "a character that no screen shows in each word", _hidden),
        Change("look-alike letters", "Cyrillic letters in Latin words", _look_alikes),
        Change("typo", "one letter swapped, lost or doubled, in each long word by turns", _typos),
        Change("over turns", "sent in two turns, cut between sentences", _cut),
    )


def _after(lines: Sequence[str]) -> Callable[[Turns, random.Random], Iterator[Turns]]:
    def variants(turns: Turns, _random: random.Random) -> Iterator[Turns]:
        for line in lines:
            yield (*turns[:-1], f"{_closed(turns[-1])} {line}")

    return variants


def _before(lines: Sequence[str]) -> Callable[[Turns, random.Random], Iterator[Turns]]:
    def variants(turns: Turns, draw: random.Random) -> Iterator[Turns]:
        for line in draw.sample(lines, min(_FEW, len(lines))):
            yield (f"{_closed(line)} {turns[0]}", *turns[1:])

    return variants


def _as_turn(lines: Sequence[str]) -> Callable[[Turns, random.Random], Iterator[Turns]]:
    def variants(turns: Turns, draw: random.Random) -> Iterator[Turns]:
        for line in draw.sample(lines, min(_FEW, len(lines))):
            yield (*turns, line)

    return variants


def _each(change: Callable[[str], str]) -> Callable[[Turns, random.Random], Iterator[Turns]]:
    def variants(turns: Turns, _random: random.Random) -> Iterator[Turns]:
        changed = tuple(change(turn) for turn in turns)
        if changed != turns:
            yield changed

    return variants


def _closed(text: str) -> str:
    """With a full stop, unless something else ends it: the aside is a sentence of its own."""
    whole = text.rstrip()
    return whole if not whole[-1:].isalnum() else f"{whole}."


def _unpointed(text: str) -> str:
    # Marks between digits stay: 38.5 without its point is another number.
    return re.sub(r"\s+", " ", _PUNCTUATION.sub(" ", text)).strip()


def _emoji(turns: Turns, draw: random.Random) -> Iterator[Turns]:
    def drawn() -> str:
        return draw.choice(_EMOJI)

    yield tuple(f"{turn} {drawn()}" for turn in turns)
    yield tuple(f"{drawn()} {turn}" for turn in turns)
    yield tuple(" ".join(f"{part} {drawn()}" for part in _END.split(turn)) for turn in turns)


def _hidden(turns: Turns, _draw: random.Random) -> Iterator[Turns]:
    for mark in ("\u200b", "\u00ad", "\u2060"):
        yield tuple(_MIDDLE.sub(mark, turn) for turn in turns)


def _look_alikes(turns: Turns, _draw: random.Random) -> Iterator[Turns]:
    def masked(found: re.Match[str]) -> str:
        word = found.group()
        # The first letter stays Latin, as in the tricks that are seen.
        return word[0] + word[1:].translate(_LOOK_ALIKE)

    yield tuple(_WORD.sub(masked, turn) for turn in turns)


def _typos(turns: Turns, draw: random.Random) -> Iterator[Turns]:
    places = [
        (n, found)
        for n, turn in enumerate(turns)
        for found in _WORD.finditer(turn)
        if len(found.group()) >= LONG
    ]
    for n, found in places:
        slip = draw.choice((_swapped, _lost, _doubled))
        word = slip(found.group(), draw.randrange(2, len(found.group()) - 1))
        changed = turns[n][: found.start()] + word + turns[n][found.end() :]
        yield (*turns[:n], changed, *turns[n + 1 :])


def _swapped(word: str, at: int) -> str:
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def _lost(word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


def _doubled(word: str, at: int) -> str:
    return word[:at] + word[at] + word[at:]


def _cut(turns: Turns, _draw: random.Random) -> Iterator[Turns]:
    if len(turns) != 1:
        return
    parts = [part for part in _END.split(turns[0]) if part.strip()]
    for at in range(1, len(parts)):
        yield (" ".join(parts[:at]), " ".join(parts[at:]))
