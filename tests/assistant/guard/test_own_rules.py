"""An operator's own file: stricter as they like, weaker only in a reviewer's name."""

from pathlib import Path

import pytest

from assistant.errors import RulesError
from assistant.guard.contacts import read_contacts
from assistant.guard.guard import Guard, open_guard
from assistant.guard.lexicon import GuardLexicon
from assistant.guard.rules import NOBODY, Rule, read_rules
from assistant.question import Question
from assistant.reply import Level

CLUB_RULE = """
[[rule]]
id = "CLUB01"
level = "see_professional"
topic = "made up"
when = ["tight_rings"]
act = "Book to see a GP."
because = "It can matter."
[[rule.source]]
organisation = "Anytown Harriers"
title = "Welfare page"
checked = 2026-11-22
tag = "P"
address = ""
"""
STRICTER = [
    ("a way more", 'id = "RF02"\nadd_when = ["tingling@leg"]'),
    (
        "a way more, higher",
        'id = "RF02"\nadd_when = [{ if = "tingling@leg", level = "emergency" }]',
    ),
    ("a higher level", 'id = "RF11"\nlevel = "urgent"'),
    ("the same level", 'id = "RF11"\nlevel = "see_professional"'),
    ("an exception fewer", 'id = "RF10"\nunless = []'),
    ("a reviewer", 'id = "RF02"\nreviewed_by = "Dr A. Amin"'),
]
WEAKER = [
    ("off", "off = true", "switches the rule off"),
    ("a lower level", 'level = "see_professional"', "lowers its level"),
    ("an exception", 'unless = ["ankle_twist"]', "adds exceptions"),
    ("another act", 'act = "Call {urgent} some time."', "changes its words"),
    ("another reason", 'because = "It can matter."', "changes its words"),
    ("nothing to avoid", 'avoid = ""', "changes its words"),
    ("nothing meanwhile", 'meanwhile = ""', "changes its words"),
]
NO_NAMES = ["", "   ", "none yet", "None Yet", " NONE YET "]
REFUSED = [
    ("a rule there is not", '[[change]]\nid = "RF99"\noff = true', "RF99"),
    ("a rule that is shipped", CLUB_RULE.replace("CLUB01", "RF02"), "RF02"),
    ("its own rule twice", CLUB_RULE + CLUB_RULE, "CLUB01"),
    ("an unknown key", '[[change]]\nid = "RF02"\nmute = true', "mute"),
    ("no id", "[[change]]\noff = true", "id"),
    ("a level there is not", '[[change]]\nid = "RF02"\nlevel = "self_care"', "level"),
    ("an unknown concept", '[[change]]\nid = "RF02"\nadd_when = ["wobbliness"]', "wobbliness"),
    ("general knowledge", CLUB_RULE.replace('"P"', '"K"'), "tag"),
    ("another table", "[[delete]]\nid = 'RF02'", "delete"),
    ("no TOML", "[[change]", "not valid TOML"),
    (
        "an unknown exception",
        '[[change]]\nid = "RF02"\nunless = ["wobbliness"]\nreviewed_by = "Dr A"',
        "wobbliness",
    ),
    (
        "an unknown placeholder",
        '[[change]]\nid = "RF02"\nact = "Ring {doctor}."\nreviewed_by = "Dr A"',
        "doctor",
    ),
    ("no words", '[[change]]\nid = "RF02"\nact = ""\nreviewed_by = "Dr A"', "act"),
    (
        "what the rule must never say",
        '[[change]]\nid = "RF02"\nact = "You have a strain, roll it."\nreviewed_by = "Dr A"',
        "roll it",
    ),
]


def own(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, words: GuardLexicon, text: str) -> dict[str, Rule]:
    return {rule.id: rule for rule in read_rules(words, own=own(folder, text))}


@pytest.mark.parametrize("change", [pytest.param(text, id=name) for name, text in STRICTER])
def test_stricter_needs_nobody(tmp_path: Path, words: GuardLexicon, change: str) -> None:
    assert len(read(tmp_path, words, f"[[change]]\n{change}")) == 34


