"""The browser page: Gradio carries questions in and updates out; the look is `render` and static/.

The conversation is one `gr.HTML` that patches itself in place (static/page.js), not `gr.Chatbot`:
that one's log is itself a live region, which reads half-streamed sentences out, and what people
type would pass through a Markdown renderer with its sanitiser turned off.
"""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.ui.lean import without_editor_stubs

# Read once, while gradio is being imported: nothing of ours calls home.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
with without_editor_stubs():
    import gradio as gr

from assistant.reply import NearbyTopic
from assistant.turns import AgainCallable, AskCallable, Readiness, ScreenCallable, WriteCallable
from assistant.ui.about import PageInfo, render_brand, render_hero, render_standing_line
from assistant.ui.consent import render_consent
from assistant.ui.conversation import Conversation, Update
from assistant.ui.sources import Shelf
from assistant.ui.visit import Visit

__all__ = ["AskCallable", "PageInfo", "Readiness", "ScreenCallable", "WriteCallable", "build_page"]

AllowedCallable = Callable[[str], bool]
"""Whether one more question may come from an address; takes it off the allowance if so."""


def everybody(_: str) -> bool:
    """Without limits."""
    return True


STATIC = Path(__file__).parent / "static"
LONGEST_QUESTION = 8000
"""Characters that fit into the question box."""
VISITORS_AT_ONCE = 32
"""Turns under way at the same time. Most of a turn is waiting and pauses, not work, and a turn that
is not under way is not screened: no warning may queue behind others that wait for the encoder."""
VISITORS_WAITING = 64
"""Turns that may queue before the page says it is busy."""
VISITS_KEPT = 1000
"""Visits remembered at once; the one that was quiet longest is forgotten first."""
FORGET_AFTER = 3600.0
"""Seconds after which an idle visit is forgotten, even if its page stays open."""

_SHELL = (
    '<div class="hero">${hero}</div><div class="turns"></div>'
    '<div class="sr-only" id="spoken" aria-live="polite" aria-relevant="additions"></div>'
    '<div class="sr-only" id="alarmed" aria-live="assertive" aria-relevant="additions"></div>'
)
_ON_LOAD = "window.soleus.mount(element, trigger, watch, props);"
_THEME_TOGGLE = (
    '<button type="button" id="theme" class="iconbutton" aria-label="Switch light and dark">'
    '<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="M12 3a9 9 0 1 0 0'
    ' 18zM12 3a9 9 0 0 1 0 18" fill="none" stroke="currentColor" stroke-width="2"/><path d="M12'
    ' 3a9 9 0 0 0 0 18z" fill="currentColor"/></svg></button>'
)


def build_page(
    ask: AskCallable,
    screen: ScreenCallable,
    readiness: Readiness,
    examples: Sequence[NearbyTopic],
    about: PageInfo,
    *,
    shelf: Shelf | None = None,
    pace: float = 0.09,
    again: AgainCallable | None = None,
    write: WriteCallable | None = None,
    deadline: float = 8.0,
    allowed: AllowedCallable = everybody,
    may_word: Callable[[], bool] = lambda: True,
) -> gr.Blocks:
    """The whole page. `examples` must be questions the shelf really answers.

    `screen`: looks for warning signs; called before `readiness` is asked for anything.

    `shelf`: tells where documents come from as they are now; else those of `about` count.
    `pace`: seconds between two sentences of an answer; the first is never held back.
    `again`: looks again for a follow-up that found nothing, with that model's help.
    `write`: has the model of `about.card` put answers into words; without it all are quoted.
    `deadline`: seconds a reader waits for its first checked sentence before the quotes are shown.
    `allowed`: whether one more question may come from an address; takes it if so.
    `may_word`: likewise, one more worded answer of anybody's.
    """
    conversation = Conversation(
        ask,
        screen,
        readiness,
        shelf or about.shelf,
        about.contact,
        pace,
        again=again,
        write=write,
        card=about.card,
        deadline=deadline,
        may_word=may_word,
    )
    page: gr.Blocks
    with gr.Blocks(title=about.name, analytics_enabled=False, fill_width=True) as page:
        visit = gr.State(Visit(), time_to_live=FORGET_AFTER)
        with gr.Row(elem_id="top"):
            gr.HTML(render_brand(about), apply_default_css=False, elem_id="brand")
            gr.HTML(_THEME_TOGGLE, apply_default_css=False, elem_id="themebox")
            new = gr.Button("New chat", elem_id="new")
        talk = gr.HTML(
            html_template=_SHELL,
            js_on_load=_ON_LOAD,
            hero=render_hero(about, examples),
            apply_default_css=False,
            elem_id="talk",
        )
        with gr.Column(elem_id="composer"):
            consent = _consent(about)
            gr.HTML(render_standing_line(about), apply_default_css=False, elem_id="standing")
            with gr.Row(elem_id="line"):
                box = gr.Textbox(
                    label="Your question",
                    placeholder="Ask about your calf or lower leg",
                    lines=1,
                    max_lines=6,
                    max_length=LONGEST_QUESTION,
                    autofocus=False,
                    elem_id="question",
                )
                send = gr.Button("Ask", elem_id="send", variant="primary")
                stop = gr.Button("Stop", elem_id="stop")
        parts = Parts(visit, talk, box, send, stop, new, consent)
        _wire(conversation, parts, allowed)
    page.state_session_capacity = VISITS_KEPT
    page.queue(max_size=VISITORS_WAITING, default_concurrency_limit=VISITORS_AT_ONCE)
    return page


