"""The rules that are shipped: whole, sourced, at the level they were given, safely worded."""

import re
from pathlib import Path

import pytest

from assistant.errors import RulesError
from assistant.guard.contacts import numbers_in
from assistant.guard.guard import Guard
from assistant.guard.lexicon import GuardLexicon
from assistant.guard.rules import NOBODY, RULES, TOPICS, Rule, read_rules, reviewers
from assistant.reply import Level

EMERGENCY = "01 04 05 07 09 10 14 16 18 21 29 30 32"
URGENT = "02 03 06 08 12 13 17 20 22 24 25 27 28 31"
SEE_PROFESSIONAL = "11 15 19 23 26 33 34"
LEVELS = {
    f"RF{number}": level
    for numbers, level in (
        (EMERGENCY, Level.EMERGENCY),
        (URGENT, Level.URGENT),
        (SEE_PROFESSIONAL, Level.SEE_PROFESSIONAL),
    )
    for number in numbers.split()
}
IDS = sorted(LEVELS)
CLOTS = ("RF02", "RF03", "RF27")
# What no warning may say, whoever wrote it: a finding, a comfort, a way to stop a prescription.
NEVER = (
    r"\byou (?:have|'ve got|are having|suffer)\b",
    r"\b(?:stop taking|come off|skip a dose|stop your)\b",
    r"\b(?:nothing to worry|probably (?:just|fine)|don't worry|safe to (?:run|race|continue))\b",
    r"\b\d+ ?(?:mg|ml|g|tablets?)\b",
    r"\b(?:diagnos|your risk is|chance of \d)",
)
RULE = """
[[rule]]
id = "{id}"
level = "{level}"
topic = "made up"
when = {when}
unless = {unless}
act = "{act}"
because = "It can matter."
never_say = {never_say}
withhold = {withhold}
{more}
[[rule.source]]
organisation = "A"
title = "B"
checked = 2026-11-22
tag = "{tag}"
address = ""
{source}
"""
PLAIN = {
    "id": "XX01",
    "level": "urgent",
    "when": '["swelling@leg"]',
    "unless": "[]",
    "act": "Contact {urgent} today.",
    "never_say": "[]",
    "withhold": "[]",
    "more": "",
    "tag": "P",
    "source": "",
}
REFUSED = [
    ("an unknown key", {"more": 'colour = "red"'}, "colour"),
    ("an unknown key of a source", {"source": 'page = "4"'}, "page"),
    ("an unknown concept", {"when": '["wobbliness@leg"]'}, "wobbliness"),
    ("an unknown zone", {"when": '["swelling@elbow"]'}, "elbow"),
    ("an unknown exception", {"unless": '["wobbliness"]'}, "wobbliness"),
    ("an unknown exception of a way", {"when": '[{ if = "numb", unless = ["wobbly"] }]'}, "wobbly"),
    ("an unknown placeholder", {"act": "Call {doctor} now."}, "doctor"),
    ("an empty placeholder", {"act": "Call {} now."}, "XX01"),
    ("an unknown topic to withhold", {"withhold": '["rolling"]'}, "rolling"),
    ("no condition", {"when": "[]"}, "when"),
    ("an empty condition", {"when": '[""]'}, "XX01|''"),
    ("a level there is not", {"level": "self_care"}, "level"),
    ("a level of one way there is not", {"when": '[{ if = "swelling", level = "low" }]'}, "level"),
    ("no act", {"act": ""}, "act"),
    ("an endless act", {"act": "Go. " * 200}, "act"),
    ("general knowledge for a source", {"tag": "K"}, "tag"),
    ("an unknown tag", {"tag": "Z"}, "tag"),
    ("what it must never say", {"act": "It is just a cramp.", "never_say": '["just a"]'}, "just a"),
    ("the same, in capitals", {"act": "It is JUST A cramp.", "never_say": '["just a"]'}, "just a"),
    ("an id of another shape", {"id": "rule-1"}, "id"),
]  # fmt: skip


def written(folder: Path, *changes: dict[str, str], name: str = "rules.toml") -> Path:
    path = folder / name
    path.write_text("\n".join(RULE.format(**{**PLAIN, **each}) for each in changes), "utf-8")
    return path


@pytest.fixture(scope="module")
def rules(guard: Guard) -> dict[str, Rule]:
    return {rule.id: rule for rule in guard.rules}


def said_by(rule: Rule) -> str:
    return " ".join((*rule.act.values(), rule.because, rule.avoid, rule.meanwhile))


def test_every_rule_is_there_once_and_in_order(guard: Guard) -> None:
    assert [rule.id for rule in guard.rules] == [f"RF{number:02}" for number in range(1, 35)]


@pytest.mark.parametrize("name", IDS)
def test_a_rule_has_the_level_it_was_given(rules: dict[str, Rule], name: str) -> None:
    rule = rules[name]
    assert rule.level is LEVELS[name]
    assert all(trigger.level.rank >= rule.level.rank for trigger in rule.triggers)


def test_three_rules_can_rise(rules: dict[str, Rule]) -> None:
    rising = {
        (name, trigger.level)
        for name, rule in rules.items()
        for trigger in rule.triggers
        if trigger.level is not rule.level
    }
    assert rising == {
        ("RF28", Level.EMERGENCY),
        ("RF31", Level.EMERGENCY),
        ("RF33", Level.URGENT),
    }


