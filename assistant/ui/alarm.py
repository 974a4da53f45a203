"""What stands above a reply, and what stands apart from it: warnings, and notes of ours.

A warning shows its level in words, shape and colour, the action first and largest, numbers to tap.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from types import MappingProxyType

from assistant.reply import Alert, Call, EvidenceNote, Level, Notice, NoticeSource
from assistant.ui import words
from assistant.ui.plain import foreign_lines

# A shape for each level, drawn for this page: nobody has to tell the levels apart by colour.
_SHAPES: Mapping[Level, str] = MappingProxyType(
    {
        Level.EMERGENCY: (
            '<path d="M8 2h8l6 6v8l-6 6H8l-6-6V8z" fill="currentColor"/>'
            '<path class="shape__in" d="M12 6.5v7M12 16.8v.4"/>'
        ),
        Level.URGENT: (
            '<circle cx="12" cy="12" r="10.5" fill="currentColor"/>'
            '<path class="shape__in" d="M12 6v6.5l4 2.5"/>'
        ),
        Level.SEE_PROFESSIONAL: (
            '<rect x="2" y="2" width="20" height="20" rx="5" fill="currentColor"/>'
            '<path class="shape__in" d="M12 6.5v11M6.5 12h11"/>'
        ),
    }
)
_PLAIN_SHAPE = '<circle cx="12" cy="12" r="10.5" fill="currentColor"/>'
_PHONE = (
    '<svg class="call__mark" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path'
    ' fill="currentColor" d="M6 2h4l2 6-3 2a13 13 0 0 0 5 5l2-3 6 2v4c0 2-1 4-4 4C10 22 2 14 2 6c0'
    '-3 2-4 4-4z"/></svg>'
)


def render_above(alert: Alert | None, foreign: str) -> str:
    """Everything that is shown before a reply; empty when there is nothing to warn of."""
    return f"{render_alert(alert)}{render_foreign(foreign, alert)}"


def render_alert(alert: Alert | None) -> str:
    """Every notice of a warning, a card each, the gravest first."""
    if alert is None:
        return ""
    cards = (_card(notice, lead=not place) for place, notice in enumerate(alert.notices))
    return "".join(cards)


def render_foreign(foreign: str, alert: Alert | None = None) -> str:
    """Fixed words in the reader's own language, less what the warning has said in it already."""
    lines = foreign_lines(foreign, alert)
    # An empty lang says "not known": no screen reader then speaks it as if it were English.
    paragraphs = "".join(f'<p dir="auto" lang="">{escape(line)}</p>' for line in lines)
    return f'<div class="foreign">{paragraphs}</div>' if paragraphs else ""


def render_unchecked() -> str:
    """That nobody looked for warning signs, and what to do with the gravest of them."""
    return f'<p class="unchecked">{escape(words.UNCHECKED)}</p>'


def render_notes(notes: Sequence[EvidenceNote]) -> str:
    """Notes of ours, clearly apart from what the texts say."""
    heads = (words.SIGNS_LEAD, words.EVIDENCE_LEAD)
    return "".join(
        _notes(head, [note for note in notes if words.note_lead(note) == head]) for head in heads
    )


def _card(notice: Notice, *, lead: bool) -> str:
    level = words.level_words(notice.level)
    head = level if lead else f"Also: {level}"
    primary, later = _calls(notice)
    return (
        f'<section class="alarm alarm--{words.level_class(notice.level)}'
        f'{"" if lead else " alarm--also"}">'
        f'<h3 class="alarm__level">{_shape(notice.level)}<span>{escape(head)}</span></h3>'
        f"{_line('act', notice.act)}{_buttons(primary)}{_line('because', notice.because)}"
        f"{_line('avoid', notice.avoid)}{_line('meanwhile', notice.meanwhile)}{_buttons(later)}"
        f"{_small_print(notice, lead=lead)}</section>"
    )


def _shape(level: Level) -> str:
    drawn = _SHAPES.get(level, _PLAIN_SHAPE)
    return (
        '<svg class="alarm__shape" viewBox="0 0 24 24" width="30" height="30" aria-hidden="true">'
        f"{drawn}</svg>"
    )


def _line(kind: str, text: str) -> str:
    return f'<p class="alarm__{kind}" dir="auto">{escape(text)}</p>' if text else ""


def _calls(notice: Notice) -> tuple[list[Call], list[Call]]:
    """The numbers to tap at once, and those that are only for what may come."""
    dialled = [call for call in notice.calls if call.dial]
    later = [
        call
        for call in dialled
        if call.number in notice.meanwhile and call.number not in notice.act
    ]
    return [call for call in dialled if call not in later], later


def _buttons(calls: Iterable[Call]) -> str:
    links = "".join(
        f'<a class="call" href="tel:{escape(call.dial)}">{_PHONE}<span>Call {escape(call.number)}'
        "</span></a>"
        for call in calls
    )
    return f'<p class="calls">{links}</p>' if links else ""


def _small_print(notice: Notice, *, lead: bool) -> str:
    review = f"<p>{escape(words.review_line(notice.reviewed_by))}</p>"
    lines = f"{_sources(notice.sources)}{review}"
    if lead:
        return f'<div class="alarm__small">{lines}</div>'
    return (
        f'<details class="alarm__small"><summary>Where this comes from</summary>{lines}</details>'
    )


def _sources(sources: Iterable[NoticeSource]) -> str:
    rows = "".join(f"<li>{escape(words.source_line(source))}</li>" for source in sources)
    return f"<p>Based on:</p><ul>{rows}</ul>" if rows else ""


def _notes(head: str, notes: Sequence[EvidenceNote]) -> str:
    if not notes:
        return ""
    rows = "".join(
        f'<h4>{escape(note.about)}</h4><p class="note__text">{escape(note.text)}</p>'
        f'<div class="note__small">{_sources(note.sources)}</div>'
        for note in notes
    )
    return (
        f'<div class="notes" role="note" aria-label="{escape(head)}"><h3>{escape(head)}</h3>'
        f'<p class="notes__own">{escape(words.OWN_WORDS)}</p>{rows}</div>'
    )
