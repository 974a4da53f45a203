"""Lines that a site puts around what people wrote: buttons, notices, adverts, page numbers.

What counts is listed in `furniture.toml`, whole lines only. A line that goes on with a sentence of
the line above, as in a text broken at 80 characters, is never furniture.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from corpus.datafile import DataModel, read_data
from corpus.intake.threads.lines import goes_on, lines_of, plain_words
from corpus.intake.threads.phrases import numberless, spell_out

_TARGET = re.compile(r"\]\([^()\s]*\)")
_STEP = re.compile(r" (?:>|»|›|::) ")
_LONGEST_STEP = 10
_SENTENCE_END = re.compile(r"[.!?…]+\s+\S")
_COUNT = re.compile(r"[-+]?\d[\d.,]*k?")
_MOST_WORDS, _MOST_WITHIN, _MOST_BUTTONS = 40, 20, 12
_LONGEST_LINE = 400
_SHOWN, _SHOWN_LENGTH = 3, 60


class _FurnitureFile(DataModel):
    whole: tuple[str, ...]
    opening: tuple[str, ...]
    within: tuple[str, ...]
    buttons: str
    profile: tuple[str, ...]
    labels: tuple[str, ...]
    footer: tuple[str, ...]


class Furniture:
    """What is known of the lines that sites add."""

    def __init__(self, file: _FurnitureFile) -> None:
        self._whole = spell_out(file.whole)
        self._opening = spell_out(file.opening)
        self._within = spell_out(file.within)
        self._buttons = frozenset(file.buttons.split())
        self._profile = spell_out(file.profile)
        self._labels = spell_out(file.labels)
        self._footer = spell_out(file.footer)

    def is_furniture(self, line: str) -> bool:
        """Whether a line by itself is nothing that anybody wrote."""
        if not line.strip() or len(line) > _LONGEST_LINE:
            return False
        words = numberless(plain_words(_TARGET.sub("]", line)))
        each = words.split()
        return (
            self._whole.is_whole(words)
            or self._is_a_row_of_buttons(each)
            or (len(each) <= _MOST_WORDS and self._opening.begins(words))
            or self._asks_for_a_click(line, words)
            or _is_a_path(line)
        )

    def is_profile(self, line: str) -> bool:
        """Whether a line beneath somebody's name tells of the writer, not of what they wrote."""
        label, colon, _ = line.partition(":")
        return (
            self._profile.is_whole(numberless(plain_words(line)))
            or (bool(colon) and self._labels.is_whole(plain_words(label)))
            or self.is_furniture(line)
        )

    def begins_a_footer(self, line: str) -> bool:
        """Whether a line may begin the end of a page."""
        return self._footer.begins(numberless(plain_words(line)))

    def _is_a_row_of_buttons(self, words: list[str]) -> bool:
        numbered = len(words) == 2 and words[1] == "#"  # "Reply 2" is whose post it is
        return 2 <= len(words) <= _MOST_BUTTONS and self._buttons.issuperset(words) and not numbered

    def _asks_for_a_click(self, line: str, words: str) -> bool:
        return (
            len(words.split()) <= _MOST_WITHIN
            and self._within.stands_in(words)
            and _SENTENCE_END.search(line) is None
        )


def _is_a_path(line: str) -> bool:
    """Whether a line says where on the site one is: "Home > Forums > Injuries"."""
    steps = _STEP.split(line.strip())
    return len(steps) > 2 and all(1 <= len(step.split()) <= _LONGEST_STEP for step in steps)


@cache
def furniture() -> Furniture:
    """The lines of `furniture.toml`, spelled out once."""
    return Furniture(read_data(Path(__file__).with_name("furniture.toml"), _FurnitureFile))


def without_furniture(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` without the lines that a site put around it, and a remark on them.

    For any text, articles too. Where a line goes an empty one stays, so that what stood above and
    below it does not grow together. A text without such lines comes back as it is.
    """
    kept, dropped = sort_out(lines_of(text))
    if not dropped:
        return text, ()
    return "\n".join(kept).strip("\n") + "\n", (told(dropped),)


def sort_out(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """Lines with empty ones where furniture stood, and the furniture."""
    each = list(lines)
    known = furniture()
    found: set[int] = set()
    for number, line in enumerate(each):
        above = "" if not number or number - 1 in found else each[number - 1]
        if known.is_furniture(line) and not goes_on(above, line):
            found.add(number)
    found |= _counts(each, found) & _counts(each, found, backwards=True)
    kept = ["" if number in found else line for number, line in enumerate(each)]
    return kept, [each[number].strip() for number in sorted(found)]


def _counts(lines: Sequence[str], found: set[int], *, backwards: bool = False) -> set[int]:
    """Lines with only a number that follow furniture, such as votes between two buttons."""
    numbers = range(len(lines) - 1, -1, -1) if backwards else range(len(lines))
    counts: set[int] = set()
    follows = False
    for number in numbers:
        line = lines[number].strip()
        if number in found:
            follows = True
        elif line and follows and _COUNT.fullmatch(line):
            counts.add(number)
        elif line:
            follows = False
    return counts


def told(dropped: Iterable[str]) -> str:
    """A remark on lines that were left out."""
    lines = list(dropped)
    shown = [f'"{line[:_SHOWN_LENGTH]}"' for line in dict.fromkeys(lines)][:_SHOWN]
    count = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
    return f"{count} of the site left out: {', '.join(shown)}{'…' if len(lines) > _SHOWN else '.'}"
