"""Asking a model in tests, for real, through the door."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from assistant.models.model import Generation, ModelError, Prompt, Usage
from assistant.models.openai_server import OpenAIServer, Server
from tests.scripted_model import Act, ScriptedModel

KEY = "sk-not-for-anybody"
PROMPT = Prompt("You answer from the passages.", "What helps a sore calf?")
SCHEMA = Prompt("You answer from the passages.", "What helps?", '{"type": "object"}')
TURN = 0.5
"""Seconds between two looks at whether a draft has come on."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a draft ended."""

    text: str
    usage: Usage
    error: ModelError | None = None

    @property
    def failure(self) -> str:
        return self.error.failure.value if self.error else ""


def read_all(generation: Generation) -> Ended:
    """Read to the end, whatever that is."""
    text = ""
    try:
        while (piece := generation.read(TURN)) is not None:
            text += piece
    except ModelError as error:
        return Ended(text, generation.usage, error)
    return Ended(text, generation.usage)


def server_at(url: str, **changed: float | str) -> Server:
    """A server to call, patient enough for a busy machine."""
    patient = Server(url, "scripted", 4096, KEY, connect_timeout=30.0)
    return replace(patient, **changed)  # type: ignore[arg-type]


@contextmanager
def model_at(url: str, **changed: float | str) -> Iterator[OpenAIServer]:
    """A model, closed again."""
    model = OpenAIServer(server_at(url, **changed))
    try:
        yield model
    finally:
        model.close()


def draft_of(act: Act, prompt: Prompt = PROMPT, **changed: float | str) -> Ended:
    """One draft of a server that does this."""
    with ScriptedModel(act) as server, model_at(server.url, **changed) as model:
        return read_all(model.start(prompt))
