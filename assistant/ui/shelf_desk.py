"""What an operator sets going from the page /shelf, whatever serves it."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.ui.about import PageInfo
from assistant.ui.shelf_door import Draft, Guesses, Preview, Session, Sessions, Told
from assistant.ui.shelf_html import several
from assistant.ui.shelf_keeper import (
    Became,
    Brought,
    Details,
    Fate,
    Proposal,
    ShelfDocument,
    ShelfKeeper,
    Tell,
)
from assistant.ui.shelf_preview import ALIVE, MOST_EDITABLE, TAKEN
from assistant.ui.shelf_typed import details_of
from assistant.ui.shelf_upload import LARGEST_FILE
from assistant.ui.shelf_work import Bench
from corpus import TrustTier

LARGEST_PREVIEW = 16_000_000
"""Characters that wait for a decision, in all previews together."""

WORK = {"show": "work"}
DONE = {"show": "done"}
PREVIEW = {"show": "preview"}

Query = Mapping[str, str]
"""The view to go to next."""

_BUSY = "Something else is being done to the shelf right now. Nothing was changed; try again soon."
_GONE = "That preview is no longer there. Nothing was changed; add the documents again."
_NO_SUCH = "That document is not on the shelf, or cannot be changed here. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Desk:
    """The page's memory: whose shelf it is, who is signed in, what is being done."""

    keeper: ShelfKeeper
    about: PageInfo
    password: str = field(default="", repr=False)
    sessions: Sessions = field(default_factory=Sessions)
    guesses: Guesses = field(default_factory=Guesses)
    bench: Bench = field(default_factory=Bench)

    def document(self, document_id: str) -> ShelfDocument | None:
        """The document of this id."""
        return next((each for each in self.keeper.documents() if each.id == document_id), None)

    def bring(
        self,
        session: Session,
        brought: Sequence[Brought],
        too_long: Sequence[str],
        tier: TrustTier | None,
    ) -> Query:
        """Have everything read, and a preview made of it."""
        if not brought and not too_long:
            session.told = Told("Choose a file or type an address first.", good=False)
            return DONE

        def read(tell: Tell) -> None:
            proposed = self.keeper.propose(brought, tier, tell) if brought else ()
            others = sum(_weight(each) for each in self._waiting(session))
            kept = bounded((*proposed, *map(_too_long, too_long)), LARGEST_PREVIEW - others)
            session.preview = Preview(secrets.token_urlsafe(8), kept)

        return self._start(session, f"Reading {several(len(brought), 'thing')}", read)

    def accept(self, session: Session, form: Mapping[str, str]) -> Query:
        """Put what was chosen from the preview on the shelf, as it was edited."""
        preview = session.preview
        if preview is None or form.get("preview") != preview.id:
            return _say(session, _GONE)
        chosen, details, wrong = chosen_from(preview, form)
        session.draft = Draft(preview.id, dict(form), wrong)  # kept, should this fail
        if wrong:
            return PREVIEW
        if not any(each.became in TAKEN for each in chosen):
            return _say(session, "Nothing was chosen, so nothing was changed.")

        def put(tell: Tell) -> None:
            left_out = _left_out(preview, chosen)
            fates = (*self.keeper.accept(chosen, details, tell), *left_out)
            session.preview = session.draft = None
            session.told = Told(_came_to(fates), True, fates)

        return self._start(session, "Putting the documents on the shelf", put)

    def discard(self, session: Session, form: Mapping[str, str]) -> Query:
        """Forget a preview."""
        if session.preview and form.get("preview") == session.preview.id:
            session.preview = session.draft = None
        return {}

    def edit(self, session: Session, form: Mapping[str, str]) -> Query:
        """Change what is said of a document."""
        document = self._own(form)
        if document is None:
            return _say(session, _NO_SUCH)
        details = details_of(form, document.details)
        if not isinstance(details, Details):
            session.draft = Draft(document.id, dict(form), details)
            return {"edit": document.id}
        session.draft = Draft(document.id, dict(form), {})

        def change(tell: Tell) -> None:
            self.keeper.edit(document.id, details, tell)
            session.draft = None
            session.told = Told(f"“{details.title}” is changed, in the index too.")

        return self._start(session, f"Changing “{document.details.title}”", change)

    def remove(self, session: Session, form: Mapping[str, str]) -> Query:
        """Take a document off the shelf."""
        document = self._own(form)
        if document is None:
            return _say(session, _NO_SUCH)

        def take(tell: Tell) -> None:
            self.keeper.remove(document.id, tell)
            session.told = Told(f"“{document.details.title}” is off the shelf.")

        return self._start(session, f"Removing “{document.details.title}”", take)

    def undo(self, session: Session, form: Mapping[str, str]) -> Query:
        """Take back the last change."""

        def back(tell: Tell) -> None:
            session.told = Told(self.keeper.undo(tell))

        return self._start(session, "Undoing the last change", back)

    def _own(self, form: Mapping[str, str]) -> ShelfDocument | None:
        document = self.document(form.get("document", ""))
        return document if document and document.own else None

    def _waiting(self, session: Session) -> Iterator[Proposal]:
        """What waits in the previews of others; our own is about to be replaced."""
        for preview in self.sessions.previews():
            if preview is not session.preview:
                yield from preview.proposals

    def _start(self, session: Session, line: str, do: Callable[[Tell], None]) -> Query:
        def failed(words: str) -> None:
            session.told = Told(words, good=False)

        told, session.told = session.told, None
        work = self.bench.start(line, do, failed)
        if work is None:
            session.told = told
            return _say(session, _BUSY)
        session.work = work
        return WORK


