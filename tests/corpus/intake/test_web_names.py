"""A name is looked up once, and what was judged is what is connected to."""

import ssl
import threading
from ipaddress import ip_address
from types import SimpleNamespace

import httpcore
import pytest

from corpus.errors import FetchFailedError, FetchRefusedError
from corpus.intake.addresses import Address, public_only
from corpus.intake.web import FetchLimits, fetch
from corpus.intake.web_connect import CheckedBackend, Deadline, Patience, system_resolver
from tests.corpus.intake.web_site import HASTY, INSIDE, INTERNET, Names, read, said, serving

PUBLIC = ip_address("93.184.216.34")


def test_a_name_that_changes_its_answer_gains_nothing() -> None:
    names = Names(club_example=[[INTERNET], [INSIDE]])
    with serving({"/": said("hello")}) as site:
        assert read(site.url("/", "club.example"), names=names).content == b"hello"
    assert names.asked == ["club.example"]


def test_a_name_is_judged_anew_on_every_redirect() -> None:
    names = Names(club_example=[[INTERNET], [INSIDE]])
    with (
        serving({"/": said("", status=302, Location="/in")}) as site,
        pytest.raises(FetchRefusedError, match=r"club\.example leads to 127\.0\.0\.2"),
    ):
        read(site.url("/", "club.example"), names=names)
    assert site.paths == ["/"]
    assert names.asked == ["club.example", "club.example"]


@pytest.mark.parametrize("answers", [[INTERNET, INSIDE], [INSIDE, INTERNET]])
def test_one_closed_address_among_open_ones_closes_the_name(answers: list[Address]) -> None:
    with (
        serving({"/": said("hello")}) as site,
        pytest.raises(FetchRefusedError, match=r"leads to 127\.0\.0\.2, which is no public"),
    ):
        read(site.url("/", "club.example"), names=Names(club_example=answers))
    assert site.heard == []


def test_the_connection_goes_to_the_address_that_was_judged() -> None:
    # No test may leave this machine: what it was about to ask for is told by who stopped it.
    with pytest.raises(RuntimeError, match=r"offline, but this one asked for '93\.184\.216\.34'"):
        fetch("http://club.example/", resolve=lambda *_: [PUBLIC])


class Mirror(httpcore.NetworkBackend, httpcore.NetworkStream):
    """A connection as the machine at `own` has it."""

    def __init__(self, own: Address) -> None:
        self.own, self.closed = own, False

    def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore.NetworkStream:
        self.host = host
        return self

    def get_extra_info(self, info: str) -> tuple[str, int]:
        return {"client_addr": (str(self.own), 5000), "server_addr": (self.host, 80)}[info]

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("own", [PUBLIC, ip_address("2606:4700::1")])
def test_the_machines_own_public_address_is_refused(own: Address) -> None:
    wire = Mirror(own)
    patience = Patience(5.0, 5.0, Deadline.after(20.0))
    backend = CheckedBackend(public_only, lambda *_: [own], patience, wire)
    with pytest.raises(FetchRefusedError, match="is the machine that Soleus runs on"):
        backend.connect_tcp("club.example", 80)
    assert wire.closed
    elsewhere = Mirror(own)
    CheckedBackend(
        public_only, lambda *_: [ip_address("1.1.1.1")], patience, elsewhere
    ).connect_tcp("club.example", 80)
    assert not elsewhere.closed


def test_a_connection_is_closed_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    wire, now = Mirror(PUBLIC), [100.0]
    # The name in that module, not the clock itself: other threads sleep by it.
    clock = SimpleNamespace(monotonic=lambda: now[0])
    monkeypatch.setattr("corpus.intake.web_connect.time", clock)
    patience = Patience(5.0, 5.0, Deadline.after(20.0))
    backend = CheckedBackend(public_only, lambda *_: [], patience, wire)
    stream = backend.connect_tcp("1.1.1.1", 443)
    now[0] += 20.0
    for act in (lambda: stream.read(1), lambda: stream.write(b"x")):
        with pytest.raises(FetchFailedError, match="in time"):
            act()
    assert not wire.closed  # httpcore closes what it was reading or writing
    with pytest.raises(FetchFailedError, match="in time"):
        stream.start_tls(ssl.create_default_context(), "club.example")
    assert wire.closed


def test_of_several_addresses_the_next_is_tried() -> None:
    deaf = ip_address("127.0.0.3")
    with serving({"/": said("hello")}) as site:
        page = fetch(
            site.url("/", "club.example"),
            HASTY,
            lambda address: address in (deaf, INTERNET),
            lambda *_: [deaf, INTERNET],
        )
    assert page.content == b"hello"


def test_no_more_than_four_are_tried() -> None:
    with serving({"/": said("hello")}) as site:
        deaf: list[Address] = [ip_address(f"127.0.0.{n}") for n in range(3, 9)]
        with pytest.raises(FetchFailedError, match="cannot be reached"):
            fetch(
                site.url("/", "club.example"),
                HASTY,
                lambda _: True,
                lambda *_: [*deaf, INTERNET],
            )


def test_a_name_nobody_knows_is_told() -> None:
    with pytest.raises(FetchFailedError, match=r"^There is no site nowhere\.example\. Check"):
        read("http://nowhere.example/")


def test_a_name_without_addresses_is_told() -> None:
    with pytest.raises(FetchFailedError, match=r"cannot be reached \(it has no address\)"):
        fetch("http://club.example/", resolve=lambda *_: [])


def test_a_name_service_that_never_answers_is_not_waited_for() -> None:
    over = threading.Event()

    def dawdle(*_: object) -> list[Address]:
        over.wait()
        return []

    with pytest.raises(FetchFailedError, match=r"Nobody says in time where club\.example is"):
        fetch("http://club.example/", FetchLimits(connect_seconds=0.05), resolve=dawdle)
    over.set()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "0.0.0.0"])  # noqa: S104
def test_this_machine_is_refused_by_the_rule_in_force(host: str) -> None:
    with (
        serving({"/": said("secret")}) as site,
        pytest.raises(FetchRefusedError, match=r"no public address\. Only public pages are read"),
    ):
        fetch(site.url("/", host))
    assert site.heard == []


def test_the_machines_own_resolver_is_asked_once_for_each_address() -> None:
    found = system_resolver("localhost", 80)
    assert found
    assert len(found) == len(set(found))
    assert all(address.is_loopback for address in found)
