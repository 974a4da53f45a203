"""The page /shelf behind its addresses: who may do what, in what form, and what the answer says.

Bodies are bounded by `gate`, before they come here; uploads are read piece by piece.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from assistant.errors import AssistantError
from assistant.ui.gate import SHELF
from assistant.ui.shelf_desk import Desk, Query
from assistant.ui.shelf_door import SHORTEST_PASSWORD, Session, comes_from_here, same_secret
from assistant.ui.shelf_keeper import Brought
from assistant.ui.shelf_show import SIGNED_OUT, Shown, closed, show, stopped
from assistant.ui.shelf_upload import (
    LARGEST_UPLOAD,
    MOST_FILES,
    BadUploadError,
    LongUploadError,
    Upload,
    read_upload,
)
from corpus import CorpusError, TrustTier
from index import PassageIndexError

COOKIE = "shelf"
SLOWNESS = 1.0
"""Seconds in which a wrong password is answered."""
PATIENCE = 600.0
"""Seconds in which an upload must be through."""

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "content-security-policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        "cache-control": "no-store",
        # Not "no-referrer", under which browsers do not say where a form comes from.
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
)
_ELSEWHERE = (
    "This did not come from this page, so nothing was changed. If you did send it from here, the"
    " proxy in front of Soleus has to pass the Host header on."
)
_OLD = "This form is out of date, so nothing was changed. Load the page again and repeat it."
_MISSHAPEN = "What was sent could not be read, so nothing was changed. Send it again."
_TOO_LONG = (
    f"That came to more than {LARGEST_UPLOAD // 1024 // 1024} MB or {MOST_FILES} files, so nothing"
    " of it was read. Add it in smaller lots, or on the machine itself with: python -m assistant"
    " add FOLDER"
)
_BROKEN_OFF = "The upload took too long, so nothing of it was read. Try again with fewer files."


def shelf_router(desk: Desk, *, slowness: float = SLOWNESS) -> APIRouter:
    """Every address below /shelf."""
    routes = _Routes(desk, slowness)
    router = APIRouter()
    router.add_api_route(SHELF, routes.look, methods=["GET", "HEAD"])
    router.add_api_route(f"{SHELF}/status", routes.status, methods=["GET", "HEAD"])
    router.add_api_route(f"{SHELF}/enter", routes.enter, methods=["POST"])
    router.add_api_route(f"{SHELF}/leave", routes.leave, methods=["POST"])
    router.add_api_route(f"{SHELF}/add", routes.add, methods=["POST"])
    for name, act in (
        ("accept", desk.accept),
        ("discard", desk.discard),
        ("edit", desk.edit),
        ("remove", desk.remove),
        ("undo", desk.undo),
    ):
        router.add_api_route(f"{SHELF}/{name}", routes.doing(act), methods=["POST"])
    return router


class _Routes:
    """Each address."""

    def __init__(self, desk: Desk, slowness: float) -> None:
        self._desk = desk
        self._slowness = slowness
        self._uploads = asyncio.Semaphore(1)  # what is held of uploads is held once

    async def look(self, request: Request) -> Response:
        """A view."""
        session = self._session(request)
        query = dict(request.query_params)
        shown = await run_in_threadpool(show, self._desk, session, query)
        if shown.onward is not None:
            return _onward(shown.onward, up=".")
        return _answer(shown)

    async def status(self, request: Request) -> Response:
        """How far the work is, for the page's script."""
        session = self._session(request, used=False)
        if session is None:
            return Response(status_code=403, headers=dict(HEADERS))
        return _status(session)

    async def enter(self, request: Request) -> Response:
        """Signing in. The password in the form is what no other site can know, so it needs no
        further proof of where it comes from than the browser's word.
        """
        if not _from_here(request):
            return _answer(stopped(self._desk, _ELSEWHERE, status=403))
        form = await _form(request)
        who = request.client.host if request.client else ""
        desk = self._desk
        if len(desk.password) < SHORTEST_PASSWORD:
            return _answer(closed(desk, "", up=".."))
        if wait := desk.guesses.wait(who):
            words = f"Too many wrong passwords. Try again in {wait + 1:.0f} seconds."
            answer = _answer(closed(desk, words, status=429, up=".."))
            answer.headers["retry-after"] = f"{wait + 1:.0f}"
            return answer
        if not same_secret((form or {}).get("password", ""), desk.password):
            desk.guesses.missed(who)
            await asyncio.sleep(self._slowness)
            return _answer(closed(desk, "That is not the password.", up=".."))
        desk.sessions.end(request.cookies.get(COOKIE, ""))
        answer = _onward({})
        _hand_out(answer, desk.sessions.begin(), request)
        return answer

    async def leave(self, request: Request) -> Response:
        """Signing out."""
        ready = await self._ready(request)
        if isinstance(ready, Response):
            return ready
        self._desk.sessions.end(ready[0].token)
        answer = _onward({})
        answer.delete_cookie(COOKIE, path=None, httponly=True, samesite="strict")  # type: ignore[arg-type]  # as it was set
        return answer

    def doing(
        self, act: Callable[[Session, Mapping[str, str]], Query]
    ) -> Callable[[Request], object]:
        """An address that does this for whoever is signed in."""

        async def do(request: Request) -> Response:
            ready = await self._ready(request)
            if isinstance(ready, Response):
                return ready
            try:
                return _onward(await run_in_threadpool(act, *ready))
            except (AssistantError, CorpusError, PassageIndexError) as error:
                return _answer(stopped(self._desk, str(error), status=500))

        return do

    async def add(self, request: Request) -> Response:
        """An upload, or an address to fetch."""
        if not _from_here(request):
            return _answer(stopped(self._desk, _ELSEWHERE, status=403))
        session = self._session(request)
        if session is None:
            return _answer(closed(self._desk, SIGNED_OUT, up=".."))
        async with self._uploads:
            upload = await self._upload(request)
        if isinstance(upload, Response):
            return upload
        if not same_secret(upload.fields.get("csrf", ""), session.csrf):
            return _answer(stopped(self._desk, _OLD, status=403))
        brought = [Brought(name or "a file without a name", data) for name, data in upload.files]
        if typed := upload.fields.get("address", "").strip():
            brought.append(Brought(typed))
        tier = next((each for each in TrustTier if each == upload.fields.get("tier")), None)
        return _onward(self._desk.bring(session, brought, upload.too_long, tier))

    async def _upload(self, request: Request) -> Upload | Response:
        kind = request.headers.get("content-type", "")
        pieces = _pieces(request)
        try:
            async with asyncio.timeout(PATIENCE):
                try:
                    return await read_upload(kind, pieces)
                except LongUploadError:
                    async for _ in pieces:
                        pass  # a browser shows no answer before it has sent everything
        except TimeoutError:
            return _answer(stopped(self._desk, _BROKEN_OFF, status=408))
        except BadUploadError:
            return _answer(stopped(self._desk, _MISSHAPEN, status=400))
        return _answer(stopped(self._desk, _TOO_LONG, status=413))

    async def _ready(self, request: Request) -> tuple[Session, Mapping[str, str]] | Response:
        """Session and form of somebody who may change the shelf, or what to say to anybody else."""
        desk = self._desk
        if not _from_here(request):
            return _answer(stopped(desk, _ELSEWHERE, status=403))
        session = self._session(request)
        if session is None:
            return _answer(closed(desk, SIGNED_OUT, up=".."))
        form = await _form(request)
        if form is None:
            return _answer(stopped(desk, _MISSHAPEN, status=400))
        if not same_secret(form.get("csrf", ""), session.csrf):
            return _answer(stopped(desk, _OLD, status=403))
        return session, form

    def _session(self, request: Request, *, used: bool = True) -> Session | None:
        token = request.cookies.get(COOKIE, "")
        return self._desk.sessions.of(token, used=used) if token else None


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    """The body as it comes in, up to where it ends or is broken off."""
    more = True
    while more:
        message = await request.receive()
        if message["type"] != "http.request":
            return
        more = message.get("more_body", False)
        yield message.get("body", b"")


