"""The front door in a process of its own: `python app.py` comes up, says where, and lets go."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest

from assistant.errors import RulesError, SettingsError
from assistant.serve import _listen, _place, examples_of, serve
from assistant.settings import IndexSettings, SafetySettings, ServerSettings, Settings
from corpus import Document
from tests.assistant.conftest import Built
from tests.assistant.front_door import address_of, started

INTERRUPTED = 130
LONG = 100.0
"""Seconds: a busy machine is slow, not wrong."""


@contextmanager
def open_pages(url: str, count: int) -> Iterator[None]:
    """Heartbeats held open, as pages in a browser hold them."""

    def held(beating: Event) -> None:
        address = f"{url}/gradio_api/heartbeat/{id(beating)}"
        try:
            with httpx.stream("GET", address, timeout=LONG) as response:
                for _ in response.iter_lines():
                    beating.set()
        except httpx.TransportError:
            return  # the server went away, as it was asked to

    beats = [Event() for _ in range(count)]
    pages = [Thread(target=held, args=(beat,)) for beat in beats]
    for page in pages:
        page.start()
    assert all(beat.wait(LONG) for beat in beats)
    yield
    for page in pages:
        page.join(LONG)
        assert not page.is_alive()


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_it_though_pages_are_open_and_it_still_loads(built: Built, times: int) -> None:
    with started(built.folder) as server, open_pages(address_of(server), 2):
        for _ in range(times):
            server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=LONG)
    assert server.returncode == INTERRUPTED
    assert err.strip() == "Stopped."
    assert out == ""


def test_without_an_index_it_says_so_in_one_line_and_is_not_served(tmp_path: Path) -> None:
    with started(tmp_path / "nothing") as server:
        out, err = server.communicate(timeout=LONG)
    assert server.returncode == 1
    assert err == "Error: There is no index yet. Run: python -m assistant index\n"
    assert out == ""
    assert not (tmp_path / "nothing").exists()


def test_an_index_of_something_else_is_told_apart(tmp_path: Path, built: Built) -> None:
    manifest = (built.folder / "manifest.json").read_text(encoding="utf-8")
    label = manifest.replace('"passage_budget":96', '"passage_budget":9')
    assert label != manifest
    (tmp_path / "manifest.json").write_text(label, encoding="utf-8")
    with started(tmp_path) as server:
        _, err = server.communicate(timeout=LONG)
    assert server.returncode == 1
    assert "out of date" in err
    assert err.endswith("Run: python -m assistant index\n")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "203.0.113.9", "nobody"])  # noqa: S104
def test_strangers_are_not_let_in_before_the_operator_has_said_who_they_are(
    tmp_path: Path, host: str
) -> None:
    index = IndexSettings(folder=tmp_path / "nothing")  # what is missing is said before that
    with pytest.raises(SettingsError) as refused:
        serve(Settings(index=index, server=ServerSettings(host=host, port=0)))
    for setting in ("operator.contact", "safety.country", "operator.privacy_note"):
        assert setting in str(refused.value)
    assert "settings.example.toml" in str(refused.value)


def test_warnings_that_cannot_be_given_stop_the_start(tmp_path: Path) -> None:
    index = IndexSettings(folder=tmp_path / "nothing")
    for safety in (SafetySettings(country="Atlantis"), SafetySettings(rules=tmp_path / "no.toml")):
        with pytest.raises(RulesError):
            serve(Settings(index=index, safety=safety))


def test_the_second_of_two_is_told_to_take_another_port() -> None:
    first = _listen("127.0.0.1", 0)
    with first, pytest.raises(SettingsError, match="Choose another port"):
        _listen(*first.getsockname())


def test_who_calls_before_the_page_is_up_waits_at_the_door() -> None:
    with _listen("127.0.0.1", 0) as door, socket.create_connection(door.getsockname()) as early:
        assert early.getpeername() == door.getsockname()


@pytest.mark.parametrize(
    ("host", "place"),
    [("127.0.0.1", "127.0.0.1:80"), ("::1", "[::1]:80"), ("localhost", "localhost:80")],
)
def test_an_address_can_be_pasted_into_a_browser(host: str, place: str) -> None:
    assert _place(host, 80) == place


def test_the_examples_come_from_every_document_before_any_gives_two(
    documents: tuple[Document, ...],
) -> None:
    examples = [topic.question for topic in examples_of(documents)]
    assert examples[: len(documents)] == [each.topics[0].question for each in documents]
    assert len(set(examples)) == len(examples) == 6
