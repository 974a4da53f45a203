"""Uploads, however they are cut, and whatever they are called."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui import shelf_upload
from assistant.ui.shelf_upload import (
    LONGEST_FIELD,
    MOST_FIELDS,
    MOST_FILES,
    BadUploadError,
    LongUploadError,
    Upload,
    plain_name,
    read_upload,
)

BOUNDARY = "----a-boundary-of-ours"
KIND = f"multipart/form-data; boundary={BOUNDARY}"


def part(name: str, data: bytes, file: str | None = None) -> bytes:
    named = f'; filename="{file}"' if file is not None else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + data + b"\r\n"


def body(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def read(content: bytes, cuts: Sequence[int] = (), kind: str = KIND) -> Upload:
    places = sorted({0, len(content), *(cut % (len(content) + 1) for cut in cuts)})

    async def pieces() -> AsyncIterator[bytes]:
        for start, end in pairwise(places):
            yield content[start:end]

    return asyncio.run(read_upload(kind, pieces()))


@given(
    st.lists(st.tuples(st.sampled_from(["a.txt", "b.pdf"]), st.binary(max_size=300)), max_size=4),
    st.dictionaries(st.sampled_from(["csrf", "address", "tier"]), st.text(max_size=60)),
    st.lists(st.integers(0, 5000), max_size=8),
)
def test_what_was_sent_arrives_however_it_was_cut(
    files: list[tuple[str, bytes]], fields: dict[str, str], cuts: list[int]
) -> None:
    said = [part(name, value.encode("utf-8", "replace")) for name, value in fields.items()]
    sent = body(*said, *(part("files", data, name) for name, data in files))
    upload = read(sent, cuts)
    assert upload.files == tuple(files)
    assert upload.fields == {
        name: value.encode("utf-8", "replace").decode() for name, value in fields.items()
    }
    assert upload.too_long == ()


@given(st.binary(max_size=400), st.lists(st.integers(0, 400), max_size=4))
def test_noise_is_refused_and_nothing_else_happens(noise: bytes, cuts: list[int]) -> None:
    with pytest.raises(BadUploadError):
        read(noise, cuts)


@given(st.integers(0, 10_000))
def test_an_upload_that_breaks_off_is_refused(place: int) -> None:
    whole = body(part("csrf", b"x"), part("files", b"some words", "a.txt"))
    end = whole.index(b"--\r\n", whole.rindex(BOUNDARY.encode())) + 2
    with pytest.raises(BadUploadError):
        read(whole[: place % end])


def test_of_a_file_that_is_too_long_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_upload, "LARGEST_FILE", 100)
    sent = body(
        part("files", b"x" * 101, "long.txt"),
        part("files", b"y" * 100, "right.txt"),
    )
    upload = read(sent, range(0, 400, 7))
    assert upload.files == (("right.txt", b"y" * 100),)
    assert upload.too_long == ("long.txt",)


def test_an_upload_has_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_upload, "LARGEST_UPLOAD", 1000)
    with pytest.raises(LongUploadError):
        read(body(part("files", b"x" * 1000, "a.txt")))


def test_fields_and_parts_have_bounds() -> None:
    for parts in (
        [part("csrf", b"x" * (LONGEST_FIELD + 1))],
        [part(f"field-{n}", b"x") for n in range(MOST_FIELDS + 1)],
        [part("files", b"x", f"{n}.txt") for n in range(MOST_FILES + MOST_FIELDS + 1)],
    ):
        with pytest.raises(LongUploadError):
            read(body(*parts))


def test_a_button_that_was_left_alone_sends_no_file() -> None:
    assert read(body(part("files", b"", ""))).files == ()
    assert read(body(part("files", b"", "empty.txt"))).files == (("empty.txt", b""),)


def test_no_content_type_is_no_upload() -> None:
    for kind in ("", "multipart/form-data", "application/x-www-form-urlencoded"):
        with pytest.raises(BadUploadError):
            read(body(), kind=kind)


@given(st.text())
def test_a_name_leads_nowhere_and_can_be_shown(name: str) -> None:
    plain = plain_name(name)
    assert plain not in {".", ".."}
    assert not {"/", "\\", "\0", "\n"} & set(plain)
    assert plain.isprintable()
    assert len(plain) <= 200


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("notes.txt", "notes.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\notes.txt", "notes.txt"),
        ("..", ""),
        ("/", ""),
        ("ab\u202etxt.exe", "ab txt.exe"),
        ("Größe 5 km.pdf", "Größe 5 km.pdf"),
    ],
)
def test_names_as_browsers_send_them(name: str, plain: str) -> None:
    assert plain_name(name) == plain
