"""Posts below, or behind, nothing but a name."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from corpus.intake.threads.dates import CLOCK
from corpus.intake.threads.furniture import furniture
from corpus.intake.threads.lines import goes_on, is_quoted, is_rule
from corpus.intake.threads.marks import Mark, Strength, looks_like_a_name
from corpus.intake.threads.talk import talk

Marks = Mapping[int, tuple[Mark, str]]
"""By the number of its line, each mark and the words of the post that stand in the same line."""

_CHAT_LINES = 5


def marks_by_name(lines: Sequence[str]) -> Iterator[tuple[Marks, bool]]:
    """Lines that could be names, in each way to write them, and whether that is sure.

    They are names rather than headings where one of them comes back, or half have a digit or the
    like in them. It is sure in a chat: most lines begin with a name, and two of those come back.
    """
    for reader in (_name_alone, _name_and_colon):
        marks = {n: mark for n in range(len(lines)) if (mark := reader(lines, n)) is not None}
        names = _names(marks)
        # A word before a colon in a sentence that was broken over two lines is hardly a name,
        # unless it comes back.
        marks = {
            n: mark
            for n, mark in marks.items()
            if not (_name(mark).isalpha() and n and goes_on(lines[n - 1], lines[n]))
            or names[_name(mark)] > 1
        }
        names = _names(marks)
        if len(names) > 1 and _are_handles(names):
            yield marks, reader is _name_and_colon and _is_a_chat(lines, names)


def _names(marks: Marks) -> Counter[str]:
    return Counter(name for mark in marks.values() if (name := _name(mark)))


def _name(mark: tuple[Mark, str]) -> str:
    return (mark[0].name or "").casefold()


def _are_handles(names: Counter[str]) -> bool:
    odd = sum(any(not character.isalpha() for character in name) for name in names)
    return max(names.values()) > 1 or 2 * odd >= len(names)


def _is_a_chat(lines: Sequence[str], names: Counter[str]) -> bool:
    spoken = sum(bool(line.strip()) for line in lines)
    coming_back = sum(count > 1 for count in names.values())
    said = names.total()
    return said >= _CHAT_LINES and coming_back > 1 and 4 * said >= 3 * spoken


def _name_alone(lines: Sequence[str], number: int) -> tuple[Mark, str] | None:
    line = lines[number]
    above = lines[number - 1] if number else ""
    begins = not above.strip() or is_rule(above) or furniture().is_profile(above)
    name = CLOCK.sub("", line).strip()
    if not begins or is_quoted(line) or not looks_like_a_name(name) or talk().asks(line):
        return None
    if name.isupper() or (line.startswith("#") and name.strip("# ").replace(" ", "").isalpha()):
        return None  # a heading of an article
    return Mark(Strength.SAID, name), ""


def _name_and_colon(lines: Sequence[str], number: int) -> tuple[Mark, str] | None:
    head, colon, words = lines[number].partition(":")
    if not colon or not words.startswith(" ") or not looks_like_a_name(head):
        return None
    return Mark(Strength.SAID, head.strip()), words.strip()