def _from_here(request: Request) -> bool:
    said = request.headers
    return comes_from_here(
        said.get("origin", ""), said.get("host", ""), said.get("sec-fetch-site", "")
    )


async def _form(request: Request) -> Mapping[str, str] | None:
    """The fields of a form without files; None when it is none."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return None
    try:
        body = (await request.body()).decode("utf-8")
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=1000))
    except ValueError:
        return None


def _hand_out(answer: Response, session: Session, request: Request) -> None:
    """The cookie that opens a session, for this page's addresses only: without a path it is good
    for those below the one that sets it, wherever a proxy puts the page.
    """
    encrypted = request.headers.get("origin", "").startswith("https://")
    answer.set_cookie(
        COOKIE,
        session.token,
        path=None,
        httponly=True,
        samesite="strict",
        secure=encrypted or request.url.scheme == "https",
    )


def _answer(shown: Shown) -> Response:
    return Response(shown.html, shown.status, dict(HEADERS), "text/html")


def _onward(query: Query, *, up: str = "..") -> Response:
    """To another view, fetched anew."""
    place = f"{up}{SHELF}?{urlencode(query)}" if query else f"{up}{SHELF}"
    return Response(status_code=303, headers={**HEADERS, "location": place})


def _status(session: Session) -> Response:
    import json

    work = session.work
    said: dict[str, object] = {"running": False}
    if work is not None and work.running:
        step = work.step
        said = {"running": True, "line": step.line, "done": step.done, "total": step.total}
    return Response(json.dumps(said), 200, dict(HEADERS), "application/json")
