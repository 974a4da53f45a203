"""A certificate is checked for the name that was typed, although an address is connected to."""

import shutil
import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from corpus.errors import FetchFailedError, FetchRefusedError
from corpus.intake.web import FetchLimits
from tests.corpus.intake.web_site import INTERNET, Names, moved, read, said, serving


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key, and a certificate for club.example that it signed itself."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed: no certificate can be made to test with")
    folder = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    named = ["-subj", "/CN=club.example", "-addext", "subjectAltName=DNS:club.example"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*command.split(), *named, *files], check=True, capture_output=True)
    return folder


@pytest.fixture
def identity(made: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made / "certificate.pem", made / "key.pem")
    return context


@pytest.fixture
def trust(made: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(made / "certificate.pem"))


def names() -> Names:
    return Names(club_example=[INTERNET], other_example=[INTERNET])


def test_a_site_with_a_believed_certificate_is_read(
    identity: ssl.SSLContext, trust: ssl.SSLContext
) -> None:
    wanted: list[str | None] = []

    def note(_: ssl.SSLObject, name: str | None, __: ssl.SSLContext) -> None:
        wanted.append(name)

    identity.sni_callback = note
    with serving({"/": said("hello")}, identity=identity) as site:
        page = read(site.url("/", "club.example", "https"), names=names(), trust=trust)
    assert page.content == b"hello"
    assert wanted == ["club.example"]
    assert [headers["Host"] for _, headers in site.heard] == [f"club.example:{site.port}"]


def test_a_certificate_nobody_vouches_for_is_refused_in_one_line(identity: ssl.SSLContext) -> None:
    with (
        serving({"/": said("hello")}, identity=identity) as site,
        pytest.raises(FetchFailedError) as failed,
    ):
        read(site.url("/", "club.example", "https"), names=names())
    assert str(failed.value) == (
        "club.example cannot show that it is club.example: its certificate is not valid "
        "(self-signed certificate)."
    )
    assert site.heard == []


@pytest.mark.parametrize("host", ["other.example", "127.0.0.1"])
def test_a_certificate_of_another_name_is_refused(
    identity: ssl.SSLContext, trust: ssl.SSLContext, host: str
) -> None:
    with (
        serving({"/": said("hello")}, identity=identity) as site,
        pytest.raises(FetchFailedError, match=f"cannot show that it is {host}: .*mismatch"),
    ):
        read(site.url("/", host, "https"), names=names(), trust=trust)
    assert site.heard == []


def test_a_redirect_from_https_to_http_is_refused(
    identity: ssl.SSLContext, trust: ssl.SSLContext
) -> None:
    with serving({"/": said("hello")}) as plain:
        pages = {"/": moved(plain.url("/", "club.example"))}
        with (
            serving(pages, identity=identity) as site,
            pytest.raises(FetchRefusedError, match="redirects from https to http"),
        ):
            read(site.url("/", "club.example", "https"), names=names(), trust=trust)
    assert plain.heard == []


def test_a_site_without_encryption_is_told_apart() -> None:
    with (
        serving({"/": said("hello")}) as site,
        pytest.raises(FetchFailedError, match=r"offers no safe connection.*http://"),
    ):
        read(site.url("/", "club.example", "https"), names=names())


def test_a_site_that_never_agrees_on_encryption_is_left() -> None:
    brief = FetchLimits(connect_seconds=0.2, read_seconds=0.2, total_seconds=0.5)
    with socket.create_server((str(INTERNET), 0)) as silent:  # connects, and says nothing
        url = f"https://club.example:{silent.getsockname()[1]}/"
        with pytest.raises(FetchFailedError, match="in time"):
            read(url, brief, names())
