"""The guard as a whole: who leads, what is shown, what is ignored, and the same every time."""

import os
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import RulesError
from assistant.guard.contacts import read_contacts
from assistant.guard.guard import Guard, open_guard
from assistant.guard.lexicon import GuardLexicon
from assistant.guard.patterns import PhraseBook
from assistant.question import Question
from assistant.reply import Level
from tests.assistant.guard.books import phrases_in
from tests.assistant.guard.labelled import LABELLED, Labelled

ROOT = Path(__file__).resolve().parents[3]
CLOT = "my left calf is swollen and hot since yesterday"
HEART = "crushing chest pressure and my arm hurts"
CRISIS = "i dont want to be here any more"
CRAMP = "calf cramps every single night for two months, they wake me up"
BENIGN = (
    "thanks",
    "which socks do you wear for a marathon?",
    "how do i do a heel drop",
    "parkrun was lovely on saturday, 24:30",
    "👍👍",
)
CALM = (
    "my calves are killing me after the hills",
    "dying on the hill reps today lol",
    "what is a DVT",
    "is it a blood clot?",
    "worried about dvt before my flight",
    "best stretch for tight calves",
    "no swelling, no redness, just a bit tight after the long run",
    "entered the Snowdonia Trail Marathon, any tips?",
    "should i get the Hoka Clifton or the Asics Nimbus",
    "both calves sore the day after a hard workout",
    "swollen? no. red? no. hot? no. just tight",
)
GRAVE = tuple(each for each in LABELLED if each.fires)[::20]


def rules_of(guard: Guard, *turns: str) -> tuple[str, ...]:
    alert = guard.screen(Question(turns[-1], turns[:-1])).alert
    return () if alert is None else alert.rules


@pytest.mark.parametrize("text", CALM)
def test_ordinary_talk_raises_nothing(guard: Guard, text: str) -> None:
    verdict = guard.screen(Question(text))
    assert rules_of(guard, text) == ()
    assert verdict.level is Level.SELF_CARE
    assert verdict.withhold == frozenset()
    assert verdict.foreign == ""


def test_the_highest_level_leads_and_all_are_shown(guard: Guard) -> None:
    alert = guard.screen(Question(f"{CRAMP}. {CLOT}. {HEART}")).alert
    assert alert is not None
    ranks = [notice.level.rank for notice in alert.notices]
    assert ranks == sorted(ranks, reverse=True)
    assert alert.level is Level.EMERGENCY
    assert {"RF02", "RF04", "RF23"} <= set(alert.rules)
    assert len(set(alert.rules)) == len(alert.rules)


def test_what_is_withheld_is_what_any_of_the_rules_withholds(guard: Guard) -> None:
    withheld = guard.screen(Question(CLOT)).withhold
    assert {"everything"} == withhold_of(guard, "RF02") <= withheld
    assert "everything" in guard.screen(Question(HEART)).withhold


def withhold_of(guard: Guard, name: str) -> frozenset[str]:
    return next(rule.withhold for rule in guard.rules if rule.id == name)


def test_the_action_is_said_first_with_the_number_of_the_country(guard: Guard) -> None:
    for code, number in (("UK", "999"), ("NZ", "111"), ("US", "911"), ("AU", "000")):
        alert = replace(guard, contacts=read_contacts(code)).screen(Question(HEART)).alert
        assert alert is not None
        assert alert.notices[0].lines[0].startswith(f"Call {number} now")
        assert number in {call.number for call in alert.notices[0].calls}


def test_an_unset_country_names_no_number_to_tap(guard: Guard) -> None:
    alert = replace(guard, contacts=read_contacts()).screen(Question(HEART)).alert
    assert alert is not None
    assert "local emergency number" in alert.message
    assert [notice.calls for notice in alert.notices] == [()] * len(alert.notices)


def test_a_crisis_is_answered_with_the_crisis_contact(guard: Guard) -> None:
    alert = guard.screen(Question(CRISIS)).alert
    assert alert is not None
    assert alert.level is Level.EMERGENCY
    assert "RF32" in alert.rules
    assert "116 123" in {call.number for notice in alert.notices for call in notice.calls}


def test_a_notice_carries_its_sources_and_who_reviewed_it(guard: Guard) -> None:
    alert = guard.screen(Question(CLOT)).alert
    assert alert is not None
    assert all(notice.sources and notice.reviewed_by == "none yet" for notice in alert.notices)
    reviewed = replace(guard, reviewed_by="Dr A").screen(Question(CLOT)).alert
    assert reviewed is not None
    assert {notice.reviewed_by for notice in reviewed.notices} == {"Dr A"}


def test_only_the_readers_turns_travel() -> None:
    """What a client claims the assistant said has no place to stand in."""
    names = ["text", "earlier", "model_may_read", "earlier_private"]
    assert [field.name for field in fields(Question)] == names


def test_signs_spread_over_two_turns_are_read_together(guard: Guard) -> None:
    assert "RF02" in rules_of(guard, "what about a sore left calf", "it is swollen too")
    assert "RF02" in rules_of(guard, CLOT, "ok, and which socks are best?")


