"""The interface described for people: Swagger UI over the OpenAPI document, all of it from here.

FastAPI's own page fetches its script from another host; this one has the files that the package
fastapi-offline brings, and a policy under which nothing else is fetched.
"""

import base64
import hashlib
import re
from importlib.resources import files

from fastapi import APIRouter, Response
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import HTMLResponse

from assistant.ui.gate import LOOK

DESCRIBED = "/api/v1/docs"
_SCRIPT, _STYLE = "swagger-ui-bundle.js", "swagger-ui.css"
_KEPT = {"cache-control": "public, max-age=86400"}
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def described_router(openapi: str) -> APIRouter:
    """The routes of one server. `openapi`: where the document is."""
    router = APIRouter()
    page = get_swagger_ui_html(
        openapi_url=f"../..{openapi}",
        title="Soleus: the interface",
        swagger_js_url=f"docs/{_SCRIPT}",
        swagger_css_url=f"docs/{_STYLE}",
        swagger_favicon_url=f"../..{LOOK}/mark.svg",
        swagger_ui_parameters={"validatorUrl": None},
    )
    text = bytes(page.body).decode().replace("<html>", '<html lang="en">')
    headers = {"content-security-policy": _policy(text), "cache-control": "no-cache"}

    @router.get(DESCRIBED, include_in_schema=False)
    async def described() -> Response:
        return HTMLResponse(text, headers=headers)

    @router.get(f"{DESCRIBED}/{_SCRIPT}", include_in_schema=False)
    def script() -> Response:
        return Response(_brought(_SCRIPT), media_type="text/javascript", headers=_KEPT)

    @router.get(f"{DESCRIBED}/{_STYLE}", include_in_schema=False)
    def style() -> Response:
        return Response(_brought(_STYLE), media_type="text/css", headers=_KEPT)

    return router


def _brought(name: str) -> bytes:
    return files("fastapi_offline").joinpath("static", name).read_bytes()


def _policy(page: str) -> str:
    """Only this very script in the page, and what comes from here. Swagger UI styles by attribute
    and draws its arrows with addresses that hold the picture.
    """
    own = " ".join(f"'sha256-{_digest(script)}'" for script in _INLINE.findall(page))
    return (
        f"default-src 'none'; script-src 'self' {own}; style-src 'self' 'unsafe-inline';"
        " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
