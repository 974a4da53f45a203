"""How a club's own documents come to the shelf, are looked after, and leave it."""

from assistant.shelving.outcome import Outcome, State, Summary, Told
from assistant.shelving.settling import amended
from assistant.shelving.shelving import Follow, Shelving
from assistant.shelving.source import (
    AddressSource,
    PathSource,
    SourceRef,
    UploadSource,
    source_of,
)

__all__ = [
    "AddressSource",
    "Follow",
    "Outcome",
    "PathSource",
    "Shelving",
    "SourceRef",
    "State",
    "Summary",
    "Told",
    "UploadSource",
    "amended",
    "source_of",
]
