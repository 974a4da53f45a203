"""From settings to a model."""

from assistant.models.breaker import Rested
from assistant.models.local.order import SLOTS
from assistant.models.model import Model
from assistant.models.openai_server import OpenAIServer, Server
from assistant.models.place import Place, place_of
from assistant.settings import LlmSettings


def model_of(llm: LlmSettings, key: str = "") -> Rested | None:
    """The model in the settings, rested after failures; None where none is wanted.

    Calls nobody and loads nothing. `key`: for the server at `base_url`; shown to nobody else.
    """
    bare = _bare(llm, key)
    if bare is None:
        return None
    at_once = min(llm.at_once, SLOTS) if llm.gguf else llm.at_once
    return Rested(bare, rest=llm.rest, at_once=at_once)


def server_of(llm: LlmSettings, key: str) -> Server:
    """How the server at `base_url` is called."""
    return Server(
        base_url=llm.base_url,
        model=llm.model.strip(),
        context=llm.context,
        key=key,
        temperature=llm.temperature,
        seed=llm.seed,
        connect_timeout=llm.connect_timeout,
        silence_timeout=llm.silence_timeout,
        total_timeout=llm.total_timeout,
        proxies=place_of(llm.base_url) is Place.FAR,
    )


def _bare(llm: LlmSettings, key: str) -> Model | None:
    if llm.gguf:
        from assistant.models.local import open_local

        return open_local(llm)
    if llm.base_url:
        return OpenAIServer(server_of(llm, key), form=llm.form)
    return None
