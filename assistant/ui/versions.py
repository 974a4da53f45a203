"""An answer in two wordings, the shelf's and a language model's: which is shown, and how one gets
to the other. Both are in the page, so that turning one over asks no server.
"""

from dataclasses import dataclass
from html import escape

from assistant.reply import Answer
from assistant.ui import words
from assistant.ui.render import (
    render_author,
    render_body,
    render_foot,
    render_trouble,
    render_waiting,
)
from assistant.ui.sources import Shelf, citations_of, found_list
from assistant.ui.why import why_fold


@dataclass(frozen=True, slots=True)
class Versions:
    """How far an answer has come that a model is putting into words."""

    model: str
    """Its name, as readers are shown it."""
    quotes: Answer
    """The quoting answer, whole from the start."""
    written: Answer | None = None
    """Checked sentences so far; None before anything was heard of the model."""
    late: bool = False
    """Whether the reader waited long enough, and has the quotes in front of them now."""
    done: bool = False

    @property
    def begun(self) -> bool:
        """Whether there is anything of the written answer to show."""
        return self.written is not None and bool(self.written.items)

    @property
    def two(self) -> bool:
        """Whether there is a whole written answer to choose."""
        return self.done and self.written is not None and words.is_written(self.written)

    @property
    def quotes_in_front(self) -> bool:
        """Whether the reader sees the quotes unless they ask for the other."""
        return self.late or (self.done and not self.two)

    @property
    def front(self) -> Answer:
        """What is in front; before anything was written, an answer without sentences."""
        if self.quotes_in_front or self.written is None:
            return self.quotes
        return self.written

    @property
    def whole(self) -> bool:
        """Whether what is in front lacks nothing."""
        return self.late or self.done

    @property
    def other(self) -> Answer | None:
        """What can be turned to; None while there is no choice."""
        if not self.two:
            return None
        return self.written if self.quotes_in_front else self.quotes

    def found(self) -> str:
        """What was found, and what happens now."""
        count = len({citation.span.document_id for citation in citations_of(self.quotes)})
        return f"Found in {count} {'text' if count == 1 else 'texts'}"

    def working(self) -> str:
        """What the reader waits for."""
        return f"{self.model} is putting it into words; every sentence is checked first"

    def still(self) -> str:
        """What is going on while the quotes are read."""
        return f"{self.model} is still writing; its answer will be offered here"


def render_versions(versions: Versions, turn: str, shelf: Shelf) -> str:
    """Both versions, one of them hidden, below the line that says who worded what is seen.

    Their order never changes, so that what the reader has open or in focus stays.
    """
    quotes = render_body(versions.quotes, f"{turn}-quotes", shelf)
    return (
        f'<div class="byline">{_byline(versions, turn)}</div>'
        f"{_version('written', turn, _written(versions, turn, shelf), versions)}"
        f"{_version('quotes', turn, quotes, versions)}{_foot(versions)}"
    )


def _version(name: str, turn: str, body: str, versions: Versions) -> str:
    return (
        f'<div class="version version--{name}" id="{escape(turn)}-{name}" data-version="{name}"'
        f"{_hidden(name, versions)}>{body}</div>"
    )


def _hidden(name: str, versions: Versions) -> str:
    return "" if (name == "quotes") is versions.quotes_in_front else " hidden"


def _written(versions: Versions, turn: str, shelf: Shelf) -> str:
    if versions.written is None or not versions.begun:
        return "" if versions.quotes_in_front else _found(versions, turn)
    body = render_body(versions.written, f"{turn}-written", shelf, finished=versions.done)
    return body if versions.done else f"{body}{render_waiting(f'{versions.working()}.')}"


def _found(versions: Versions, turn: str) -> str:
    texts = found_list(versions.quotes, f"{turn}-quotes")
    return (
        f'<div class="found"><p class="found__lead">{versions.found()}</p>{texts}</div>'
        f"{render_waiting(f'{versions.working()}.')}"
    )


def _byline(versions: Versions, turn: str) -> str:
    """Who worded what is seen, what became of the model, and the way to the other version."""
    written = versions.written
    parts = [
        _author("written", written, versions) if written is not None and versions.begun else "",
        _author("quotes", versions.quotes, versions),
        render_trouble(written) if written is not None and versions.done else "",
    ]
    if versions.late and not versions.done:
        parts.append(f'<p class="pending">{escape(versions.still())}.</p>')
    elif versions.two or not versions.done:
        parts.append(_switch(versions, turn))
    return "".join(parts)


def _author(name: str, answer: Answer, versions: Versions) -> str:
    said = render_author(answer)
    return f'<div class="by by--{name}" data-version="{name}"{_hidden(name, versions)}>{said}</div>'


def _switch(versions: Versions, turn: str) -> str:
    """Turns to the other version. While sentences still come it is hidden: Stop brings it out."""
    label = words.SHOW_WRITTEN if versions.quotes_in_front else words.SHOW_QUOTES
    front = "quotes" if versions.quotes_in_front else "written"
    hidden = "" if versions.done else " hidden"
    controls = f"{escape(turn)}-written {escape(turn)}-quotes"
    return (
        f'<button type="button" class="act switch" data-act="version" data-front="{front}"'
        f' aria-pressed="false" aria-controls="{controls}"{hidden}>{label}</button>'
    )


def _foot(versions: Versions) -> str:
    if not versions.whole:
        return ""
    whole = versions.written if versions.done and versions.written is not None else versions.quotes
    return render_foot(why_fold(whole.why))
