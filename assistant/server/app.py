"""The server, put together: interface, page and shelf behind one door."""

from fastapi import FastAPI

from assistant.server.routes import Interface, routes_of
from assistant.settings_server import ServerSettings
from assistant.ui.lean import gr
from assistant.ui.serve import build_app
from assistant.ui.shelf_desk import Desk


def build_server(
    page: gr.Blocks,
    safety: str,
    interface: Interface,
    settings: ServerSettings,
    shelf: Desk | None = None,
) -> FastAPI:
    """Everything under one address. Run it with any ASGI server.

    `page`, `safety`, `shelf`: as assistant/ui/serve.py has them.
    """
    routes = routes_of(interface, settings)
    app = build_app(page, safety, shelf=shelf, beside=routes.beside, **routes.described)
    routes.dress(app)
    return app
