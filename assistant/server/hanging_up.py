"""Hangs up on whoever takes too long to say what they want (slow headers, after Slowloris)."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

LONGEST = 15.0
"""Seconds from the first byte of a request, or from the connection, to the end of its head."""


class HangingUpProtocol(H11Protocol):
    """uvicorn's own, with a clock on every head of a request."""

    longest = LONGEST
    _clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401 (uvicorn's own)
        """Somebody has connected."""
        super().connection_made(transport)
        self._wind()

    def data_received(self, data: bytes) -> None:
        """Something came: the head of a request, a part of one, or a body."""
        super().data_received(data)
        if self._answering():
            self._stop()
        elif self._clock is None:
            self._wind()

    def connection_lost(self, exc: Exception | None) -> None:
        """They have gone."""
        self._stop()
        super().connection_lost(exc)

    def _answering(self) -> bool:
        """Whether a whole head was read, and its answer is not yet out."""
        # uvicorn declares that there always is one; before the first request there is none.
        cycle: Any = self.cycle
        return cycle is not None and not cycle.response_complete

    def _wind(self) -> None:
        self._clock = self.loop.call_later(self.longest, self._hang_up)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _hang_up(self) -> None:
        self._clock = None
        if not (self._answering() or self.transport.is_closing()):
            self.transport.close()
