"""A model hub on this machine, for tests of what is downloaded."""

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from assistant.models.local.hub import Hub

SHA = "0123456789abcdef0123456789abcdef01234567"
BYTES = b"GGUF" + bytes(range(256)) * 400


@dataclass
class FakeHub:
    """What the hub states and sends, to be changed by a test, and what it was asked for."""

    file: str = "Tiny-Q4_K_M.gguf"
    body: bytes = BYTES
    sha256: str | None = hashlib.sha256(BYTES).hexdigest()
    status: int = 200
    others: tuple[str, ...] = ("README.md", "Tiny-Q8_0.gguf")
    stated_size: int | None = None
    ranges: list[str] = field(default_factory=list)
    """Header "Range" of every download, "" where there was none."""
    accounts: list[str] = field(default_factory=list)
    """Header "Authorization" of every request that had one."""
    endpoint: str = ""

    @property
    def hub(self) -> Hub:
        """The door to it."""
        return Hub(self.endpoint)

    def info(self) -> dict[str, object]:
        """What the hub says of the repository."""
        lfs = {"sha256": self.sha256, "size": len(self.body), "pointerSize": 134}
        size = self.stated_size or len(self.body)
        model = {"rfilename": self.file, "size": size}
        if self.sha256:
            model["lfs"] = {**lfs, "size": size}
        files = [model, *({"rfilename": name, "size": 1} for name in self.others)]
        return {"id": "made-up/Tiny", "modelId": "made-up/Tiny", "sha": SHA, "siblings": files}


class Handler(BaseHTTPRequestHandler):
    fake: FakeHub

    def do_GET(self) -> None:  # http.server's name
        if account := self.headers.get("Authorization"):
            self.fake.accounts.append(account)
        if self.fake.status != 200:
            self._send(self.fake.status, b"{}")
        elif self.path.startswith("/api/models/"):
            self._send(200, json.dumps(self.fake.info()).encode())
        else:
            self._send_file()

    def _send_file(self) -> None:
        asked = self.headers.get("Range", "")
        self.fake.ranges.append(asked)
        found = re.fullmatch(r"bytes=(\d+)-", asked)
        first = int(found[1]) if found else 0
        body = self.fake.body
        extra = {"Content-Range": f"bytes {first}-{len(body) - 1}/{len(body)}"} if found else {}
        self._send(206 if found else 200, body[first:], extra)

    def _send(self, status: int, body: bytes, extra: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(extra or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def running_hub() -> Iterator[FakeHub]:
    """A hub that answers."""
    fake = FakeHub()
    handler = type("Bound", (Handler,), {"fake": fake})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    fake.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
