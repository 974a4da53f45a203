"""A server on this machine that gives a list of models, or something else, and nothing more."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LIST = b'{"object": "list", "data": [{"id": "qwen2.5:7b"}, {"id": "llama3.2:3b"}]}'
PAGE = b"<!DOCTYPE html><title>Welcome</title>"


@contextmanager
def listing(answers: dict[str, tuple[int, bytes]]) -> Iterator[str]:
    """Its address. `answers`: status and body by path, for GET and POST alike; 404 elsewhere."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers.get(self.path, (404, b"404 page not found"))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
