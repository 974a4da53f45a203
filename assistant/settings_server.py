"""Settings of the server: where it is, who may use it from where, and how much."""

from ipaddress import ip_network
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, field_validator

from assistant.settings_part import Part

OWN = "self"
"""In the list of origins: the server's own page, and nobody else."""


def _apart(given: object) -> object:
    return given.replace(",", " ").split() if isinstance(given, str) else given


Several = Annotated[tuple[str, ...], BeforeValidator(_apart)]
"""A list; from the environment, where it is one text, with spaces or commas in between."""


class ServerSettings(Part):
    """Where the page is served, to whom, and how much of it."""

    host: str = "127.0.0.1"
    """The address to listen at: this machine alone, or 0.0.0.0 for all its networks."""
    port: int = Field(default=7860, ge=0, le=65535)
    """0 picks a free one."""
    public_url: str = ""
    """Where readers reach it, e.g. "https://ask.club.example": what stands in front ends TLS."""
    trusted_proxies: Several = ()
    """Addresses or networks whose word on who is asking is believed (X-Forwarded-For)."""
    origins: Several = ()
    """Websites that may embed the page and ask from the browser, e.g. "https://club.example";
    "self" is the server's own page, which always may. Nobody else."""
    log: bool = False
    """Whether standard error gets a line of JSON for each request: its number, route, status and
    milliseconds; no text, no address."""
    per_minute: int = Field(default=20, ge=1)
    """Questions from one network (IPv4 /24, IPv6 /56) in a minute."""
    per_day: int = Field(default=400, ge=1)
    """The same in a day."""
    total_per_day: int = Field(default=20_000, ge=1)
    """Questions of everybody in a day."""
    program_per_minute: int = Field(default=120, ge=1)
    """Questions with one key, for programs, in a minute."""
    program_per_day: int = Field(default=5_000, ge=1)
    """The same in a day: no key spends what is there for everybody."""
    worded_per_day: int = Field(default=1_000, ge=0)
    """Answers a day that a language model words; after that readers have the quotes."""
    answering: int = Field(default=8, ge=1, le=64)
    """Questions looked for at the same time; the next ones stand in line."""
    streams: int = Field(default=256, ge=1)
    """Answers under way at the same time, in line or not; the next ones are refused politely."""
    streams_each: int = Field(default=12, ge=1)
    """The same for one network."""
    requests_each: int = Field(default=256, ge=1)
    """Requests of one network open at the same time; an open page holds one or two."""
    traces: bool = False
    """Whether requests are told, as spans without words or addresses, to the OpenTelemetry
    collector that OTEL_EXPORTER_OTLP_ENDPOINT names; needs the extra: pip install '.[otel]'"""

    @field_validator("public_url")
    @classmethod
    def _address(cls, url: str) -> str:
        if not url:
            return url
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
            raise ValueError("must be an address such as https://ask.club.example")
        return url.rstrip("/")

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in proxies:
            try:
                ip_network(proxy)  # which has no bits set beyond the network's
            except ValueError:
                raise ValueError(
                    "must be addresses or networks such as 127.0.0.1 or 10.0.0.0/8; * would believe"
                    " everybody"
                ) from None
        return proxies

    @field_validator("origins")
    @classmethod
    def _origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(origin_of, origins)))


def origin_of(text: str) -> str:
    """An origin as browsers send it: scheme, host and, unless usual, port. Raises ValueError."""
    if text.strip() == OWN:
        return OWN
    parts = urlsplit(text.strip().rstrip("/").lower())
    host, port = parts.hostname or "", parts.port
    plain = not (parts.path or parts.query or parts.fragment or parts.username)
    if parts.scheme not in {"http", "https"} or not host or "*" in text or not plain:
        raise ValueError(
            "must be a whole origin such as https://club.example, without a path and without *"
        )
    name = f"[{host}]" if ":" in host else host.encode("idna").decode()
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{name}" + ("" if port in (None, usual) else f":{port}")
