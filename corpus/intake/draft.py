"""What the reader of one format made of one file, before it is cleared of furniture and checked."""

from dataclasses import dataclass

from corpus.intake.threads import Entry


@dataclass(frozen=True, slots=True)
class Draft:
    """A text with what its file says of it. Nothing is guessed here: "" is "it does not say"."""

    text: str = ""
    """Markdown. Empty where there are posts."""
    plain: bool = False
    """The text is as somebody typed it, not Markdown yet."""
    posts: tuple[Entry, ...] = ()
    """The posts in Markdown, where the format itself keeps them apart."""
    title: str = ""
    author: str = ""
    published: str = ""
    """ISO date."""
    address: str = ""
    remarks: tuple[str, ...] = ()
    may_be_thread: bool = True
    """Whether the text may be a forum thread pasted from a page. A book is none."""
