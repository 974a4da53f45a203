"""One list of websites decides who may embed, ask from a browser, and read what comes back."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.settings_server import OWN, ServerSettings, origin_of


@dataclass(frozen=True, slots=True)
class Origins:
    """Whom a browser may bring here. Everybody else is refused: the list begins empty."""

    listed: frozenset[str]
    """As browsers send them."""
    own: str = ""
    """The server's own, where its public address is known."""

    @classmethod
    def of(cls, settings: ServerSettings) -> "Origins":
        """As they are set up."""
        listed = frozenset(settings.origins) - {OWN}
        return cls(listed, origin_of(_bare(settings.public_url)) if settings.public_url else "")

    def allows(self, origin: str, host: str) -> bool:
        """Whether a browser's Origin may ask. `host`: the Host header, which names ourselves.

        "null" (a sandboxed frame, a file) is nobody.
        """
        return origin in self.listed or self.is_own(origin, host)

    def is_own(self, origin: str, host: str) -> bool:
        """Whether it is our own page that asks.

        By the public address where that is set. Else by the Host header, as Origin is compared in
        OWASP's advice on cross-site request forgery: who can forge that is no browser.
        """
        if self.own:
            return origin == self.own
        try:
            parts = urlsplit(origin)
        except ValueError:  # brackets without an address in them
            return False
        return parts.scheme in {"http", "https"} and bool(host) and parts.netloc == host.lower()

    @property
    def ancestors(self) -> str:
        """The sources of the Content-Security-Policy's frame-ancestors."""
        return " ".join(["'self'", *sorted(self.listed)])


def _bare(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
