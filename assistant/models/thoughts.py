"""Reasoning models think aloud before they answer; nobody is shown that.

The tag that opens a thought may stand in the prompt already, so that only the closing one comes.
"""

import re

_OPEN = re.compile(r"<(think|thinking)>", re.IGNORECASE)
_LONGEST = len("</thinking>")
_UNOPENED = re.compile(r"</(?:think|thinking)>", re.IGNORECASE)
_ANSWERS = re.compile(r"\{|\[\s*\d")
"""What a draft holds early on and thoughts seldom do: an object, or a citation."""
_PATIENCE = 400
"""Characters after which a text without either counts as no thought."""
_MAYBE = re.compile(r"</?[a-z]*\Z", re.IGNORECASE)


class Thoughts:
    """Takes `<think>…</think>`, and what stands before a `</think>` that was never opened, out of
    a text that comes in pieces, wherever they are cut.

    The beginning of the text is held back until it is clear that it is no thought.
    """

    def __init__(self) -> None:
        self._opened = _Opened()
        self._held = ""
        self._clear = False

    def without(self, piece: str) -> str:
        """What of the text may be handed on, now that this piece has come."""
        text = self._opened.without(piece)
        if self._clear:
            return text
        self._held += text
        beginning = self._held[:_PATIENCE]
        closed, answers = _UNOPENED.search(beginning), _ANSWERS.search(beginning)
        if closed and not (answers and answers.start() < closed.start()):
            self._held = self._held[closed.end() :]
        elif not answers and len(self._held) < _PATIENCE:
            return ""
        self._clear = True
        return self._let_go()

    def rest(self) -> str:
        """What was held back, once the text has ended: it was no thought after all."""
        return self._let_go() + self._opened.rest()

    def _let_go(self) -> str:
        held, self._held = self._held, ""
        return held


class _Opened:
    """Takes out the thoughts whose both tags come."""

    def __init__(self) -> None:
        self._kept = ""
        self._inside = ""
        """The tag that must close; empty outside of thoughts."""

    def without(self, piece: str) -> str:
        """What of the text may be handed on, now that this piece has come."""
        self._kept += piece
        out = []
        while found := self._next_tag():
            if not self._inside:
                out.append(self._kept[: found.start()])
            self._inside = "" if self._inside else found.group(1)
            self._kept = self._kept[found.end() :]
        if self._inside:
            self._kept = self._kept[-_LONGEST:]
            return "".join(out)
        held = self._held()
        out.append(self._kept[: len(self._kept) - held])
        self._kept = self._kept[len(self._kept) - held :]
        return "".join(out)

    def rest(self) -> str:
        """What was held back, once the text has ended: it was no tag after all."""
        kept, self._kept = self._kept, ""
        return "" if self._inside else kept

    def _next_tag(self) -> re.Match[str] | None:
        if not self._inside:
            return _OPEN.search(self._kept)
        return re.search(rf"</({self._inside})>", self._kept, re.IGNORECASE)

    def _held(self) -> int:
        """Characters at the end that may be the beginning of a tag."""
        maybe = _MAYBE.search(self._kept)
        if maybe is None:
            return 0
        start = maybe.group().lower()
        return len(start) if "<thinking>".startswith(start) else 0
