"""One list of origins, exact; ours by the public address, or by the Host where there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from assistant.server.origins import Origins
from assistant.settings_server import ServerSettings, origin_of

CLUB = "https://club.example"


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        (CLUB, CLUB),
        ("https://Club.Example/", CLUB),
        ("https://club.example:443", CLUB),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("https://club.example:8443", "https://club.example:8443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://läufer.example", "https://xn--lufer-gra.example"),
        ("self", "self"),
    ],
)
def test_an_origin_is_kept_as_browsers_send_it(written: str, origin: str) -> None:
    assert origin_of(written) == origin
    assert ServerSettings(origins=(written,)).origins == (origin,)


@pytest.mark.parametrize(
    "written",
    [
        "*",
        "https://*.example",
        "club.example",
        "ftp://club.example",
        "https://club.example/page",
        "https://club.example?x",
        "https://user@club.example",
        "https://",
        "null",
        "",
        "https://club.example:99999",
    ],
)
def test_what_is_no_whole_origin_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match=r"origin|port"):
        ServerSettings(origins=(written,))


def test_nobody_is_on_the_list_unless_put_there() -> None:
    origins = Origins.of(ServerSettings())
    assert origins.ancestors == "'self'"
    assert not origins.allows(CLUB, "ask.example")


@pytest.mark.parametrize(
    "origin",
    [
        "https://club.example.evil.example",
        "https://evil.example",
        "http://club.example",
        "https://club.example:444",
        "https://club.example/",
        "null",
        "",
    ],
)
def test_only_the_very_origin_is_let_in(origin: str) -> None:
    origins = Origins.of(ServerSettings(origins=(CLUB, "self")))
    assert origins.allows(CLUB, "ask.example")
    assert not origins.allows(origin, "ask.example")
    assert origins.ancestors == f"'self' {CLUB}"


def test_our_own_page_is_told_by_the_public_address_where_it_is_known() -> None:
    origins = Origins.of(ServerSettings(public_url="https://ask.example/soleus/"))
    assert origins.is_own("https://ask.example", "whatever")
    assert not origins.is_own("https://evil.example", "evil.example")


def test_without_a_public_address_by_the_host_that_was_asked_for() -> None:
    origins = Origins.of(ServerSettings())
    assert origins.is_own("http://127.0.0.1:7860", "127.0.0.1:7860")
    assert not origins.is_own("http://127.0.0.1:7861", "127.0.0.1:7860")
    assert not origins.is_own("", "")
    assert not origins.is_own("null", "")


@pytest.mark.parametrize("origin", ["http://[abc]", "http://[", "//[", "http://]"])
def test_an_origin_that_is_none_is_nobodys(origin: str) -> None:
    assert not Origins.of(ServerSettings()).allows(origin, "[abc]")


@given(st.text(), st.text())
def test_no_origin_stops_it_and_none_made_up_is_let_in(origin: str, host: str) -> None:
    allowed = Origins.of(ServerSettings(origins=(CLUB,))).allows(origin, host)
    assert not allowed or origin == CLUB or origin.partition("://")[2] == host.lower()


@pytest.mark.parametrize("url", ["ask.example", "ftp://ask.example", "https://", "https://a?b=c"])
def test_a_public_address_is_whole(url: str) -> None:
    with pytest.raises(ValidationError, match="address"):
        ServerSettings(public_url=url)


@pytest.mark.parametrize("proxy", ["*", "10.0.0.1/8", "proxy.example", "10.0.0.0/33", "-"])
def test_a_proxy_that_is_believed_is_an_address_or_a_whole_network(proxy: str) -> None:
    assert ServerSettings(trusted_proxies=("127.0.0.1", "10.0.0.0/8", "::1")).trusted_proxies
    with pytest.raises(ValidationError, match="addresses or networks"):
        ServerSettings(trusted_proxies=(proxy,))
