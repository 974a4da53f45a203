"""A text taken apart at lines that begin posts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.intake.threads.furniture import furniture
from corpus.intake.threads.lines import is_rule, stripped, words_of
from corpus.intake.threads.marks import Mark, Strength, looks_like_a_name, mark_in
from corpus.intake.threads.posts import Entry
from corpus.intake.threads.talk import talk
from corpus.intake.threads.titles import clean_title, is_a_title, title_among
from corpus.intake.threads.trim import trimmed

_OPENING_WORDS = 25
"""Words above the first mark that are more than a title and what a site says, and so a post."""
_SUBJECT_WORDS = 20
_SUBJECTS = ("re: ", "aw: ", "subject: ", "betreff: ")


@dataclass(frozen=True, slots=True)
class Split:
    """A text taken apart."""

    title: str | None
    entries: tuple[Entry, ...]
    above: tuple[str, ...]
    """Lines above the first post that are neither a post nor the title."""
    opens_above: bool = False
    """The first post stands above all marks."""
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


def split(
    lines: Sequence[str], marks: Mapping[int, tuple[Mark, str]], *, by_role: bool = False
) -> Split:
    """The posts that begin at these lines, and what stands above them.

    `by_role`: the marks name roles; posts are left as they stand, so that a thread that was written
    down before is read as it was.
    """
    above: list[str] = []
    posts: list[_Open] = []
    for number, line in enumerate(lines):
        here = posts[-1].lines if posts else above
        if number in marks:
            _begin(posts, above, *marks[number])
        elif not (posts and posts[-1].is_empty and _is_about_the_writer(posts[-1], line)):
            here.append(line)
    posts = [post for post in posts if not post.is_empty]
    opening, above = _opening(above)
    if opening:
        named = not by_role and looks_like_a_name(opening[0]) and any(map(words_of, opening[1:]))
        name = opening.pop(0).strip() if named else None
        posts.insert(0, _Open(Mark(Strength.DATED, name, role="original poster"), opening))
    title = title_among(above, [post.subject for post in posts if post.subject])
    if not by_role:
        title = title if opening else _title_inside(posts, title)
        _drop_title(posts, title)
    others = tuple(line for line in above if line.strip() and clean_title(line) != title)
    entries = tuple(Entry("\n".join(p.lines), p.mark.name, p.mark.is_starter) for p in posts)
    if by_role:
        return Split(title, entries, others, bool(opening), tuple(p.mark.role for p in posts))
    return Split(title, trimmed(entries), others, bool(opening))


def _begin(posts: list[_Open], above: list[str], mark: Mark, words: str) -> None:
    """Opens the post of a mark, or tells the one just opened more about its writer."""
    lines = [words] if words else []
    if posts and posts[-1].is_empty and not (posts[-1].mark.name and mark.name):
        known = posts[-1].mark
        posts[-1].mark = Mark(
            mark.strength,
            known.name or mark.name,
            known.is_starter or mark.is_starter,
            known.role or mark.role,
        )
        posts[-1].lines = lines
        return
    before = posts[-1].lines if posts else above
    subject = f"re: {mark.role}" if mark.strength is Strength.SUBJECT else ""
    while before and _belongs_below(before[-1], mark):
        line = before.pop()
        if furniture().is_profile(line):
            continue
        if line.lower().startswith(_SUBJECTS):
            subject = line
        elif mark.name is None and looks_like_a_name(line):
            mark = replace(mark, name=line.strip())
    if before and before[-1].strip() and not "".join(before[-2:-1]).strip():
        above_name = before[-1].strip()  # "Jo" over "Sam": Jo answers Sam, who wrote before
        answered = any(post.mark.name == mark.name for post in posts)
        if mark.name and answered and looks_like_a_name(above_name):
            mark = replace(mark, name=above_name)
            before.pop()
    posts.append(_Open(mark, lines, subject))


def _belongs_below(line: str, mark: Mark) -> bool:
    """Whether a line right above a mark is about the post that begins there."""
    if mark.role or not line.strip():
        return False
    if line.lower().startswith(_SUBJECTS):
        return len(line.split()) <= _SUBJECT_WORDS
    if furniture().is_profile(line) or (mark.name is None and line.strip().isdigit()):
        return True
    return mark.name is None and looks_like_a_name(line)


def _is_about_the_writer(post: _Open, line: str) -> bool:
    """Whether a line between a mark and the words of its post is no part of them."""
    if not line.strip() or is_rule(line):
        return True
    if post.mark.role:
        return False
    if line.lower().startswith(_SUBJECTS) and len(line.split()) <= _SUBJECT_WORDS:
        post.subject = post.subject or line
        return True
    mark = mark_in(line)
    if mark is not None and mark.strength is Strength.DATED and mark.name is None:
        return True
    if post.mark.name is None and looks_like_a_name(line):
        post.mark = replace(post.mark, name=line.strip())
        return True
    return furniture().is_profile(line)


def _opening(above: list[str]) -> tuple[list[str], list[str]]:
    """Lines of the opening post that stands above the first mark, if it does, and the others."""
    lines = stripped(above)
    title: list[str] = []
    if any(map(words_of, lines[1:])) and is_a_title(lines[0], lines[1]):
        title = [lines.pop(0)]
    text = " ".join(dict.fromkeys(line for line in lines if len(words_of(line)) > 2))
    personal = talk().asks(text) and talk().speaks_of_oneself(text)
    if personal or len(words_of(text)) >= _OPENING_WORDS:
        return lines, title
    return [], above


def _title_inside(posts: list[_Open], title: str | None) -> str | None:
    """A title that stands as the first line of the first post, which then begins below it."""
    lines = posts[0].lines if posts else []
    lines = lines[next((n for n, line in enumerate(lines) if line.strip()), 0) :]
    if len(lines) > 2 and any(map(words_of, lines[1:])) and is_a_title(lines[0], lines[1]):
        posts[0].lines = lines[1:]
        while posts[0].lines and _is_about_the_writer(posts[0], posts[0].lines[0]):
            posts[0].lines.pop(0)
        return clean_title(lines[0])
    return title


def _drop_title(posts: list[_Open], title: str | None) -> None:
    """Takes the title away from above the words of a post, where some boards repeat it."""
    for post in posts:
        first = next((n for n, line in enumerate(post.lines) if line.strip()), 0)
        below = post.lines[first + 1 :]
        if title and any(map(words_of, below)):
            line = post.lines[first].strip().removeprefix("Default ")
            post.lines = below if clean_title(line) == title else post.lines
