"""The only door to python-multipart: reads an upload as it comes in, and never holds more of it
than it will keep.

A file that is too long is not kept, whatever its length, and the others are: each has its own line
in the table of what became of everything.
"""

from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of one file."""
LARGEST_UPLOAD = 50 * 1024 * 1024
"""Bytes of one request."""
MOST_FILES = 200
LONGEST_FIELD = 8 * 1024
"""Bytes of a field that is no file."""
MOST_FIELDS = 20


class BadUploadError(ValueError):
    """What was sent is no upload of ours."""


class LongUploadError(ValueError):
    """More was sent than one request may hold."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A form with files, read whole."""

    fields: dict[str, str]
    files: tuple[tuple[str, bytes], ...]
    """Name and content of each."""
    too_long: tuple[str, ...]
    """Names of files longer than LARGEST_FILE, of which nothing was kept."""


async def read_upload(content_type: str, body: AsyncIterable[bytes]) -> Upload:
    """Read a form sent as multipart/form-data.

    Raises:
        BadUploadError: it is none, or is broken off or misshapen.
        LongUploadError: it is longer than LARGEST_UPLOAD or has too many parts.
    """
    from python_multipart.exceptions import FormParserError
    from python_multipart.multipart import MultipartParser, parse_options_header

    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise BadUploadError("no form with files")
    form = _Form()
    length = 0
    try:
        parser = MultipartParser(options[b"boundary"], form.callbacks())
        async for chunk in body:
            length += len(chunk)
            if length > LARGEST_UPLOAD:
                raise LongUploadError
            parser.write(chunk)
        parser.finalize()
    except FormParserError as error:
        raise BadUploadError("misshapen") from error
    if not form.ended:
        raise BadUploadError("broken off")
    return form.upload()


@dataclass(slots=True)
class _Part:
    """One part of a form while it comes in."""

    name: str = ""
    file: str | None = None
    data: bytearray = field(default_factory=bytearray)
    too_long: bool = False

    def add(self, data: bytes) -> None:
        longest = LONGEST_FIELD if self.file is None else LARGEST_FILE
        if self.too_long or len(self.data) + len(data) > longest:
            self.too_long = True
            self.data = bytearray()
        else:
            self.data += data


@dataclass(slots=True)
class _Form:
    """What the parser calls back, piece by piece."""

    parts: list[_Part] = field(default_factory=list)
    header: bytearray = field(default_factory=bytearray)
    value: bytearray = field(default_factory=bytearray)
    ended: bool = False

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self.part,
            "on_header_begin": self.begin_header,
            "on_header_field": lambda data, start, end: self.header.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self.value.extend(data[start:end]),
            "on_header_end": self.end_header,
            "on_part_data": lambda data, start, end: self.parts[-1].add(data[start:end]),
            "on_end": self.end,
        }

    def part(self) -> None:
        if len(self.parts) >= MOST_FILES + MOST_FIELDS:
            raise LongUploadError
        self.parts.append(_Part())

    def begin_header(self) -> None:
        self.header, self.value = bytearray(), bytearray()

    def end_header(self) -> None:
        from python_multipart.multipart import parse_options_header

        if self.header.lower() != b"content-disposition":
            return
        _, options = parse_options_header(bytes(self.value))
        part = self.parts[-1]
        part.name = options.get(b"name", b"").decode("utf-8", "replace")
        if (named := options.get(b"filename")) is not None:
            part.file = plain_name(named.decode("utf-8", "replace"))

    def end(self) -> None:
        self.ended = True

    def upload(self) -> Upload:
        fields = [part for part in self.parts if part.file is None]
        # A button that was left alone sends one file without name or content.
        files = [part for part in self.parts if part.file is not None and (part.file or part.data)]
        if any(part.too_long for part in fields) or len(fields) > MOST_FIELDS:
            raise LongUploadError
        return Upload(
            {part.name: part.data.decode("utf-8", "replace") for part in fields},
            tuple((part.file or "", bytes(part.data)) for part in files if not part.too_long),
            tuple(part.file or "" for part in files if part.too_long),
        )


def plain_name(name: str) -> str:
    """The last part of a file's name as a browser sent it, without anything that cannot be shown.

    Of a name that is nothing but a way elsewhere ("..", "/") nothing is left.
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(letter if letter.isprintable() else " " for letter in last)
    return "" if shown.strip() in {"", ".", ".."} else shown.strip()[:200]
