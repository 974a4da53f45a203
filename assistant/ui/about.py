"""What the page says of itself: who runs it, what stands on the shelf, and how it greets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from assistant.models.card import ModelCard
from assistant.reply import NearbyTopic
from assistant.ui import words
from assistant.ui.gate import SAFETY, SHELF
from assistant.ui.render import render_topics
from assistant.ui.sources import Shelf
from corpus import Document, DocumentKind, Wording

_LISTED = 12
"""Documents that the first page lists by name, where another page has them all."""


@dataclass(frozen=True, slots=True)
class PageInfo:
    """What the operator decides about the page."""

    name: str = "Soleus"
    operator: str = ""
    """Who runs the page, e.g. the club's name; empty when not set."""
    contact: str = ""
    """Whom to ask instead, as a sentence for the reader; empty when not set."""
    reviewed_by: str = ""
    """The clinician who has reviewed the warnings; empty while nobody has."""
    reviewed_on: date | None = None
    """When; None where that is not known."""
    review_stale: bool = False
    """Whether that is so long ago that somebody should look again."""
    missing: tuple[str, ...] = ()
    """What the operator has not set yet, in the names of the settings."""
    privacy_note: str = ""
    """Address of the operator's privacy note, or the note itself; empty when not set."""
    documents: tuple[Document, ...] = ()
    """The shelf, for the list of what answers rest on."""
    shelf_page: bool = False
    """Whether every document can be read at /shelf."""
    card: ModelCard | None = None
    """The language model that may word answers; None where there is none."""
    kept_days: int = 0
    """Days for which questions are kept; 0 where none is."""
    kept_words: bool = True
    """Whether their words are, masked, or only what became of them."""

    @property
    def shelf(self) -> Shelf:
        """Where each document comes from, by document id."""
        return {document.id: document.provenance for document in self.documents}


def render_brand(about: PageInfo) -> str:
    """Name and promise, at the head of the page."""
    run_by = (
        f' <span class="brand__by">at {escape(about.operator)}</span>' if about.operator else ""
    )
    return (
        '<a class="skip" href="#question">Skip to the question box</a>'
        f'<div class="brand">{_MARK}<div>'
        f'<h1 class="brand__name">{escape(about.name)}{run_by}</h1>'
        '<p class="brand__promise">Lower-leg answers you can check</p>'
        "</div></div>"
    )


def review_words(about: PageInfo) -> str:
    """Who has reviewed the warnings, as the end of a sentence."""
    if not about.reviewed_by:
        return "no clinician has reviewed them yet"
    when = f" on {words.day(about.reviewed_on)}" if about.reviewed_on else ", date not set"
    again = ", which is due again" if about.review_stale else ""
    return f"reviewed by {about.reviewed_by}{when}{again}"


def render_standing_line(about: PageInfo) -> str:
    """What must stay in sight: what this is not, and how far its warnings can be trusted."""
    return (
        f'<p class="standing"><strong>{words.STANDING_LINE}.</strong>{_worded_by(about.card)}'
        ' <span class="standing__more">Fixed rules check for some warning signs;'
        f" {escape(review_words(about))}.</span>"
        f' <a class="standing__link" href=".{SAFETY}" target="_blank" rel="noopener">What it'
        f" checks</a>{_shelf_link(about)}</p>"
    )


def _worded_by(card: ModelCard | None) -> str:
    """Which model may have a hand in what is read here."""
    return f" Answers may be worded by {escape(card.name)}." if card else ""


def _shelf_link(about: PageInfo) -> str:
    """The way to the documents; a chat that is under way stays where it is."""
    if not about.shelf_page:
        return ""
    return (
        f' · <a class="standing__link" href=".{SHELF}" target="_blank" rel="noopener">The shelf</a>'
    )


