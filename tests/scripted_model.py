"""A language-model server on this machine that does what a script says, well or badly.

    with ScriptedModel(says("The calf is a muscle. [1]")) as server:
        ...  # base_url = server.url
        server.calls[0].body["messages"]

One `Act` a call, in their order; the last one answers every call after it. An act is any function
of a `Line`, so a test can write its own:

    def half_a_line(line: Line) -> None:
        line.head()
        line.send(b'data: {"choi')

`Call.gone` is set once the client has hung up before the act was over.
"""

import json
import select
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

PATIENCE = 30.0
"""Seconds after which an act that waits gives up, so that a failing test ends."""


class HungUpError(Exception):
    """The client is gone."""


@dataclass(slots=True)
class Call:
    """One request, as it came."""

    path: str
    headers: dict[str, str]
    """Names in small letters."""
    body: dict[str, Any]
    gone: threading.Event = field(default_factory=threading.Event)
    """Set when the client hung up before the act was over."""
    over: threading.Event = field(default_factory=threading.Event)
    """Set when the act was over."""

    @property
    def words(self) -> str:
        """Everything in the messages."""
        return "\n".join(message["content"] for message in self.body.get("messages", []))


class Line:
    """What an act speaks into. Raises HungUpError once the client is gone."""

    def __init__(self, connection: socket.socket, call: Call, closing: threading.Event) -> None:
        self.call = call
        self._connection = connection
        self._closing = closing

    def send(self, data: bytes) -> None:
        """Bytes as they are."""
        try:
            self._connection.sendall(data)
        except OSError:
            raise HungUpError from None

    def head(
        self,
        status: int = 200,
        kind: str = "text/event-stream",
        length: int | None = None,
        **more: str,
    ) -> None:
        """Status line and headers (`retry_after="3"` is Retry-After). Without `length` the body
        ends with the connection.
        """
        lines = [f"HTTP/1.1 {status} Scripted", f"Content-Type: {kind}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
        if length is not None:
            lines.append(f"Content-Length: {length}")
        self.send("\r\n".join([*lines, "", ""]).encode())

    def body(self, status: int, text: str, kind: str = "application/json", **more: str) -> None:
        """A whole answer that is no stream."""
        data = text.encode()
        self.head(status, kind, len(data), **more)
        self.send(data)

    def event(self, data: object) -> None:
        """One event of the stream."""
        self.send(event_of(data))

    def delta(self, text: str, **more: object) -> None:
        """A piece of the draft."""
        self.event(chunk_of(delta={"content": text, **more}))

    def finish(self, reason: str = "stop", usage: tuple[int, int] | None = (50, 20)) -> None:
        """Say why it ends, what it took, and that it is done."""
        self.event(chunk_of(delta={}, finish=reason))
        if usage:
            read, written = usage
            counted = {"prompt_tokens": read, "completion_tokens": written}
            self.event(chunk_of() | {"usage": counted | {"total_tokens": read + written}})
        self.send(b"data: [DONE]\n\n")

    def wait(self, seconds: float = PATIENCE) -> None:
        """Say nothing for a while, and notice when the client hangs up."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if self._closing.is_set() or self._hung_up(min(left, 0.05)):
                raise HungUpError

    def wait_for(self, event: threading.Event) -> None:
        """Say nothing until the test says so."""
        until = time.monotonic() + PATIENCE
        while not event.is_set() and time.monotonic() < until:
            self.wait(0.01)

    def _hung_up(self, seconds: float) -> bool:
        readable, _, _ = select.select([self._connection], [], [], seconds)
        if not readable:
            return False
        try:
            return self._connection.recv(1, socket.MSG_PEEK) == b""
        except OSError:
            return True


Act = Callable[[Line], None]


def event_of(data: object) -> bytes:
    """An event of the stream, as bytes."""
    return b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n"


def chunk_of(delta: dict[str, object] | None = None, finish: str | None = None) -> dict[str, Any]:
    """A `chat.completion.chunk`; without a delta one that has no choices."""
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    return {
        "id": "c",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": choices,
    }


def pieces_of(text: str) -> list[str]:
    """A text cut about where a model's tokens are."""
    return [text[at : at + 4] for at in range(0, len(text), 4)]


def says(
    *texts: str,
    pause: float = 0.0,
    first: float = 0.0,
    reason: str = "stop",
    usage: tuple[int, int] | None = (50, 20),
    thinks: str = "",
) -> Act:
    """Stream the texts, token by token, as a good server does.

    `first`: seconds before the first token; `pause`: between two. `thinks`: reasoning that goes
    before, in a field of its own.
    """

    def act(line: Line) -> None:
        if first:
            line.wait(first)
        line.head()
        line.event(chunk_of(delta={"role": "assistant", "content": ""}))
        for piece in pieces_of(thinks):
            line.event(chunk_of(delta={"content": None, "reasoning_content": piece}))
        for piece in (piece for text in texts for piece in pieces_of(text)):
            line.delta(piece)
            if pause:
                line.wait(pause)
        line.finish(reason, usage)

    return act


def refuses(
    status: int, message: str = "scripted refusal", retry_after: str = "", **error: object
) -> Act:
    """An error of OpenAI's form."""
    text = json.dumps({"error": {"message": message, "type": "scripted", **error}})

    def act(line: Line) -> None:
        line.body(status, text, **({"Retry_After": retry_after} if retry_after else {}))

    return act


def refuses_schemas() -> Act:
    """As servers do that know no JSON schemas."""
    return refuses(400, "response_format of type json_schema is not supported by this model")


def page(status: int = 200) -> Act:
    """A page of the web, as a wrong address or a proxy gives."""
    return lambda line: line.body(status, "<!doctype html><title>Welcome</title>", "text/html")


def moves_to(address: str, status: int = 307) -> Act:
    """A redirect."""
    return lambda line: line.body(status, "", Location=address)


def raw(data: bytes, *, headed: bool = True, kind: str = "text/event-stream") -> Act:
    """Any bytes, then the end of the connection. `headed`: after a head that promises a stream."""

    def act(line: Line) -> None:
        if headed:
            line.head(kind=kind)
        line.send(data)

    return act


def breaks_off(text: str, *, mid_character: bool = False, chunked: bool = False) -> Act:
    """Stream the text, and lose the connection; `mid_character`: inside a UTF-8 character.

    `chunked`: in HTTP's own chunks, so that the loss can be seen from the missing last one.
    """

    def act(line: Line) -> None:
        data = b"".join(event_of(chunk_of(delta={"content": p})) for p in pieces_of(text))
        if mid_character:
            data += (
                event_of(chunk_of(delta={"content": "a ½"})).partition("½".encode())[0] + b"\xc2"
            )
        if chunked:
            line.head(transfer_encoding="chunked")
            line.send(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        else:
            line.head()
            line.send(data)

    return act


def endless(text: str = "and so on ") -> Act:
    """The same for ever."""

    def act(line: Line) -> None:
        line.head()
        while True:
            line.delta(text)
            line.wait(0.0005)

    return act


def endless_bytes(data: bytes = b"x" * 65536) -> Act:
    """A line that never ends."""

    def act(line: Line) -> None:
        line.head()
        while True:
            line.send(data)

    return act


def silent(text: str | None = None) -> Act:
    """Take the call and say nothing, for ever; with a text, after that. "" sends the head only."""

    def act(line: Line) -> None:
        if text is not None:
            line.head()
            for piece in pieces_of(text):
                line.delta(piece)
        line.wait()

    return act


class ScriptedModel:
    """The server: start it with `with`; its acts can be changed at any time."""

    def __init__(self, *acts: Act) -> None:
        self.acts: Sequence[Act] = acts or (says("Nothing was scripted. [1]"),)
        self.calls: list[Call] = []
        """As they came."""
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = _server_of(self)

    @property
    def url(self) -> str:
        """What goes into [llm] base_url."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def call(self, number: int = 0, patience: float = PATIENCE) -> Call:
        """A call, as soon as it has come."""
        until = time.monotonic() + patience
        while len(self.calls) <= number:
            assert time.monotonic() < until, "the call did not come"
            time.sleep(0.005)
        return self.calls[number]

    def take(self, call: Call, connection: socket.socket) -> None:
        """Answer one call (called by the server)."""
        with self._lock:
            act = self.acts[min(len(self.calls), len(self.acts) - 1)]
            self.calls.append(call)
        try:
            act(Line(connection, call, self._closing))
        except HungUpError:
            call.gone.set()
        finally:
            call.over.set()

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()


def _server_of(model: ScriptedModel) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # named by the library
            length = int(self.headers.get("content-length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = json.loads(self.rfile.read(length) or b"{}")
            self.close_connection = True
            model.take(Call(self.path, headers, body), self.connection)

        def do_GET(self) -> None:
            self.close_connection = True
            model.take(Call(self.path, {}, {}), self.connection)

        def log_message(self, *_: object) -> None:
            """Tests look at `calls`."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, *_: object) -> None:
            """Clients hang up here on purpose."""

    return Server(("127.0.0.1", 0), Handler)
