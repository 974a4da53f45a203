"""Citations: the small numbers in an answer, and the passages they open.

Every passage travels in the page as an inert `<template>`, so following a citation asks no server.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Protocol

from assistant.reply import Answer, AnswerItem, Citation
from assistant.ui import words
from corpus import Provenance
from index import Passage, Span


class Shelf(Protocol):
    """Tells where documents come from; a mapping by document id will do."""

    def get(self, document_id: str, /) -> Provenance | None:
        """Where a document comes from. Of one that is not known no origin is shown."""


def speaks(item: AnswerItem) -> Passage | None:
    """The passage an item's first words stand in; None for an item without sentences."""
    return item.sentences[0].citations[0].passage if item.sentences else None


def introduces(item: AnswerItem, before: AnswerItem | None) -> bool:
    """Whether the reader must be told who speaks: not when the same words just said so."""
    if before is None or (item.kind, item.attribution) != (before.kind, before.attribution):
        return True
    now, then = speaks(item), speaks(before)
    if now is None or then is None or item.group != before.group:
        return True
    return (now.span.document_id, now.speaker) != (then.span.document_id, then.speaker)


def with_before(items: Iterable[AnswerItem]) -> Iterator[tuple[AnswerItem | None, AnswerItem]]:
    """Each item with the one before it; None before the first."""
    before: AnswerItem | None = None
    for item in items:
        yield before, item
        before = item


def citations_of(answer: Answer) -> tuple[Citation, ...]:
    """Every citation once, by marker, in reading order of first use."""
    seen: dict[int, Citation] = {}
    for item in answer.items:
        for sentence in item.sentences:
            for citation in sentence.citations:
                seen.setdefault(citation.marker, citation)
    return tuple(seen.values())


def citation_buttons(citations: Iterable[Citation], turn: str) -> str:
    """The numbers after a sentence, each a button that opens the sources panel."""
    return "".join(_button(citation, turn) for citation in citations)


def _button(citation: Citation, turn: str) -> str:
    passage = citation.passage
    label = f"Source {citation.marker}: {words.badge(passage)}, {passage.title}"
    return (
        f'<button type="button" class="cite cite--{words.kind_class(passage)}"'
        f' aria-haspopup="dialog" data-source="{_panel_id(citation, turn)}"'
        f' aria-label="{escape(label)}">{citation.marker}</button>'
    )


def source_list(answer: Answer, turn: str) -> str:
    """The sources at the foot of an answer: each speaker once, with every number of theirs."""
    voices: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations_of(answer):
        passage = citation.passage
        voices.setdefault((passage.span.document_id, passage.speaker), []).append(citation)
    rows = "".join(f"<li>{_row(voice, turn)}</li>" for voice in voices.values())
    return f'<div class="sources"><h3>Sources</h3><ul>{rows}</ul></div>'


def found_list(answer: Answer, turn: str) -> str:
    """The texts an answer rests on, by title, with a number that opens each passage of them."""
    texts: dict[str, dict[Span, Citation]] = {}
    for citation in citations_of(answer):
        passages = texts.setdefault(citation.span.document_id, {})
        passages.setdefault(citation.passage.span, citation)
    rows = "".join(f"<li>{_found(tuple(cited.values()), turn)}</li>" for cited in texts.values())
    return f'<ul class="found__texts">{rows}</ul>'


def _found(cited: Sequence[Citation], turn: str) -> str:
    passage = cited[0].passage
    return (
        f'<span class="found__text"><span class="badge badge--{words.kind_class(passage)}">'
        f"{words.kind_name(passage.kind)}</span> {escape(passage.title)}</span>"
        f'<span class="cites">{citation_buttons(cited, turn)}</span>'
    )


def source_panels(answer: Answer, turn: str, shelf: Shelf) -> str:
    """The passages behind an answer, out of sight until a citation is followed."""
    panels = "".join(
        f'<template id="{_panel_id(citation, turn)}">{source_panel(citation, shelf)}</template>'
        for citation in citations_of(answer)
    )
    return f"<div hidden>{panels}</div>"


def _row(voice: Sequence[Citation], turn: str) -> str:
    passage = voice[0].passage
    return (
        f'<span class="voice"><span class="voice__title">{escape(passage.title)}</span>'
        f" <small>{escape(words.badge(passage))}</small></span>"
        f'<span class="cites">{citation_buttons(voice, turn)}</span>'
    )


def source_panel(citation: Citation, shelf: Shelf) -> str:
    """One passage with the cited words marked, and everything we know of who says them."""
    passage, span = citation.passage, citation.span
    marked = span.start - passage.span.start, span.end - passage.span.start
    return passage_panel(passage, marked, shelf.get(passage.span.document_id))


def passage_panel(
    passage: Passage, marked: tuple[int, int], origin: Provenance | None, heading: str = "h3"
) -> str:
    """A passage, and everything we know of who says it. `marked`: from where to where in its text;
    nothing where both are the same.
    """
    where = " · ".join(part for part in (passage.section, passage.speaker) if part)
    return (
        f'<p class="source__kind"><span class="badge badge--{words.kind_class(passage)}">'
        f"{escape(words.badge(passage))}</span></p>"
        f'<{heading} class="source__title"><span class="source__wording">'
        f"{words.wording(passage).capitalize()}</span> {escape(passage.title)}</{heading}>"
        f'<p class="source__where">{escape(where)}</p>'
        f'<blockquote class="passage">{_marked(passage.text, *marked)}</blockquote>'
        f'<p class="source__note">{escape(words.wording_note(passage))}</p>'
        f'<p class="source__note">{escape(words.tier_note(passage.tier))}</p>'
        f"{_origin(origin)}"
    )


def _marked(text: str, start: int, end: int) -> str:
    """The passage, the exact span in `<mark>`, everything else as it stands."""
    if start == end:
        return escape(text)
    cited = f"<mark>{escape(text[start:end])}</mark>"
    return f"{escape(text[:start])}{cited}{escape(text[end:])}"


def _origin(provenance: Provenance | None) -> str:
    if provenance is None:
        return ""
    rows = (
        ("Author", escape(provenance.author)),
        ("Published", escape(provenance.published)),
        ("Original", _address(provenance.address)),
    )
    return (
        '<dl class="origin">'
        + "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
        + "</dl>"
    )


def _address(address: str) -> str:
    """A link only for web addresses: anything else (javascript:, data:) stays plain text."""
    if not address.lower().startswith(("https://", "http://")):
        return escape(address)
    return (
        f'<a href="{escape(address)}" target="_blank" rel="noreferrer noopener">'
        f"{escape(address)}</a>"
    )


def _panel_id(citation: Citation, turn: str) -> str:
    return escape(f"{turn}-source-{citation.marker}")