@pytest.mark.parametrize("name", IDS)
def test_a_rule_names_who_says_so(rules: dict[str, Rule], name: str) -> None:
    sources = rules[name].sources
    assert sources
    assert all(each.organisation and each.title and each.tag in "PMS" for each in sources)
    assert all("://" not in each.address for each in sources)


@pytest.mark.parametrize("name", IDS)
def test_a_rule_holds_no_telephone_number(rules: dict[str, Rule], name: str) -> None:
    assert numbers_in(said_by(rules[name])) == ()


@pytest.mark.parametrize("name", IDS)
def test_a_rule_says_nothing_it_must_never_say(rules: dict[str, Rule], name: str) -> None:
    said = said_by(rules[name]).lower()
    assert [pattern for pattern in NEVER if re.search(pattern, said)] == []
    assert [words for words in rules[name].never_say if words in said] == []
    assert "you have" in rules[name].never_say


@pytest.mark.parametrize("name", IDS)
def test_the_act_fits_the_level(rules: dict[str, Rule], name: str) -> None:
    opening = {
        Level.EMERGENCY: r"\{emergency\}|emergency department",
        Level.URGENT: r"\{urgent\} today",
        Level.SEE_PROFESSIONAL: r"^(?:Stop running for now\. )?Book to see a ",
    }
    for level in {trigger.level for trigger in rules[name].triggers}:
        first = ". ".join(rules[name].act[level].split(". ")[:2])
        assert re.search(opening[level], first), first


@pytest.mark.parametrize("name", IDS)
def test_what_a_rule_withholds_is_known(rules: dict[str, Rule], name: str) -> None:
    rule = rules[name]
    assert rule.withhold <= TOPICS
    if rule.level is Level.EMERGENCY:
        assert rule.withhold == {"everything"}


@pytest.mark.parametrize("name", CLOTS)
def test_a_possible_clot_withholds_rubbing_stretching_and_racing(
    rules: dict[str, Rule], name: str
) -> None:
    assert rules[name].withhold == {"everything"}
    assert "Do not massage" in rules[name].avoid


def test_nobody_has_reviewed_the_shipped_rules_and_they_say_so(guard: Guard) -> None:
    assert {rule.reviewed_by for rule in guard.rules} == {NOBODY}
    assert reviewers(guard.rules) == ()


def test_the_file_names_no_general_knowledge() -> None:
    assert 'tag = "K"' not in RULES.read_text(encoding="utf-8")


def test_a_made_up_rule_is_read(tmp_path: Path, words: GuardLexicon) -> None:
    (rule,) = read_rules(words, written(tmp_path, {}))
    assert (rule.id, rule.level, rule.reviewed_by) == ("XX01", Level.URGENT, NOBODY)


@pytest.mark.parametrize(
    ("change", "named"), [pytest.param(change, named, id=name) for name, change, named in REFUSED]
)
def test_a_rule_with_a_mistake_is_refused_and_named(
    tmp_path: Path, words: GuardLexicon, change: dict[str, str], named: str
) -> None:
    with pytest.raises(RulesError, match=named):
        read_rules(words, written(tmp_path, change))


def test_a_rule_without_a_source_is_refused(tmp_path: Path, words: GuardLexicon) -> None:
    path = written(tmp_path, {})
    path.write_text(path.read_text("utf-8").split("[[rule.source]]")[0], "utf-8")
    with pytest.raises(RulesError, match="source"):
        read_rules(words, path)


def test_an_id_that_stands_twice_is_refused(tmp_path: Path, words: GuardLexicon) -> None:
    with pytest.raises(RulesError, match="twice"):
        read_rules(words, written(tmp_path, {}, {"level": "emergency"}))


def test_a_missing_file_stops_the_start(tmp_path: Path, words: GuardLexicon) -> None:
    with pytest.raises(RulesError, match=r"rules\.toml.*does not start"):
        read_rules(words, tmp_path / "rules.toml")


@pytest.mark.parametrize("text", ["[[rule]", "", "rule = 3", "[[rules]]\nid = 'RF01'"])
def test_a_broken_file_stops_the_start(tmp_path: Path, words: GuardLexicon, text: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError, match=r"rules\.toml"):
        read_rules(words, path)


def test_a_way_that_asks_for_less_than_the_rule_is_raised_to_it(
    tmp_path: Path, words: GuardLexicon
) -> None:
    when = '[{ if = "swelling", level = "see_professional" }, { if = "numb", level = "emergency" }]'
    (rule,) = read_rules(words, written(tmp_path, {"when": when}))
    assert [trigger.level for trigger in rule.triggers] == [Level.URGENT, Level.EMERGENCY]


def test_reviewers_are_named_once(tmp_path: Path, words: GuardLexicon) -> None:
    by = 'reviewed_by = "Dr A. Amin"'
    path = written(tmp_path, {"more": by}, {"id": "XX02"}, {"id": "XX03", "more": by})
    assert reviewers(read_rules(words, path)) == ("Dr A. Amin",)
