"""Threads whose posts nothing marks but what they say, or a bullet, or a line between them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.intake.threads.lines import (
    dedented,
    ends_a_sentence,
    indent_of,
    is_quoted,
    is_rule,
    paragraphs,
    words_of,
)
from corpus.intake.threads.posts import Entry
from corpus.intake.threads.talk import talk

_BULLET = re.compile(r"( *)([•·◦‣▪●○*+-])( +)(?=\S)")
_NUMBERED = re.compile(r"\s*(?:[0-9]{1,3}[.)]|[-*+•])\s")
_FULL_LINE = 50
_SHORT_ITEM = 6
_FEW_PARAGRAPHS = 6
_CUES = 2
_MARGINS = 3


def split_at_rules(lines: Sequence[str]) -> tuple[Entry, ...]:
    """Posts between lines such as "-----", the first of which asks; nothing if it is no thread."""
    pieces: list[list[str]] = [[]]
    for line in lines:
        if is_rule(line) and len(line.strip()) > 2:
            pieces.append([])
        else:
            pieces[-1].append(line)
    texts = [text for piece in pieces if (text := "\n".join(piece).strip("\n")).strip()]
    if len(texts) < 2 or not _is_personal(texts[0]):
        return ()
    answers = sum(_is_talk(text) for text in texts[1:])
    return tuple(map(Entry, texts)) if 2 * answers >= len(texts) - 1 else ()


def split_at_bullets(lines: Sequence[str]) -> tuple[Entry, ...]:
    """An opening post, in a bullet or not, and a bullet for each reply; nothing if it is none.

    What is indented below a bullet belongs to its post, bullets there included.
    """
    bullets = {n: m for n, line in enumerate(lines) if (m := _BULLET.match(line)) is not None}
    for margin in sorted({len(m[1]) for m in bullets.values()})[:_MARGINS]:
        starts = [n for n, match in bullets.items() if len(match[1]) == margin]
        entries = _bulleted(lines, starts, margin)
        if entries:
            return entries
    return ()


def _bulleted(lines: Sequence[str], starts: list[int], margin: int) -> tuple[Entry, ...]:
    above = "\n".join(lines[: starts[0]]).strip("\n")
    if above and not _is_personal(above):
        return ()
    if any(_runs_on(before, line, margin) for before, line in pairwise(lines[starts[0] :])):
        return ()  # running text below the list: it was a list in an article
    posts = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        first = _BULLET.sub(r"\1", lines[start], count=1)
        posts.append("\n".join(dedented([first, *lines[start + 1 : end]])).strip("\n"))
    opening, *replies = [above, *posts] if above else posts
    talking = sum(map(_is_talk, replies))
    if not replies or not _is_personal(opening) or 2 * talking < len(replies):
        return ()
    return tuple(map(Entry, [opening, *replies]))


def _runs_on(above: str, line: str, margin: int) -> bool:
    """Whether a line of running text begins at, or left of, the bullets."""
    begins = bool(margin) or not above.strip()  # at the margin a broken line may go on below
    to_the_left = bool(line.strip()) and indent_of(line) <= margin
    return begins and to_the_left and _BULLET.match(line) is None


def split_by_what_is_said(lines: Sequence[str]) -> tuple[Entry, ...]:
    """Posts of a thread in which nothing at all stands between them; nothing if it is no thread.

    A paragraph begins a post where it answers, comes back or gives a fresh piece of advice, and
    belongs to the one before in every doubt.
    """
    units = _units(lines)
    posts: list[list[str]] = []
    answering, cues, sure = False, 0, 0
    asked = False
    for number, unit in enumerate(units):
        above = units[number - 1] if number else ""
        if not posts:
            posts.append([unit])
        elif _comes_back(unit, above, answering=answering):
            posts.append([unit])
            answering, cues, sure = False, cues + 1, sure + 1
        elif asked and _is_new(unit, above, answering=answering):
            posts.append([unit])
            answering, cues, sure = True, cues + _is_cue(unit), sure + talk().opens(unit)
        else:
            posts[-1].append(unit)
        asked = asked or talk().asks(unit)
    enough = sure and cues >= (1 if len(units) <= _FEW_PARAGRAPHS else _CUES)
    if len(posts) < 2 or not enough or not _is_personal("\n".join(posts[0])):
        return ()
    return tuple(Entry(_run_together(post)) for post in posts)


def _run_together(units: Sequence[str]) -> str:
    """Paragraphs of one post; items of one list without empty lines between them."""
    parts = [units[0]]
    for above, unit in pairwise(units):
        in_a_list = _NUMBERED.match(above) and _NUMBERED.match(unit)
        parts += ["\n" if in_a_list else "\n\n", unit]
    return "".join(parts)


def _units(lines: Sequence[str]) -> list[str]:
    """Paragraphs: what stands between empty lines, or lines where hardly any is empty."""
    blocks = paragraphs(lines)
    spoken = [line for block in blocks for line in block]
    inside = [line for block in blocks for line in block[:-1]]
    broken = sum(len(line) >= _FULL_LINE and not ends_a_sentence(line) for line in inside)
    if 2 * broken > len(inside) or 2 * len(blocks) > len(spoken):
        return ["\n".join(block) for block in blocks]
    units: list[list[str]] = []
    for line in spoken:
        last = units[-1][-1] if units else ""
        if len(last) >= _FULL_LINE and not ends_a_sentence(last):
            units[-1].append(line)
        else:
            units.append([line])
    return ["\n".join(unit) for unit in units]


def _comes_back(unit: str, above: str, *, answering: bool) -> bool:
    return answering and not above.endswith(":") and talk().returns(unit)


def _is_new(unit: str, above: str, *, answering: bool) -> bool:
    """Whether a paragraph begins the answer of somebody who has not spoken right before."""
    known = talk()
    if above.endswith(":") or _NUMBERED.match(unit) or is_quoted(unit):
        return False
    if known.goes_on(unit) and not known.opens(unit):
        return False
    if not answering:
        if known.asks(unit):
            return False
        just_asked = known.asks(above)
        answers = known.offers(unit) or known.is_fragment(unit) or known.speaks_to_somebody(unit)
        return known.opens(unit) or (just_asked and answers) or _advises(unit, above)
    return known.opens(unit) or known.is_fragment(unit) or _advises(unit, above)


def _advises(unit: str, above: str) -> bool:
    """Whether it tells somebody to do something, other than as the next of several steps."""
    return talk().tells_to(unit) and not talk().tells_to(above)


def _is_cue(unit: str) -> bool:
    return talk().opens(unit) or (talk().offers(unit) and talk().speaks_to_somebody(unit))


def _is_personal(opening: str) -> bool:
    """Whether an opening post tells of its writer and asks the others."""
    return talk().asks_for_oneself(opening)


def _is_talk(post: str) -> bool:
    """Whether a piece of text could be somebody's answer, rather than an item of a list."""
    known = talk()
    if known.opens(post) or known.returns(post) or known.speaks_of_oneself(post):
        return True
    return len(words_of(post)) >= _SHORT_ITEM and (
        known.speaks_to_somebody(post) or known.tells_to(post) or "?" in post
    )
