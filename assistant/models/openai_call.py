"""One draft through LlamaIndex's client of OpenAI's API. Slow to import; imported lazily."""

import asyncio
import json
import logging
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import aclosing
from functools import cache
from typing import Any

import httpx
import openai
import openai.resources.chat.completions  # else the first call would wait for this
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.llms.openai_like import OpenAILike

from assistant.models.address import Server
from assistant.models.model import Failure, ModelError, Prompt, Usage
from assistant.models.openai_errors import complaint_of, failure_of
from assistant.models.openai_watch import Line, hooks
from assistant.models.running import Draft
from assistant.models.thoughts import Thoughts

# At DEBUG, which OPENAI_LOG may ask for, the client logs whole calls: what somebody asked.
logging.getLogger("openai").setLevel(logging.WARNING)

_FEWEST_LETTERS = 4_000
_LETTERS = 12
"""Characters a token may have: more than in any language, so that only a runaway is stopped."""
_BYTES = 4_000
"""Bytes that a token may take on the line, in its wrapping."""
_LAST_WORDS = 2.0
"""Seconds to wait for the count of tokens once the text is whole."""
_OPTIONAL = re.compile(r"\b(seed|stream_options|temperature|max_tokens)\b")
"""What we ask for and a server may not know; newer ones call the last one otherwise."""


async def write(server: Server, prompt: Prompt, draft: Draft, refused: set[str]) -> None:
    """Have one draft written. Raises ModelError.

    `refused`: the names of parameters that the server has refused before; added to.
    """
    left_out = set(refused)
    try:
        async with asyncio.timeout(server.total_timeout):
            while more := await _call(server, prompt, draft, left_out):
                left_out |= more
    except TimeoutError:
        raise ModelError(
            Failure.SLOW, f"the draft was not whole after {server.total_timeout:g} seconds"
        ) from None
    refused |= left_out  # once leaving them out has helped


async def _call(server: Server, prompt: Prompt, draft: Draft, left_out: set[str]) -> set[str]:
    """Call once; returns what the server refuses and can do without, empty after an answer."""
    line = Line(most=(prompt.max_tokens + 250) * _BYTES)
    listener = _Listener(draft, prompt.max_tokens)
    try:
        async with _client(server, line) as client:
            replies = _replies(server, prompt, client, left_out)
            await _listen(replies, listener, server.silence_timeout)
    except Exception as error:
        if listener.finished:  # what was lost was not the text
            listener.judge(line)
            return set()
        failure = failure_of(error, line, schema=bool(prompt.schema))
        more = _dispensable(error, failure) - left_out
        if not more:
            raise failure from None
        return more
    listener.judge(line)
    return set()


def _dispensable(error: Exception, failure: ModelError) -> set[str]:
    """The optional parameters among what the server complains of."""
    complaint = complaint_of(error)
    if failure.failure is not Failure.REFUSED or complaint is None:
        return set()
    return set(_OPTIONAL.findall(complaint.said))


@cache
def _known_authorities() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def certificates(base_url: str) -> ssl.SSLContext:
    """Whose word is taken for who a server is. Reading the list takes tenths of a second, once."""
    if base_url.startswith("https:"):
        return _known_authorities()
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody, and is not asked


def _client(server: Server, line: Line) -> httpx.AsyncClient:
    """A client for one call. Kept for the next, it would save a round trip; closed with the call,
    it takes the connection along in whatever state it is, and the server stops writing.
    """
    return httpx.AsyncClient(
        event_hooks=hooks(line, server.key),
        follow_redirects=False,
        trust_env=server.proxies,
        verify=certificates(server.base_url),
    )


async def _replies(
    server: Server, prompt: Prompt, client: httpx.AsyncClient, left_out: set[str]
) -> AsyncIterator[ChatResponse]:
    model = OpenAILike(
        model=server.model,
        api_base=server.base_url,
        api_key=server.key or "none",  # else the client would look for another one's
        context_window=server.context,
        is_chat_model=True,
        temperature=server.temperature,
        max_retries=0,
        timeout=server.total_timeout,
        async_http_client=client,
    )
    messages = [
        ChatMessage(role=MessageRole.SYSTEM, content=prompt.system),
        ChatMessage(role=MessageRole.USER, content=prompt.user),
    ]
    asked = _asked(server, prompt, left_out)
    async with aclosing(await model.astream_chat(messages, **asked)) as replies:
        async for reply in replies:
            yield reply


