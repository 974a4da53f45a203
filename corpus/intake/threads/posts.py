"""What a thread is once it has been read, and how it is written down as Markdown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from corpus.intake.threads.lines import is_quoted

ORIGINAL_POSTER = "original poster"
QUOTED_IN, CONTINUED = "quoted in ", "continued"


@dataclass(frozen=True, slots=True)
class Entry:
    """One post as it was found, before roles replace names."""

    text: str
    name: str | None = None
    """Who wrote it, as the source says; used to tell people apart and then forgotten."""
    is_starter: bool = False
    """The source itself marks it as written by whoever began the thread."""


@dataclass(frozen=True, slots=True)
class Post:
    """One post: a role and words."""

    speaker: str
    """"original poster" or "reply N". Replies are counted as posts, so that "reply 4" is the fourth
    one on the page, also where one person wrote two of them. Never a user's name."""
    text: str
    """Markdown without headings. Lines that begin with ">" repeat the words of somebody else."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread, split by speaker."""

    title: str | None
    posts: tuple[Post, ...]
    """In the order of the source, two or more; the first is the original poster's."""
    remarks: tuple[str, ...] = ()
    """What whoever adds it should know, a plain line each."""


def thread_markdown(thread: Thread) -> str:
    """The thread as Markdown in which `corpus/parse.py` finds every post under its speaker.

    Quoted words get a section of their own ("Quoted in reply 2"), whose speaker is nobody in
    particular: under the heading of the post they would be cited as what its writer says.
    """
    parts = [f"# {thread.title}"] if thread.title else []
    told: set[str] = set()
    for post in thread.posts:
        role = post.speaker.capitalize()
        parts.append(f"## {role}, follow-up" if post.speaker in told else f"## {role}")
        told.add(post.speaker)
        own_heading = True
        for quoted, text in _stretches(post.text):
            if quoted:
                parts.append(f"## {QUOTED_IN.capitalize()}{post.speaker}")
            elif not own_heading:
                parts.append(f"## {role}, {CONTINUED}")
            parts.append(text)
            own_heading = False
    return "\n\n".join(parts) + "\n"


def rejoined(stretches: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Posts (heading in lower case, text) that `thread_markdown` took apart, whole again."""
    heading, text = "", ""
    for next_heading, words in stretches:
        apart = next_heading.startswith(QUOTED_IN) or next_heading.endswith(f", {CONTINUED}")
        if heading and apart:
            text = f"{text}\n\n{words}"
        else:
            if heading:
                yield heading, text
            heading, text = next_heading, words
    if heading:
        yield heading, text


def _stretches(text: str) -> Iterator[tuple[bool, str]]:
    """Own and quoted words of a post by turns, each with whether it is quoted."""
    paragraphs = (paragraph for paragraph in text.split("\n\n") if paragraph.strip())
    for quoted, group in groupby(paragraphs, key=is_quoted):
        yield quoted, "\n\n".join(group)
