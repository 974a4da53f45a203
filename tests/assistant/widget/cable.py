"""A cable in front of a server: pulled out, everything that runs over it ends at once."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock, Thread
from urllib.parse import urlsplit

_AT_ONCE = struct.pack("ii", 1, 0)
"""Closing resets the connection: whoever wanted to connect finds nobody."""
_PIECE = 65_536


@dataclass
class Cable:
    """Carries bytes to a server and back, as long as it is plugged in."""

    far: tuple[str, int]
    near: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    plugged: bool = True
    _ended: bool = False
    _ends: set[socket.socket] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    @property
    def url(self) -> str:
        """Where the server is reached over the cable."""
        return f"http://127.0.0.1:{self.near.getsockname()[1]}"

    @property
    def connections(self) -> int:
        """How many run over it now."""
        return len(self._ends) // 2

    def pull(self) -> None:
        """Cuts whatever is connected, and refuses the rest."""
        with self._lock:
            self.plugged = False
            for each in self._ends:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def plug(self) -> None:
        """Lets new connections through again; those that were cut stay so."""
        with self._lock:
            self.plugged = True

    def accept(self) -> None:
        """Carries one connection after the other, until the cable is put away."""
        while True:
            caller, _ = self.near.accept()
            if self._ended:
                caller.close()
                return
            Thread(target=self._carry, args=(caller,), daemon=True).start()

    def put_away(self) -> None:
        """Ends it for good."""
        self._ended = True
        self.pull()
        socket.create_connection(self.near.getsockname()[:2]).close()  # wakes who accepts

    def _carry(self, caller: socket.socket) -> None:
        with caller:
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            try:
                server = socket.create_connection(self.far)
            except OSError:
                return
            with server:
                self._between(caller, server)

    def _between(self, caller: socket.socket, server: socket.socket) -> None:
        with self._lock:
            if not self.plugged:
                return
            self._ends |= {caller, server}
        back = Thread(target=_pump, args=(server, caller), daemon=True)
        back.start()
        _pump(caller, server)
        back.join()
        with self._lock:
            self._ends -= {caller, server}
        with suppress(OSError):  # all was said: what is under way still arrives
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 0, 0))


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(_PIECE):
            sink.sendall(piece)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


@contextmanager
def cable(url: str) -> Iterator[Cable]:
    """A cable to the server at an address, plugged in, until the block is left."""
    parts = urlsplit(url)
    assert parts.hostname
    carrying = Cable((parts.hostname, parts.port or 80))
    thread = Thread(target=carrying.accept)
    thread.start()
    try:
        with carrying.near:
            try:
                yield carrying
            finally:
                carrying.put_away()
                thread.join()
    finally:
        assert not thread.is_alive()
