"""A chat's code: whoever has noted it down can have the chat deleted. Only its digest is stored."""

import hashlib
import re
import secrets
from dataclasses import dataclass, field

from assistant.errors import RecordsError

_MARKS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: none of I, L, O, U, so that no mark is read as another."""
_MISREAD = str.maketrans("OIL", "011")
_LENGTH = 12
"""60 random bits: all of them cannot be tried to find the one behind a digest."""
_GROUP = 4
_PURPOSE = b"soleus: code of a chat\0"
"""Digested along, so that the digest is of use nowhere else."""
_BETWEEN = re.compile(r"[\s‐-―−-]+")


@dataclass(frozen=True, slots=True)
class ChatCode:
    """A code as its reader has it. Never stored, never logged: `digest` is what is kept."""

    marks: str = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.marks) != _LENGTH or not set(self.marks) <= set(_MARKS):
            raise ValueError("a chat's code has twelve marks of Crockford's base32")

    def __str__(self) -> str:
        starts = range(0, _LENGTH, _GROUP)
        return "-".join(self.marks[start : start + _GROUP] for start in starts)

    @property
    def digest(self) -> str:
        """SHA-256, hexadecimal."""
        return hashlib.sha256(_PURPOSE + self.marks.encode()).hexdigest()


def new_code() -> ChatCode:
    """A code nobody can guess."""
    return ChatCode("".join(secrets.choice(_MARKS) for _ in range(_LENGTH)))


def read_code(text: str) -> ChatCode:
    """The code somebody typed, in whatever case, with or without spaces and dashes, O for 0, I or
    L for 1.

    Raises:
        RecordsError: it is none; the message does not repeat it.
    """
    marks = _BETWEEN.sub("", text[:100]).upper().translate(_MISREAD)
    try:
        return ChatCode(marks)
    except ValueError:
        raise RecordsError(
            "That is not the code of a chat. It has twelve letters and digits, like"
            " 7K3M-Q9TX-2HVB, and stands where the chat shows it."
        ) from None