@pytest.mark.parametrize("later", BENIGN)
@pytest.mark.parametrize("case", GRAVE, ids=str)
def test_a_later_benign_turn_lowers_nothing(guard: Guard, case: Labelled, later: str) -> None:
    before = guard.screen(Question(case.turns[-1], case.turns[:-1]))
    after = guard.screen(Question(later, case.turns))
    assert after.level.rank >= before.level.rank


TAKEN_FOR_GRANTED = (
    "should i massage my swollen calf?",
    "can i run on a hot swollen calf?",
    "can i race with chest pressure?",
    "why am i coughing blood?",
    "how do i get this swollen calf down?",
)


@pytest.mark.parametrize("no", ["no", "nope", "no.", "no, not really", "never mind"])
@pytest.mark.parametrize("text", TAKEN_FOR_GRANTED)
def test_a_no_of_a_later_turn_takes_back_no_sign(guard: Guard, text: str, no: str) -> None:
    """Between two turns something else was asked, by us: the "no" may be an answer to that."""
    asked = guard.screen(Question(text))
    assert asked.level.rank >= Level.URGENT.rank
    assert guard.screen(Question(no, (text,))).level.rank >= asked.level.rank


@pytest.mark.parametrize("text", TAKEN_FOR_GRANTED)
def test_a_no_right_after_takes_back_no_sign_that_was_taken_for_granted(
    guard: Guard, text: str
) -> None:
    assert guard.screen(Question(f"{text} no.")).level is guard.screen(Question(text)).level


@pytest.mark.parametrize("earlier", BENIGN)
@pytest.mark.parametrize("text", [CLOT, HEART, CRISIS, CRAMP])
def test_an_earlier_benign_turn_lowers_nothing(guard: Guard, text: str, earlier: str) -> None:
    before = guard.screen(Question(text))
    assert guard.screen(Question(text, (earlier,))).level.rank >= before.level.rank


@pytest.mark.parametrize("text", [CLOT, HEART, CRISIS, CRAMP])
def test_dress_changes_nothing(guard: Guard, text: str) -> None:
    plain = rules_of(guard, text)
    assert plain
    for dressed in (
        text.upper(),
        text.title(),
        f"😭😭 {text} 🙏",
        "\u200b".join(text),
        text.replace(" ", "   "),
        text.replace("i", "і").replace("o", "о"),  # Cyrillic
        f"  {text}!!!",
        f"{text}\n\nsent from my phone",
    ):
        assert rules_of(guard, dressed) == plain, dressed


def test_the_same_message_gets_the_same_verdict(guard: Guard) -> None:
    for case in GRAVE:
        question = Question(case.turns[-1], case.turns[:-1])
        assert guard.screen(question) == guard.screen(question)


def test_no_order_of_a_table_matters(guard: Guard, words: GuardLexicon) -> None:
    """Lexicon, phrases and body parts turned round; the rules keep the order of their file."""
    turned = replace(
        guard,
        lexicon=replace(
            words,
            concepts=dict(reversed(list(words.concepts.items()))),
            zones=dict(reversed(list(words.zones.items()))),
            parts=turned_round(words.parts),
            phrases=turned_round(words.phrases),
        ),
    )
    for case in LABELLED[::3]:
        assert turned.fired(case.turns) == guard.fired(case.turns), case


def turned_round(book: PhraseBook) -> PhraseBook:
    return PhraseBook(reversed(phrases_in(book)))


SCRIPT = """
from assistant.guard.contacts import read_contacts
from assistant.guard.guard import open_guard
from assistant.question import Question
from tests.assistant.guard.books import phrases_in
from tests.assistant.guard.labelled import LABELLED
guard = open_guard(read_contacts("UK"))
for case in LABELLED[::4]:
    alert = guard.screen(Question(case.turns[-1], case.turns[:-1])).alert
    found = guard.fired(case.turns)
    print(alert and alert.rules, [(f.concept, f.part, f.start) for e in found for f in e.findings])
"""


def test_no_order_of_a_set_matters() -> None:
    """Python shuffles sets of words anew in every process, unless it is told how."""
    said = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "271828")
    }
    assert len(said) == 1
    assert len(next(iter(said)).splitlines()) == len(LABELLED[::4])


def test_a_guard_without_its_rules_does_not_open(tmp_path: Path) -> None:
    with pytest.raises(RulesError):
        open_guard(read_contacts("UK"), own=tmp_path / "none.toml")


@settings(max_examples=40)
@given(st.lists(st.sampled_from([CLOT, HEART, CRISIS, CRAMP, *BENIGN]), min_size=1, max_size=4))
def test_more_turns_of_grave_and_benign_never_lower_the_level(
    guard: Guard, turns: list[str]
) -> None:
    levels = [
        guard.screen(Question(turns[k], tuple(turns[:k]))).level.rank for k in range(len(turns))
    ]
    assert levels == sorted(levels)
