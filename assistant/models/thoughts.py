"""Reasoning models think aloud before they answer; nobody is shown that."""

import re

_OPEN = re.compile(r"<(think|thinking)>", re.IGNORECASE)
_LONGEST = len("</thinking>")
_MAYBE = re.compile(r"</?[a-z]*\Z", re.IGNORECASE)


class Thoughts:
    """Takes `<think>…</think>` out of a text that comes in pieces, wherever they are cut."""

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
