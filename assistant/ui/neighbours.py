"""What shares an address with the page, and the middleware that all of it stands behind."""

from dataclasses import dataclass

from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware

from assistant.ui.gate import GateMiddleware, OwnCallable
from assistant.ui.private import PrivateMiddleware


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What shares the page's server, and whose pages may come."""

    routers: tuple[APIRouter, ...] = ()
    below: tuple[str, ...] = ()
    """How the addresses of these routes begin."""
    origins: tuple[str, ...] = ()
    """Websites whose pages may read what these routes answer."""
    ancestors: str = "'self'"
    """Those that may show our page in a frame, as the policy puts it."""
    own: OwnCallable | None = None
    """Tells our own page's Origin; without it nobody asks."""
    heard: tuple[str, ...] = ()
    """Headers that such pages may send."""
    told: tuple[str, ...] = ()
    """Headers that such pages may read."""


def keep_to_ourselves(app: FastAPI, near: Neighbours) -> None:
    """Adds the neighbours' routes, and lets nothing else in or out. Gradio answers any foreign
    origin unless its host has a policy; ours lets in those listed.
    """
    for router in near.routers:
        app.include_router(router)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(near.origins),
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=list(near.heard),
        expose_headers=list(near.told),
    )
    app.add_middleware(GateMiddleware, beside=near.below, own=near.own)
    # The last one added is the first to see a request.
    app.add_middleware(PrivateMiddleware, ancestors=near.ancestors, beside=near.below)
