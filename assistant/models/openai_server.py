"""A server that speaks OpenAI's API: hosted, on this network, or on this machine.

Nothing here imports the client, which takes seconds: assistant/models/openai_call.py does, in the
model's own thread.
"""

from typing import Literal

from assistant.models.address import Server as Server  # found here by many
from assistant.models.model import (
    FORMS,
    Failure,
    Form,
    FormRefusedError,
    Generation,
    ModelError,
    Prompt,
    Usage,
)
from assistant.models.running import Draft, Runner

_LETTERS = 4
"""Characters a token has, for an estimate of what was read and written."""
_LETTERS_AT_MOST = 6
"""Characters a token has in the easiest English: what is too long by this count is too long."""


class OpenAIServer:
    """A `Model` behind an address. It keeps one thread, from the first draft until `close`."""

    def __init__(
        self,
        server: Server,
        *,
        form: Literal["auto", "json", "tagged"] = "auto",
        name: str = "",
    ) -> None:
        """`name`: what readers are shown; empty: what the server calls the model."""
        self._server = server
        self._forms = FORMS[form]
        self._name = name or server.model
        self._refused: set[str] = set()
        """Parameters that the server has turned out not to know."""
        self._takes_schemas = True
        self._runner = Runner(lambda: _get_ready(server.base_url))

    @property
    def name(self) -> str:
        """What readers are shown."""
        return self._name

    @property
    def forms(self) -> tuple[Form, ...]:
        """By the setting, without JSON once the server has refused a schema."""
        return self._forms if self._takes_schemas else (Form.TAGGED,)

    def warm(self) -> None:
        """Import the client in the background, so that the first reader need not wait for it."""
        self._runner.warm()

    def start(self, prompt: Prompt) -> Generation:
        """Begin a draft. Raises ModelError where it is plain beforehand that it cannot succeed."""
        if not _printable(self._server.key):
            raise ModelError(
                Failure.KEY, "the key holds characters that no key has; set SOLEUS_LLM_KEY anew"
            )
        letters = len(prompt.system) + len(prompt.user)
        if letters // _LETTERS_AT_MOST + prompt.max_tokens > self._server.context:
            raise ModelError(
                Failure.TOO_LONG,
                f"the prompt and {prompt.max_tokens} tokens of answer do not fit into a context of "
                f"{self._server.context}; raise [llm] context if the server has more",
            )

        async def work(draft: Draft) -> None:
            try:
                from assistant.models import openai_call
            except ImportError:
                raise ModelError(
                    Failure.NO_RUNTIME, "LlamaIndex's client is not installed. Run: make install"
                ) from None
            try:
                await openai_call.write(self._server, prompt, draft, self._refused)
            except FormRefusedError:
                # With only JSON asked for in the settings, the next reader must be told again.
                self._takes_schemas = Form.TAGGED not in self._forms
                raise

        return self._runner.start(work, Usage(letters // _LETTERS, 0, counted=False))

    def close(self) -> None:
        """Break off every draft and end the thread."""
        self._runner.close()


def _get_ready(base_url: str) -> None:
    from assistant.models import openai_call

    openai_call.certificates(base_url)


def _printable(key: str) -> bool:
    return key.isascii() and (key == "" or key.isprintable())
