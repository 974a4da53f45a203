"""The checker taken apart is the checker, and each of its rules is seen by itself.

The dev half takes long to look at: once for everything that is asked of it, its gate included.
"""

from itertools import pairwise

import pytest

from assistant.checking.check import Checker
from assistant.checking.rules import Source
from corpus import load_documents
from eval.cases.case import Half
from eval.written.gate import breaches, read_gate
from eval.written.labelled import Kept, read_labelled
from eval.written.levels import FORM, LEVELS, RULES, Looked, look, rules_of
from eval.written.measure import measure_half, report_of
from tests.eval.written.made import ICE, SALT, labelled, looked


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.load()


@pytest.fixture(scope="module")
def dev(checker: Checker) -> tuple[Looked, ...]:
    return look(read_labelled(Half.DEV, load_documents()), checker)


def test_the_checker_holds_on_the_dev_half(
    dev: tuple[Looked, ...], checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.written.measure.look", lambda *_: dev)
    report = report_of(measure_half((), Half.DEV, checker), {}, checker.sure)
    lies = report.of(Kept.LIES, Half.DEV)
    assert lies is not None
    assert breaches(report, read_gate(), Half.DEV) == (), lies.wrong


def test_all_rules_together_say_what_the_checker_says(
    dev: tuple[Looked, ...], checker: Checker
) -> None:
    apart = [one.item.id for one in dev if one.passes(RULES, checker.sure) is not one.passed]
    assert apart == []


def test_no_rule_put_back_lets_more_through(dev: tuple[Looked, ...], checker: Checker) -> None:
    passed = [
        {one.item.id for one in dev if one.passes(rules_of(level), checker.sure)}
        for level in range(len(LEVELS))
    ]
    assert all(more >= fewer for more, fewer in pairwise(passed))
    assert len(passed[0]) > len(passed[-1]) > 0


def test_every_rule_catches_lies(dev: tuple[Looked, ...]) -> None:
    caught = {rule for one in dev for rule in one.against if not one.item.supported}
    assert caught >= set(RULES)


@pytest.mark.parametrize(
    ("sentence", "sources", "rule"),
    [
        ("Ice a sore calf for 30 minutes.", (ICE,), "departures"),
        ("Ice a sore calf and its bruise for 20 minutes.", (ICE,), "novelty"),
        ("Salt against calf cramp is worth a try.", (), FORM),
        ("Should you ice a sore calf for 20 minutes?", (ICE,), FORM),
        ("A sore calf wants ice for 20 minutes, one poster says.", (ICE,), "voices"),
    ],
)
def test_a_sentence_is_seen_to_break_a_rule(
    checker: Checker, sentence: str, sources: tuple[Source, ...], rule: str
) -> None:
    (one,) = look([labelled(sentence, *sources)], checker)
    assert rule in one.against
    assert not one.passed


def test_what_stands_there_word_for_word_has_nothing_against_it(checker: Checker) -> None:
    (one,) = look([labelled(SALT.words, SALT)], checker)
    assert (one.against, one.likely, one.passed) == (frozenset(), 1.0, True)


def test_of_two_speakers_the_worse_counts(checker: Checker) -> None:
    (one,) = look([labelled(SALT.words, SALT, ICE)], checker)
    assert one.likely < 1.0
    assert not one.passed


def test_a_threshold_refuses_what_is_less_likely() -> None:
    one = looked(supported=True, likely=0.4)
    assert one.passes(RULES, 0.4)
    assert not one.passes(RULES, 0.41)
    assert looked("roles", supported=False).passes(rules_of(3), 0.3)
    assert not looked(FORM, supported=False).passes((), 0.0)
