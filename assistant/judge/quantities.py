"""Numbers with what they count: "thirty seconds" is "30 s", and is not "30 minutes"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.judge.reading import Word, words_of

_UNITS = {
    "time": {
        "second": "s sec secs second seconds",
        "minute": "min mins minute minutes",
        "hour": "h hr hrs hour hours",
        "day": "d day days",
        "night": "night nights",
        "week": "wk wks week weeks",
        "month": "month months",
        "year": "yr yrs year years",
    },
    "length": {
        "millimetre": "mm millimetre millimetres millimeter millimeters",
        "centimetre": "cm centimetre centimetres centimeter centimeters",
        "metre": "m metre metres meter meters",
        "kilometre": "k km kilometre kilometres kilometer kilometers",
        "mile": "mile miles",
        "inch": "inch inches",
        "foot": "ft",
    },
    "mass": {
        "microgram": "mcg microgram micrograms",
        "milligram": "mg milligram milligrams",
        "gram": "g gram grams",
        "kilogram": "kg kilo kilos kilogram kilograms",
    },
    "volume": {
        "millilitre": "ml millilitre millilitres milliliter milliliters",
        "litre": "l litre litres liter liters",
    },
    "share": {"percent": "percent"},
}
_UNIT_OF = {
    spelling: (dimension, unit)
    for dimension, units in _UNITS.items()
    for unit, spellings in units.items()
    for spelling in spellings.split()
}
_REACH = 2
"""A unit stands at most so many words after its number: "8 to 10 mm"."""


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """A number and what it counts."""

    number: str
    dimension: str
    """`time`, `length`, `mass`, `volume`, `share`; empty where no unit is named."""
    unit: str

    def __str__(self) -> str:
        """As a reader would write it."""
        return f"{self.number} {self.unit}".strip()


def quantities_in(text: str) -> frozenset[Quantity]:
    """Every number of a text with its unit, digits and number words alike."""
    return frozenset(_found(words_of(text)))


def absent(said: frozenset[Quantity], there: frozenset[Quantity]) -> tuple[Quantity, ...]:
    """What is said and not there: another number, or the same of another unit.

    A unit left out on one side, or of another dimension, is no difference: "hold for 30" is
    supported by "30 seconds", and the 3 in "3 times a week" by "3 runs".
    """
    return tuple(sorted(one for one in said if not any(_same(one, other) for other in there)))


def _same(one: Quantity, other: Quantity) -> bool:
    return one.number == other.number and (
        one.unit == other.unit or one.dimension != other.dimension
    )


def _found(words: Sequence[Word]) -> Iterator[Quantity]:
    for at, word in enumerate(words):
        # "one" is a number only where it counts a unit.
        one = word.text == "one" and at + 1 < len(words) and words[at + 1].text in _UNIT_OF
        if word.number or one:
            dimension, unit = _unit(words[at + 1 : at + 1 + _REACH + 1])
            yield Quantity("1" if one else word.text, dimension, unit)


def _unit(following: Sequence[Word]) -> tuple[str, str]:
    """The unit right behind the number, or behind the other end of its range."""
    for word in following:
        if word.text in _UNIT_OF:
            return _UNIT_OF[word.text]
        if not word.number and word.text not in ("to", "or", "and"):
            break
    return "", ""
