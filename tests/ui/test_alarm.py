"""How a warning, words in another language and a note of ours look."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reply import Alert, Call, EvidenceNote, Level, Notice, NoticeSource
from assistant.ui.alarm import render_above, render_alert, render_foreign, render_notes
from assistant.ui.render import render_reply
from tests.ui import scripted
from tests.ui.test_render import Read, nasty, only_our_markup, shown, values

sources = st.builds(
    NoticeSource, nasty, nasty, st.none() | st.dates(), st.sampled_from(["P", "M", "?"]), nasty
)
notices = st.builds(
    Notice,
    rule=nasty,
    level=st.sampled_from(Level),
    act=nasty,
    because=nasty,
    avoid=nasty,
    meanwhile=nasty,
    calls=st.lists(st.builds(Call, nasty), max_size=3).map(tuple),
    sources=st.lists(sources, max_size=2).map(tuple),
    reviewed_by=nasty,
)
notes = st.builds(
    EvidenceNote, nasty, nasty, nasty, st.lists(sources, min_size=1, max_size=2).map(tuple)
)


@given(st.lists(notices, min_size=1, max_size=3), nasty, st.lists(notes, max_size=2))
def test_no_text_of_a_warning_or_a_note_ever_becomes_markup(
    several: list[Notice], foreign: str, beside: list[EvidenceNote]
) -> None:
    read = Read(render_above(Alert(tuple(several)), foreign) + render_notes(beside))
    only_our_markup(read)
    for notice in several:
        assert all(line in read.text for line in notice.lines)


@pytest.mark.parametrize(
    ("notice", "words", "kind"),
    [
        (scripted.EMERGENCY, "Emergency", "alarm--emergency"),
        (scripted.URGENT, "Urgent", "alarm--urgent"),
        (scripted.SEE, "See a professional", "alarm--see-professional"),
    ],
)
def test_a_level_is_told_by_words_and_shape_and_colour(
    notice: Notice, words: str, kind: str
) -> None:
    html = render_alert(Alert((notice,)))
    assert words in Read(html).text
    assert kind in html
    assert 'class="alarm__shape"' in html


def test_no_two_levels_share_a_shape() -> None:
    drawn = {
        render_alert(Alert((notice,))).split("</svg>")[0].split("<svg")[1]
        for notice in (scripted.EMERGENCY, scripted.URGENT, scripted.SEE)
    }
    assert len(drawn) == 3


def test_what_to_do_comes_first_then_the_numbers_then_why() -> None:
    html = render_alert(Alert((scripted.URGENT,)))
    order = [
        scripted.URGENT.act,
        'href="tel:111"',
        scripted.URGENT.because,
        scripted.URGENT.avoid,
        scripted.URGENT.meanwhile,
        'href="tel:999"',
        "Health service: Leg clots, checked 22 November 2026 · health.example/leg-clots",
        "Reviewed by: Dr Q. Example",
    ]
    places = [html.index(words) for words in order]
    assert places == sorted(places)


def test_a_number_is_dialled_without_its_spaces_and_read_with_them() -> None:
    notice = replace(scripted.EMERGENCY, calls=(Call("116 123"), Call("+44 20 7946 0000")))
    html = render_alert(Alert((notice,)))
    assert '<a class="call" href="tel:116123">' in html
    assert '<a class="call" href="tel:+442079460000">' in html
    assert "Call 116 123" in Read(html).text


def test_without_a_number_there_is_nothing_to_tap() -> None:
    assert "tel:" not in render_alert(Alert((scripted.SEE,)))
    odd = replace(scripted.SEE, calls=(Call("nobody"),))
    assert "tel:" not in render_alert(Alert((odd,)))


def test_every_notice_is_shown_the_gravest_first() -> None:
    html = render_alert(scripted.ESCALATE.alert)
    assert html.index(scripted.EMERGENCY.act) < html.index(scripted.URGENT.act)
    text = Read(html).text
    assert "Also: Urgent" in text
    for line in (*scripted.EMERGENCY.lines, *scripted.URGENT.lines):
        assert line in text


def test_an_address_is_text_and_never_a_link() -> None:
    read = Read(render_above(scripted.ESCALATE.alert, "") + render_notes(scripted.NOTES))
    assert "health.example/leg-clots" in read.text
    assert all(link.startswith("tel:") for link in values(read, "href"))


def test_words_in_another_language_say_that_it_is_not_known_which() -> None:
    assert render_foreign("") == ""
    assert render_foreign("Ciao.\n\nSi.") == (
        '<div class="foreign"><p dir="auto" lang="">Ciao.</p><p dir="auto" lang="">Si.</p></div>'
    )


def test_what_a_warning_says_in_that_language_is_not_said_twice() -> None:
    last = scripted.FOREIGN.splitlines()[1]
    alert = Alert((replace(scripted.EMERGENCY, act=last),))
    assert render_above(alert, scripted.FOREIGN).count(last) == 1


def test_notes_stand_apart_below_the_answer_under_a_name_of_their_own() -> None:
    html = render_reply(scripted.NOTED, "c1-t1", scripted.SHELF)
    answer, below = html.split('<div class="answer">')[1].split('<div class="notes"', 1)
    assert "A review still counts" not in answer
    assert 'role="note"' in below
    text = Read(html).text
    for words in (
        "What better evidence says",
        "Signs to look for",
        "A review still counts stretching as help.",
        "Soleus’s own words, not the texts’.",
        "Health service: Leg clots",
    ):
        assert words in text


def test_notes_are_shown_where_there_is_no_answer_too() -> None:
    reply = replace(scripted.ABSTAIN, notes=scripted.NOTES)
    assert "A review still counts" in shown(reply).text


def test_notes_wait_until_the_answer_is_whole() -> None:
    unfinished = render_reply(scripted.NOTED, "c1-t1", scripted.SHELF, finished=False)
    assert "What better evidence says" not in unfinished


def test_what_waits_and_what_is_an_instruction_have_cards_of_their_own() -> None:
    wait = render_reply(scripted.WAIT, "c1-t1", {})
    assert "card--wait" in wait
    assert wait.index(scripted.URGENT.act) < wait.index(scripted.WAIT.message)
    instruction = render_reply(scripted.INSTRUCTION, "c1-t1", {})
    assert "card--instruction" in instruction
    assert scripted.INSTRUCTION.message in instruction
