"""How often the guard was wrong when it was last measured, as `python -m eval safety` wrote it."""

import logging
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import kind_and_place

MEASURED = Path(__file__).parent.parent / "guard" / "measured.json"
_log = logging.getLogger(__name__)


class _Data(BaseModel):
    # Whoever measures may tell more than this page shows.
    model_config = ConfigDict(frozen=True, extra="ignore")


class Rate(_Data):
    """So many of so many, with the interval in which the true share most likely lies."""

    k: int = Field(ge=0)
    n: int = Field(ge=0)
    low: float = Field(ge=0, le=1)
    high: float = Field(ge=0, le=1)


class Measured(_Data):
    """What was found, on how many messages, and how to find it again."""

    measured_on: str
    commit: str
    messages: int
    emergency_missed: Rate
    """Emergencies that were shown as something less."""
    urgent_missed: Rate
    benign_escalated: Rate
    """Harmless messages that were warned about."""
    command: str


def read_measured(path: Path = MEASURED) -> Measured | None:
    """The figures, or None where there are none, or none that can be read."""
    if not path.exists():
        return None
    try:
        return Measured.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        _log.warning("the measured error rates cannot be read: %s", kind_and_place(error))
        return None
