"""/api/v1/passages: the exact words behind a citation, for programs and for people."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import HTMLResponse, JSONResponse

from assistant.server.refusal import REFUSALS, RefusalError
from assistant.texts import Texts
from assistant.ui import words
from assistant.ui.passage_page import render_passage
from assistant.ui.shelf_passages import place_of
from assistant.wire_format import as_passage
from corpus import Provenance
from index import Passage

PASSAGES = "/api/v1/passages"
_LAST = 10**9
_STYLED = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    )
}


def passages_router(texts: Callable[[], Texts | None], name: str) -> APIRouter:
    """The route of one server. `texts`: the shelf as it is now; None while it is being loaded.
    `name`: the assistant's.
    """
    router = APIRouter(responses=REFUSALS)

    @router.get(PASSAGES + "/{passage}", summary="The words behind a citation", responses=_READ)
    async def show(
        passage: str,
        request: Request,
        start: Annotated[int | None, Query(ge=0, le=_LAST)] = None,
        end: Annotated[int | None, Query(ge=0, le=_LAST)] = None,
    ) -> Response:
        """A passage, with the characters from `start` to `end` of its document marked. A page for
        people where `Accept` prefers HTML.
        """
        now = texts()
        if now is None:
            raise RefusalError(503, "loading", "Soleus is still loading.", {"retry-after": "5"})
        found = _found(now, passage)
        if found is None:
            raise RefusalError(404, "passage", "There is no such passage on the shelf (any more).")
        marked = _within(found, start, end)
        origin = now.origin(found.span.document_id)
        if "text/html" in request.headers.get("accept", ""):
            page = render_passage(found, marked, origin, name=name, up="../../..")
            return HTMLResponse(page, headers=_STYLED)
        return JSONResponse(_data(found, marked, origin))

    return router


def _found(texts: Texts, name: str) -> Passage | None:
    """By its id, or, after the text was cut anew, the passage that holds where it began."""
    document, _, where = name.rpartition(":")
    passages = texts.passages_of(document)
    at = place_of(passages, where)
    return None if at is None else passages[at]


def _within(passage: Passage, start: int | None, end: int | None) -> tuple[int, int]:
    """What is marked, as places in the passage's text; empty where nothing is."""
    if start is None or end is None:
        return 0, 0
    length = len(passage.text)
    low, high = (min(max(0, at - passage.span.start), length) for at in (start, end))
    return (low, high) if low < high else (0, 0)


def _data(
    passage: Passage, marked: tuple[int, int], origin: Provenance | None
) -> dict[str, object]:
    return {
        "document": passage.span.document_id,
        "start": passage.span.start,
        "end": passage.span.end,
        **as_passage(passage),
        "tier_note": words.tier_note(passage.tier),
        "wording_note": words.wording_note(passage),
        "text": passage.text,
        "marked": list(marked),
        "author": origin.author if origin else "",
        "address": origin.address if origin else "",
    }


_READ: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The passage, and who says it.",
        "content": {"application/json": {"schema": {"type": "object"}}, "text/html": {}},
    }
}
