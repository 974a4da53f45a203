"""The page /shelf put together with what keeps the documents: its words, said in theirs.

Whatever is heavy is loaded when it is first needed, which is never before the page is up.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.settings import Settings, shelf_password
from assistant.ui.about import PageInfo
from assistant.ui.shelf_desk import Desk
from assistant.ui.shelf_keeper import (
    Became,
    Brought,
    Details,
    Fate,
    Proposal,
    ShelfDocument,
    Tell,
)
from corpus import Document, TrustTier
from corpus.library.disk import CATALOGUE
from corpus.library.entry import WORDING, Entry
from corpus.library.library import Library, document_of
from index import Passage

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.shelving import Outcome, Shelving
    from corpus.library.card import CardChange
    from index.choosing import AnyEncoder


class Passages(Protocol):
    """What is asked of the index that answers questions."""

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """Those of one document, in reading order; none if it is not there."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """The club's own documents, and the catalogue they were read from."""

    stamp: tuple[int, ...]
    documents: tuple[ShelfDocument, ...]


class Keeping:
    """Implements `assistant.ui.shelf_keeper.ShelfKeeper`."""

    def __init__(
        self,
        folder: Path,
        bundled: Sequence[Document],
        open_shelving: "Callable[[], Shelving]",
        live: Callable[[], Passages | None],
        cut: Callable[[Document], Iterable[Passage]],
    ) -> None:
        """`folder`: where the club's documents lie. `bundled`: those that came with Soleus.

        `open_shelving`: opens what changes the shelf; called once, when it is needed.
        `live`: the index that answers questions right now; None while there is none.
        `cut`: how the index would cut a document into passages.
        """
        self._folder = folder
        self._bundled = tuple(_bundled(each) for each in bundled)
        self._open_shelving = open_shelving
        self._live = live
        self._cut = cut
        self._listed = _Listed((), ())
        self._last: tuple[tuple[int, ...], str] = ((), "")

    @cached_property
    def _shelving(self) -> "Shelving":
        return self._open_shelving()

    def documents(self) -> Sequence[ShelfDocument]:
        """The club's own, the newest first, then those that came with Soleus."""
        return (*self._own(), *self._bundled)

    def _own(self) -> tuple[ShelfDocument, ...]:
        """Read anew only when the catalogue was replaced: it may hold thousands."""
        stamp = _stamp(self._folder / CATALOGUE)
        if not stamp or stamp != self._listed.stamp:
            entries = Library(self._folder).entries
            self._listed = _Listed(stamp, tuple(_own(each) for each in reversed(entries)))
        return self._listed.documents

    def passages(self, document_id: str) -> Sequence[Passage] | None:
        """From the index that answers questions right now."""
        live = self._live()
        return (live.passages_of(document_id) or None) if live else None

    def last_change(self) -> str:
        """What undo would take back. Worked out anew only when something was changed."""
        stamp = _stamp(self._folder / CATALOGUE)
        if stamp != self._last[0]:
            self._last = (stamp, self._shelving.last_change())
        return self._last[1]

    def propose(
        self, brought: Sequence[Brought], tier: TrustTier | None, tell: Tell
    ) -> Sequence[Proposal]:
        """Reads what was brought and changes nothing."""
        from assistant.shelving import AddressSource, UploadSource

        sources = [
            AddressSource(each.name)
            if each.content is None
            else UploadSource(each.name, each.content)
            for each in brought
        ]
        outcomes = self._shelving.propose(sources, tier, tell)
        proposals = []
        for done, outcome in enumerate(outcomes):
            tell("Cutting into passages", done, len(outcomes))
            proposals.append(self._proposal(outcome))
        return tuple(proposals)

    def _proposal(self, outcome: "Outcome") -> Proposal:
        became, entry = Became(outcome.state), outcome.entry
        if entry is None or became not in {Became.ADDED, Became.CHANGED}:
            return Proposal(outcome.name, became, outcome.line, handle=outcome)
        text = outcome.text
        if text is None:  # only what is said of it would change
            text = Library(self._folder).text(entry.id)
        passages = tuple(self._cut(document_of(entry, text)))
        return Proposal(outcome.name, became, outcome.line, _own(entry), passages, outcome)

    def accept(
        self, proposals: Sequence[Proposal], details: Mapping[str, Details], tell: Tell
    ) -> Sequence[Fate]:
        """Puts what was proposed on the shelf, as it was edited; all of it or nothing."""
        outcomes = [each for one in proposals if (each := _edited(one, details)) is not None]
        ours = [Fate(one.name, one.became, one.line) for one in proposals if _outcome(one) is None]
        came = self._shelving.accept(outcomes, _on_to(tell)).outcomes
        return (*(Fate(each.name, Became(each.state), each.line) for each in came), *ours)

    def edit(self, document_id: str, details: Details, tell: Tell) -> None:
        """Changes what is said of a document."""
        entry = Library(self._folder).entry(document_id)
        if change := _change(entry, details):
            self._shelving.edit(document_id, change, _on_to(tell))

    def remove(self, document_id: str, tell: Tell) -> None:
        """Takes a document off the shelf."""
        self._shelving.remove([document_id], _on_to(tell))

    def undo(self, tell: Tell) -> str:
        """Takes back the last change."""
        return self._shelving.undo(_on_to(tell))


