"""A draft, read as it comes: sentences with the numbers they cite. Tolerant; judging is elsewhere.

Two forms, and what models make of them: JSON in a code fence or with words around it, markers
before or behind the full stop, bullets, headings, two sentences before one marker, a draft cut off
in the middle.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_MARKERS = re.compile(
    r"\[\s*+\d{1,6}+(?:\s*+(?:,|;|and|&|-|–)\s*+(?:\[\s*+)?+\d{1,6}+){0,12}+\s*+\]"
)
"""Possessive throughout: a marker that never closes must not be tried in a thousand ways."""
_MARKED = re.compile(rf"(?:\s*+{_MARKERS.pattern})++[.!?]*")
_RANGE = re.compile(r"(?<!\d)(\d{1,6}+)\s{0,3}+[-–]\s{0,3}+(\d{1,6}+)(?!\d)")
_LEAD = re.compile(r"^\s*(?:[-*•>#]+\s+|\d+[.)]\s+|(?:final )?answer:\s*)+", re.I)
_OPENER = re.compile(
    r"^(?:yes|no|sure|well|okay|ok|in short|overall|to sum up|absolutely)[,!:.]+\s+", re.I
)
"""What answers before anything is said: a bare yes cites nothing, so it is not shown."""
_ECHO = re.compile(
    r"^(?:an article|a forum poster|the runner who started a forum thread)(?: \([^()]*\)){0,2}:\s*",
    re.I,
)
"""Our own line about who speaks, repeated."""
_BREAK = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(]?[A-Z])")
_HEADING = re.compile(r"^[^.!?]{0,60}:$|^#|^`{3}\w*$")
_OPENING = re.compile(r"\s*(?:`{1,3}\w*\s*)?(?:\[\s*)?(?:(\{)|$)")
"""An object begins, in a code fence or a list or bare; or it is too early to tell."""
_LONGEST = 600
"""Characters after which a sentence counts as one, whole or not."""
_MOST_CITED = 8


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence as the model wrote it, without its markers."""

    text: str
    cites: tuple[int, ...]
    """Numbers it names, each once, in its order; whether there is such a number is not known
    here."""


@dataclass
class DraftReader:
    """Reads one draft. Not for two threads."""

    _held: str = field(default="", init=False)
    """What has come and was not yet read."""
    _json: bool = field(default=False, init=False)
    """Whether an object has begun: from then on only objects count."""
    _scan: "_Scan" = field(default_factory=lambda: _Scan(), init=False)

    def feed(self, text: str) -> Iterator[DraftSentence]:
        """The sentences that are whole now; the same however the draft is cut into pieces."""
        self._held += text
        yield from self._whole(last=False)

    def close(self) -> Iterator[DraftSentence]:
        """The sentences that are left once the draft has ended."""
        yield from self._whole(last=True)

    def _whole(self, *, last: bool) -> Iterator[DraftSentence]:
        while not self._json:
            self._held = self._held.lstrip()
            opening = _OPENING.match(self._held)
            if opening and (opening[1] or not last):
                self._json = bool(opening[1])
                break
            cut = _end_of_marked(self._held, last=last) or (len(self._held) if last else 0)
            if not cut:
                return
            piece, self._held = self._held[:cut], self._held[cut:]
            yield from _of_line(piece)
        if self._json:
            yield from self._objects()

    def _objects(self) -> Iterator[DraftSentence]:
        """Each innermost {...} that is whole; what stands around them is of no matter."""
        while (found := self._scan.object_in(self._held)) is not None:
            whole, self._held = found
            self._scan = _Scan()
            yield from _of_object(whole)


@dataclass
class _Scan:
    """Looks for an object in a text that grows, at every character once."""

    at: int = 0
    start: int = -1
    quoted: bool = False
    skip: bool = False

    def object_in(self, text: str) -> tuple[str, str] | None:
        """The first {...} without another in it, and what follows it; None while there is none."""
        for at in range(self.at, len(text)):
            if self._ends_at(at, text[at]):
                return text[self.start : at + 1], text[at + 1 :]
        self.at = len(text)
        return None

    def _ends_at(self, at: int, mark: str) -> bool:
        if self.skip:
            self.skip = False
        elif self.quoted:
            self.quoted, self.skip = mark != '"', mark == "\\"
        elif mark == '"':
            self.quoted = True
        elif mark == "{":
            self.start = at
        return mark == "}" and not self.quoted and self.start >= 0


def _of_object(text: str) -> Iterator[DraftSentence]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):  # lists in lists in lists
        return
    named = read.get("text")
    strings = [named, *read.values()]
    words = next((v for v in strings if isinstance(v, str) and v.strip()), "")
    words = " ".join(words.split())
    numbers = [
        v for k, v in read.items() if (k != "text" and not isinstance(v, str)) or k == "cites"
    ]
    cites = (*_numbers_of(numbers), *_numbers_in(" ".join(_MARKERS.findall(words))))
    yield from _sentences(words, tuple(dict.fromkeys(cites)))


def _numbers_of(value: Any, deep: int = 3) -> Iterator[int]:  # noqa: ANN401  (whatever a model put)
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield value
    elif isinstance(value, str):
        yield from _numbers_in(value)
    elif isinstance(value, list) and deep:
        for each in value[:_MOST_CITED]:
            yield from _numbers_of(each, deep - 1)


def _numbers_in(text: str) -> tuple[int, ...]:
    spread = _RANGE.sub(lambda m: " ".join(map(str, _between(int(m[1]), int(m[2])))), text)
    return tuple(int(found) for found in re.findall(r"\d{1,6}", spread)[:_MOST_CITED])


def _between(first: int, last: int) -> range:
    return range(first, min(last, first + _MOST_CITED) + 1)


def _end_of_marked(text: str, *, last: bool) -> int:
    """Where the first whole line or marked sentence ends; 0 while none is sure to be whole.

    Markers at the very end may go on with another one, or with the full stop. Never looks further
    than `_LONGEST`, or what is found would depend on how much has come.
    """
    near, more = text[:_LONGEST], len(text) > _LONGEST
    line = near.find("\n")
    for found in _MARKED.finditer(near if line < 0 else near[:line]):
        behind = near[found.end() :].lstrip(" ")
        # "Stretching [1] may help." goes on in small letters: a marker in the middle.
        if (behind or last or more) and not re.match(r"[a-z,;\[]", behind):
            return found.end()
    if line >= 0:
        return line + 1
    return _LONGEST if more else 0


def _of_line(piece: str) -> Iterator[DraftSentence]:
    if _HEADING.match(piece.strip()):
        return
    cites = tuple(dict.fromkeys(_numbers_in(" ".join(_MARKERS.findall(piece)))))
    yield from _sentences(piece, cites)


def _sentences(text: str, cites: tuple[int, ...]) -> Iterator[DraftSentence]:
    """The sentences of a text, all with the same numbers: each is judged against all of them.

    What cannot be printed is left out, so that what is judged is what is seen.
    """
    shown = "".join(mark if mark.isprintable() else " " for mark in _MARKERS.sub("", text))
    bare = re.sub(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", "", shown)
    bare = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(_LEAD.sub("", bare).split()))
    for part in _BREAK.split(_ECHO.sub("", bare)):
        said = _OPENER.sub("", part.strip())
        if re.search(r"\w", said):
            yield DraftSentence(said[0].upper() + said[1:], cites)
