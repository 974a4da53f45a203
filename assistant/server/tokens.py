"""Short-lived, signed tokens: a browser shows one with each question, instead of a cookie.

A token holds nobody's identity. It says that a page of this origin, in this network, was let in a
while ago; whoever steals it can use it from there only, and not for long.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

LIFE = 600
"""Seconds a token is good for."""
_SALT = "soleus-token-1"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Issues and checks tokens. Replicas that share a secret accept each other's."""

    secret: str
    life: int = LIFE

    def issue(self, origin: str, network: str) -> str:
        """A token for pages of an origin, in a network."""
        return str(self._signer().dumps([origin, _short(network)]))

    def holds(self, token: str, origin: str, network: str) -> bool:
        """Whether a token was issued here for just this, and is fresh."""
        try:
            told: Any = self._signer().loads(token, max_age=self.life)
        except BadData:
            return False
        return bool(told == [origin, _short(network)])

    def _signer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(
            self.secret, salt=_SALT, signer_kwargs={"digest_method": hashlib.sha256}
        )


def _short(network: str) -> str:
    """A network as a token names it: nobody should read addresses out of one."""
    return hashlib.sha256(network.encode()).hexdigest()[:16]
