"""Serve the page: up at once, the assistant loading behind it."""

import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from errno import EADDRNOTAVAIL
from threading import BoundedSemaphore, Thread
from time import sleep
from typing import TYPE_CHECKING, NoReturn

from assistant.backstage import Backstage
from assistant.engines import engine_of
from assistant.errors import SettingsError
from assistant.guarding import guard_of, missing_details, require_details, review_is_stale
from assistant.models.card import card_of
from assistant.models.opening import model_of
from assistant.models.probe import ollama_offer
from assistant.reply import NearbyTopic
from assistant.settings import Settings, llm_key
from assistant.turns import ASKED_AT_ONCE
from corpus import Document, load_documents, load_out_of_scope

if TYPE_CHECKING:
    import uvicorn

    from assistant.guard.guard import Guard
    from assistant.models.breaker import Rested
    from assistant.pipeline import Assistant
    from assistant.server.clerk import Clerk
    from assistant.ui.about import PageInfo
    from assistant.ui.thoughts import KeptChats
    from index.choosing import AnyEncoder
    from index.engine import Engine

_EXAMPLES = 6
_POLL = 0.02
_PATIENCE = 2
"""Seconds answers that are being written get to end once we are asked to stop."""
_BACKLOG = 128
_CONNECTIONS = 4
"""Connections at the same time for each answer that may be under way: pages keep some open. Who
comes then gets a 503, which costs next to nothing."""


_NARROW = (
    "This system allows Soleus fewer open files than [server] streams may need: raise the limit"
    " (ulimit -n, or LimitNOFILE= in the unit), or set streams lower."
)


def serve(settings: Settings) -> NoReturn:
    """Serve until interrupted, and raise KeyboardInterrupt then.

    Raises:
        CorpusError: the shelf is not as it should be.
        PassageIndexError: there is no index of it to open.
        RulesError: the warnings are not as they must be.
        SettingsError: the page cannot be served at this address, or not with what it says so far.
    """
    require_details(settings)
    guard = guard_of(settings)  # first of all: without its warnings nothing is served
    with _no_garbage_collection():
        documents = load_documents()
        from assistant.encoding import asking_encoder

        engine = engine_of(settings)
        encoder = asking_encoder(settings, engine)
        _require_index(engine, encoder, documents)
        model = model_of(settings.llm, llm_key())
        backstage = Backstage(
            lambda tell: _load(settings, guard, encoder, engine, model, tell), engine.stamp
        )
        listener = _listen(settings.server.host, settings.server.port)
        server = _server(settings, documents, backstage, guard, encoder)
    Thread(target=_once_up, args=(server, listener, backstage, model), daemon=True).start()
    try:
        server.run(sockets=[listener])
    finally:
        if model is not None:
            model.close()
    if backstage.loading():
        # Taken down around a thread that is inside native code, the interpreter may crash.
        print("Stopped.", file=sys.stderr, flush=True)  # noqa: T201
        os._exit(128 + signal.SIGINT)
    raise KeyboardInterrupt  # uvicorn returns where Ctrl-C is ignored, or came more than once


def _require_index(
    engine: "Engine", encoder: "AnyEncoder", documents: tuple[Document, ...]
) -> None:
    """Raise what `_load` would raise for want of an index, before anybody is let in.

    Only the label is read: opening the index can wait for the page.
    """
    from index.opening import require_label

    require_label(engine.label(), documents, encoder, out_of_scope=load_out_of_scope())


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Importing makes objects that stay: looking for garbage among them costs 0.5 s."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


def _server(
    settings: Settings,
    documents: tuple[Document, ...],
    backstage: Backstage,
    guard: "Guard",
    encoder: "AnyEncoder",
) -> "uvicorn.Server":
    """The page and its server. Nothing is imported here that the page can do without."""
    import uvicorn

    from assistant.interface import interface_of
    from assistant.keeping import desk_of
    from assistant.server.app import build_server
    from assistant.server.hanging_up import HangingUpProtocol
    from assistant.server.room import SeldomFull, make_room
    from assistant.ui.measured import read_measured
    from assistant.ui.page import build_page
    from assistant.ui.safety import render_safety

    about = _about(settings, documents)
    desk = desk_of(settings, documents, encoder, backstage.assistant, about)
    examples = examples_of(documents)
    interface = interface_of(settings, backstage, guard, about, examples)
    page = build_page(
        replace(interface.turns.turns, turnstile=BoundedSemaphore(ASKED_AT_ONCE)),
        guard.screen,
        examples,
        about,
        shelf=backstage,
        deadline=settings.llm.deadline,
        allowed=interface.limits.allows,
        may_word=interface.limits.may_word,
        ended=interface.ended,
        chats=_chats(settings, interface.memory),
    )
    safety = render_safety(guard, about, read_measured())
    proxies = settings.server.trusted_proxies
    connections = settings.server.streams * _CONNECTIONS
    if not make_room(connections):
        print(_NARROW, file=sys.stderr, flush=True)  # noqa: T201
    for name in ("asyncio", "uvicorn.error"):
        logging.getLogger(name).addFilter(SeldomFull())
    config = uvicorn.Config(
        build_server(page, safety, interface, settings.server, desk),
        log_level="warning",
        access_log=False,
        server_header=False,
        http=HangingUpProtocol,
        limit_concurrency=connections,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        timeout_graceful_shutdown=_PATIENCE,
    )
    if settings.server.log:
        _log_requests()
    server = uvicorn.Server(config)
    # An open page keeps a request open: ended from our side, that is no error worth a traceback.
    logging.getLogger("uvicorn.error").addFilter(lambda _: not server.should_exit)
    return server


