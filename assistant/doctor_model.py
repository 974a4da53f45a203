"""Examine the language model: it is asked something small, for real."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.models.model import Failure, Form, FormRefusedError, Kept, Model, ModelError, Prompt
from assistant.models.opening import model_of
from assistant.models.probe import Seen, look_at, ollama_offer
from assistant.models.words import remedy_for
from assistant.settings import LlmSettings

_SYSTEM = "You answer in one short sentence."
_USER = "Say that you are ready."
_SCHEMA = {
    "type": "object",
    "properties": {"ready": {"type": "boolean"}},
    "required": ["ready"],
    "additionalProperties": False,
}
_LOOK = 0.05
"""Seconds between two looks at a draft."""
_NEEDED = 900
"""Tokens that the instructions and the passages of a question take at most; ordinary ones take
around 500."""
_SHOWN = 12
"""Names of models that are shown."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; the fields of a doctor's Check."""

    ok: bool
    state: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class _Timed:
    """One small draft and how long it took, in seconds."""

    text: str
    first: float
    whole: float
    tokens: int

    def __str__(self) -> str:
        said = f"first words after {self.first:.1f} s, whole after {self.whole:.1f} s"
        writing = self.whole - self.first
        if self.tokens < 2 or writing <= 0:
            return said
        return f"{said}, {(self.tokens - 1) / writing:.0f} tokens/s"


def examine_model(llm: LlmSettings, key: str) -> Iterator[Finding]:
    """Whether the model in the settings answers, how fast, and whether it holds to JSON schemas."""
    if not llm.wanted:
        yield Finding(True, "no language model: answers are quotes", ollama_offer())
        return
    model = model_of(llm, key)
    if model is None:
        return
    try:
        yield from _tried(model, llm, key)
    finally:
        if isinstance(model, Kept):
            model.close()


def _tried(model: Model, llm: LlmSettings, key: str) -> Iterator[Finding]:
    try:
        timed = _draft(model, Prompt(_SYSTEM, _USER, max_tokens=llm.max_tokens))
    except ModelError as error:
        yield _failed(error, llm, key)
        return
    if not timed.text.strip():
        yield Finding(False, f"{model.name} answers with nothing", "Use an instruct model.")
        return
    yield Finding(True, f"{model.name} answers: {timed}")
    yield _room(llm)
    if Form.JSON in model.forms:
        yield _schema(model, llm.max_tokens)


def _room(llm: LlmSettings) -> Finding:
    left = llm.context - llm.max_tokens
    if left >= _NEEDED:
        return Finding(True, f"{left} tokens to read in")
    return Finding(
        False,
        f"only {left} tokens to read in, and a question with its passages takes about {_NEEDED}",
        "Raise [llm] context (and the server's own) or lower max_tokens.",
    )


def _schema(model: Model, max_tokens: int) -> Finding:
    """Whether a draft keeps to a JSON schema. Where it does not, tagged text is asked for."""
    plainly = 'Better: [llm] form = "tagged"'
    try:
        text = _draft(
            model, Prompt(_SYSTEM, _USER, schema=json.dumps(_SCHEMA), max_tokens=max_tokens)
        ).text
    except FormRefusedError:
        return Finding(True, "JSON schemas are refused, so drafts come as tagged text", plainly)
    except ModelError as error:
        return Finding(False, f"asked for JSON: {error}", remedy_for(error.failure))
    try:
        kept = isinstance(json.loads(text)["ready"], bool)
    except (ValueError, TypeError, KeyError):
        kept = False
    if kept:
        return Finding(True, "JSON schemas are held to")
    return Finding(True, "JSON schemas are taken but not held to", plainly)


def _draft(model: Model, prompt: Prompt) -> _Timed:
    """Have one draft written. Raises ModelError."""
    began = time.monotonic()
    generation = model.start(prompt)
    pieces: list[str] = []
    first = 0.0
    try:
        while (text := generation.read(_LOOK)) is not None:
            # Counted before it is handed on: so short a text is held back until its end.
            if not first and (text or generation.usage.tokens_out):
                first = time.monotonic() - began
            pieces.append(text)
    finally:
        generation.stop()
    whole = time.monotonic() - began
    return _Timed("".join(pieces), first, whole, generation.usage.tokens_out)


def _failed(error: ModelError, llm: LlmSettings, key: str) -> Finding:
    """What is wrong, with what a second look at the server adds."""
    if llm.gguf:
        return Finding(False, str(error))  # says itself what to run
    state = f"{llm.base_url}: {error}"
    return Finding(False, state, _second_look(error, llm, key) or remedy_for(error.failure))


def _second_look(error: ModelError, llm: LlmSettings, key: str) -> str:
    """What the server's list of models, here or under /v1, says of the failure; else empty."""
    if error.failure not in (Failure.NO_MODEL, Failure.GARBAGE, Failure.REFUSED):
        return ""
    here = look_at(llm.base_url, key)
    if here.seen is Seen.MODELS and llm.model not in here.models:
        return f"It has no model {llm.model!r}. Set [llm] model to one of: {_names(here.models)}."
    if here.seen is Seen.MODELS:
        return ""
    there = look_at(f"{llm.base_url}/v1", key)
    if there.seen in (Seen.MODELS, Seen.KEY):
        return f'The address lacks its end: set [llm] base_url = "{llm.base_url}/v1"'
    if here.seen is Seen.PAGE:
        return "A web page answers there, no language model. Correct [llm] base_url."
    return ""


def _names(models: tuple[str, ...]) -> str:
    more = len(models) - _SHOWN
    return ", ".join(models[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
