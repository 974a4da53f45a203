"""What is sent of the widget: small enough, kept as long as it may, and whole."""

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.errors import WidgetError
from assistant.server.embedded import WIDGET
from assistant.widget.files import BUILT, WidgetFiles, widget_files
from assistant.widget.options import OPTIONS, WORDS
from tests.assistant.server.served import CLUB, Served, served

LOADED = 3_000
"""Bytes, compressed, that every visitor of a website gets."""
ALTOGETHER = 15_000
"""The same of all that whoever opens the chat gets, in any one language."""
SOURCE = BUILT.parent / "source"
LANGUAGES = ("de", "en", "es", "fr", "it", "nl")


@pytest.fixture(scope="module")
def files() -> WidgetFiles:
    return widget_files()


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served() as running:
        yield running


def named(files: WidgetFiles, name: str) -> str:
    [found] = [part for part in files.parts if part.startswith(f"{name}.")]
    return found


def texts(files: WidgetFiles, language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(files.parts[named(files, language)].text)
    return found


def test_before_it_is_opened_it_weighs_at_most_3_kb(files: WidgetFiles) -> None:
    assert len(files.entry.packed) <= LOADED


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_together_weighs_at_most_15_kb(files: WidgetFiles, language: str) -> None:
    parts = (files.entry, *(files.parts[named(files, each)] for each in ("chat", language)))
    assert sum(len(part.packed) for part in parts) <= ALTOGETHER


def test_there_is_nothing_else_to_load(files: WidgetFiles) -> None:
    assert {name.split(".")[0] for name in files.parts} == {"chat", *LANGUAGES}


def test_what_is_packed_is_what_was_built(files: WidgetFiles) -> None:
    for each in files:
        assert gzip.decompress(each.packed) == (BUILT / each.name).read_bytes()


def test_each_part_is_named_by_what_loads_it(files: WidgetFiles) -> None:
    chat = files.parts[named(files, "chat")]
    digest = re.search(r"sha256-([\w+/]{43}=)", files.entry.text.decode())
    assert digest is not None
    assert chat.name == f"chat.{re.sub(r'[+/=]', '-', digest[1][:10])}.js"
    version = named(files, "en").split(".")[1]
    assert version in chat.text.decode()
    assert {named(files, each) for each in LANGUAGES} == {
        f"{each}.{version}.json" for each in LANGUAGES
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_text_with_the_same_gaps(files: WidgetFiles, language: str) -> None:
    english, other = texts(files, "en"), texts(files, language)
    assert other.keys() == english.keys()
    assert {name: text.count("{}") for name, text in other.items()} == {
        name: text.count("{}") for name, text in english.items()
    }
    assert all(text.strip() == text and text for text in other.values())


def test_no_text_speaks_for_another_language(files: WidgetFiles) -> None:
    same = {
        (language, name)
        for language in LANGUAGES
        if language != "en"
        for name, text in texts(files, language).items()
        if text == texts(files, "en")[name]
    }
    # Words that the languages share.
    shared = {"source", "article", "no", "privacy", "erase"}
    assert {name for _, name in same} <= shared


def test_the_frame_takes_what_the_element_does() -> None:
    source = (SOURCE / "v1.ts").read_text("utf-8")
    [told] = re.findall(r"const OPTIONS =\s+\"([\w ]+)\"", source)
    assert tuple(told.split()) == OPTIONS


def test_a_browser_keeps_what_has_its_digest_in_its_name(
    server: Served, files: WidgetFiles
) -> None:
    for each in files.parts.values():
        answer = server.get(f"{WIDGET}v1/{each.name}", origin="https://anybody.example")
        assert answer.content == each.text
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["content-encoding"] == "gzip"


def test_the_script_is_asked_for_anew_after_an_hour_and_not_sent_again(
    server: Served, files: WidgetFiles
) -> None:
    first = server.get(f"{WIDGET}v1.js")
    assert first.content == files.entry.text
    assert "max-age=3600" in first.headers["cache-control"]
    again = server.get(f"{WIDGET}v1.js", **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = server.get(f"{WIDGET}v1.js", **{"accept-encoding": "identity"})
    assert plain.content == files.entry.text
    assert "content-encoding" not in plain.headers


def test_a_script_of_before_an_update_gets_what_its_parts_have_become(
    server: Served, files: WidgetFiles
) -> None:
    answer = server.get(f"{WIDGET}v1/chat.AAAAAAAAAA.js")
    assert answer.content == files.parts[named(files, "chat")].text
    assert answer.headers["cache-control"] == "no-cache"
    assert server.get(f"{WIDGET}v1/de.old.json").json() == texts(files, "de")


@pytest.mark.parametrize(
    "path", ["v1/chat.js", "v1/../../settings.toml", "v1/xx.AAAAAAAAAA.js", "v2.js", "v1/", ""]
)
def test_nothing_else_is_there(server: Served, path: str) -> None:
    answer = httpx.get(f"{server.url}{WIDGET}{path}", headers={"accept": "*/*"})
    assert answer.status_code == 404


def test_the_frame_is_shown_by_listed_websites_only(server: Served) -> None:
    policy = server.get(f"{WIDGET}v1/frame").headers["content-security-policy"]
    assert f"frame-ancestors 'self' {CLUB}" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_whatever_is_asked_of_the_frame_stays_text(server: Served) -> None:
    evil = '"><script>window.hacked = 1</script>'
    page = httpx.get(
        f"{server.url}{WIDGET}v1/frame",
        params={"title": evil, "lang": evil, "onload": "hack()", "theme": "dark"},
        headers={"sec-fetch-dest": "iframe"},
    ).text
    assert "window.hacked = 1</script>" not in page
    assert "onload" not in page
    assert ' theme="dark"' in page


@pytest.mark.parametrize("dest", ["document", "empty", None])
def test_a_link_puts_no_words_into_the_frame(server: Served, dest: str | None) -> None:
    words = dict.fromkeys(WORDS, "our words")
    answer = httpx.get(
        f"{server.url}{WIDGET}v1/frame",
        params={**words, "theme": "dark", "lang": "de"},
        headers={"sec-fetch-dest": dest} if dest else {},
    )
    assert "our words" not in answer.text
    assert ' theme="dark" lang="de"' in answer.text
    assert "sec-fetch-dest" in answer.headers["vary"]


def test_a_website_puts_its_words_into_the_frame_it_shows(server: Served) -> None:
    words = {name: f"our {name}" for name in WORDS}
    page = httpx.get(
        f"{server.url}{WIDGET}v1/frame", params=words, headers={"sec-fetch-dest": "iframe"}
    ).text
    for name, value in words.items():
        assert f' {name}="{value}"' in page
    assert "<title>our title</title>" in page


def test_files_that_are_missing_are_told_of_with_what_to_do(tmp_path: Path) -> None:
    shutil.copytree(BUILT, tmp_path / "built")
    (tmp_path / "built" / "v1.js").unlink()
    for folder in (tmp_path / "built", tmp_path / "nowhere"):
        with pytest.raises(WidgetError, match="make widget"):
            widget_files(folder)
