"""The page about the documents without a browser and without Gradio: requests in, answers out."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.ui.about import PageInfo
from assistant.ui.gate import GateMiddleware
from assistant.ui.private import PrivateMiddleware
from assistant.ui.shelf_desk import Desk
from assistant.ui.shelf_door import Guesses, Sessions
from assistant.ui.shelf_routes import shelf_router
from tests.ui.shelf_keeping import MemoryKeeper, furnished

PASSWORD = "correct horse battery"  # noqa: S105  # opens nothing but a test
HERE = "http://testserver"
Files = list[tuple[str, bytes]]


class Answer(Protocol):
    """What comes back."""

    @property
    def status_code(self) -> int: ...

    @property
    def text(self) -> str: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


@dataclass
class Time:
    """A clock that goes when it is told to."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Site:
    """One server and one visitor."""

    keeper: MemoryKeeper = field(default_factory=lambda: furnished(3))
    password: str = PASSWORD
    clock: Time = field(default_factory=Time)

    def __post_init__(self) -> None:
        self.desk = Desk(
            self.keeper,
            PageInfo(operator="Riverside Harriers"),
            self.password,
            Sessions(self.clock),
            Guesses(self.clock),
        )
        app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        app.add_middleware(GateMiddleware)
        app.add_middleware(PrivateMiddleware)
        app.include_router(shelf_router(self.desk, slowness=0.0))
        self.client = self.visitor(app)

    def visitor(self, app: FastAPI | None = None) -> TestClient:
        """Somebody with cookies of their own."""
        return TestClient(app or self.client.app, base_url=HERE, follow_redirects=False)

    def enter(self, password: str = PASSWORD) -> int:
        """Sign in; the status of the answer."""
        return self.post("enter", password=password).status_code

    def look(self, **query: str) -> str:
        """A view, whatever it takes to get there."""
        return self.client.get("/shelf", params=query, follow_redirects=True).text

    def csrf(self) -> str:
        """The token of the forms that are shown."""
        (token,) = set(re.findall(r'name="csrf" value="([^"]+)"', self.look()))
        return str(token)

    def post(self, action: str, *, origin: str = HERE, **form: str) -> Answer:
        """Send a form."""
        return self.client.post(f"/shelf/{action}", data=form, headers={"Origin": origin})

    def act(self, action: str, **form: str) -> str:
        """Send a form as our page would, wait until its work is done, and show what came of it."""
        answer = self.post(action, csrf=self.csrf(), **form)
        assert answer.status_code == 303, answer.text
        return self.arrive(answer)

    def arrive(self, answer: Answer) -> str:
        """Where an answer leads, once nothing is under way any more."""
        deadline = time.monotonic() + 60
        place = "/shelf" + answer.headers["location"].removeprefix("../shelf")
        while time.monotonic() < deadline:
            if not self.client.get("/shelf/status").json()["running"]:
                return self.client.get(place, follow_redirects=True).text
            time.sleep(0.01)
        raise AssertionError("the work never ended")

    def bring(self, files: Files, **form: str) -> str:
        """Upload files, and show the preview."""
        return self.arrive(self.upload(files, csrf=self.csrf(), **form))

    def upload(self, files: Files, **form: str) -> Answer:
        """Upload files."""
        return self.client.post(
            "/shelf/add",
            data=form,
            files=[("files", (name, data)) for name, data in files] or {"files": ("", b"")},
            headers={"Origin": HERE},
        )

    def preview(self) -> str:
        """The id of the preview that waits."""
        (session,) = self.desk.sessions._open.values()
        assert session.preview is not None
        return session.preview.id
