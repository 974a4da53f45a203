"""The widget's files and its frame: what pages of other websites fetch from us.

The files are nobody's secret and the same for all: any page may read them. Whose pages may ask is
decided where a question comes in, and whose may show the frame by its policy.
"""

import base64
import hashlib

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse

from assistant.server.refusal import RefusalError
from assistant.widget.files import WidgetFile, WidgetFiles
from assistant.widget.frame import STYLE, render_frame

WIDGET = "/widget/"
_FRAMES = ("iframe", "frame", "embed", "object")
"""What browsers say a page is fetched for (https://www.w3.org/TR/fetch-metadata/), where the policy
then decides whose it may be. Old ones, and all over http, say nothing: then it is no frame.
"""
_OPEN = {
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "vary": "accept-encoding",
    "x-content-type-options": "nosniff",
}


def embedded_router(files: WidgetFiles, ancestors: str) -> APIRouter:
    """The routes of one server. `ancestors`: whose pages may show the frame, as the policy says."""
    router = APIRouter(include_in_schema=False)
    headers = {
        "content-security-policy": _policy(ancestors),
        "cache-control": "no-cache",
        "referrer-policy": "no-referrer",
        "vary": "sec-fetch-dest",
        "x-content-type-options": "nosniff",
    }

    @router.api_route("/widget/v1.js", methods=["GET", "HEAD"])
    def entry(request: Request) -> Response:
        return _sent(files.entry, request)

    @router.api_route("/widget/v1/frame", methods=["GET", "HEAD"])
    def frame(request: Request) -> Response:
        framed = request.headers.get("sec-fetch-dest") in _FRAMES
        return HTMLResponse(render_frame(request.query_params, framed=framed), headers=headers)

    @router.api_route("/widget/v1/{name}", methods=["GET", "HEAD"])
    def part(name: str, request: Request) -> Response:
        found = files.part(name)
        if found is None:
            raise RefusalError(404, "not_found", "The widget has no such file.")
        return _sent(found, request)

    return router


def _sent(file: WidgetFile, request: Request) -> Response:
    tag = f'"{file.digest[-22:]}"'
    headers = {**_OPEN, "cache-control": file.kept, "etag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            file.packed, media_type=file.type, headers={**headers, "content-encoding": "gzip"}
        )
    return Response(file.text, media_type=file.type, headers=headers)


def _policy(ancestors: str) -> str:
    style = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'sha256-{style}';"
        " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script';"
        f" frame-ancestors {ancestors}"
    )
