"""What the page does when something is pressed: Gradio's events, to the conversation and back."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from assistant.question import whole
from assistant.ui.consent import render_consent
from assistant.ui.conversation import Conversation, Update
from assistant.ui.lean import gr
from assistant.ui.thoughts import THANKS, KeptChats, render_kept
from assistant.ui.visit import LONGEST_TURN, Visit, chosen, read_visit

AllowedCallable = Callable[[str], bool]
"""Whether one more question may come from an address; takes it off the allowance if so."""
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class Parts:
    """What listens, and what is changed."""

    visit: gr.JSON
    """What the browser remembers for us, as long as the page is open."""
    talk: gr.HTML
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    new: gr.Button
    consent: gr.HTML | None
    kept: gr.HTML | None
    choice: gr.JSON
    """What the reader has decided; of its own, so that no answer under way writes over it."""
    deleted: gr.JSON
    """The code of the chat that was deleted last; of its own for the same reason."""

    @property
    def told(self) -> list[gr.JSON | gr.HTML]:
        """What shows, or remembers, how things stand with a visit."""
        return [self.visit, *([self.kept] if self.kept else [])]


@dataclass(frozen=True, slots=True)
class Wiring:
    """What is done for each event. A browser may send anything: `sent` is read as such."""

    conversation: Conversation
    parts: Parts
    allowed: AllowedCallable
    chats: KeptChats | None

    def answer(
        self,
        typed: str,
        sent: object,
        choice: object,
        deleted: object,
        event: gr.EventData,
        request: gr.Request,
    ) -> Iterator[tuple[Any, ...]]:
        """A question, or the last one again."""
        seen = read_visit(sent).deciding(choice)
        seen = seen.uncoded() if deleted == {"code": seen.code} else seen
        asking = _asking(typed, seen, event._data, kept=self.chats is not None)
        same = tuple(gr.skip() for _ in self.parts.told)
        if asking is None:
            yield gr.skip(), gr.skip(), *same
            return
        told = self.stands(asking)
        left = "" if event.target is not self.parts.talk else gr.skip()
        shown: Update | None = None
        may = self.allowed(_address(request))
        with closing(self.conversation.turn(asking, allowed=may)) as turn:
            for update in turn:
                yield left, gr.skip() if update is shown else update.as_json(), *told
                shown, left, told = update, gr.skip(), same

    def stopped(self, sent: object) -> dict[str, object]:
        """Stop: for a page whose own script has not done it already."""
        seen = read_visit(sent)
        return {"turn": seen.turn, "run": seen.run, "state": "stopped"}

    def afresh(self, sent: object) -> tuple[Any, ...]:
        """New chat. `new` tells two clearings of an empty page apart."""
        seen = read_visit(sent)
        cleared = {"state": "clear", "chat": seen.chat, "new": secrets.token_hex(4)}
        return cleared, *self.stands(seen.afresh())

    def decided(self, choice: object, event: gr.EventData) -> tuple[object, str]:
        """Who may read along; it counts from the next question on."""
        agreed = _told(event).get("agreed") is True
        card = self.conversation.turns.card
        return chosen(choice, agreed=agreed), render_consent(card, agreed) if card else ""

    def thought(self, event: gr.EventData, request: gr.Request) -> dict[str, object]:
        """A thumb, a comment."""
        if self.chats is None:
            return {}
        told = _told(event)
        said = self.chats.note(told, allowed=self.allowed(_address(request)))
        about = str(told.get("turn", ""))[:64]
        noted = said == THANKS
        new = secrets.token_hex(4)
        return {"state": "thought", "about": about, "noted": noted, "said": said, "new": new}

    def forgotten(self, sent: object) -> tuple[Any, ...]:
        """A chat deleted from what is kept; on the page it stays."""
        seen = read_visit(sent)
        gone, said = self.chats.delete(seen.kept_as) if self.chats else (False, "")
        told = {"state": "forgotten", "gone": gone, "said": said, "new": secrets.token_hex(4)}
        code = "" if gone else seen.code
        shown = render_kept(self.chats, code, said) if self.chats else ""
        return told, {"code": seen.code} if gone else gr.skip(), shown

    def stands(self, visit: Visit) -> tuple[Any, ...]:
        """For `Parts.told`."""
        shown: list[Any] = [visit.as_json()]
        if self.parts.kept and self.chats:
            shown.append(render_kept(self.chats, visit.code))
        return tuple(shown)


def wire(doing: Wiring) -> None:
    """Who listens to what."""
    parts = doing.parts
    talk, box, told = parts.talk, parts.box, parts.told
    asked = gr.on(
        [box.submit, parts.send.click, talk.submit, talk.retry],
        doing.answer,
        [box, parts.visit, parts.choice, parts.deleted],
        [box, talk, *told],
        trigger_mode="once",
        **_QUIET,
    )
    parts.stop.click(doing.stopped, parts.visit, talk, cancels=[asked], **_QUIET)
    parts.new.click(doing.afresh, parts.visit, [talk, *told], cancels=[asked], **_QUIET)
    if parts.consent:
        talk.option_select(
            doing.decided,
            parts.choice,
            [parts.choice, parts.consent],
            trigger_mode="multiple",
            **_QUIET,
        )
    if parts.kept:
        talk.like(doing.thought, None, talk, trigger_mode="multiple", **_QUIET)
        talk.delete(
            doing.forgotten,
            parts.visit,
            [talk, parts.deleted, parts.kept],
            trigger_mode="once",
            **_QUIET,
        )


def _told(event: gr.EventData) -> dict[str, Any]:
    return event._data if isinstance(event._data, dict) else {}


def _address(request: gr.Request) -> str:
    return request.client.host if request.client else ""


def _asking(typed: str, seen: Visit, sent: object, *, kept: bool) -> Visit | None:
    """The visit with the question that was just sent; None when there is none."""
    clicked = sent if isinstance(sent, dict) else {}
    if clicked.get("again") and seen.asked:
        return seen.asking_again(kept=kept)
    text = whole(str(clicked.get("question") or typed or ""))[:LONGEST_TURN].strip()
    return seen.asking(text, kept=kept) if text else None
