"""The browser page: Gradio carries questions in and updates out; the look is `render` and static/.

The conversation is one `gr.HTML` that patches itself in place (static/page.js), not `gr.Chatbot`:
that one's log is itself a live region, which reads half-streamed sentences out, and what people
type would pass through a Markdown renderer with its sanitiser turned off.
"""

import os
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.ui.lean import without_editor_stubs

# Read once, while gradio is being imported: nothing of ours calls home.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
with without_editor_stubs():
    import gradio as gr

from assistant.reply import NearbyTopic
from assistant.ui.about import PageInfo, render_brand, render_hero, render_standing_line
from assistant.ui.above import ScreenCallable
from assistant.ui.conversation import AskCallable, Conversation, Readiness, Visit
from assistant.ui.sources import Shelf

__all__ = ["AskCallable", "PageInfo", "Readiness", "ScreenCallable", "build_page"]

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
) -> gr.Blocks:
    """The whole page. `examples` must be questions the shelf really answers.

    `screen`: looks for warning signs; called before `readiness` is asked for anything.

    `shelf`: tells where documents come from as they are now; else those of `about` count.
    `pace`: seconds between two sentences of an answer; the first is never held back.
    """
    conversation = Conversation(ask, screen, readiness, shelf or about.shelf, about.contact, pace)
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
        _wire(conversation, visit=visit, talk=talk, box=box, send=send, stop=stop, new=new)
    page.state_session_capacity = VISITS_KEPT
    page.queue(max_size=VISITORS_WAITING, default_concurrency_limit=VISITORS_AT_ONCE)
    return page


def _wire(
    conversation: Conversation,
    *,
    visit: gr.State,
    talk: gr.HTML,
    box: gr.Textbox,
    send: gr.Button,
    stop: gr.Button,
    new: gr.Button,
) -> None:
    """Who listens to what."""

    def answer(typed: str, seen: Visit, event: gr.EventData) -> Iterator[tuple[Any, Any, Any]]:
        asking = _asking(typed, seen, event._data)
        if asking is None:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        left = "" if event.target is not talk else gr.skip()
        for update in conversation.turn(asking):
            yield left, update.as_json(), asking
            left = gr.skip()

    def stopped(seen: Visit) -> dict[str, object]:
        return {"turn": seen.turn, "run": seen.run, "state": "stopped"}

    def afresh(seen: Visit) -> tuple[dict[str, object], Visit]:
        fresh = seen.afresh()  # `new` tells two clearings of an empty page apart
        return {"state": "clear", "chat": seen.chat, "new": secrets.token_hex(4)}, fresh

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    asked = gr.on(
        [box.submit, send.click, talk.submit, talk.retry],
        answer,
        [box, visit],
        [box, talk, visit],
        trigger_mode="once",
        **quiet,
    )
    stop.click(stopped, visit, talk, cancels=[asked], **quiet)
    new.click(afresh, visit, [talk, visit], cancels=[asked], **quiet)


def _asking(typed: str, seen: Visit, sent: object) -> Visit | None:
    """The visit with the question that was just sent; None when there is none."""
    clicked = sent if isinstance(sent, dict) else {}
    if clicked.get("again") and seen.asked:
        return seen.asking_again()
    text = str(clicked.get("question") or typed or "")[:LONGEST_QUESTION].strip()
    return seen.asking(text) if text else None