def render_hero(about: PageInfo, examples: Sequence[NearbyTopic]) -> str:
    """The page before the first question."""
    return (
        '<div class="hero__in"><h2 class="hero__head">What’s up with your calf?</h2>'
        f'<p class="hero__lead">Ask in your own words. {_origin_of_answers(about.card)};'
        " press its number to read the passage it rests on. If nothing there answers you, it says"
        " so.</p>"
        f'<h3 class="hero__sub">Try one of these</h3>{render_topics(examples, whole=True)}'
        f"{_shelf_list(about)}"
        '<p class="hero__safety">If something is badly wrong, do not wait for this page: call your'
        " local emergency number. It looks out for some warning signs and can miss them; when it"
        " shows none, that promises nothing.</p>"
        f'<p class="hero__privacy">{_run_by(about)}{_written_down(about)}'
        f"{_read_elsewhere(about.card)}"
        f"{_privacy_note(about.privacy_note)}</p>{render_missing(about)}</div>"
    )


def _written_down(about: PageInfo) -> str:
    """What becomes of what a reader types."""
    if not about.kept_days:
        return (
            "What you type is never written down: this page forgets it when you reload it, the"
            " server a few minutes after you leave."
        )
    days = words.days(about.kept_days)
    kept = (
        f"What you ask is kept for {days}, to learn what the shelf does not answer: without the"
        " names, numbers and addresses that a program finds in it, and without a word of it where"
        " it is about something grave"
        if about.kept_words
        else f"What became of your questions is kept for {days}, without their words"
    )
    return f"{kept}. This page forgets your chat when you reload it."


def _read_elsewhere(card: ModelCard | None) -> str:
    """Where a question may go that leaves this server."""
    if card is None or not card.asks_consent:
        return ""
    who = escape(card.served_by) or "the language model"
    return f" If you agree below, {who} reads what you ask from then on, under its own rules."


def _origin_of_answers(card: ModelCard | None) -> str:
    if card is None:
        return "Every sentence of an answer comes from the shelf below"
    return (
        "Every sentence of an answer is quoted from the shelf below, or worded by"
        f" {escape(card.name)} and checked against it"
    )


def render_missing(about: PageInfo) -> str:
    """What the operator still has to set; empty when nothing is missing."""
    if not about.missing:
        return ""
    listed = ", ".join(escape(name) for name in about.missing)
    return f'<p class="hero__missing">Whoever runs this page still has to set: {listed}.</p>'


def _privacy_note(note: str) -> str:
    if not note:
        return ""
    if note.lower().startswith(("https://", "http://")):
        return (
            f' <a class="hero__link" href="{escape(note)}" target="_blank" rel="noreferrer'
            ' noopener">Privacy note</a>'
        )
    return f" {escape(note)}"


def _run_by(about: PageInfo) -> str:
    return f"This page is run by {escape(about.operator)}. " if about.operator else ""


def _shelf_list(about: PageInfo) -> str:
    """The first documents; where there is a page of all, it has the rest, and their words."""
    documents = about.documents
    if not documents:
        return ""
    most = _LISTED if about.shelf_page else len(documents)
    rows = "".join(f"<li>{_shelf_row(document)}</li>" for document in documents[:most])
    count = len(documents)
    more = (
        f'<p><a class="hero__link" href=".{SHELF}" target="_blank" rel="noopener">Every text, with'
        " all its words</a></p>"
        if about.shelf_page
        else ""
    )
    return (
        f'<details class="shelf"><summary>What is on the shelf ({count:,}'
        f" {'text' if count == 1 else 'texts'})</summary><ul>{rows}</ul>{more}</details>"
    )


def _shelf_row(document: Document) -> str:
    kind = "article" if document.kind is DocumentKind.ARTICLE else "forum"
    label = words.kind_name(document.kind)
    wording = "our summary" if document.wording is Wording.OUR_SUMMARY else "author’s own words"
    return (
        f'<span class="badge badge--{kind}">{label}</span>'
        f' <span class="shelf__title">{escape(document.title)}</span>'
        f" <small>{wording} · {escape(words.tier_note(document.tier))}</small>"
    )


# A runner's lower leg inside the lanes of a track, drawn for this page.
_MARK = (
    '<svg class="brand__mark" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true">'
    '<rect width="48" height="48" rx="13" class="mark__ground"/>'
    '<path class="mark__lane" d="M6 40C6 20 20 6 40 6M14 42C14 26 26 14 42 14M22 43C22 32 32 22'
    ' 43 22"/><circle class="mark__dot" cx="35" cy="35" r="5"/></svg>'
)
