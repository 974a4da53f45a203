"""Which line is the title of a thread."""

import re
from collections.abc import Sequence

from corpus.intake.threads.lines import is_rule, words_of
from corpus.intake.threads.talk import talk

_MOST_WORDS = 20
_LABELS = ("topic", "thread", "title", "subject", "re", "aw", "fw", "fwd")
_TWO_SENTENCES = re.compile(r"[.?!]\s+\S+\s+\S")
_GREETINGS = (["hi"], ["hello"], ["hey"], ["dear"])
_BULLETS = ("•", "·", "◦", "▪", "●", "- ", "* ")
_NO_TITLE = ("r/", "started by", "posted in", "by ")


def is_a_title(line: str, below: str) -> bool:
    """Whether the first line of a text, with this line below it, is its title."""
    words = line.strip().lstrip("# ")
    if not 1 <= len(words.split()) <= _MOST_WORDS or words.endswith((".", ",", ":", ";", "…")):
        return False
    if _TWO_SENTENCES.search(words) and talk().speaks_of_oneself(words):
        return False
    greets = words_of(words)[:1] in _GREETINGS
    parted = not below.strip() or below.lstrip().startswith(_BULLETS)
    return line.startswith("#") or (not greets and parted) or _is_labelled(line)


def clean_title(line: str) -> str | None:
    """A title without "Topic:", "Re:" and the marks of a heading."""
    title = " ".join(line.strip("#*_=• ").split())
    while _is_labelled(title):
        title = title.partition(":")[2].strip()
    return title or None


def title_among(above: Sequence[str], subjects: Sequence[str]) -> str | None:
    """The title that stands in lines above the posts, or in the subjects of posts.

    One that says so, or that a post gives as its subject, comes before any other; then the longest.
    """
    lines = [line for line in above if line.strip() and not is_rule(line)]
    known = {clean_title(line) for line in subjects}
    for line in lines:
        if _is_labelled(line) or clean_title(line) in known:
            return clean_title(line)
    if subjects:
        return clean_title(subjects[0])
    fit = [
        clean
        for line in lines
        if len(line.split()) <= _MOST_WORDS
        and not line.lower().startswith(_NO_TITLE)
        and (clean := clean_title(line))
    ]
    return max(fit, key=lambda title: len(title.split()), default=None)


def _is_labelled(line: str) -> bool:
    return ":" in line and line.partition(":")[0].strip("# ").lower() in _LABELS
