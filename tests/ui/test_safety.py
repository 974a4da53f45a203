"""The page about the warnings says whose word it goes on, and how far it can be trusted."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.guard.contacts import read_contacts
from assistant.guard.guard import Guard, open_guard
from assistant.models.card import ModelCard
from assistant.reply import Level
from assistant.ui.about import PageInfo
from assistant.ui.measured import MEASURED, Measured, read_measured
from assistant.ui.safety import render_safety
from tests.ui.test_render import Read, values

FIGURES: dict[str, Any] = {
    "measured_on": "2026-11-24",
    "commit": "abc1234",
    "messages": 310,
    "emergency_missed": {"k": 0, "n": 60, "low": 0.0, "high": 0.06},
    "urgent_missed": {"k": 1, "n": 80, "low": 0.002, "high": 0.067},
    "benign_escalated": {"k": 3, "n": 120, "low": 0.009, "high": 0.071},
    "command": "python -m eval safety",
    "told_besides": [1, 2],
}


@pytest.fixture(scope="module")
def guard() -> Guard:
    return open_guard(read_contacts("UK"))


class Page(Read):
    """The whole page; tags without an end are let through."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag in {"meta", "link"}:
            self.open.pop()


def page_of(guard: Guard, about: PageInfo | None = None, measured: Measured | None = None) -> Page:
    return Page(render_safety(guard, about or PageInfo(), measured))


def words_of(page: Page) -> str:
    return " ".join(page.text.split())


def test_every_rule_is_there_with_its_words_its_sources_and_its_reviewer(guard: Guard) -> None:
    page = page_of(guard)
    text = words_of(page)
    assert page.open == []
    ids = values(page, "id")
    assert ids == [rule.id for rule in guard.rules]
    for rule in guard.rules:
        assert guard.contacts.fill(rule.act[rule.level]) in text
        assert all(f"“{said}”" in text for said in rule.never_say)
        for source in rule.sources:
            assert f"{source.organisation}: {source.title}" in text
            assert f"({source.tag})" in text
        assert all(trigger.condition.source in text for trigger in rule.triggers)


def test_words_of_a_raised_level_are_shown_too(guard: Guard) -> None:
    text = words_of(page_of(guard))
    raised = [
        rule.act[trigger.level]
        for rule in guard.rules
        for trigger in rule.triggers
        if trigger.level is not rule.level
    ]
    assert raised
    assert all(guard.contacts.fill(act) in text for act in raised)


def test_until_somebody_has_reviewed_the_rules_it_says_so_first(guard: Guard) -> None:
    text = words_of(page_of(guard))
    assert "Reviewed by: none yet" in text
    assert "no clinician has reviewed them yet" in text
    assert text.index("none yet") < text.index("What it cannot do")


def test_a_reviewer_is_named_with_the_date(guard: Guard) -> None:
    about = PageInfo(reviewed_by="Dr <Q>", reviewed_on=date(2026, 11, 1))
    reviewed = replace(guard, reviewed_by="Dr <Q>")
    text = words_of(page_of(reviewed, about))
    assert "Reviewed by: Dr <Q>" in text
    assert "reviewed by Dr <Q> on 1 November 2026." in text
    assert f"{len(guard.rules)} of {len(guard.rules)} rules have a named reviewer." in text


def test_a_rule_with_a_reviewer_of_its_own_names_them(guard: Guard) -> None:
    first, *rest = guard.rules
    own = replace(guard, rules=(replace(first, reviewed_by="Dr Own"), *rest))
    text = words_of(page_of(own))
    assert f"1 of {len(guard.rules)} rules have a named reviewer." in text
    assert "were checked by Dr Own" in text


def test_its_limits_are_said_in_plain_words(guard: Guard) -> None:
    text = words_of(page_of(guard))
    for said in ("not a medical device", "makes no diagnosis", "Silence promises nothing."):
        assert said in text


def test_figures_are_shown_when_there_are_any(guard: Guard, tmp_path: Path) -> None:
    path = tmp_path / "measured.json"
    path.write_text(json.dumps(FIGURES), encoding="utf-8")
    text = words_of(page_of(guard, measured=read_measured(path)))
    assert "1 of 80: 1.2% (0.2% to 6.7%)" in text
    assert "On 310 messages" in text
    assert "commit abc1234" in text
    assert "Not measured" not in text


def test_without_figures_it_says_so(guard: Guard, tmp_path: Path) -> None:
    assert read_measured(tmp_path / "nothing.json") is None
    assert "Not measured on this build." in words_of(page_of(guard))


@pytest.mark.parametrize(
    "broken", ["", "[]", "{", json.dumps({**FIGURES, "urgent_missed": {"k": 1}})]
)
def test_figures_that_cannot_be_read_are_left_out_and_logged(
    broken: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "measured.json"
    path.write_text(broken, encoding="utf-8")
    assert read_measured(path) is None
    assert "cannot be read" in caplog.text


@pytest.mark.skipif(not MEASURED.exists(), reason="not measured on this build")
def test_the_figures_of_this_build_can_be_read() -> None:
    assert read_measured() is not None


@pytest.mark.parametrize(
    ("country", "shown", "hidden"),
    [
        ("UK", "Samaritans on 116 123", "0800 611 116"),
        ("NZ", "0800 611 116", "116 123"),
        ("", "No country is set, so no number can be tapped.", "116 123"),
    ],
)
def test_contacts_are_those_of_the_country_and_no_others(
    country: str, shown: str, hidden: str
) -> None:
    text = words_of(page_of(open_guard(read_contacts(country))))
    assert shown in text
    assert hidden not in text


def test_what_an_operator_writes_stays_text() -> None:
    nasty = '<img src=x onerror="alert(1)">'
    guard = open_guard(read_contacts("UK", {"crisis": nasty}), reviewed_by=nasty)
    page = page_of(guard, PageInfo(name=nasty, reviewed_by=nasty, missing=(nasty,)))
    assert "img" not in page.tags
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert nasty in page.text


def test_every_level_is_explained(guard: Guard) -> None:
    levels = {trigger.level for rule in guard.rules for trigger in rule.triggers}
    assert levels <= {Level.EMERGENCY, Level.URGENT, Level.SEE_PROFESSIONAL}
    assert "be seen the same day" in words_of(page_of(guard))


def test_where_a_model_words_answers_it_says_what_is_checked_and_what_is_not(guard: Guard) -> None:
    card = ModelCard("Qwen <2.5>", "Example & Co", asks_consent=True)
    page = page_of(guard, PageInfo(card=card))
    text = words_of(page)
    assert page.open == []
    assert "Answers worded by Qwen <2.5>" in text
    assert "on a server of Example & Co" in text
    assert "only what readers ask after they agreed" in text
    assert "its words are shown nowhere" in text
    assert text.index("What is checked") < text.index("What is not")
    here = words_of(page_of(guard, PageInfo(card=ModelCard("qwen"))))
    assert "on the computer of this page" in here
    assert "agreed" not in here


def test_where_no_model_words_answers_nothing_is_said_of_one(guard: Guard) -> None:
    assert "worded by" not in words_of(page_of(guard))