def _consent(about: PageInfo) -> gr.HTML | None:
    """Asks whether a model elsewhere may read along; nothing where none would."""
    if about.card is None or not about.card.asks_consent:
        return None
    asked = render_consent(about.card, None)
    return gr.HTML(asked, apply_default_css=False, elem_id="consent")


@dataclass(frozen=True, slots=True)
class Parts:
    """What listens, and what is changed."""

    visit: gr.State
    talk: gr.HTML
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    new: gr.Button
    consent: gr.HTML | None


_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def _wire(conversation: Conversation, parts: Parts, allowed: AllowedCallable) -> None:
    """Who listens to what."""
    visit, talk, box = parts.visit, parts.talk, parts.box

    card = conversation.card if parts.consent else None
    told = [visit, *([parts.consent] if parts.consent else [])]

    def answer(
        typed: str, seen: Visit, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        asking = _asking(typed, seen, event._data)
        same = tuple(gr.skip() for _ in told)
        if asking is None:
            yield gr.skip(), gr.skip(), *same
            return
        # The visit is written once: what the reader decides meanwhile must not be overwritten. One
        # that the server had forgotten has agreed to nothing, and the page must say so.
        kept = (asking, *([render_consent(card, asking.agreed)] if card else []))
        left = "" if event.target is not talk else gr.skip()
        shown: Update | None = None
        address = request.client.host if request.client else ""
        with closing(conversation.turn(asking, allowed=allowed(address))) as turn:
            for update in turn:
                yield left, gr.skip() if update is shown else update.as_json(), *kept
                shown, left, kept = update, gr.skip(), same

    def stopped(seen: Visit) -> dict[str, object]:
        return {"turn": seen.turn, "run": seen.run, "state": "stopped"}

    def afresh(seen: Visit) -> tuple[dict[str, object], Visit]:
        fresh = seen.afresh()  # `new` tells two clearings of an empty page apart
        return {"state": "clear", "chat": seen.chat, "new": secrets.token_hex(4)}, fresh

    asked = gr.on(
        [box.submit, parts.send.click, talk.submit, talk.retry],
        answer,
        [box, visit],
        [box, talk, *told],
        trigger_mode="once",
        **_QUIET,
    )
    parts.stop.click(stopped, visit, talk, cancels=[asked], **_QUIET)
    parts.new.click(afresh, visit, [talk, visit], cancels=[asked], **_QUIET)
    _wire_consent(conversation, parts)


def _wire_consent(conversation: Conversation, parts: Parts) -> None:
    """The reader's word on the model counts from the next question on."""
    card = conversation.card
    if parts.consent is None or card is None:
        return

    def decided(seen: Visit, event: gr.EventData) -> tuple[Visit, str]:
        sent = event._data if isinstance(event._data, dict) else {}
        visit = seen.agreeing(sent.get("agreed") is True)
        return visit, render_consent(card, visit.agreed)

    parts.talk.option_select(
        decided, parts.visit, [parts.visit, parts.consent], trigger_mode="multiple", **_QUIET
    )


def _asking(typed: str, seen: Visit, sent: object) -> Visit | None:
    """The visit with the question that was just sent; None when there is none."""
    clicked = sent if isinstance(sent, dict) else {}
    if clicked.get("again") and seen.asked:
        return seen.asking_again()
    text = str(clicked.get("question") or typed or "")[:LONGEST_QUESTION].strip()
    return seen.asking(text) if text else None
