"""Threads whose posts begin with a line of their own: a name, a date, a number, a role."""

from collections import Counter
from collections.abc import Callable, Sequence

from corpus.intake.threads.lines import is_quoted
from corpus.intake.threads.marks import Mark, Strength, logged_in, mark_in
from corpus.intake.threads.named import Marks, marks_by_name
from corpus.intake.threads.splitting import Split, split
from corpus.intake.threads.talk import talk

_LABEL_LENGTH = 60
_HEADING_WORDS = 8


def split_at_marks(lines: Sequence[str]) -> Split | None:
    """The posts of a thread whose posts are marked, or None if it is no such thread."""
    found = {n: mark for n in range(len(lines)) if (mark := _mark_at(lines, n)) is not None}
    for strengths, is_thread in _STYLES:
        chosen = {n: mark for n, mark in found.items() if mark[0].strength in strengths}
        chosen |= {n: found[n] for n in found if _is_named_above(n, found, chosen)}
        if chosen:
            parts = split(lines, chosen, by_role=strengths == {Strength.ROLE})
            newsletter = Strength.DATED in strengths and _have_headings(lines, chosen)
            if is_thread(parts, chosen) and not newsletter:
                return parts
    for marks, is_sure in marks_by_name(lines):
        parts = split(lines, marks)
        if _are_people(parts) and (is_sure or talk().asks_for_oneself(parts.entries[0].text)):
            return parts
    return None


def _mark_at(lines: Sequence[str], number: int) -> tuple[Mark, str] | None:
    """The mark in a line, and the words of the post that stand in the same line."""
    line = lines[number]
    if is_quoted(line):
        return None
    logged = logged_in(line)
    if logged is not None:
        return logged
    mark = mark_in(line)
    if mark is not None:
        return mark, ""
    head, colon, words = line.partition(":")
    if not colon or len(head) > _LABEL_LENGTH or not words.strip():
        return None
    mark = mark_in(f"{head}:")
    if mark is None or mark.strength not in {Strength.ROLE, Strength.SAID}:
        return None
    return mark, words.strip()


def _is_named_above(number: int, found: Marks, chosen: Marks) -> bool:
    """Whether a line such as "Sam says:" tells whose the date right below it is."""
    mark, words = found[number]
    below = chosen.get(number + 1)
    said = mark.strength is Strength.SAID and not words
    return said and below is not None and below[0].name is None


def _have_headings(lines: Sequence[str], marks: Marks) -> bool:
    """Whether most marks stand under different headings, as bylines in a newsletter do."""
    headings = []
    for number in marks:
        above = [line.strip() for line in lines[max(0, number - 3) : number]]
        if len(above) == 3 and not above[0] and not above[2] and above[1]:
            short = len(above[1].split()) <= _HEADING_WORDS and above[1][-1].isalnum()
            headings += [above[1].lower()] if short else []
    differ = len(set(headings)) == len(headings) and not any(h[:3] == "re:" for h in headings)
    return differ and len(headings) > 1 and 2 * len(headings) >= len(marks)


def _are_people(parts: Split) -> bool:
    """Whether two different people speak, as far as they are named."""
    names = {entry.name.casefold() for entry in parts.entries if entry.name}
    unnamed = any(entry.name is None for entry in parts.entries)
    return len(parts.entries) > 1 and (len(names) > 1 or unnamed)


def _is_a_conversation(parts: Split) -> bool:
    """Whether the first asks and the others answer, or most of them do."""
    if not _are_people(parts):
        return False
    first, *others = parts.entries
    answers = sum(_answers(entry.text) for entry in others)
    name = first.name.casefold() if first.name else None
    comes_back = any(e.is_starter or (e.name and e.name.casefold() == name) for e in others)
    return comes_back or talk().asks(first.text) or 2 * answers > len(others)


def _answers(text: str) -> bool:
    known = talk()
    offers = known.offers(text) and known.speaks_to_somebody(text)
    return known.opens(text) or known.returns(text) or offers


def _are_roles(parts: Split, marks: Marks) -> bool:
    return len(parts.entries) > 1


def _are_posts(parts: Split, marks: Marks) -> bool:
    if parts.opens_above:
        several = len(parts.entries) > 2
        return _are_people(parts) and (several or talk().asks_for_oneself(parts.entries[0].text))
    sure = sum(mark.strength is Strength.POSTED for mark, _ in marks.values())
    return _are_people(parts) if 2 * sure >= len(marks) else _is_a_conversation(parts)


def _have_one_subject(parts: Split, marks: Marks) -> bool:
    """Whether replies to one subject follow each other, and hardly any to another."""
    [(_, most)] = Counter(mark.role for mark, _ in marks.values()).most_common(1)
    return len(parts.entries) > 1 and most >= 2 and 2 * most > len(marks)


def _are_said(parts: Split, marks: Marks) -> bool:
    if not _are_people(parts):
        return False
    alone = not any(words for _, words in marks.values())
    return talk().asks(parts.entries[0].text) or (alone and parts.entries[0].name is not None)


_STYLES: tuple[tuple[frozenset[Strength], Callable[[Split, Marks], bool]], ...] = (
    (frozenset({Strength.ROLE}), _are_roles),
    (frozenset({Strength.POSTED, Strength.DATED, Strength.ROLE}), _are_posts),
    (frozenset({Strength.SUBJECT}), _have_one_subject),
    (frozenset({Strength.SAID}), _are_said),
)
