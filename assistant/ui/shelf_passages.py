"""Passages as the index sees them, each under an address that outlives a rebuild."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from assistant.ui.shelf_html import several, to
from index import Passage, PassageSentence

PASSAGES_A_PAGE = 50


def place_of(passages: Sequence[Passage], at: str) -> int | None:
    """Which passage a link points to: the one that begins there, or the one that spans it."""
    start = at.partition("-")[0]
    if not (start.isascii() and start.isdigit()) or len(start) > 12:
        return None
    spans = (n for n, each in enumerate(passages) if each.span.start <= int(start) < each.span.end)
    return next(spans, None)


def link_note(passages: Sequence[Passage], place: int | None, at: str) -> str:
    """What to say where a link no longer leads to exactly what it led to; "" where it does."""
    if not at or (place is not None and _where(passages[place]) == at):
        return ""
    if place is None:
        return '<p class="note">The passage that was linked to is no longer here.</p>'
    return (
        '<p class="note">This text has been cut anew since that link was made; the passage marked'
        " below holds the same place.</p>"
    )


def _where(passage: Passage) -> str:
    return f"{passage.span.start}-{passage.span.end}"


def render_passages(
    passages: Sequence[Passage],
    *,
    links: bool = True,
    named: bool = False,
    pointed: Passage | None = None,
) -> str:
    """Passages in reading order, each with who speaks in it.

    `links`: with the address of each. `named`: so that those addresses lead here.
    """
    return "".join(_passage(each, links, named, each is pointed) for each in passages)


def _passage(passage: Passage, links: bool, named: bool, pointed: bool) -> str:
    where = _where(passage)
    own = f"{to(document=passage.span.document_id, passage=where)}#p-{where}"
    link = (
        f'<a class="passage__link" href="{own}">Link<span class="sr-only"> to this passage,'
        f" characters {where}</span></a>"
        if links
        else ""
    )
    name = f' id="p-{where}"' if named else ""
    known = passage.section.casefold() == passage.speaker.casefold()
    speaker = "" if known else f" · {escape(passage.speaker)}"
    mark = " passage--pointed" if pointed else ""
    return (
        f'<div class="passage{mark}"{name}><p class="passage__head"><span>'
        f"<b>{escape(passage.section)}</b>{speaker}"
        f" · {several(len(passage.sentences), 'sentence')}</span>{link}</p>"
        f"{_words(passage)}</div>"
    )


def _words(passage: Passage) -> str:
    """The words; those of a numbered procedure with their numbers, which a passage need not hold.

    Each step begins with its number in the document, but a passage begins after the first one's.
    """
    steps = [
        (step, _from_first_to_last(passage, tuple(said)))
        for step, said in groupby(passage.sentences, key=lambda each: each.step)
    ]
    if not steps or any(step is None for step, _ in steps):
        return f'<p class="passage__text">{escape(passage.text)}</p>'
    listed = "".join(f'<li value="{step}">{escape(text)}</li>' for step, text in steps)
    return f'<ol class="passage__text">{listed}</ol>'


def _from_first_to_last(passage: Passage, sentences: Sequence[PassageSentence]) -> str:
    start = passage.span.start
    return passage.text[sentences[0].span.start - start : sentences[-1].span.end - start]
