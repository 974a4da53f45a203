"""Every rule on messages of its own: twelve that must make it fire, eight that must not."""

from collections import Counter

import pytest

from assistant.guard.guard import Guard
from tests.assistant.guard.labelled import LABELLED, Labelled

RULES = [f"RF{number:02}" for number in range(1, 35)]
MUST_FIRE = {"plain", "slang", "typo", "buried", "third_person", "two_turns"}
MUST_NOT = {"negated", "resolved", "idiom", "other_meaning", "hypothetical", "other_past"}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_messages_enough(rule: str) -> None:
    own = [case for case in LABELLED if case.rule == rule]
    assert sum(case.fires for case in own) >= 12
    assert sum(not case.fires for case in own) >= 8


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_messages_of_every_kind(rule: str) -> None:
    kinds = {fires: {c.kind for c in LABELLED if c.rule == rule and c.fires is fires} for fires in
             (True, False)}  # fmt: skip
    assert kinds[True] >= MUST_FIRE
    assert kinds[False] >= MUST_NOT


@pytest.mark.parametrize("case", LABELLED, ids=str)
def test_a_message_does_what_it_is_labelled(guard: Guard, case: Labelled) -> None:
    fired = {each.rule.id: [f.words for f in each.findings] for each in guard.fired(case.turns)}
    assert (case.rule in fired) is case.fires, (case.kind, case.turns, fired.get(case.rule))


def test_no_message_stands_twice() -> None:
    counts = Counter(case.turns for case in LABELLED)
    assert [turns for turns, count in counts.items() if count > 1] == []


def test_every_label_is_for_a_rule_there_is(guard: Guard) -> None:
    assert {case.rule for case in LABELLED} <= {rule.id for rule in guard.rules}
