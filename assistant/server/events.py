"""What a client hears of one turn, in the order in which it is to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What an event tells. Part of the interface: docs/api.md."""

    WARNING = "warning"
    """What the guard says. First, where there is one, and before anything is waited for."""
    WAITING = "waiting"
    """Why there is nothing yet: a place in line, loading, looking again."""
    PASSAGES = "passages"
    """What was found, before a word of it is quoted."""
    SENTENCE = "sentence"
    """One more sentence of a version, with its citations."""
    RESTART = "restart"
    """Sentences of a version so far are to be dropped: they come anew in another order."""
    WHY = "why"
    """How the reply came about."""
    DONE = "done"
    """The whole reply, which counts: docs/reply.schema.json. Nothing comes after it."""


class Version(StrEnum):
    """Which of an answer's two wordings a sentence belongs to."""

    QUOTES = "quotes"
    WORDED = "worded"


@dataclass(frozen=True, slots=True)
class Event:
    """One of them."""

    kind: Kind
    data: Mapping[str, Any]
    """JSON-ready."""
