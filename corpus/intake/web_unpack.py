"""The body of an answer, unpacked, and never more of it than is wanted."""

import zlib
from collections.abc import Iterable, Iterator

from corpus.errors import FetchFailedError, FetchRefusedError

GZIP_START = b"\x1f\x8b"
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_MOST_PARTS = 1000
"""Gzip streams in one; each costs a copy of what follows it."""
_SLICE = 16 * 1024
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})


def whole_body(chunks: Iterable[bytes], coding: str, largest: int) -> bytes:
    """Everything that was sent, unpacked.

    Args:
        chunks: the body as it came.
        coding: what the Content-Encoding header says.
        largest: bytes, of the body as it came and unpacked alike.

    Raises:
        FetchRefusedError: it is larger. Unpacking stops there: a bomb never goes off.
        FetchFailedError: it is packed in a way nobody asked for, or damaged.
    """
    coding = coding.strip().lower()
    if coding in _PACKED:
        return unpacked(_counted(chunks, largest), largest)
    if coding not in ("", "identity"):
        raise FetchFailedError("The site packs its pages in a way that nobody asked it for.")
    return b"".join(_counted(chunks, largest))


def unpacked(chunks: Iterable[bytes], largest: int) -> bytes:
    """Gzip or zlib data unpacked; raises as `whole_body` does."""
    out, parts = bytearray(), 1
    machine = zlib.decompressobj(_GZIP_OR_ZLIB)
    for data in _sliced(chunks):
        rest = data
        while rest:
            if machine.eof:
                if rest[0] != GZIP_START[0]:  # padding after the end, which browsers overlook too
                    return bytes(out)
                parts += 1
                machine = zlib.decompressobj(_GZIP_OR_ZLIB)
            try:
                # One byte more than is wanted shows that there is more.
                out += machine.decompress(rest, largest - len(out) + 1)
            except zlib.error as problem:
                raise FetchFailedError("What the site sent is damaged. Try again.") from problem
            if len(out) > largest or parts > _MOST_PARTS:
                raise FetchRefusedError(too_large(largest))
            rest = machine.unused_data if machine.eof else machine.unconsumed_tail
    if not machine.eof:
        raise FetchFailedError("What the site sent is cut off. Try again.")
    return bytes(out)


def too_large(largest: int) -> str:
    """What to say of a page with more than `largest` bytes."""
    return (
        f"The page is larger than {largest / 2**20:.3g} MiB. Save the part that matters as a file."
    )


def _counted(chunks: Iterable[bytes], largest: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > largest:
            raise FetchRefusedError(too_large(largest))
        yield chunk


def _sliced(chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for start in range(0, len(chunk), _SLICE):
            yield chunk[start : start + _SLICE]