def _asked(server: Server, prompt: Prompt, left_out: set[str]) -> dict[str, Any]:
    """Everything of a call but its messages."""
    asked: dict[str, Any] = {
        "max_tokens": prompt.max_tokens,
        "seed": server.seed,
        "stream_options": {"include_usage": True},
        "timeout": httpx.Timeout(server.silence_timeout, connect=server.connect_timeout),
    }
    asked = {name: value for name, value in asked.items() if name not in left_out}
    if "max_tokens" in left_out:
        asked["max_completion_tokens"] = prompt.max_tokens
    if "temperature" in left_out:
        asked["temperature"] = openai.omit
    if server.tells_progress:
        asked["extra_body"] = {"return_progress": True}
    if prompt.schema:
        schema = json.loads(prompt.schema)
        named = {"name": "draft", "strict": True, "schema": schema}
        asked["response_format"] = {"type": "json_schema", "json_schema": named}
    return asked


async def _listen(
    stream: AsyncIterator[ChatResponse], listener: "_Listener", silence: float
) -> None:
    async with aclosing(stream) as replies:  # type: ignore[type-var]
        while True:
            patience = min(_LAST_WORDS, silence) if listener.finished else silence
            try:
                async with asyncio.timeout(patience):
                    reply = await anext(replies, None)
            except TimeoutError:
                raise ModelError(
                    Failure.SLOW, f"the server said nothing for {patience:g} seconds"
                ) from None
            if reply is None:
                return
            listener.hear(reply)


class _Listener:
    """Hands on what may be handed on, and keeps account."""

    def __init__(self, draft: Draft, max_tokens: int) -> None:
        self._draft = draft
        self._thoughts = Thoughts()
        self._most = max(_FEWEST_LETTERS, max_tokens * _LETTERS)
        self._letters = 0
        self._said_any = False
        self._heard_any = False
        self._reason = ""
        self._tokens_in = draft.usage.tokens_in

    @property
    def finished(self) -> bool:
        """Whether the server said why it stopped writing."""
        return bool(self._reason)

    def hear(self, reply: ChatResponse) -> None:
        """One piece. Raises ModelError."""
        thought = reply.additional_kwargs.get("thinking_delta") or ""
        words = _whole_characters(reply.delta or "")
        self._letters += len(words) + len(thought)
        self._say(self._thoughts.without(words))
        self._count(getattr(reply.raw, "usage", None))
        for choice in getattr(reply.raw, "choices", ())[:1]:
            self._heard_any = True
            self._reason = str(choice.finish_reason or "") or self._reason
        if self._letters > self._most:
            raise ModelError(
                Failure.ENDLESS, f"more than {self._most:,} characters came, and no end"
            )

    def judge(self, line: Line) -> None:
        """Whether what has ended was an answer. Raises ModelError."""
        self._say(self._thoughts.rest())
        if not self._heard_any:
            kind = "a page of the web" if line.page else "no stream of words"
            raise ModelError(
                Failure.GARBAGE, f"the server sent {kind}; base_url often has to end in /v1"
            )
        if not (self._reason or line.done):
            raise ModelError(Failure.BROKE_OFF, "the answer ended without saying so")
        if self._reason == "content_filter":
            raise ModelError(Failure.REFUSED, "the server's own filter broke the answer off")
        if self._reason == "error":
            raise ModelError(Failure.SERVER, "the server failed while it wrote")
        if not self._said_any:
            thinks = "only thoughts, which are not shown; raise max_tokens" * bool(self._letters)
            raise ModelError(Failure.EMPTY, f"the model wrote {thinks or 'nothing'}")

    def _say(self, text: str) -> None:
        self._said_any = self._said_any or bool(text.strip())
        self._draft.say(text)

    def _count(self, usage: object) -> None:
        read, written = (getattr(usage, f"{n}_tokens", None) for n in ("prompt", "completion"))
        if isinstance(read, int) and isinstance(written, int) and min(read, written) >= 0:
            self._draft.usage = Usage(read, written)
        elif not self._draft.usage.counted:
            self._draft.usage = Usage(self._tokens_in, -(-self._letters // 4), counted=False)


def _whole_characters(text: str) -> str:
    """The text without halves of characters, which JSON can spell and nothing else can write."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