def _say(session: Session, words: str) -> Query:
    session.told = Told(words, good=False)
    return DONE


def _came_to(fates: Sequence[Fate]) -> str:
    alive = sum(each.became in ALIVE for each in fates)
    gone = sum(each.became is Became.REMOVED for each in fates)
    also = f" {several(gone, 'document')} taken off." if gone else ""
    return f"{several(alive, 'document')} put on the shelf.{also}"


def _too_long(name: str) -> Proposal:
    most = LARGEST_FILE // 1024 // 1024
    line = f"It is longer than {most} MB. Split it, or add it with: python -m assistant add"
    return Proposal(name, Became.REFUSED, line)


def _weight(proposal: Proposal) -> int:
    return sum(len(each.text) for each in proposal.passages)


def bounded(proposals: Sequence[Proposal], most: int) -> tuple[Proposal, ...]:
    """The same, with what would be more than `most` characters together refused for now."""
    kept: list[Proposal] = []
    held = 0
    for each in proposals:
        weight = _weight(each)
        if held + weight > most:
            line = "There was no more room in this preview. Add it by itself afterwards."
            kept.append(Proposal(each.name, Became.REFUSED, line))
            continue
        held += weight
        kept.append(each)
    return tuple(kept)


def chosen_from(
    preview: Preview, form: Mapping[str, str]
) -> tuple[tuple[Proposal, ...], Mapping[str, Details], Mapping[str, str]]:
    """What was chosen; what was edited, by document id; and what is wrong with the form.

    What could not be edited in the preview is chosen. What nobody can choose goes along, so that
    the keeper can account for it.
    """
    chosen: list[Proposal] = []
    edited: dict[str, Details] = {}
    wrong: dict[str, str] = {}
    editable = 0
    for number, proposal in enumerate(preview.proposals):
        if proposal.became not in ALIVE or proposal.document is None:
            chosen.append(proposal)
            continue
        editable += 1
        if editable > MOST_EDITABLE:
            chosen.append(proposal)
        elif form.get(f"keep-{number}") == "yes":
            chosen.append(proposal)
            details = details_of(form, proposal.document.details, f"-{number}")
            if not isinstance(details, Details):
                wrong.update(details)
            elif details != proposal.document.details:
                edited[proposal.document.id] = details
    return tuple(chosen), edited, wrong


def _left_out(preview: Preview, chosen: Sequence[Proposal]) -> tuple[Fate, ...]:
    """A row for everything that the operator did not want."""
    kept = {id(each) for each in chosen}
    return tuple(
        Fate(each.name, Became.UNCHANGED, "You left it out.")
        for each in preview.proposals
        if id(each) not in kept
    )
