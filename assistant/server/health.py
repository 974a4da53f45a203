"""/healthz, /readyz and /metrics: whether it lives, whether it answers, and how much it does."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from pydantic import BaseModel, ConfigDict
from starlette.responses import JSONResponse

from assistant.reply import Reply
from assistant.server.caller import NO_KEY, Caller, Door, Kind
from assistant.server.entrance import address_of
from assistant.server.refusal import REFUSALS, RefusalError
from assistant.turns import Readiness

HEALTH, READY, METRICS = "/healthz", "/readyz", "/metrics"
_SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """Counts of one process, none of them of what anybody wrote."""

    def __init__(self) -> None:
        here = CollectorRegistry()
        self._registry = here
        self._replies = Counter(
            "soleus_replies", "Replies, by kind and level", ("reply", "level"), registry=here
        )
        self._refused = Counter(
            "soleus_refused", "Requests refused, by why", ("code",), registry=here
        )
        self._requests = Histogram(
            "soleus_request_seconds",
            "Until the head of a response",
            ("route", "status"),
            buckets=_SECONDS,
            registry=here,
        )
        self._turns = Gauge("soleus_turns", "Turns under way", registry=here)

    def watch(self, under_way: Callable[[], int]) -> None:
        """`under_way`: how many turns are being answered, or stand in line."""
        self._turns.set_function(under_way)

    def replied(self, reply: Reply) -> None:
        """One more reply."""
        level = reply.alert.level.value if reply.alert else "none"
        self._replies.labels(type(reply).__name__.lower(), level).inc()

    def refused(self, code: str) -> None:
        """One more request that was refused."""
        self._refused.labels(code).inc()

    def request(self, route: str, status: int, seconds: float) -> None:
        """One more request. `route`: as it is written in the code, never as it was asked for."""
        self._requests.labels(route, str(status)).observe(seconds)

    def exposition(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self._registry)


class Alive(BaseModel):
    """The process lives."""

    alive: bool


class Ready(BaseModel):
    """Whether questions are answered, or what is being done until then."""

    model_config = ConfigDict(use_attribute_docstrings=True)
    ready: bool
    stage: str
    failed: bool
    """Whether it will never be ready: the log says why."""


def health_router(readiness: Readiness, metrics: Metrics, door: Door) -> APIRouter:
    """The routes of one server."""
    router = APIRouter(responses=REFUSALS)

    @router.get(HEALTH, summary="Whether the process lives", responses={200: {"model": Alive}})
    async def healthz() -> Response:
        """200 as long as it answers at all: a machine that restarts what is dead asks here."""
        return JSONResponse({"alive": True}, headers=_NEVER_KEPT)

    @router.get(
        READY,
        summary="Whether questions are answered",
        responses={200: {"model": Ready}, 503: {"model": Ready}},
    )
    async def readyz() -> Response:
        """503 while the index is being loaded, or when it cannot be: send readers elsewhere."""
        ready = readiness.ready()
        stage = "" if ready else readiness.stage()
        body = {"ready": ready, "stage": stage, "failed": readiness.error() is not None}
        return JSONResponse(body, 200 if ready else 503, headers=_NEVER_KEPT)

    @router.get(METRICS, include_in_schema=False)
    async def told(request: Request) -> Response:
        """For Prometheus, with a key: how much is asked here is the operator's to know."""
        found = door.caller(request.headers, address_of(request))
        if not isinstance(found, Caller) or found.kind is not Kind.PROGRAM:
            raise RefusalError(NO_KEY.status, NO_KEY.code, NO_KEY.message)
        return Response(metrics.exposition(), media_type="text/plain; version=0.0.4")

    return router


_NEVER_KEPT = {"cache-control": "no-store"}
