"""Finds out whether a text is a forum thread, and which of the ways to write one down it uses."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.intake.threads.assemble import thread_of
from corpus.intake.threads.bbcode import from_bbcode
from corpus.intake.threads.furniture import sort_out, told
from corpus.intake.threads.lines import lines_of
from corpus.intake.threads.marked import Split, is_a_title, split_at_marks
from corpus.intake.threads.posts import ORIGINAL_POSTER, Entry, Post, Thread, rejoined
from corpus.intake.threads.quoting import with_marks
from corpus.intake.threads.unmarked import (
    split_at_bullets,
    split_at_rules,
    split_by_what_is_said,
)

_LABELS = ("topic", "thread", "title", "subject", "re")
_ARTICLE_WORDS = 600
UNMARKED = (
    "Nothing in the text marks where a post ends; that was judged by what is said. Please check it."
)
BY_WORDS = "The text names nobody: the original poster's later posts are told by what they say."
LONG_OPENING = "The first post is as long as an article; what follows it was read as replies to it."


def read_thread(text: str) -> Thread | None:
    """The thread that `text` is, or None where it is none (an article, or a post nobody answered).

    Roles take the place of names: "original poster" and "reply N". Lines of the site, names,
    dates, signatures and quotations of earlier posts are left out, BBCode becomes Markdown, and
    remarks say what went. Never raises, and the work grows with the length of the text.
    """
    plain, remarks = from_bbcode("\n".join(lines_of(text)))
    lines, dropped = sort_out(with_marks(lines_of(plain)))
    notes = [*remarks, *([told(dropped)] if dropped else [])]
    split = split_at_marks(lines)
    if split is not None:
        return _of_marks(split, notes)
    for title, body in _titles_and_bodies(lines):
        for splitter, remark in (
            (split_at_rules, BY_WORDS),
            (split_at_bullets, BY_WORDS),
            (split_by_what_is_said, UNMARKED),
        ):
            entries = splitter(body)
            if entries:
                return _if_answered(thread_of(title, entries, [*notes, remark]))
    return None


def _of_marks(split: Split, notes: Sequence[str]) -> Thread | None:
    title = next((clean for line in split.above if (clean := _clean_title(line))), None)
    others = [line for line in split.above if title and _clean_title(line) != title]
    notes = [*notes, *([told(others)] if others else [])]
    if split.roles:
        return _if_answered(_of_roles(title, split, notes))
    return _if_answered(thread_of(title, split.entries, notes))


def _of_roles(title: str | None, split: Split, notes: Sequence[str]) -> Thread:
    """A thread that names roles already, such as one that was read and written down before."""
    stretches = zip(split.roles, (entry.text for entry in split.entries), strict=True)
    posts = list(rejoined(stretches))
    starters = [role.partition(",")[0] in {"op", ORIGINAL_POSTER} for role, _ in posts]
    named = [
        Entry(text, "op" if starter else f"reply {number}", starter)
        for number, ((_, text), starter) in enumerate(zip(posts, starters, strict=True))
    ]
    return thread_of(title, named, notes)


def _if_answered(thread: Thread) -> Thread | None:
    if len(thread.posts) < 2:
        return None
    if len(thread.posts[0].text.split()) > _ARTICLE_WORDS:
        return replace(thread, remarks=(*thread.remarks, LONG_OPENING))
    return thread


def _titles_and_bodies(lines: Sequence[str]) -> Iterator[tuple[str | None, list[str]]]:
    """The title and the rest if there seems to be one; then the whole, as what it may be too."""
    rest = list(lines)
    while rest and not rest[0]:
        rest.pop(0)
    if len(rest) > 1 and is_a_title(rest[0], rest[1]):
        yield _clean_title(rest[0]), rest[1:]
    yield None, rest


def _clean_title(line: str) -> str | None:
    """A title without "Topic:", "Re:" and the marks of a heading."""
    title = " ".join(line.strip("#*_= ").split())
    while ":" in title and title.partition(":")[0].lower() in _LABELS:
        title = title.partition(":")[2].strip()
    return title or None


__all__ = ["Post", "read_thread"]