def desk_of(
    settings: Settings,
    bundled: Sequence[Document],
    encoder: "AnyEncoder",
    answering: "Callable[[], Assistant | None]",
    about: PageInfo,
) -> Desk:
    """What the page /shelf is served with. Loads nothing.

    `encoder`: the one that answers, loaded or not. `answering`: whoever answers right now; None
    while nobody does.
    """

    def live() -> Passages | None:
        assistant = answering()
        return assistant.shelf.texts if assistant else None

    def open_shelving() -> "Shelving":
        from assistant.shelving.wired import shelving_of

        return shelving_of(settings, encoder)

    def cut(document: Document) -> Iterable[Passage]:
        from index.chunk import split_document
        from index.encode import spec_for

        return split_document(document, encoder, spec_for(encoder).passage_budget)

    keeper = Keeping(settings.shelf.folder, bundled, open_shelving, live, cut)
    return Desk(keeper, about, shelf_password())


def _on_to(tell: Tell) -> Tell:
    """Says what comes next once a step is whole: what comes then may count nothing for a while."""

    def told(line: str, done: int, total: int) -> None:
        if total and done >= total:
            tell("Bringing the index in line", 0, 0)
        else:
            tell(line, done, total)

    return told


def _bundled(document: Document) -> ShelfDocument:
    said = document.provenance
    details = Details(
        document.title, document.kind, document.tier, said.author, said.published, said.address
    )
    return ShelfDocument(document.id, details, document.wording)


def _own(entry: Entry) -> ShelfDocument:
    details = Details(
        entry.title, entry.kind, entry.tier, entry.author, entry.published, entry.address
    )
    return ShelfDocument(entry.id, details, WORDING, True, entry.added, entry.origin, entry.remarks)


def _outcome(proposal: Proposal) -> "Outcome | None":
    """What a proposal was made from; None for one the page made itself."""
    from assistant.shelving import Outcome

    return proposal.handle if isinstance(proposal.handle, Outcome) else None


def _edited(proposal: Proposal, details: Mapping[str, Details]) -> "Outcome | None":
    outcome = _outcome(proposal)
    if outcome is None or outcome.entry is None or outcome.entry.id not in details:
        return outcome
    change = _change(outcome.entry, details[outcome.entry.id])
    return replace(outcome, entry=change.applied_to(outcome.entry))


def _change(entry: Entry, details: Details) -> "CardChange":
    """What is different, and only that: what an operator has set is never read anew."""
    from corpus.library.card import CardChange

    names = ("title", "kind", "tier", "author", "published", "address")
    new = {name: getattr(details, name) for name in names}
    return CardChange(**{k: v for k, v in new.items() if v != getattr(entry, k)})


def _stamp(path: Path) -> tuple[int, ...]:
    """Changes with every catalogue; empty where there is none."""
    try:
        about = path.stat()
    except OSError:
        return ()
    return (about.st_ino, about.st_mtime_ns, about.st_size)
