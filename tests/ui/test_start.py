"""The page is not served without its warnings, nor to strangers without what they must be told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.serve import _about
from assistant.settings import OperatorSettings, SafetySettings, Settings

ROOT = Path(__file__).resolve().parents[2]
LONG = 100.0
"""Seconds: a busy machine is slow, not wrong."""


def refused(**settings: str) -> str:
    """What the start says when it is refused."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOLEUS_")}
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**kept, "SOLEUS_SERVER__PORT": "0", **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=LONG,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


def test_a_country_nobody_knows_stops_the_start() -> None:
    assert "Set safety.country to one of" in refused(SOLEUS_SAFETY__COUNTRY="Atlantis")


@pytest.mark.parametrize(
    "broken", ["[[rule]]\nid = 1\n", "no toml", '[[change]]\nid = "RF01"\noff = true\n']
)
def test_rules_that_are_broken_or_weaker_stop_the_start(broken: str, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(broken, encoding="utf-8")
    assert refused(SOLEUS_SAFETY__RULES=str(own)).startswith("Error: ")


def test_rules_that_are_not_there_stop_the_start(tmp_path: Path) -> None:
    assert "gone.toml" in refused(SOLEUS_SAFETY__RULES=str(tmp_path / "gone.toml"))


def test_strangers_are_not_let_in_before_the_operator_has_said_who_is_there() -> None:
    assert "safety.country" in refused(SOLEUS_SERVER__HOST="0.0.0.0")  # noqa: S104


def test_the_page_is_told_what_the_operator_has_set_and_what_not() -> None:
    about = _about(Settings(), ())
    assert about.missing == ("operator.contact", "safety.country", "operator.privacy_note")
    assert about.reviewed_by == ""
    safety = SafetySettings(country="UK", reviewed_by=" Dr Q ")
    operator = OperatorSettings(contact="the physio", privacy_note="We keep nothing.")
    about = _about(Settings(safety=safety, operator=operator), ())
    assert about.missing == ()
    assert about.reviewed_by == "Dr Q"
    assert about.review_stale
    assert about.privacy_note == "We keep nothing."
