"""Who words the answers and whose machine reads the questions: what readers are told."""

from dataclasses import dataclass

from assistant.models.place import Place, host_of, place_of
from assistant.settings import LlmSettings


@dataclass(frozen=True, slots=True)
class ModelCard:
    """The language model in use, as readers are told of it."""

    name: str
    """E.g. "qwen2.5:7b"; with a file on this machine, its name without the ending."""
    served_by: str = ""
    """Who runs the server; empty where it is this machine."""
    asks_consent: bool = False
    """Whether a reader must agree before a question is sent there."""


def card_of(llm: LlmSettings) -> ModelCard | None:
    """What readers are told of the model in the settings; None where none is wanted."""
    always = llm.consent == "always"
    if llm.gguf:
        return ModelCard(llm.model.strip() or llm.gguf.stem, llm.served_by, always)
    if not llm.base_url:
        return None
    place = place_of(llm.base_url)
    host = "" if place is Place.HERE else host_of(llm.base_url) or llm.base_url
    asks = always or place is Place.FAR
    return ModelCard(llm.model.strip(), llm.served_by.strip() or host, asks)
