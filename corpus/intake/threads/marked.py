"""Threads whose posts begin with a line of their own: a name, a date, a number, a role."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from corpus.intake.threads.furniture import furniture
from corpus.intake.threads.lines import is_quoted, is_rule, words_of
from corpus.intake.threads.marks import Mark, Strength, looks_like_a_name, mark_in
from corpus.intake.threads.posts import Entry
from corpus.intake.threads.talk import talk

_LABEL_LENGTH = 60
_OPENING_WORDS = 12
"""Words above the first mark that are more than a title, and so a post."""
_TITLE_WORDS = 20
_TWO_SENTENCES = re.compile(r"[.?!]\s+\S+\s+\S")
_SUBJECTS = ("re: ", "subject: ")


@dataclass(frozen=True, slots=True)
class Split:
    """A text taken apart at its marks."""

    entries: tuple[Entry, ...]
    above: tuple[str, ...]
    """Lines above the first post that are no post: a title, perhaps."""
    roles: tuple[str, ...] = ()
    """In lower case, one for each entry, where the marks name roles."""


@dataclass(slots=True)
class _Open:
    """A post whose lines are still being read."""

    mark: Mark
    lines: list[str] = field(default_factory=list)
    subject: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(self.lines)


_Reader = Callable[[int], tuple[Mark, str] | None]


def split_at_marks(lines: Sequence[str]) -> Split | None:
    """The posts of a thread whose posts are marked, or None if it is no such thread."""
    found = {n: mark for n in range(len(lines)) if (mark := _mark_at(lines, n)) is not None}
    for strengths, is_thread in _STYLES:
        chosen = {n: mark for n, mark in found.items() if mark[0].strength in strengths}
        if chosen:
            split = _split(lines, chosen, by_role=Strength.ROLE in strengths)
            if is_thread(split, chosen):
                return split
    return _split_at_names(lines)


def _mark_at(lines: Sequence[str], number: int) -> tuple[Mark, str] | None:
    """The mark in a line, and the words of the post that stand in the same line."""
    line = lines[number]
    if is_quoted(line):
        return None
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


def _split(
    lines: Sequence[str], marks: dict[int, tuple[Mark, str]], *, by_role: bool = False
) -> Split:
    above: list[str] = []
    posts: list[_Open] = []
    for number, line in enumerate(lines):
        here = posts[-1].lines if posts else above
        if number in marks:
            _begin(posts, above, *marks[number])
        elif not (posts and posts[-1].is_empty and _is_about_the_writer(posts[-1], line)):
            here.append(line)
    posts = [post for post in posts if not post.is_empty]
    if _is_a_post(above):
        opening = _Open(Mark(Strength.DATED, role="original poster" if by_role else ""))
        opening.lines, above = _without_title(above)
        posts.insert(0, opening)
    above += [post.subject for post in posts if post.subject]
    entries = (Entry("\n".join(p.lines), p.mark.name, p.mark.is_starter) for p in posts)
    roles = tuple(p.mark.role for p in posts) if by_role else ()
    return Split(tuple(entries), tuple(line for line in above if line.strip()), roles)


def _begin(posts: list[_Open], above: list[str], mark: Mark, words: str) -> None:
    """Opens the post of a mark, or tells the one just opened more about its writer."""
    if posts and posts[-1].is_empty and not (posts[-1].mark.name and mark.name):
        known = posts[-1].mark
        role, starter = known.role or mark.role, known.is_starter or mark.is_starter
        posts[-1].mark = Mark(mark.strength, known.name or mark.name, starter, role, mark.is_dated)
        posts[-1].lines = [words] if words else []
        return
    before = posts[-1].lines if posts else above
    subject = ""
    while before and _belongs_below(before[-1], mark):
        line = before.pop()
        if looks_like_a_name(line) and mark.name is None:
            mark = Mark(mark.strength, line.strip(), mark.is_starter, mark.role, mark.is_dated)
        elif line.lower().startswith("re:"):
            subject = line
    posts.append(_Open(mark, [words] if words else [], subject))


def _belongs_below(line: str, mark: Mark) -> bool:
    """Whether a line right above a mark is about the post that begins there."""
    if line.lower().startswith("re: "):
        return len(line.split()) <= _TITLE_WORDS
    if mark.name is not None or mark.role or not line.strip():
        return False
    return looks_like_a_name(line) or furniture().is_profile(line)


def _is_about_the_writer(post: _Open, line: str) -> bool:
    """Whether a line between a mark and the words of its post is no part of them."""
    if not line.strip() or is_rule(line):
        return True
    if line.lower().startswith(_SUBJECTS) and len(line.split()) <= _TITLE_WORDS:
        post.subject = line
        return True
    if post.mark.name is None and not post.mark.role and looks_like_a_name(line):
        post.mark = Mark(post.mark.strength, line.strip(), post.mark.is_starter)
        return True
    return furniture().is_profile(line)


def _is_a_post(above: list[str]) -> bool:
    words = words_of(" ".join(_without_title(above)[0]))
    return len(words) >= _OPENING_WORDS or (bool(words) and talk().asks(" ".join(above)))


def _without_title(above: list[str]) -> tuple[list[str], list[str]]:
    """Lines above the first mark: those of a post, those of a title."""
    lines = [line for line in above]
    while lines and not lines[0].strip():
        lines.pop(0)
    if any(map(words_of, lines[1:])) and is_a_title(lines[0], lines[1]):
        return lines[1:], lines[:1]
    return lines, []


def is_a_title(line: str, below: str) -> bool:
    """Whether the first line of a text, with this line below it, is its title."""
    words = line.strip().lstrip("# ")
    if not 1 <= len(words.split()) <= _TITLE_WORDS or words.endswith((".", ",", ":", ";", "…")):
        return False
    if _TWO_SENTENCES.search(words):
        return False
    greets = words_of(words)[:1] in (["hi"], ["hello"], ["hey"], ["dear"])
    return line.startswith("#") or (not greets and not below.strip()) or _is_labelled(line)


def _is_labelled(line: str) -> bool:
    label = line.partition(":")[0].strip().lower()
    return label in {"topic", "thread", "title", "subject", "re"}


def _are_people(split: Split) -> bool:
    """Whether two different people speak, as far as they are named."""
    names = {entry.name.casefold() for entry in split.entries if entry.name}
    unnamed = any(entry.name is None for entry in split.entries)
    return len(split.entries) > 1 and (len(names) > 1 or unnamed)


def _is_a_conversation(split: Split) -> bool:
    """Whether the first asks and the others answer, or most of them do."""
    if not _are_people(split):
        return False
    first, *others = (entry.text for entry in split.entries)
    answers = sum(map(_answers, others))
    return talk().asks(first) or 2 * answers > len(others)


def _answers(text: str) -> bool:
    known = talk()
    return (
        known.opens(text)
        or known.returns(text)
        or (known.offers(text) and known.speaks_to_somebody(text))
    )


def _are_roles(split: Split, marks: dict[int, tuple[Mark, str]]) -> bool:
    return len(split.entries) > 1


def _are_posts(split: Split, marks: dict[int, tuple[Mark, str]]) -> bool:
    sure = sum(mark.strength is Strength.POSTED for mark, _ in marks.values())
    return _are_people(split) if 2 * sure >= len(marks) else _is_a_conversation(split)


def _are_said(split: Split, marks: dict[int, tuple[Mark, str]]) -> bool:
    if not _are_people(split):
        return False
    alone = not any(words for _, words in marks.values())
    return talk().asks(split.entries[0].text) or (alone and split.entries[0].name is not None)


_STYLES: tuple[
    tuple[frozenset[Strength], Callable[[Split, dict[int, tuple[Mark, str]]], bool]], ...
] = (
    (frozenset({Strength.ROLE}), _are_roles),
    (frozenset({Strength.POSTED, Strength.DATED}), _are_posts),
    (frozenset({Strength.SAID}), _are_said),
)


def _split_at_names(lines: Sequence[str]) -> Split | None:
    """Posts below (or behind) nothing but a name, some of which come back."""
    for reader in (_name_alone, _name_and_colon):
        marks = {n: mark for n in range(len(lines)) if (mark := reader(lines, n)) is not None}
        names = Counter(mark.name.casefold() for mark, _ in marks.values() if mark.name)
        if len(names) < 2 or not _are_handles(names):
            continue
        split = _split(lines, marks)
        if _are_people(split) and talk().asks(split.entries[0].text):
            return split
    return None


def _are_handles(names: Counter[str]) -> bool:
    """Whether these lines are names rather than headings: one comes back, or half have digits."""
    odd = sum(any(not character.isalpha() for character in name) for name in names)
    return max(names.values()) > 1 or 2 * odd >= len(names)


def _name_alone(lines: Sequence[str], number: int) -> tuple[Mark, str] | None:
    line = lines[number]
    above = lines[number - 1] if number else ""
    begins = not above.strip() or is_rule(above) or furniture().is_profile(above)
    if not begins or is_quoted(line) or not looks_like_a_name(line) or talk().asks(line):
        return None
    return Mark(Strength.SAID, line.strip()), ""


def _name_and_colon(lines: Sequence[str], number: int) -> tuple[Mark, str] | None:
    head, colon, words = lines[number].partition(":")
    if not colon or not words.startswith(" ") or not looks_like_a_name(head):
        return None
    return Mark(Strength.SAID, head.strip()), words.strip()


def names_of(lines: Sequence[str]) -> Iterator[str]:
    """Names in the marks of these lines, in order."""
    for number in range(len(lines)):
        found = _mark_at(lines, number)
        if found and found[0].name:
            yield found[0].name
