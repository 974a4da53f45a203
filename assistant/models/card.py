"""Who words the answers and whose machine reads the questions: what readers are told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModelCard:
    """The language model in use, as readers are told of it."""

    name: str
    """E.g. "qwen2.5:7b"; with a file on this machine, its name without the ending."""
    served_by: str = ""
    """Who runs the server; empty where it is this machine."""
    asks_consent: bool = False
    """Whether a reader must agree before a question is sent there."""
