"""One of several processes behind a proxy: the real interface over the scripted assistant.

    python -m tests.deploy.replica

Prints its port once that is bound. What it shares with the others comes from the environment, as it
does for `python -m assistant serve`. In place of the page stands which process this is.
"""

import os
import socket
import sys

import uvicorn
from fastapi import FastAPI
from starlette.responses import PlainTextResponse

from assistant.models.card import ModelCard
from assistant.server.caller import Door, Keys
from assistant.server.limits import Limits
from assistant.server.origins import Origins
from assistant.server.routes import Interface, routes_of
from assistant.server.tokens import Tokens
from assistant.server.turn import TurnEvents
from assistant.settings import Settings, api_keys, load_settings, token_secret
from assistant.turns import Turns
from assistant.ui.neighbours import keep_to_ourselves
from tests.ui import scripted
from tests.ui.writer import ScriptedWriter


class Ready:
    """Nothing has to be loaded."""

    def ready(self) -> bool:
        return True

    def stage(self) -> str:
        return ""

    def wait(self, timeout: float) -> bool:
        return True

    def error(self) -> str | None:
        return None


def app_of(settings: Settings) -> FastAPI:
    """What this process serves."""
    limits = Limits(settings.server)
    turns = Turns(
        scripted.ScriptedAssistant(),
        Ready(),
        write=ScriptedWriter(pause=0.0),
        card=ModelCard("qwen2.5:7b"),
    )
    interface = Interface(
        turns=TurnEvents(turns, scripted.screen),
        readiness=Ready(),
        texts=lambda: None,
        about={"name": "Soleus"},
        door=Door(Origins.of(settings.server), Tokens(token_secret()), Keys.of(api_keys())),
        limits=limits,
    )
    routes = routes_of(interface, settings.server)
    app = FastAPI(docs_url=None, redoc_url=None, **routes.described)
    keep_to_ourselves(app, routes.beside)
    app.add_api_route("/", lambda: PlainTextResponse(str(os.getpid())))
    routes.dress(app)
    return app


def main() -> None:
    """Serve until killed."""
    settings = load_settings()
    listening = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(
        app_of(settings),
        log_level="warning",
        proxy_headers=True,
        forwarded_allow_ips=list(settings.server.trusted_proxies),
    )
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
