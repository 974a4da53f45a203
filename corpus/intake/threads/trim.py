"""What boards put into each post besides its words: ranks, profiles, votes, the end of the page.

Only for posts that begin with a mark of their own.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.intake.threads.furniture import furniture
from corpus.intake.threads.lines import is_rule, stripped, words_of
from corpus.intake.threads.marks import mark_in
from corpus.intake.threads.posts import Entry

_RANK_WORDS = 4
_PROFILE_LINES, _PROFILE_LENGTH = 8, 70
_LINK_WORDS = 12
_COUNT_LENGTH = 12
_EMOJI_NAME = re.compile(r":[a-z0-9_+-]{2,30}:")
_HEAD = 300
"""Lines of a digest within which its list of topics begins, and within which that ends."""
_REMOVED = frozenset(
    tuple(words.split())
    for words in (
        "removed|deleted|post deleted|comment deleted|post removed|comment removed|media omitted"
        "|image omitted|video omitted|sticker omitted|gif omitted|audio omitted"
        "|this message was deleted|you deleted this message|deleted by user|removed by moderator"
    ).split("|")
)


def trimmed(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Posts without what is no part of them. Posts that were taken down are left out."""
    bodies = [(entry, stripped(entry.text.split("\n"))) for entry in entries]
    ranks = _ranks(bodies)
    kept = []
    for entry, lines in bodies:
        lines = lines[1:] if lines and (entry.name, lines[0]) in ranks else lines
        lines = _without_votes(_without_profile(stripped(lines), entry.name))
        if tuple(words_of(" ".join(lines))) not in _REMOVED:
            kept.append(replace(entry, text="\n".join(lines)))
    return tuple(kept)


def _is_short(line: str, most_words: int) -> bool:
    """Whether a line could be a label or a link: a few words that end in nothing."""
    return 1 <= len(line.split()) <= most_words and not line.rstrip().endswith((".", "!", "?", ":"))


def _ranks(bodies: Sequence[tuple[Entry, list[str]]]) -> set[tuple[str | None, str]]:
    """First lines that are ranks of their writers: "Fell Bore".

    They come back in another post of the same writer, or stand above the words of every post.
    """
    firsts = [
        (entry.name, lines[0])
        for entry, lines in bodies
        if entry.name and len(lines) > 1 and _is_short(lines[0], _RANK_WORDS)
    ]
    counts = Counter(firsts)
    if len(firsts) == len(bodies) and max(counts.values(), default=0) > 1:
        return set(firsts)
    return {first for first, count in counts.items() if count > 1}


def _without_profile(lines: list[str], name: str | None) -> list[str]:
    """A post without what stands below it on its writer: name, rank, "Posts: 3"."""
    for start in range(len(lines) - 1, max(0, len(lines) - _PROFILE_LINES) - 1, -1):
        if name and lines[start].strip().casefold() == name.casefold():
            below = [line for line in lines[start + 1 :] if line.strip()]
            labels = sum(furniture().is_profile(line) for line in below)
            told = labels or not below
            if start and told and all(len(line) <= _PROFILE_LENGTH for line in below):
                return stripped(lines[:start])
    while len(lines) > 1 and furniture().is_profile(lines[-1]):
        lines = stripped(lines[:-1])
    return lines


def _without_votes(lines: list[str]) -> list[str]:
    """A post without a line above or below it that only counts: "61", "👍 23", ":thumbsup: 2"."""
    while len(lines) > 1 and _is_a_count(lines[-1]) and any(map(words_of, lines[:-1])):
        lines = stripped(lines[:-1])
    while len(lines) > 1 and lines[0].isdigit() and any(map(words_of, lines[1:])):
        lines = stripped(lines[1:])
    return lines


def _is_a_count(line: str) -> bool:
    bare = _EMOJI_NAME.sub("", line)
    if len(bare) > _COUNT_LENGTH or any(character.isalpha() for character in bare):
        return False
    return bare != line or any(character.isdigit() for character in bare)


def without_ends(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """A page without its end (short lines below one that begins it) and without the head of a
    mailing list's digest; and what went.
    """
    start, end = _digest_head(lines), len(lines)
    for number in range(len(lines) - 1, start, -1):
        line = lines[number]
        if mark_in(line) is not None:
            break
        if furniture().begins_a_footer(line) and _is_short(line.rstrip(":"), 2 * _LINK_WORDS):
            end = number
        elif (
            line.strip() and not _is_short(line, _LINK_WORDS) and not furniture().is_furniture(line)
        ):
            break
    gone = [line.strip() for line in (*lines[:start], *lines[end:]) if line.strip()]
    return list(lines[start:end]), gone


def _digest_head(lines: Sequence[str]) -> int:
    """Where the messages of a mailing list's digest begin; 0 where it is none."""
    topics = next((n for n, line in enumerate(lines[:_HEAD]) if line == "Today's Topics:"), None)
    if topics is None:
        return 0
    rules = (n for n in range(topics, min(len(lines), topics + _HEAD)) if is_rule(lines[n]))
    return next(rules, 0)
