"""Who else would read a question is said before it is asked, and only where somebody would."""

import pytest

from assistant.models.card import ModelCard
from assistant.ui.about import PageInfo, render_hero, render_standing_line
from assistant.ui.consent import render_consent
from tests.ui.scripted import EXAMPLES
from tests.ui.test_render import Read, values

ELSEWHERE = ModelCard("Qwen <2.5>", "Example & Co", asks_consent=True)


def test_it_names_the_model_and_whose_servers_read_and_offers_both_answers() -> None:
    page = Read(render_consent(ELSEWHERE, None))
    assert page.open == []
    assert "May Example & Co read your questions?" in page.text
    assert "Yes, let Qwen <2.5> word my answers" in page.text
    assert "No, quotes only" in page.text
    assert values(page, "data-consent") == ["yes", "no"]


@pytest.mark.parametrize(("agreed", "offered"), [(True, "no"), (False, "yes")])
def test_whatever_was_answered_can_be_changed(*, agreed: bool, offered: str) -> None:
    page = Read(render_consent(ELSEWHERE, agreed))
    assert page.open == []
    assert values(page, "data-consent") == [offered]


def test_a_server_without_a_name_is_still_told_of() -> None:
    html = render_consent(ModelCard("m", asks_consent=True), None)
    assert "May the computer of this page read" in html


def test_the_notice_names_the_model_that_may_word_answers() -> None:
    with_model = PageInfo(card=ELSEWHERE)
    assert "Answers may be worded by Qwen &lt;2.5&gt;." in render_standing_line(with_model)
    assert "worded" not in render_standing_line(PageInfo())
    assert "If you agree below, Example &amp; Co reads it too" in render_hero(with_model, EXAMPLES)
    here = render_hero(PageInfo(card=ModelCard("qwen")), EXAMPLES)
    assert "worded by qwen and checked" in here
    assert "agree" not in here
    assert "worded" not in render_hero(PageInfo(), EXAMPLES)
