"""One list of websites decides who may embed, ask from a browser, and read what comes back."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from assistant.settings_server import OWN, ServerSettings, origin_of

_HERE = "localhost"


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
        ours = bool(host) and self.answers_to(host)
        return parts.scheme in {"http", "https"} and ours and parts.netloc == host.lower()

    def answers_to(self, host: str) -> bool:
        """Whether a request for this Host is meant for us.

        Without a public address we are on one machine, under an address in figures or a name that
        always means the machine itself. A page elsewhere whose own name was made to point here
        afterwards (DNS rebinding) comes under that name, and would pass for our own.
        """
        if self.own or not host:
            return True
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name == _HERE or name.endswith(f".{_HERE}") or _is_address(name)

    def owns(self, host: str) -> tuple[str, ...]:
        """Our own origins, as far as they can be told: browsers send none with what they fetch
        from where the page came from.
        """
        if self.own:
            return (self.own,)
        return tuple(f"{scheme}://{host.lower()}" for scheme in ("http", "https") if host)

    @property
    def ancestors(self) -> str:
        """The sources of the Content-Security-Policy's frame-ancestors."""
        return " ".join(["'self'", *sorted(self.listed)])


def _bare(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
