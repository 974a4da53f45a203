"""Who asks, by facts the server knows itself; and who may not."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from assistant.server.network import network_of
from assistant.server.origins import Origins
from assistant.server.tokens import Tokens

_BEARER = "bearer "


class Kind(StrEnum):
    """What sort of caller."""

    BROWSER = "browser"
    """A page of an origin on the list, with a token."""
    PROGRAM = "program"
    """Without an origin, with a key."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is let in."""

    kind: Kind
    network: str
    bucket: str
    """What its questions are counted by: the network, or the key's digest. Nothing a caller may
    choose, so that a new name is no new allowance."""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why somebody is not let in, in plain words that hold nothing they sent."""

    status: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys for programs; only their digests are held."""

    digests: tuple[bytes, ...] = ()

    @classmethod
    def of(cls, keys: tuple[str, ...]) -> "Keys":
        """Of the keys themselves."""
        return cls(tuple(sha256(key.encode()).digest() for key in keys))

    def digest(self, key: str) -> str:
        """The digest of a key that is known; empty for any other. Takes as long for either."""
        asked = sha256(key.encode()).digest()
        known = [hmac.compare_digest(asked, each) for each in self.digests]
        return asked.hex()[:16] if any(known) else ""


@dataclass(frozen=True, slots=True)
class Door:
    """Who may ask at all."""

    origins: Origins
    tokens: Tokens
    keys: Keys

    def caller(self, headers: Mapping[str, str], address: str) -> Caller | Refused:
        """Who asks. `headers`: with names in lower case. `address`: whence, as far as a proxy that
        is believed, or the socket, says.
        """
        network = network_of(address)
        shown = _shown(headers.get("authorization", ""))
        origin = headers.get("origin")
        if origin is None:
            return self._without(shown, network, headers.get("host", ""))
        if not self.origins.allows(origin, headers.get("host", "")):
            return NOT_LISTED
        if not self.tokens.holds(shown, origin, network):
            own = self.origins.is_own(origin, headers.get("host", ""))
            digest = self.keys.digest(shown) if own else ""  # as on our page at /api/v1/docs
            return Caller(Kind.PROGRAM, network, digest) if digest else NO_TOKEN
        return Caller(Kind.BROWSER, network, network, origin)

    def _without(self, shown: str, network: str, host: str) -> Caller | Refused:
        """Who asks without an Origin: a program with a key, or our own page, whose browser sends
        none with what it only fetches.
        """
        if digest := self.keys.digest(shown):
            return Caller(Kind.PROGRAM, network, digest)
        for own in self.origins.owns(host):
            if self.tokens.holds(shown, own, network):
                return Caller(Kind.BROWSER, network, network, own)
        return NO_KEY


NOT_LISTED = Refused(
    403,
    "origin",
    "This website may not ask here. Whoever runs Soleus lists it in [server] origins.",
)
NO_TOKEN = Refused(
    401, "token", "The token is missing, too old or not for here. Fetch one: POST /api/v1/token"
)
NO_KEY = Refused(
    401,
    "key",
    "A program needs a key (Authorization: Bearer …), one of those in SOLEUS_API_KEYS.",
)


def _shown(authorization: str) -> str:
    bare = authorization.strip()
    return bare[len(_BEARER) :].strip() if bare.lower().startswith(_BEARER) else ""
