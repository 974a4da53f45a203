"""Words of an earlier post that a later one repeats, which belong to whoever wrote them first.

A quotation of something that already stands in the thread is left out: it would be found twice,
the second time under the wrong speaker. One whose words stand nowhere above stays, marked with
"> ", because leaving it out would lose words and taking the mark away would put them in the mouth
of whoever quotes them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from corpus.intake.threads.lines import QUOTE_MARK, is_quoted, plain_words, unquoted, words_of
from corpus.intake.threads.marks import Strength, mark_in

_WINDOW = 4
_END = "\n"
"""Stands between posts, and is no word."""
_NEAREST = 50
"""Places looked at, latest first, where words begin as a quotation does."""
_PASTED = 8
"""Words in a line from which repeating them without a mark is taken for quoting."""
_LONGEST_EXPANDED = 60
"""Lines between "sam82 said:" and "Click to expand"."""
_CUTS = {"snip", "snipped", "quote", "end quote", "unquote", "…", "..."}


@dataclass(slots=True)
class Earlier:
    """The words of the posts read so far."""

    _words: list[str] = field(default_factory=list)
    _latest: dict[int, int] = field(default_factory=dict)
    """Where the first word, or the first few, of what is looked for stand last, by their hash."""
    _before: dict[int, list[int]] = field(default_factory=lambda: {1: [], _WINDOW: []})
    """For each place the one before it where the same words stand, by how many; -1 for none."""

    def add(self, text: str) -> None:
        """Takes in one more post. Quoted words in it count as written above, too."""
        words = [*words_of(text), _END]
        begin = len(self._words)
        self._words += words
        for size, before in self._before.items():
            for offset in range(len(words)):
                key = hash(tuple(words[offset : offset + size]))
                before.append(self._latest.get(key, -1))
                self._latest[key] = begin + offset

    def holds(self, text: str) -> bool:
        """Whether the words of `text` stand in one of the posts, in this order, side by side."""
        words = words_of(text)
        if not words:
            return False
        size = _WINDOW if len(words) >= _WINDOW else 1
        place = self._latest.get(hash(tuple(words[:size])), -1)
        for _ in range(_NEAREST):
            if place < 0 or self._words[place : place + len(words)] == words:
                break
            place = self._before[size][place]
        return place >= 0 and self._words[place : place + len(words)] == words


def with_marks(lines: Sequence[str]) -> list[str]:
    """Lines in which quotations that boards write without ">" have it.

    That is what stands between "sam82 said:" and "Click to expand...", and the paragraph below
    "Quote:" and "Originally posted by sam82".
    """
    marked: list[str] = []
    quoting = False
    for line in lines:
        words = plain_words(line).strip()
        if words.startswith("originally posted by"):
            quoting = True
            if marked and plain_words(marked[-1]).strip() == "quote":
                marked.pop()
        elif words == "click to expand":
            _mark_back(marked)
            quoting = False
        elif quoting and (line.strip() or not is_quoted(marked[-1] if marked else "")):
            marked.append(_quoted(line) if line.strip() else "")
        else:
            quoting = False
            marked.append(line)
    return marked


def _mark_back(marked: list[str]) -> None:
    """Marks what was written since the nearest "sam82 said:" and takes that line away."""
    for place in range(len(marked) - 1, max(-1, len(marked) - _LONGEST_EXPANDED), -1):
        mark = mark_in(marked[place])
        if mark is not None:
            if mark.strength is Strength.SAID:
                marked[place:] = ["", *map(_quoted, marked[place + 1 :]), ""]
            return


def own_words(lines: Sequence[str], earlier: Earlier) -> tuple[list[str], int]:
    """Lines of a post without what it repeats of earlier ones, and how many stretches went."""
    kept: list[str] = []
    dropped = 0
    for quoted, group in groupby(_attributed(lines), key=is_quoted):
        block = list(group)
        if quoted:
            rest = _unrepeated(block, earlier)
            dropped += len(rest) < len(block)
            kept += ["", *rest, ""]
            continue
        for line in block:
            pasted = len(words_of(line)) >= _PASTED and earlier.holds(line)
            dropped += pasted
            kept.append("" if pasted else line)
    return kept, dropped


def _unrepeated(block: list[str], earlier: Earlier) -> list[str]:
    """Quoted lines whose words stand nowhere above, without lines that hold but a smiley."""
    if earlier.holds("\n".join(map(unquoted, block))):
        return []
    told = [line for line in map(unquoted, block) if words_of(line) or not line.strip()]
    rest = [line for line in told if not _is_repeated(line, earlier)]
    return [_quoted(line) for line in rest] if any(map(words_of, rest)) else []


def _is_repeated(words: str, earlier: Earlier) -> bool:
    if words.strip().lower().strip("[]<>.") in _CUTS or mark_in(words) is not None:
        return True
    return earlier.holds(words)


def _attributed(lines: Sequence[str]) -> Iterator[str]:
    """Lines with the paragraph below "sam82 wrote:" marked as quoted, and that line left out."""
    quoting = started = False
    for number, line in enumerate(lines):
        if not quoting and _is_attribution(line):
            quoting, started = True, False
            yield ""
        elif quoting and is_quoted(line):
            quoting = False
            yield line
        elif quoting and line.strip():
            started = True
            yield _quoted(line)
        else:
            quoting = quoting and not started and number + 1 < len(lines)
            yield line


def _is_attribution(line: str) -> bool:
    mark = None if is_quoted(line) else mark_in(line)
    if mark is None or mark.strength is not Strength.SAID or not line.rstrip().endswith(":"):
        return False
    return mark.name is not None


def _quoted(line: str) -> str:
    return f"{QUOTE_MARK}{line.strip()}".rstrip()
