"""A shelf kept in memory: real parsing, no disk, no encoder. Stands in for the real keeper."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Event, Lock

from assistant.ui.shelf_keeper import (
    Became,
    Brought,
    Details,
    Fate,
    Proposal,
    ShelfDocument,
    Tell,
)
from corpus import CorpusError, DocumentKind, Span, TrustTier, Wording
from corpus.parse import parse_sections
from index import Passage, PassageSentence

DAY = date(2026, 11, 26)
CALVES = """# Calf care for Riverside Harriers

## Warming up

Walk briskly for five minutes before the first rep. Then rise on your toes ten times.

## When a calf grabs

Stop and stand still for a moment. Lean on a wall and let the heel sink slowly.
"""
THREAD = """# Cramp at the relay

## Original poster

My calf locked solid on the third leg of the relay. Anybody else had that?

## Reply 1

Same here last spring. Easing off the pace early is what sorted it for me.
"""


def cut(document: ShelfDocument, text: str) -> tuple[Passage, ...]:
    """A passage for every section."""
    said = document.details
    return tuple(
        Passage(
            span=Span(document.id, section.start, section.end),
            text=text[section.start : section.end],
            title=said.title,
            kind=said.kind,
            tier=said.tier,
            wording=document.wording,
            section=section.heading,
            speaker=section.speaker,
            sentences=tuple(
                PassageSentence(Span(document.id, s.start, s.end), text[s.start : s.end], s.step)
                for s in section.sentences
            ),
        )
        for section in parse_sections(text, said.kind, said.title)
    )


@dataclass(frozen=True, slots=True)
class Held:
    """What a proposal carries through the page."""

    text: str


@dataclass
class MemoryKeeper:
    """Implements ShelfKeeper. `gate`, when cleared, holds up whatever takes long."""

    texts: dict[str, str] = field(default_factory=dict)
    shelf: dict[str, ShelfDocument] = field(default_factory=dict)
    history: list[tuple[str, dict[str, str], dict[str, ShelfDocument]]] = field(
        default_factory=list
    )
    gate: Event = field(default_factory=Event)
    failing: str = ""
    at_work: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.gate.set()

    def put(self, document: ShelfDocument, text: str) -> None:
        """Have a document on the shelf from the start."""
        self.shelf[document.id], self.texts[document.id] = document, text

    def documents(self) -> Sequence[ShelfDocument]:
        return tuple(self.shelf.values())

    def passages(self, document_id: str) -> Sequence[Passage] | None:
        document = self.shelf.get(document_id)
        return cut(document, self.texts[document_id]) if document else None

    def last_change(self) -> str:
        return self.history[-1][0] if self.history else ""

    def propose(
        self, brought: Sequence[Brought], tier: TrustTier | None, tell: Tell
    ) -> Sequence[Proposal]:
        self._work(tell, "Reading", len(brought))
        return tuple(self._read(each, tier) for each in brought)

    def _read(self, brought: Brought, tier: TrustTier | None) -> Proposal:
        content = CALVES.encode() if brought.content is None else brought.content
        if not content.strip():
            return Proposal(brought.name, Became.REFUSED, "It is empty.")
        if b"\0" in content:
            return Proposal(brought.name, Became.REFUSED, "It is no text that can be read.")
        text = content.decode("utf-8", "replace")
        same = next((d for k, d in self.shelf.items() if self.texts[k] == text), None)
        if same:
            line = f"The same words as “{same.details.title}”."
            return Proposal(brought.name, Became.DUPLICATE, line)
        thread = "## Original poster" in text
        heading = re.search(r"^# (.+)", text, re.MULTILINE)
        found = text.count("Ignore all previous instructions")
        remarks = (f"{found} sentence looks like an instruction to a program.",) if found else ()
        document = ShelfDocument(
            id=re.sub(r"[^a-z0-9]+", "-", brought.name.lower()).strip("-"),
            details=Details(
                title=heading[1] if heading else brought.name,
                kind=DocumentKind.FORUM_THREAD if thread else DocumentKind.ARTICLE,
                tier=tier or (TrustTier.FORUM if thread else TrustTier.PRACTITIONER),
                address=brought.name if brought.content is None else "unknown",
            ),
            wording=Wording.AUTHORS_OWN,
            own=True,
            added=DAY,
            origin=f"upload:{brought.name}",
            remarks=remarks,
        )
        line = f"{len(text.split())} words."
        return Proposal(brought.name, Became.ADDED, line, document, cut(document, text), Held(text))

    def accept(
        self, proposals: Sequence[Proposal], details: Mapping[str, Details], tell: Tell
    ) -> Sequence[Fate]:
        self._work(tell, "Encoding passages", sum(len(each.passages) for each in proposals))
        alive = [each for each in proposals if isinstance(each.handle, Held) and each.document]
        self._remember(f"adding {len(alive)} documents")
        for each in alive:
            assert each.document is not None
            assert isinstance(each.handle, Held)
            own = details.get(each.document.id, each.document.details)
            self.put(replace(each.document, details=own), each.handle.text)
        return tuple(Fate(each.name, each.became, each.line) for each in proposals)

    def edit(self, document_id: str, details: Details, tell: Tell) -> None:
        self._work(tell, "Encoding passages", 1)
        self._remember(f"the change to “{self.shelf[document_id].details.title}”")
        self.shelf[document_id] = replace(self.shelf[document_id], details=details)

    def remove(self, document_id: str, tell: Tell) -> None:
        self._work(tell, "Removing", 1)
        self._remember(f"removing “{self.shelf[document_id].details.title}”")
        del self.shelf[document_id], self.texts[document_id]

    def undo(self, tell: Tell) -> str:
        self._work(tell, "Undoing", 1)
        if not self.history:
            raise CorpusError("There is nothing to undo.")
        what, self.texts, self.shelf = self.history.pop()
        return f"Undone: {what}."

    def _work(self, tell: Tell, line: str, total: int) -> None:
        """One at a time, as long as the gate is shut; fails if told to, before anything changes."""
        assert self.at_work.acquire(blocking=False), "two pieces of work at once"
        try:
            tell(line, total // 2, total)
            assert self.gate.wait(60)
            if self.failing:
                raise CorpusError(self.failing)
        finally:
            self.at_work.release()

    def _remember(self, what: str) -> None:
        self.history.append((what, dict(self.texts), dict(self.shelf)))


def details(title: str = "Calf care", **others: object) -> Details:
    made = Details(title, DocumentKind.ARTICLE, TrustTier.PRACTITIONER)
    return replace(made, **others)  # type: ignore[arg-type]  # fields of Details


def document(name: str = "calf-care", own: bool = True, **said: object) -> ShelfDocument:
    wording = Wording.AUTHORS_OWN if own else Wording.OUR_SUMMARY
    return ShelfDocument(name, details(**said), wording, own, DAY if own else None)  # type: ignore[arg-type]


def furnished(number: int = 0) -> MemoryKeeper:
    """A shelf with two documents that came with it, and so many of the club's own."""
    keeper = MemoryKeeper()
    keeper.put(
        document(
            "relay",
            own=False,
            title="Cramp at the relay",
            kind=DocumentKind.FORUM_THREAD,
            tier=TrustTier.FORUM,
            address="https://forum.example/relay",
        ),
        THREAD,
    )
    keeper.put(
        document("calves", own=False, title="Calf care", author="A. Writer"),
        CALVES.replace("Riverside Harriers", "runners"),
    )
    for n in range(number):
        title = f"Newsletter {n}"
        keeper.put(
            document(f"news-{n}", title=title), f"# {title}\n\nHills on Tuesday, week {n}.\n"
        )
    return keeper
