"""What an operator may bring to the shelf."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class PathSource:
    """A file, or a folder with everything in it. A folder that is brought again is synced."""

    path: Path


@dataclass(frozen=True, slots=True)
class AddressSource:
    """A page of the web, or a sitemap with all pages it lists."""

    url: str


@dataclass(frozen=True, slots=True)
class UploadSource:
    """A file's bytes and the name it had where it came from."""

    name: str
    content: bytes


SourceRef: TypeAlias = PathSource | AddressSource | UploadSource

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")


def source_of(typed: str) -> PathSource | AddressSource:
    """What was typed in a terminal: an address if it begins like one, else a path."""
    return AddressSource(typed) if _SCHEME.match(typed) else PathSource(Path(typed))
