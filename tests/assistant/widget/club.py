"""A running club's website: its pages come from another origin than Soleus's answers."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlsplit

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Page:
    """What stands at an address."""

    content: bytes
    headers: Mapping[str, str]


@dataclass
class Club:
    """The website while it is served. Pages may be put up, or changed, at any time."""

    url: str
    """Its origin, without a slash at the end."""
    got: list[str] = field(default_factory=list)
    """The path of every GET so far, in order."""
    pages: dict[str, Page] = field(default_factory=dict)

    @property
    def elsewhere(self) -> str:
        """The origin of the same pages on another site: `localhost` is no 127.0.0.1 to a browser,
        and is on no list of Soleus's unless a test puts it there.
        """
        return self.url.replace("127.0.0.1", "localhost")

    def put(
        self,
        content: str | bytes,
        path: str = "/",
        headers: Mapping[str, str] | None = None,
        kind: str = HTML,
    ) -> str:
        """Puts something up; its whole address."""
        sent = content.encode() if isinstance(content, str) else content
        self.pages[path] = Page(sent, {"content-type": kind, **(headers or {})})
        return f"{self.url}{path}"

    def lay_out(self, folder: Path, headers: Mapping[str, str] | None = None) -> None:
        """Puts up every file of a folder under its path in it; an index.html at its folder."""
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            path = f"/{file.relative_to(folder).as_posix()}".removesuffix("index.html")
            kind = guess_type(file.name)[0] or "application/octet-stream"
            self.put(file.read_bytes(), path, headers, HTML if kind == "text/html" else kind)

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return self.got.count(path)


@contextmanager
def club(folder: Path | None = None) -> Iterator[Club]:
    """A club's website until the block is left, with what lies in a folder."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            site.got.append(path)
            page = site.pages.get(path)
            self.send_response(200 if page else 404)
            for name, value in page.headers.items() if page else ():
                self.send_header(name, value)
            self.send_header("content-length", str(len(page.content) if page else 0))
            self.end_headers()
            self.wfile.write(page.content if page else b"")

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    class Serving(ThreadingHTTPServer):
        daemon_threads = True  # a browser connects ahead of time, and then says nothing

        def handle_error(self, *_: object) -> None:
            """A browser that went away before it was answered is no news."""

    server = Serving(("127.0.0.1", 0), Answering)
    site = Club(f"http://127.0.0.1:{server.server_port}")
    if folder is not None:
        site.lay_out(folder)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
