"""Serve the page: up at once, the assistant loading behind it."""

import gc
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING

from assistant.backstage import Backstage
from assistant.errors import SettingsError
from assistant.reply import NearbyTopic
from assistant.settings import Settings
from corpus import Document, load_documents

if TYPE_CHECKING:
    import uvicorn

    from assistant.pipeline import Assistant

_EXAMPLES = 6
_POLL = 0.02


def serve(settings: Settings) -> None:
    """Serve until interrupted. Raises CorpusError, and SettingsError when the port is taken."""
    listener = _listen(settings.server.host, settings.server.port)
    backstage = Backstage(lambda tell: _load(settings, tell))
    with _no_garbage_collection():
        server = _server(settings, backstage)
    Thread(target=_once_up, args=(server, listener, backstage), daemon=True).start()
    server.run(sockets=[listener])


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Importing makes objects that stay: looking for garbage among them costs 0.5 s."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


def _server(settings: Settings, backstage: Backstage) -> "uvicorn.Server":
    """The page and its server. Nothing is imported here that the page can do without."""
    import uvicorn

    from assistant.ui.page import PageInfo, build_page
    from assistant.ui.serve import build_app

    documents = load_documents()
    about = PageInfo(
        operator=settings.operator.name, contact=settings.operator.contact, documents=documents
    )
    page = build_page(backstage.ask, backstage, examples_of(documents), about)
    return uvicorn.Server(uvicorn.Config(build_app(page), log_level="warning", access_log=False))


def examples_of(documents: tuple[Document, ...]) -> tuple[NearbyTopic, ...]:
    """Questions to click: the first topic of each document, then the second, and so on."""
    longest = max((len(document.topics) for document in documents), default=0)
    turns = (d.topics[turn] for turn in range(longest) for d in documents if turn < len(d.topics))
    return tuple(NearbyTopic(topic.name, topic.question) for topic in turns)[:_EXAMPLES]


def _load(settings: Settings, tell: Callable[[str], None]) -> "Assistant":
    from assistant.wire import encoder_of, open_assistant

    encoder = encoder_of(settings)
    tell("Opening the shelf")
    assistant = open_assistant(settings, encoder)
    tell("Waking the part that compares meanings; this happens once")
    encoder.encode(["calf"])
    assistant.reader.warm()
    return assistant


def _listen(host: str, port: int) -> socket.socket:
    """The listening socket, so that a taken port is said before anything is loaded."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"Cannot serve at {host}:{port}: {error.strerror}. "
            "Choose another port: make run PORT=7861"
        ) from None
    return listener


def _once_up(server: "uvicorn.Server", listener: socket.socket, backstage: Backstage) -> None:
    """Say where the page is once it answers, and only then load what is heavy."""
    while not server.started:
        sleep(_POLL)
    host, port = listener.getsockname()[:2]
    print(f"Soleus is at http://{host}:{port} (stop it with Ctrl-C)", flush=True)  # noqa: T201
    backstage.start()
