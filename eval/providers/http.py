"""Any server that takes a question and gives a reply as docs/reply.schema.json describes it."""

import time
from dataclasses import dataclass

import httpx

from assistant.question import Question
from eval.providers.payload import read_payload
from eval.transcript import ProviderError, Transcript

_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class HttpProvider:
    """Posts `{"question": ..., "earlier": [...]}` to one address. A `Provider`."""

    address: str
    key: str = ""
    """Sent as a bearer token when there is one; never shown."""

    @property
    def name(self) -> str:
        """The server asked."""
        return httpx.URL(self.address).host or self.address

    def ask(self, question: Question) -> Transcript:
        """The server's reply, with the time the whole way took."""
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        body = {"question": question.text, "earlier": list(question.earlier)}
        started = time.perf_counter()
        try:
            answered = httpx.post(self.address, json=body, headers=headers, timeout=_SECONDS)
            answered.raise_for_status()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ProviderError(
                f"{self.name} gave no reply ({type(error).__name__}). Is it running?"
            ) from error
        return read_payload(answered.content, {"total": (time.perf_counter() - started) * 1000})