@pytest.mark.parametrize(
    ("change", "why"), [pytest.param(text, why, id=name) for name, text, why in WEAKER]
)
@pytest.mark.parametrize("name", NO_NAMES)
def test_weaker_without_a_name_is_refused(
    tmp_path: Path, words: GuardLexicon, change: str, why: str, name: str
) -> None:
    text = f'[[change]]\nid = "RF02"\nreviewed_by = "{name}"\n{change}'
    with pytest.raises(RulesError, match=f"RF02 {why}.*reviewed_by"):
        read(tmp_path, words, text)


@pytest.mark.parametrize("change", [pytest.param(text, id=name) for name, text, _ in WEAKER])
def test_weaker_in_a_name_is_taken(tmp_path: Path, words: GuardLexicon, change: str) -> None:
    rules = read(tmp_path, words, f'[[change]]\nid = "RF02"\nreviewed_by = "Dr A"\n{change}')
    assert ("RF02" not in rules) == ("off" in change)
    if "RF02" in rules:
        assert rules["RF02"].reviewed_by == "Dr A"


def test_a_reviewer_of_one_rule_is_none_of_another(tmp_path: Path, words: GuardLexicon) -> None:
    text = '[[change]]\nid = "RF02"\nreviewed_by = "Dr A"\n[[change]]\nid = "RF03"\noff = true'
    with pytest.raises(RulesError, match="RF03"):
        read(tmp_path, words, text)


@pytest.mark.parametrize(
    ("text", "named"), [pytest.param(text, named, id=name) for name, text, named in REFUSED]
)
def test_a_mistake_is_refused_and_named(
    tmp_path: Path, words: GuardLexicon, text: str, named: str
) -> None:
    with pytest.raises(RulesError, match=named):
        read(tmp_path, words, text)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, words: GuardLexicon) -> None:
    with pytest.raises(RulesError, match="own"):
        read_rules(words, own=tmp_path / "own.toml")


def test_an_empty_file_changes_nothing(tmp_path: Path, words: GuardLexicon) -> None:
    assert read_rules(words, own=own(tmp_path, "")) == read_rules(words)


def test_only_what_was_changed_changes(tmp_path: Path, words: GuardLexicon) -> None:
    shipped = {rule.id: rule for rule in read_rules(words)}
    changed = read(tmp_path, words, '[[change]]\nid = "RF02"\nadd_when = ["tingling@leg"]')
    assert {name for name, rule in changed.items() if rule != shipped[name]} == {"RF02"}
    assert changed["RF02"].triggers[:-1] == shipped["RF02"].triggers
    assert changed["RF02"].reviewed_by == NOBODY


def fires(guard: Guard, text: str) -> dict[str, Level]:
    return {each.rule.id: each.level for each in guard.fired((text,))}


def test_a_clubs_own_rule_fires_after_the_shipped_of_its_level(tmp_path: Path) -> None:
    guard = open_guard(read_contacts("UK"), own=own(tmp_path, CLUB_RULE))
    assert fires(guard, "my rings are tight") == {"CLUB01": Level.SEE_PROFESSIONAL}


def test_a_way_more_fires(tmp_path: Path) -> None:
    text = '[[change]]\nid = "RF02"\nadd_when = [{ if = "tingling@leg", level = "emergency" }]'
    guard = open_guard(read_contacts("UK"), own=own(tmp_path, text))
    assert fires(guard, "my calf is tingling")["RF02"] is Level.EMERGENCY


def test_a_raised_rule_leads_and_says_what_fits_its_level(tmp_path: Path) -> None:
    text = '[[change]]\nid = "RF33"\nlevel = "urgent"\n[[change]]\nid = "RF31"\nlevel = "emergency"'
    guard = open_guard(read_contacts("UK"), own=own(tmp_path, text))
    for message, start in (
        ("i make myself sick after meals", "Contact"),
        ("took ibuprofen and my stools are black", "Call 999"),
    ):
        alert = guard.screen(Question(message)).alert
        assert alert is not None
        assert alert.notices[0].act.startswith(start), alert.notices[0].act


def test_a_rule_switched_off_by_a_reviewer_is_silent(tmp_path: Path, guard: Guard) -> None:
    text = '[[change]]\nid = "RF34"\noff = true\nreviewed_by = "Dr A"'
    quieter = open_guard(read_contacts("UK"), own=own(tmp_path, text))
    message = "my calf has been sore for six weeks and is no better"
    assert "RF34" in fires(guard, message)
    assert "RF34" not in fires(quieter, message)
