"""`python -m assistant embed`: the lines to paste, and whether they would work."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.widget.files import widget_files

READY = 'public_url = "https://ask.club.example"\norigins = ["https://club.example", "self"]'
LINE = '<script src="https://ask.club.example/widget/v1.js" async></script>'
WELL, MISTYPED, TO_MEND = 0, 2, 3
Embed = Callable[..., Result]


@pytest.fixture
def embed(tmp_path: Path) -> Embed:
    """Runs the command with these lines under [server]."""

    def invoke(server: str, *arguments: str) -> Result:
        file = tmp_path / "mine.toml"
        file.write_text(f"[server]\n{server}\n")
        return CliRunner().invoke(app, ["embed", "--settings", str(file), *arguments])

    return invoke


def test_the_lines_name_the_host_that_is_set_up(embed: Embed) -> None:
    done = embed(READY, "--origin", "https://club.example/")
    assert done.exit_code == WELL
    assert LINE in done.stdout
    assert '<iframe src="https://ask.club.example/widget/v1/frame"' in done.stdout
    assert "connect-src https://ask.club.example" in done.stdout
    assert "https://club.example may ask." in done.stdout
    assert done.stderr == ""


def test_what_has_to_be_set_before_others_are_served_is_named(embed: Embed) -> None:
    details = '[safety]\ncountry = "UK"\n[operator]\ncontact = "the physio"\nprivacy_note = "none"'
    assert "once these are set: operator.contact, safety.country, operator." in embed(READY).stdout
    assert "once these are set" not in embed(f"{READY}\n{details}").stdout


def test_without_a_website_it_says_which_may_ask(embed: Embed) -> None:
    assert "May ask: https://club.example More" in embed(READY).stdout


def test_a_website_that_is_not_listed_is_told_what_to_write(embed: Embed) -> None:
    done = embed(READY, "--origin", "https://WWW.club.example")
    assert done.exit_code == TO_MEND
    assert LINE in done.stdout
    assert "https://www.club.example is not on the list" in done.stderr
    assert 'origins = ["https://club.example", "https://www.club.example"]' in done.stderr


def test_a_secure_page_may_load_nothing_over_http(embed: Embed) -> None:
    plain = READY.replace("https://ask", "http://ask")
    done = embed(plain, "--origin", "https://club.example")
    assert done.exit_code == TO_MEND
    assert "nothing over http" in done.stderr
    assert embed(plain).exit_code == WELL


def test_with_nothing_set_up_everything_missing_is_named(embed: Embed) -> None:
    done = embed("")
    assert done.exit_code == TO_MEND
    assert "public_url" in done.stderr
    assert "origins" in done.stderr
    assert "https://ask.your-club.example/widget/v1.js" in done.stdout


def test_a_pinned_line_holds_the_digest_of_the_script(embed: Embed) -> None:
    done = embed(READY, "--pinned")
    assert f'integrity="{widget_files().entry.digest}"' in done.stdout
    assert 'crossorigin="anonymous"' in done.stdout


@pytest.mark.parametrize("origin", ["https://club.example/a", "*", "club.example"])
def test_what_is_no_origin_is_refused(embed: Embed, origin: str) -> None:
    done = embed(READY, "--origin", origin)
    assert done.exit_code == MISTYPED
    assert "whole origin" in done.stderr
