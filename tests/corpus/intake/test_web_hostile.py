"""A site that wants to cost time, memory or nerves costs little of each.

Nothing here measures time: whoever waited for such a site would never come to the end of a test.
"""

import gzip
import itertools
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import FetchFailedError, FetchRefusedError, IntakeError
from corpus.intake.web import FetchLimits
from corpus.intake.web_unpack import unpacked, whole_body
from tests.corpus.intake.web_site import Handler, raw, read, said, serving

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BRIEF = FetchLimits(connect_seconds=0.3, read_seconds=0.3, total_seconds=0.5, largest=100_000)
SMALL = FetchLimits(connect_seconds=5.0, read_seconds=5.0, total_seconds=20.0, largest=100_000)


Dawdling = Callable[[Handler], None]


def drip(handler: Handler) -> None:
    while not handler.site.over.wait(0.02):
        handler.wfile.write(b"a")


def flood(handler: Handler) -> None:
    while not handler.site.over.is_set():
        handler.wfile.write(b"a" * 10_000)


def chunked_flood(handler: Handler) -> None:
    while not handler.site.over.is_set():
        handler.wfile.write(b"2710\r\n" + b"a" * 10_000 + b"\r\n")


def dawdle(handler: Handler) -> None:
    handler.site.over.wait()


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"HTTP",
        b"220 mail.example ESMTP\r\n",
        b"SSH-2.0-OpenSSH_9.9\r\n",
        HEAD,
        HEAD + b"\r\n",
        HEAD + b"Content-Length: 9\r\n\r\n",
        b"HTTP/1.1 302 F\r\n",
    ],
)
def test_a_site_that_falls_silent_is_left(begun: bytes) -> None:
    with (
        serving({"/": raw(begun, then=dawdle)}) as site,
        pytest.raises(FetchFailedError, match="in time"),
    ):
        read(site.url(), BRIEF)


@pytest.mark.parametrize("begun", [b"", HEAD + b"X-Drip: ", HEAD + b"\r\n"])
def test_a_byte_now_and_then_does_not_buy_more_time(begun: bytes) -> None:
    with (
        serving({"/": raw(begun, then=drip)}) as site,
        pytest.raises(FetchFailedError, match="in time"),
    ):
        read(site.url(), BRIEF)


def test_redirects_share_the_time_of_one_page() -> None:
    def stroll(handler: Handler) -> None:
        handler.site.over.wait(0.2)
        said("", status=302, Location=f"{handler.path}x")(handler)

    many = FetchLimits(read_seconds=5.0, total_seconds=0.5, redirects=1000)
    with (
        serving({"/" + "x" * n: stroll for n in range(200)}) as site,
        pytest.raises(FetchFailedError, match="in time"),
    ):
        read(site.url(), many)


@pytest.mark.parametrize(
    ("begun", "then"),
    [
        (HEAD + b"\r\n", flood),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", chunked_flood),
        (HEAD + b"Content-Length: 1000000000000\r\n\r\n", dawdle),
        (HEAD + b"Content-Length: 100001\r\n\r\n", flood),
    ],
)
def test_a_page_without_end_is_cut_off(begun: bytes, then: Dawdling) -> None:
    with (
        serving({"/": raw(begun, then=then)}) as site,
        pytest.raises(FetchRefusedError, match=r"larger than 0\.0954 MiB\. Save the part"),
    ):
        read(site.url(), SMALL)


@pytest.mark.parametrize(
    ("bytes_said", "then"),
    [
        (b"\x00" * 500, dawdle),
        (HEAD + b"X-Flood: ", flood),
        (HEAD + b"Content-Length: many\r\n\r\n", dawdle),
        (HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", dawdle),
        (HEAD + b"No colon\r\n\r\n", dawdle),
        (b"", lambda _: None),
    ],
)
def test_what_is_no_web_server_is_told(bytes_said: bytes, then: Dawdling) -> None:
    with (
        serving({"/": raw(bytes_said, then=then)}) as site,
        pytest.raises(FetchFailedError, match=r"did not answer as a web server does"),
    ):
        read(site.url(), SMALL)


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"Content-Length: 1000\r\n\r\nshort",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nno number\r\n",
    ],
)
def test_a_page_that_breaks_off_is_no_page(answer: bytes) -> None:
    with (
        serving({"/": raw(answer)}) as site,
        pytest.raises(FetchFailedError, match="broke off before the page was complete"),
    ):
        read(site.url())


def test_nobody_listening_is_told() -> None:
    with serving({}) as site:
        pass
    with pytest.raises(FetchFailedError, match=r"127\.0\.0\.1 cannot be reached \(.*refused\)"):
        read(site.url())


BOMB = gzip.compress(b"\0" * 10_000_000, mtime=0)


@pytest.mark.parametrize(
    "packed",
    [BOMB, BOMB * 5, zlib.compress(b"\0" * 10_000_000), gzip.compress(b"a", mtime=0) * 5000],
    ids=["one", "several", "zlib", "many small ones"],
)
def test_a_bomb_does_not_go_off(packed: bytes) -> None:
    with (
        serving({"/": said(packed, content_encoding="gzip")}) as site,
        pytest.raises(FetchRefusedError, match="larger than"),
    ):
        read(site.url(), FetchLimits(largest=1_000_000))


def test_a_bomb_takes_no_more_memory_than_a_page_may() -> None:
    tracemalloc.start()
    try:
        with pytest.raises(FetchRefusedError):
            unpacked([BOMB], 1000)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 500_000  # bytes; unpacked it has ten million


@pytest.mark.parametrize(
    ("packed", "coding", "why"),
    [
        (gzip.compress(b"calf" * 100, mtime=0)[:-9], "gzip", "cut off"),
        (b"", "gzip", "cut off"),
        (b"calf", "gzip", "damaged"),
        (b"calf", "deflate", "damaged"),
        (b"calf", "br", "nobody asked"),
        (gzip.compress(gzip.compress(b"calf", mtime=0), mtime=0), "gzip, gzip", "nobody asked"),
    ],
)
def test_what_cannot_be_unpacked_is_told(packed: bytes, coding: str, why: str) -> None:
    with pytest.raises(FetchFailedError, match=why):
        whole_body([packed], coding, 1000)


def cut(data: bytes, sizes: list[int]) -> list[bytes]:
    ends = [0, *itertools.accumulate(sizes), len(data)]
    return [data[start:end] for start, end in itertools.pairwise(ends)]


SIZES = st.lists(st.integers(1, 50), max_size=8)


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4), SIZES)
def test_unpacking_gives_what_was_packed_however_it_comes(
    parts: list[bytes], sizes: list[int]
) -> None:
    packed, plain = b"".join(map(gzip.compress, parts)), b"".join(parts)
    assert unpacked(cut(packed, sizes), 2000) == plain
    assert unpacked(cut(packed, sizes), len(plain)) == plain
    if plain:
        with pytest.raises(FetchRefusedError):
            unpacked(cut(packed, sizes), len(plain) - 1)


@given(st.binary(max_size=200), st.integers(0, 100), st.sampled_from(["gzip", "deflate", "", "x"]))
def test_no_bytes_break_the_unpacking(junk: bytes, kept: int, coding: str) -> None:
    packed = gzip.compress(b"heel raise " * 30)[:kept] + junk
    try:
        plain = whole_body([packed], coding, 150)
    except IntakeError:
        return
    assert len(plain) <= 150
