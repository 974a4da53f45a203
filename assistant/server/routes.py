"""The interface put together: its routes, who may come, and what every response carries."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.concurrency import run_in_threadpool

from assistant.server.caller import Door
from assistant.server.chat import chat_router
from assistant.server.clerk import Clerk
from assistant.server.described import described_router
from assistant.server.doorstep import DoorstepMiddleware
from assistant.server.embedded import WIDGET, embedded_router
from assistant.server.entrance import Entrance
from assistant.server.feedback import feedback_router
from assistant.server.health import HEALTH, METRICS, READY, Metrics, health_router
from assistant.server.limits import Limits
from assistant.server.openai_api import openai_router
from assistant.server.origins import Origins
from assistant.server.outermost import OutermostMiddleware
from assistant.server.places import passages_router
from assistant.server.refusal import answer_refusals
from assistant.server.streams import Streams
from assistant.server.traces import Traces
from assistant.server.turn import TurnEvents
from assistant.server.welcome import welcome_router
from assistant.settings_server import ServerSettings
from assistant.texts import Texts
from assistant.turns import Ended, Readiness
from assistant.ui.neighbours import Neighbours
from assistant.widget.files import widget_files

OPENAPI = "/api/v1/openapi.json"
_BELOW = ("/api/v1/", "/v1/", WIDGET, HEALTH, READY, METRICS)
_HEARD = ("authorization", "content-type", "last-event-id")
_TOLD = (
    "x-request-id",
    "x-turn",
    "retry-after",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
)


@dataclass(frozen=True, slots=True)
class Interface:
    """What programs, pages and widgets are answered with."""

    turns: TurnEvents
    readiness: Readiness
    texts: Callable[[], Texts | None]
    """The shelf as it is now; None while it is being loaded."""
    about: Mapping[str, Any]
    """What anybody may know, JSON-ready."""
    door: Door
    limits: Limits
    memory: Clerk | None = None
    """What is kept of turns; None where nothing is."""
    traces: Traces = field(default_factory=Traces)
    metrics: Metrics = field(default_factory=Metrics)

    def ended(self, turn: Ended) -> None:
        """Counts a turn, over the page or over us, and keeps of it what may be kept."""
        self.metrics.replied(turn.reply)
        if self.memory is not None:
            self.memory.keep(turn)


@dataclass(frozen=True, slots=True)
class Routes:
    """What an application is made with."""

    beside: Neighbours
    described: Mapping[str, Any]
    """How FastAPI describes it, and what it does at its end."""
    metrics: Metrics
    origins: Origins
    most_each: int
    """Requests of one network open at the same time."""
    knocks: Callable[[str], bool]
    """Whether one more thing may be pressed on the page, from an address."""
    tls: bool

    def dress(self, app: FastAPI) -> None:
        """Refusals in one shape, and outermost of all what every response carries. Call last."""
        answer_refusals(app, self.metrics.refused)
        app.add_middleware(
            DoorstepMiddleware,
            origins=self.origins,
            most=self.most_each,
            knocks=self.knocks,
            refused=self.metrics.refused,
        )
        app.add_middleware(
            CORSMiddleware,
            allow_origins=sorted(self.origins.listed),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=list(_HEARD),
            expose_headers=list(_TOLD),
        )
        app.add_middleware(OutermostMiddleware, metrics=self.metrics, tls=self.tls)


def routes_of(interface: Interface, settings: ServerSettings) -> Routes:
    """All routes but those of the page."""
    door = interface.door
    memory = interface.memory

    streams = Streams(
        interface.turns,
        answering=settings.answering,
        most=settings.streams,
        most_each=settings.streams_each,
        ended=interface.ended,
    )
    metrics = interface.metrics
    metrics.watch(lambda: streams.under_way)
    entrance = Entrance(door, interface.limits, streams)
    beside = Neighbours(
        routers=(
            welcome_router(door, interface.about),
            chat_router(entrance),
            openai_router(entrance),
            feedback_router(entrance, memory),
            passages_router(interface.texts, str(interface.about["name"])),
            health_router(interface.readiness, metrics, door),
            described_router(OPENAPI),
            embedded_router(widget_files(), door.origins.ancestors),
        ),
        below=_BELOW,
        ancestors=door.origins.ancestors,
        own=door.origins.is_own,
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if memory is not None:
            memory.sweep()  # nobody may ask for days
        yield
        await streams.close()
        if memory is not None:
            await run_in_threadpool(memory.close)
        await run_in_threadpool(interface.traces.close)

    return Routes(
        beside,
        {
            "title": "Soleus",
            "version": "1",
            "openapi_url": OPENAPI,
            "lifespan": lifespan,
            "telemetry": interface.traces.telemetry,
        },
        metrics,
        origins=door.origins,
        most_each=settings.requests_each,
        knocks=interface.limits.knocks,
        tls=settings.public_url.startswith("https://"),
    )
