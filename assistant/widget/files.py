"""The widget's files, as they are sent: built by `make widget` from source/, and committed.

`v1.js` has one address for as long as version 1 lasts, and is asked for anew after an hour. All
else has a digest of its text in its name, and never changes.
"""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from assistant.errors import WidgetError

BUILT = Path(__file__).parent / "built"
ENTRY = "v1.js"
_HOUR = "public, max-age=3600, stale-while-revalidate=86400"
_FOR_EVER = "public, max-age=31536000, immutable"
_TYPES = {".js": "text/javascript; charset=utf-8", ".json": "application/json"}
_NAMED = re.compile(r"([a-z]+)\.[\w-]+\.(js|json)\Z")


@dataclass(frozen=True)
class WidgetFile:
    """One of them."""

    name: str
    text: bytes
    kept: str
    """How long browsers may keep it: a Cache-Control."""

    @property
    def type(self) -> str:
        """Its media type."""
        return _TYPES[Path(self.name).suffix]

    @cached_property
    def packed(self) -> bytes:
        """Compressed as small as gzip allows: slowly, and once."""
        from zopfli.gzip import compress

        return bytes(compress(self.text))

    @cached_property
    def digest(self) -> str:
        """Of the text: what a page pins in `integrity` (Subresource Integrity)."""
        return f"sha384-{base64.b64encode(hashlib.sha384(self.text).digest()).decode()}"


@dataclass(frozen=True, slots=True)
class WidgetFiles:
    """All of them."""

    entry: WidgetFile
    parts: Mapping[str, WidgetFile]

    def part(self, name: str) -> WidgetFile | None:
        """By its name. Of one with another digest, as a v1.js of before an update asks for, what it
        has become: parts of one version fit together. That is not to be kept.
        """
        if name in self.parts:
            return self.parts[name]
        asked = _NAMED.match(name)
        for known, part in self.parts.items() if asked else ():
            if asked and (now := _NAMED.match(known)) and now.groups() == asked.groups():
                return WidgetFile(known, part.text, "no-cache")
        return None

    def __iter__(self) -> Iterator[WidgetFile]:
        yield self.entry
        yield from self.parts.values()


def widget_files(folder: Path = BUILT) -> WidgetFiles:
    """Reads them. Raises WidgetError."""
    try:
        texts = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        entry = WidgetFile(ENTRY, texts.pop(ENTRY), _HOUR)
    except (OSError, KeyError):
        raise WidgetError(
            f"the widget's files are not in {folder}. Restore them from the repository, or run:"
            " make widget"
        ) from None
    parts = {name: WidgetFile(name, text, _FOR_EVER) for name, text in texts.items()}
    return WidgetFiles(entry, MappingProxyType(parts))
