"""The page behind one address: FastAPI outside, Gradio within, nothing of either left open."""

from typing import Any

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from assistant.ui.gate import LOOK, SAFETY
from assistant.ui.lean import gr
from assistant.ui.neighbours import Neighbours, keep_to_ourselves
from assistant.ui.page import STATIC
from assistant.ui.private import ForgettingMiddleware
from assistant.ui.shelf_desk import Desk
from assistant.ui.shelf_routes import shelf_router

# The page about the warnings needs no script and nothing from anywhere but here.
_STRICT = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
        " form-action 'none'; frame-ancestors 'self'"
    ),
    "cache-control": "no-cache",
}


def build_app(
    page: gr.Blocks,
    safety: str,
    *,
    shelf: Desk | None = None,
    grace: float = 600.0,
    beside: Neighbours | None = None,
    **described: Any,  # noqa: ANN401 (FastAPI's own)
) -> FastAPI:
    """A server of the page at "/". Run it with any ASGI server; it needs nothing else.

    `safety`: the page about the warnings, whole.
    `shelf`: what the page about the documents shows and does; without it there is none.
    `grace`: seconds a visit outlives its closed page, for phones that sleep in a pocket.
    `beside`: what else is served. `described`: how the routes beside the page describe themselves.
    """
    near = beside or Neighbours()
    unfetched: dict[str, frozenset[str]] = {}
    app = FastAPI(docs_url=None, redoc_url=None, **{"openapi_url": None, **described})
    app.add_middleware(
        ForgettingMiddleware,
        forget=lambda visit: _forget(page, visit, unfetched),
        kept=lambda: kept_visits(page),
        grace=grace,
    )
    keep_to_ourselves(app, near)
    app.mount(LOOK, StaticFiles(directory=STATIC))
    app.add_api_route(
        SAFETY,
        lambda: HTMLResponse(safety, headers=_STRICT),
        methods=["GET", "HEAD"],
        include_in_schema=False,
    )
    if shelf is not None:
        app.include_router(shelf_router(shelf), include_in_schema=False)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=_theme(),
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        max_file_size=1,
    )
    return mounted


def _theme() -> gr.themes.Base:
    """The grounds of page.css, so that nothing flashes before it is read; no web fonts."""
    theme: gr.themes.Base = gr.themes.Base(font="system-ui", font_mono="ui-monospace").set(
        body_background_fill="#faf7f0",
        body_background_fill_dark="#0f1614",
        body_text_color="#1c2b26",
        body_text_color_dark="#e6ece8",
    )
    return theme


def kept_visits(page: gr.Blocks) -> frozenset[str]:
    """Every visit of which Gradio still holds something: its state, or answers nobody fetched."""
    queue = page._queue
    waiting = {*queue.pending_messages_per_session, *queue.pending_event_ids_session}
    return frozenset({*page.state_holder.session_data, *waiting})


def _forget(page: gr.Blocks, visit: str, unfetched: dict[str, frozenset[str]]) -> None:
    """Gradio keeps what was last shown to a visitor for as long as it runs; we do not.

    `unfetched`: answers that nobody had fetched a round ago, by visit. A page may be just about to.
    """
    page.state_holder.session_data.pop(visit, None)
    page.state_holder.time_last_used.pop(visit, None)
    queue = page._queue
    if queue.pending_event_ids_session.get(visit, set()) & queue.event_ids_to_events.keys():
        return  # still being answered, and the answer has to go somewhere; the next round sees it
    waiting = frozenset(queue.pending_event_ids_session.get(visit, ()))
    if waiting and unfetched.get(visit) != waiting:
        unfetched[visit] = waiting
        return
    unfetched.pop(visit, None)
    queue.pending_messages_per_session.pop(visit, None)
    queue.pending_event_ids_session.pop(visit, None)
