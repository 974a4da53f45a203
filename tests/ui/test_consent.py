"""Who else would read a question is said before it is asked, and only where somebody would."""

import pytest

from assistant.models.card import ModelCard
from assistant.ui.about import PageInfo, render_hero, render_standing_line
from assistant.ui.consent import render_consent
from assistant.ui.visit import REMEMBERED, Visit
from tests.ui.scripted import EXAMPLES
from tests.ui.test_render import Read, values

ELSEWHERE = ModelCard("Qwen <2.5>", "Example & Co", asks_consent=True)


def test_it_names_the_model_and_whose_servers_read_and_offers_both_answers() -> None:
    page = Read(render_consent(ELSEWHERE, None))
    assert page.open == []
    assert "May Example & Co read your questions?" in page.text
    assert "Yes, let Qwen <2.5> word my answers" in page.text
    assert "No, quotes only" in page.text
    assert "what you ask on this page from now on is sent there" in page.text
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
    hero = render_hero(with_model, EXAMPLES)
    assert "If you agree below, Example &amp; Co reads what you ask from then on" in hero
    here = render_hero(PageInfo(card=ModelCard("qwen")), EXAMPLES)
    assert "worded by qwen and checked" in here
    assert "agree" not in here
    assert "worded" not in render_hero(PageInfo(), EXAMPLES)


def test_what_becomes_of_a_question_is_said_before_the_first_one() -> None:
    hero = render_hero(PageInfo(), EXAMPLES)
    assert "What you type is never written down" in hero
    kept = render_hero(PageInfo(kept_days=30), EXAMPLES)
    assert "What you ask is kept for 30 days" in kept
    assert "without a word of it where it is about something grave" in kept
    wordless = render_hero(PageInfo(kept_days=1, kept_words=False), EXAMPLES)
    assert "What became of your questions is kept for a day, without their words." in wordless
    assert not any("never written down" in told for told in (kept, wordless))


def private(visit: Visit) -> int:
    """How many of the turns before the last one no model may read."""
    return visit.question().earlier_private


def test_a_yes_is_for_what_is_asked_after_it() -> None:
    agreed = Visit().asking("one").asking("two").agreeing(agreed=True)
    assert private(agreed.asking("three")) == 2
    assert private(agreed.asking("three").asking("four").agreeing(agreed=True)) == 2
    assert private(agreed.afresh().asking("five")) == 0
    assert private(Visit().agreeing(agreed=True).asking("one").asking("two")) == 0


def test_after_a_no_everything_up_to_the_next_yes_stays_private() -> None:
    refused = Visit().agreeing(agreed=True).asking("one").agreeing(agreed=False).asking("two")
    assert private(refused.agreeing(agreed=True).asking("three")) == 2


def test_a_question_sent_again_after_a_yes_is_asked_after_it() -> None:
    agreed = Visit().asking("one").asking("two").agreeing(agreed=True)
    assert private(agreed) == 1
    assert private(agreed.asking_again().asking("three")) == 1
    assert private(agreed.asking("three").asking_again()) == 2


def test_private_turns_that_are_no_longer_handed_on_are_not_counted() -> None:
    half = "x" * (REMEMBERED // 2)
    visit = Visit().asking(half).asking("private").agreeing(agreed=True)
    assert private(visit.asking(half)) == 2
    later = visit.asking(half).asking("now")
    assert later.question().earlier == ("private", half)[-len(later.question().earlier) :]
    assert private(later) == 1
    assert private(later.asking(half).asking("now")) == 0
