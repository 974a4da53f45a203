"""A sentence that people have held against the words it cites."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence, what it cites, and what people say of it."""

    sentence: str
    evidence: tuple[str, ...]
    supported: bool
    """Fully: support in part counts as none."""
    group: str
    """Claims about the same thing share it, and are never split between fitting and testing."""
