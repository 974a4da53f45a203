"""Whom to call for a draft, and how."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Server:
    """Whom to call, and how."""

    base_url: str
    model: str
    """What the server calls the model."""
    context: int
    """Tokens it can read and write at once."""
    key: str = field(default="", repr=False)
    temperature: float = 0.0
    seed: int = 7
    connect_timeout: float = 3.0
    """Seconds until it must have taken the call."""
    silence_timeout: float = 60.0
    """Seconds without a word from it."""
    total_timeout: float = 120.0
    """Seconds for a whole draft."""
    tells_progress: bool = False
    """Whether it can say how far it has read a prompt, as llama.cpp can. Asked to, it notices at
    once when nobody listens any more; else only when it begins to write."""
    proxies: bool = True
    """Whether the proxies that the environment names are used; never right for a near server."""
