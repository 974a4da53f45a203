"""Files with readers' words in them: for whoever wrote them alone, and whole or not at all."""

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from assistant.errors import RecordsError
from corpus.durable import sync


def write_private(path: Path, parts: Iterable[str]) -> None:
    """Writes a file in place of one that may be there; nobody but this user may read it.

    Raises:
        RecordsError: it cannot be written; what was there stays.
    """
    spare = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
    try:
        handle = os.open(spare, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
                file.writelines(parts)
                file.flush()
                os.fsync(handle)
            spare.replace(path)
            sync(path.absolute().parent)
        finally:
            with suppress(FileNotFoundError):
                spare.unlink()
    except OSError as error:
        raise RecordsError(
            f"{path} cannot be written: {error.strerror}. Name another file."
        ) from None
