"""What a warning and a note look like in a terminal."""

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from assistant.reply import Alert, AnswerItem, ItemKind, Reply, Writing
from assistant.terminal import print_reply
from tests.ui import scripted
from tests.ui.scripted import says
from tests.ui.writer import DRAFTED, FAILURE, FIRST, QUOTED, WRITTEN


def printed(reply: Reply) -> str:
    out = StringIO()
    print_reply(reply, Console(file=out, width=160), with_why=True)
    return out.getvalue()


def test_an_emergency_is_printed_with_what_to_do_first_and_nothing_else() -> None:
    text = printed(scripted.ESCALATE)
    assert text.index("Emergency") < text.index(scripted.EMERGENCY.act)
    for line in (*scripted.EMERGENCY.lines, *scripted.URGENT.lines):
        assert line in text
    assert "Health service: Leg clots, checked 22 November 2026" in text
    assert "Reviewed by: none yet" in text
    assert "Read as" not in text


def test_a_lesser_warning_stands_above_the_answer() -> None:
    text = printed(replace(scripted.ANSWER, alert=Alert((scripted.SEE,))))
    assert "See a professional" in text
    assert text.index(scripted.SEE.act) < text.index(scripted.RELEASE.sentences[0].text)


def test_words_in_the_readers_language_come_before_the_reply() -> None:
    text = printed(replace(scripted.ABSTAIN, foreign=scripted.FOREIGN))
    assert text.index("Qui i testi") < text.index(scripted.ABSTAIN.message)


def test_notes_are_printed_apart_from_the_answer_with_their_sources() -> None:
    text = printed(scripted.NOTED)
    assert text.index(scripted.SALT.sentences[0].text) < text.index("What better evidence says")
    assert "A review still counts stretching as help." in text
    assert "Signs to look for" in text
    assert "A review" in printed(replace(scripted.ABSTAIN, notes=scripted.NOTES))


def test_words_of_a_model_are_marked_and_it_says_whose_they_are() -> None:
    why = replace(scripted.WHY, drafted=DRAFTED, rewritten="stretch a calf cramp")
    writing = Writing("qwen2.5:7b", 3, 1, 1)
    text = printed(replace(scripted.ANSWER, items=WRITTEN, writing=writing, why=why))
    assert "Worded by qwen2.5:7b, each sentence checked against the texts" in text
    assert f"  ~ {FIRST.text} [1]" in text
    assert f"  {QUOTED.text} [3]" in text
    assert "Reworded by the model as: stretch a calf cramp" in text
    assert "replaced by a quote" in text
    assert "left out" in text
    assert "cites nothing" in text
    assert not any(unread in text for unread in ("an hour", "400 mg"))


def test_a_model_that_failed_is_told_of_above_the_quotes() -> None:
    text = printed(replace(scripted.ANSWER, writing=Writing("m", failure=FAILURE)))
    assert text.index(FAILURE) < text.index("Quoted from the shelf, word for word")
    assert "~" not in text
    assert "Quoted from" not in printed(scripted.ANSWER)


@pytest.mark.parametrize(
    ("markers", "listed"),
    [
        ((1, 2, 3), "[1]-[3]"),
        ((1, 2, 2, 1, 3), "[1]-[3]"),
        ((3, 1, 2), "[1]-[3]"),
        ((1, 1, 3), "[1] [3]"),
        ((1, 2, 2, 4), "[1] [2] [4]"),
        ((2, 2, 2), "[2]"),
        ((1, 2), "[1] [2]"),
    ],
)
def test_every_marker_is_listed_once_and_only_a_run_as_a_run(
    markers: tuple[int, ...], listed: str
) -> None:
    text = scripted.RELEASE.sentences[0].text
    cited = tuple(says(marker, scripted.RELEASE, text) for marker in markers)
    item = AnswerItem(ItemKind.STATEMENT, "One article says:", cited)
    sources = printed(replace(scripted.ANSWER, items=(item,))).split("Sources")[1]
    assert f"  {listed} our summary of" in sources
