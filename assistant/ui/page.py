"""The browser page: Gradio carries questions in and updates out; the look is `render` and static/.

The conversation is one `gr.HTML` that patches itself in place (static/page.js), not `gr.Chatbot`:
that one's log is itself a live region, which reads half-streamed sentences out, and what people
type would pass through a Markdown renderer with its sanitiser turned off.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.reply import NearbyTopic
from assistant.turns import EndedCallable, ScreenCallable, Turns
from assistant.ui.about import PageInfo, render_brand, render_hero, render_standing_line
from assistant.ui.consent import render_consent
from assistant.ui.conversation import Conversation
from assistant.ui.gate import LOOK
from assistant.ui.lean import gr
from assistant.ui.sources import Shelf
from assistant.ui.thoughts import KeptChats, render_kept
from assistant.ui.visit import LONGEST_TURN
from assistant.ui.wiring import AllowedCallable, Parts, Wiring, wire


def everybody(_: str) -> bool:
    """Without limits."""
    return True


STATIC = Path(__file__).parent / "static"
VISITORS_AT_ONCE = 32
"""Turns under way at the same time. Most of a turn is waiting and pauses, not work, and a turn that
is not under way is not screened: no warning may queue behind others that wait for the encoder."""
SESSIONS_KEPT = 1000
"""Open pages of which Gradio holds what it showed last; the one quiet longest goes first."""
VISITORS_WAITING = 64
"""Turns that may queue before the page says it is busy."""

_SHELL = (
    '<div class="hero">${hero}</div><div class="turns"></div>'
    '<div class="sr-only" id="spoken" aria-live="polite" aria-relevant="additions"></div>'
    '<div class="sr-only" id="alarmed" aria-live="assertive" aria-relevant="additions"></div>'
)
_ON_LOAD = "window.soleus.mount(element, trigger, watch, props);"
_STEADY = f'<script src=".{LOOK}/steady.js"></script>'
"""Loaded before the page can be used: it sees to it that an open page outlives its server."""
_THEME_TOGGLE = (
    '<button type="button" id="theme" class="iconbutton" aria-label="Switch light and dark">'
    '<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="M12 3a9 9 0 1 0 0'
    ' 18zM12 3a9 9 0 0 1 0 18" fill="none" stroke="currentColor" stroke-width="2"/><path d="M12'
    ' 3a9 9 0 0 0 0 18z" fill="currentColor"/></svg></button>'
)


def build_page(
    turns: Turns,
    screen: ScreenCallable,
    examples: Sequence[NearbyTopic],
    about: PageInfo,
    *,
    shelf: Shelf | None = None,
    pace: float = 0.09,
    deadline: float = 8.0,
    allowed: AllowedCallable = everybody,
    may_word: Callable[[], bool] = lambda: True,
    ended: EndedCallable = lambda _: None,
    chats: KeptChats | None = None,
) -> gr.Blocks:
    """The whole page. `examples` must be questions the shelf really answers.

    `screen`: looks for warning signs; called before `turns` is asked for anything.

    `shelf`: tells where documents come from as they are now; else those of `about` count.
    `pace`: seconds between two sentences of an answer; the first is never held back.
    `deadline`: seconds a reader waits for its first checked sentence before the quotes are shown.
    `allowed`: whether one more question may come from an address; takes it if so.
    `may_word`: likewise, one more worded answer of anybody's.
    `ended`: hears of every turn that came to a reply.
    `chats`: what readers can do with what is kept of theirs; None where nothing is.
    """
    conversation = Conversation(
        turns,
        screen,
        shelf or about.shelf,
        pace,
        may_word=may_word,
        deadline=deadline,
        ended=ended,
        rates=chats is not None,
        comments=chats is not None and chats.with_text,
    )
    page: gr.Blocks
    with gr.Blocks(title=about.name, analytics_enabled=False, fill_width=True) as page:
        visit, choice, deleted = (gr.JSON(None, visible="hidden") for _ in range(3))
        with gr.Row(elem_id="top"):
            gr.HTML(render_brand(about), apply_default_css=False, elem_id="brand")
            gr.HTML(_THEME_TOGGLE, apply_default_css=False, elem_id="themebox")
            new = gr.Button("New chat", elem_id="new")
        talk = gr.HTML(
            html_template=_SHELL,
            js_on_load=_ON_LOAD,
            head=_STEADY,
            hero=render_hero(about, examples),
            apply_default_css=False,
            elem_id="talk",
        )
        with gr.Column(elem_id="composer"):
            consent = _consent(about)
            kept = _kept(chats)
            gr.HTML(render_standing_line(about), apply_default_css=False, elem_id="standing")
            with gr.Row(elem_id="line"):
                box = gr.Textbox(
                    label="Your question",
                    placeholder="Ask about your calf or lower leg",
                    lines=1,
                    max_lines=6,
                    max_length=LONGEST_TURN,
                    autofocus=False,
                    elem_id="question",
                )
                send = gr.Button("Ask", elem_id="send", variant="primary")
                stop = gr.Button("Stop", elem_id="stop")
        parts = Parts(visit, talk, box, send, stop, new, consent, kept, choice, deleted)
        wire(Wiring(conversation, parts, allowed, chats))
    page.state_session_capacity = SESSIONS_KEPT
    page.queue(max_size=VISITORS_WAITING, default_concurrency_limit=VISITORS_AT_ONCE)
    return page


def _consent(about: PageInfo) -> gr.HTML | None:
    """Asks whether a model elsewhere may read along; nothing where none would."""
    if about.card is None or not about.card.asks_consent:
        return None
    asked = render_consent(about.card, None)
    return gr.HTML(asked, apply_default_css=False, elem_id="consent")


def _kept(chats: KeptChats | None) -> gr.HTML | None:
    """Says what is kept, and deletes it; nothing where nothing is."""
    if chats is None:
        return None
    return gr.HTML(render_kept(chats, ""), apply_default_css=False, elem_id="kept")
