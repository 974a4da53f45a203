"""What shares an address with the page, and the middleware that all of it stands behind."""

from dataclasses import dataclass

from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send

from assistant.ui.gate import GateMiddleware, OwnCallable
from assistant.ui.private import PrivateMiddleware


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What shares the page's server, and whose pages may come."""

    routers: tuple[APIRouter, ...] = ()
    below: tuple[str, ...] = ()
    """How the addresses of these routes begin."""
    ancestors: str = "'self'"
    """Those that may show our page in a frame, as the policy puts it."""
    own: OwnCallable | None = None
    """Tells our own page's Origin; without it nobody asks."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Answers below our addresses what no route of ours does; else Gradio would, which has the
    whole rest. 405 where there is something, for another method.
    """

    routers: tuple[APIRouter, ...]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises HTTPException, to be put into the shape of every refusal."""
        found = [
            route
            for router in self.routers
            for route in router.routes
            if isinstance(route, Route) and route.matches(scope)[0] is not Match.NONE
        ]
        if not found:
            raise HTTPException(404)
        methods = sorted({method for route in found for method in route.methods or ()})
        raise HTTPException(405, headers={"allow": ", ".join(methods)})


def keep_to_ourselves(app: FastAPI, near: Neighbours) -> None:
    """Adds the neighbours' routes, and lets nothing else in or out. Gradio answers any foreign
    origin unless its host has a policy; ours lets in those listed.
    """
    for router in near.routers:
        app.include_router(router)
    for start in near.below:
        app.router.routes.append(Route(f"{start}{{rest:path}}", Nowhere(near.routers)))
    app.add_middleware(GateMiddleware, beside=near.below, own=near.own)
    # The last one added is the first to see a request.
    app.add_middleware(PrivateMiddleware, ancestors=near.ancestors, beside=near.below)