def _chats(settings: Settings, memory: "Clerk | None") -> "KeptChats | None":
    from assistant.ui.thoughts import KeptChats

    if memory is None:
        return None
    kept = settings.records
    return KeptChats(kept.days, kept.questions, memory.rate, memory.forget)


def _log_requests() -> None:
    """The lines of assistant/server/outermost.py, and nothing else of that level."""
    requests = logging.getLogger("soleus.requests")
    requests.setLevel(logging.INFO)
    requests.propagate = False
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    requests.addHandler(handler)


def _about(settings: Settings, documents: tuple[Document, ...]) -> "PageInfo":
    from assistant.ui.about import PageInfo

    return PageInfo(
        operator=settings.operator.name,
        contact=settings.operator.contact,
        reviewed_by=settings.safety.reviewed_by.strip(),
        reviewed_on=settings.safety.reviewed_on,
        review_stale=review_is_stale(settings, datetime.now(UTC).date()),
        missing=missing_details(settings),
        privacy_note=settings.operator.privacy_note.strip(),
        documents=documents,
        shelf_page=True,
        card=card_of(settings.llm),
        kept_days=settings.records.days if settings.records.keep else 0,
        kept_words=settings.records.questions,
    )


def examples_of(documents: tuple[Document, ...]) -> tuple[NearbyTopic, ...]:
    """Questions to click: the first topic of each document, then the second, and so on."""
    longest = max((len(document.topics) for document in documents), default=0)
    turns = (d.topics[turn] for turn in range(longest) for d in documents if turn < len(d.topics))
    return tuple(NearbyTopic(topic.name, topic.question) for topic in turns)[:_EXAMPLES]


def _load(
    settings: Settings,
    guard: "Guard",
    encoder: "AnyEncoder",
    engine: "Engine",
    model: "Rested | None",
    tell: Callable[[str], None],
) -> "Assistant":
    from assistant.encoding import asking_encoder, still_fits
    from assistant.wire import open_assistant

    tell("Opening the shelf")
    if not still_fits(encoder, engine):  # the index was made anew on another path
        encoder = asking_encoder(settings, engine)
    assistant = open_assistant(settings, encoder, guard=guard, engine=engine, model=model)
    tell("Waking the part that compares meanings; this happens once")
    encoder.encode(["calf"])
    assistant.reader.warm()
    return assistant


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens already, so that a taken port is said before the page is built.

    Who calls early waits a second for the page. Bound alone, the port could be taken twice.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except (OSError, UnicodeError) as error:
        listener.close()
        raise SettingsError(f"Cannot serve at {_place(host, port)}: {_remedy(error)}") from None
    return listener


def _remedy(error: OSError | UnicodeError) -> str:
    """Why there is no serving at an address, and what to change: the port or the host."""
    reason = error.strerror if isinstance(error, OSError) else None
    if isinstance(error, socket.gaierror | UnicodeError) or error.errno == EADDRNOTAVAIL:
        reason = reason or "no such name"
        return f"{reason}. Check the host: 127.0.0.1 is this machine, 0.0.0.0 all its addresses."
    return f"{reason or error}. Choose another port: make run PORT=7861"


def _place(host: str, port: int) -> str:
    """Host and port as they stand in an address: the colons of IPv6 need brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _once_up(
    server: "uvicorn.Server",
    listener: socket.socket,
    backstage: Backstage,
    model: "Rested | None",
) -> None:
    """Say where the page is once it answers, and only then load what is heavy."""
    while not server.started:
        sleep(_POLL)
    host, port = listener.getsockname()[:2]
    place = _place(host, port)
    print(f"Soleus is at http://{place} (stop it with Ctrl-C)", flush=True)  # noqa: T201
    backstage.start()
    if model is not None:
        model.warm()
    elif offer := ollama_offer():
        print(offer, flush=True)  # noqa: T201
