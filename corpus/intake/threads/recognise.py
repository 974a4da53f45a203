"""Finds out whether a text is a forum thread, and which of the ways to write one down it uses."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.intake.threads.assemble import thread_of
from corpus.intake.threads.bbcode import from_bbcode
from corpus.intake.threads.furniture import sort_out
from corpus.intake.threads.lines import lines_of, stripped
from corpus.intake.threads.marked import split_at_marks
from corpus.intake.threads.posts import ORIGINAL_POSTER, Entry, Thread, rejoined
from corpus.intake.threads.quoting import with_marks
from corpus.intake.threads.splitting import Split
from corpus.intake.threads.titles import clean_title, is_a_title
from corpus.intake.threads.trim import without_ends
from corpus.intake.threads.unmarked import (
    split_at_bullets,
    split_at_rules,
    split_by_what_is_said,
)

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
    page, ends = without_ends(with_marks(lines_of(plain)))
    lines, dropped = sort_out(page)
    dropped += ends
    split = split_at_marks(lines)
    if split is not None:
        return _of_marks(split, remarks, [*dropped, *split.above])
    for title, body in _titles_and_bodies(lines):
        for splitter, remark in (
            (split_at_rules, BY_WORDS),
            (split_at_bullets, BY_WORDS),
            (split_by_what_is_said, UNMARKED),
        ):
            entries = splitter(body)
            if entries:
                return _if_answered(thread_of(title, entries, [*remarks, remark], dropped))
    return None


def _of_marks(split: Split, remarks: Sequence[str], gone: Sequence[str]) -> Thread | None:
    if not split.roles:
        return _if_answered(thread_of(split.title, split.entries, remarks, gone))
    # Such as a thread that was read and written down before: posts taken apart are put together.
    stretches = zip(split.roles, (entry.text for entry in split.entries), strict=True)
    posts = list(rejoined(stretches))
    starters = [role.partition(",")[0] in {"op", ORIGINAL_POSTER} for role, _ in posts]
    entries = [
        Entry(text, "op" if starter else f"reply {number}", starter)
        for number, ((_, text), starter) in enumerate(zip(posts, starters, strict=True))
    ]
    return _if_answered(thread_of(split.title, entries, remarks, gone, signed=False))


def _if_answered(thread: Thread) -> Thread | None:
    if len(thread.posts) < 2:
        return None
    if len(thread.posts[0].text.split()) > _ARTICLE_WORDS:
        return replace(thread, remarks=(*thread.remarks, LONG_OPENING))
    return thread


def _titles_and_bodies(lines: Sequence[str]) -> Iterator[tuple[str | None, list[str]]]:
    """The title and the rest if there seems to be one; then the whole, as what it may be too."""
    rest = stripped(lines)
    if len(rest) > 1 and is_a_title(rest[0], rest[1]):
        yield clean_title(rest[0]), rest[1:]
    yield None, rest
