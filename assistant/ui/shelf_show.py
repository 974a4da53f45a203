"""Which view of the page /shelf is shown: a question to the page in, a whole page out."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from assistant.errors import AssistantError
from assistant.ui.shelf_desk import Desk
from assistant.ui.shelf_door import Draft, Session
from assistant.ui.shelf_forms import (
    render_add,
    render_bar,
    render_closed,
    render_edit,
    render_remove,
    render_sign_in,
)
from assistant.ui.shelf_html import frame, to
from assistant.ui.shelf_list import listing, render_document, render_list
from assistant.ui.shelf_preview import render_preview, render_proposed, render_told, render_work
from corpus import CorpusError
from index import PassageIndexError

LEAD = (
    '<p class="lead">Every sentence of an answer is quoted from these texts. Here they are, cut'
    " into the passages that are searched.</p>"
)
SIGNED_OUT = "Sign in first. If you were signed in: a session ends when it was idle for a while."


@dataclass(frozen=True, slots=True)
class Shown:
    """A page, or the way to another view."""

    html: str = ""
    status: int = 200
    onward: Mapping[str, str] | None = None
    """The view to go to instead."""


def show(desk: Desk, session: Session | None, query: Mapping[str, str]) -> Shown:
    """One view. Changes nothing. Whatever is wrong with the shelf is said on it."""
    try:
        return _view(desk, session, query)
    except (AssistantError, CorpusError, PassageIndexError) as error:
        # What is damaged can often be undone, so the way to that stays open.
        bar = render_bar(session.csrf, "the last change", session.preview) if session else ""
        body = f'<p class="told told--bad" role="alert">{escape(str(error))}</p>{bar}'
        return _page(desk, "The shelf cannot be read", body, status=500)


def _view(desk: Desk, session: Session | None, query: Mapping[str, str]) -> Shown:
    for name, view in (("show", _work), ("edit", _edit), ("remove", _remove)):
        if name in query:
            return view(desk, session, query) if session else closed(desk, SIGNED_OUT)
    if "document" in query:
        return _document(desk, session, query)
    found = listing(desk.keeper.documents(), query.get("q", ""), _number(query, "page"))
    shown = render_list(found, desk.keeper.passages, operator=session is not None)
    if session is None:
        return _page(desk, "What is on the shelf", f"{LEAD}{shown}{_entrance(desk)}")
    bar = render_bar(session.csrf, desk.keeper.last_change(), session.preview)
    return _page(desk, "What is on the shelf", f"{LEAD}{bar}{render_add(session.csrf)}{shown}")


def closed(desk: Desk, why: str, *, status: int = 403, up: str = ".") -> Shown:
    """Says why something is not done, with the way in."""
    return _page(desk, "The shelf is locked", _entrance(desk, why, up=up), status=status, up=up)


def stopped(desk: Desk, why: str, *, status: int, up: str = "..") -> Shown:
    """Says why something was refused."""
    body = f'<p class="told told--bad" role="alert">{escape(why)}</p>'
    body += f'<p><a class="button" href="{up}/shelf">Back to the shelf</a></p>'
    return _page(desk, "That did not work", body, status=status, up=up)


def _page(
    desk: Desk, title: str, body: str, *, status: int = 200, up: str = ".", again: bool = False
) -> Shown:
    return Shown(frame(desk.about, title, body, up=up, again=again), status)


def _entrance(desk: Desk, wrong: str = "", *, up: str = ".") -> str:
    return render_closed(desk.password) or render_sign_in(wrong, up=up)


def _number(query: Mapping[str, str], name: str) -> int:
    said = query.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 9 else 1


def _missing(desk: Desk) -> Shown:
    body = (
        f'<p>There is no such document on the shelf.</p><p><a href="{to()}">All documents</a></p>'
    )
    return _page(desk, "Not on the shelf", body, status=404)


def _document(desk: Desk, session: Session | None, query: Mapping[str, str]) -> Shown:
    document = desk.document(query["document"])
    if document is None:
        return _missing(desk)
    body = render_document(
        document,
        desk.keeper.passages(document.id),
        page=_number(query, "page"),
        at=query.get("passage", ""),
        operator=session is not None,
    )
    return _page(desk, document.details.title, body)


def _work(desk: Desk, session: Session, query: Mapping[str, str]) -> Shown:
    work, told, wanted = session.work, session.told, query["show"]
    if work is not None and work.running:
        return _page(desk, "Under way", render_work(work.step), again=True)
    if wanted == "work":
        return Shown(onward={"show": "done" if told or session.preview is None else "preview"})
    if wanted == "done" and told:
        title = "Done" if told.good else "That did not work"
        return _page(desk, title, render_told(told))
    if session.preview is None or wanted not in {"preview", "proposed"}:
        return Shown(onward={})
    return _preview(desk, session, query)


def _preview(desk: Desk, session: Session, query: Mapping[str, str]) -> Shown:
    preview = session.preview
    if preview is None:
        return Shown(onward={})
    number = _number(query, "number") if query["show"] == "proposed" else -1
    if not 0 <= number < len(preview.proposals):
        body = render_preview(preview, _draft(session, preview.id), session.csrf)
        return _page(desk, "Look before it goes live", body)
    proposal = preview.proposals[number]
    title = proposal.document.details.title if proposal.document else proposal.name
    return _page(desk, title, render_proposed(proposal, number, _number(query, "page")))


def _draft(session: Session, of: str) -> Draft | None:
    return session.draft if session.draft and session.draft.of == of else None


def _edit(desk: Desk, session: Session, query: Mapping[str, str]) -> Shown:
    document = desk.document(query["edit"])
    if document is None or not document.own:
        return _missing(desk)
    body = render_edit(document, _draft(session, document.id), session.csrf)
    return _page(desk, f"Edit “{document.details.title}”", body)


def _remove(desk: Desk, session: Session, query: Mapping[str, str]) -> Shown:
    document = desk.document(query["remove"])
    if document is None or not document.own:
        return _missing(desk)
    body = render_remove(document, session.csrf)
    return _page(desk, f"Remove “{document.details.title}”?", body)
