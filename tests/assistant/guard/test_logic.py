"""Conditions: every term must hold, of the right body part, asserted, of one person."""

from dataclasses import replace

import pytest

from assistant.errors import RulesError
from assistant.guard.findings import Finding
from assistant.guard.lexicon import Concept, GuardLexicon
from assistant.guard.logic import holds, parse_condition
from assistant.guard.patterns import PhraseBook
from assistant.guard.spelling import Vocabulary

CONCEPTS = {
    each.name: each
    for each in (
        Concept("pain"),
        Concept("swelling"),
        Concept("fainted", lasting=True),
        Concept("clot_once", history=True, personal=True),
        Concept("knock"),
    )
}
LEXICON = GuardLexicon(
    concepts=CONCEPTS,
    zones={
        "calf": frozenset({"calf"}),
        "shin": frozenset({"shin"}),
        "lower": frozenset({"calf", "shin"}),
    },
    parts=PhraseBook([]),
    phrases=PhraseBook([]),
    vocabulary=Vocabulary([], frozenset()),
)


def said(concept: str, part: str | None = None, sentence: int = 0, *how: str) -> Finding:
    flags = {flag: flag in how for flag in ("denied", "past", "gone", "supposed", "other")}
    return Finding(concept, 0, sentence, 0, 1, concept, part, **flags)


def met(text: str, *findings: Finding, unless: frozenset[str] = frozenset()) -> bool:
    return bool(holds(parse_condition(text, LEXICON), findings, CONCEPTS, unless))


def test_one_thing_said_is_enough_for_one_term() -> None:
    assert met("pain", said("pain"))
    assert not met("pain", said("swelling"))
    assert not met("pain")


def test_every_term_must_hold() -> None:
    assert met("pain & swelling", said("pain"), said("swelling", sentence=3))
    assert not met("pain & swelling", said("pain"))


def test_one_of_several_is_enough() -> None:
    assert met("pain|swelling & fainted", said("swelling"), said("fainted"))


def test_the_body_part_must_be_of_the_zone() -> None:
    assert met("pain@lower", said("pain", "shin"))
    assert met("pain@calf|shin", said("pain", "shin"))
    assert not met("pain@calf", said("pain", "shin"))
    assert not met("pain@lower", said("pain"))


def test_without_a_zone_any_part_will_do() -> None:
    assert met("pain", said("pain", "elbow"))


@pytest.mark.parametrize("how", ["denied", "past", "gone", "supposed"])
def test_what_is_not_asserted_does_not_count(how: str) -> None:
    assert not met("pain", said("pain", None, 0, how))


def test_what_is_said_of_somebody_else_counts() -> None:
    assert met(
        "pain & swelling", said("pain", None, 0, "other"), said("swelling", None, 0, "other")
    )


def test_what_lasts_counts_though_it_has_passed_off_but_not_though_it_is_past() -> None:
    assert met("fainted", said("fainted", None, 0, "gone"))
    assert not met("fainted", said("fainted", None, 0, "past"))
    assert not met("fainted", said("fainted", None, 0, "denied"))


def test_a_history_counts_though_it_is_past_or_over() -> None:
    assert met("clot_once", said("clot_once", None, 0, "past"))
    assert met("clot_once", said("clot_once", None, 0, "gone"))
    assert not met("clot_once", said("clot_once", None, 0, "denied"))
    assert not met("clot_once", said("clot_once", None, 0, "supposed"))


def test_a_term_of_absence_fails_when_the_thing_is_said_anywhere() -> None:
    assert met("pain & !knock", said("pain"))
    assert met("pain & !knock", said("pain"), said("knock", None, 0, "denied"))
    assert not met("pain & !knock", said("pain"), said("knock", sentence=9))


def test_an_exception_excuses_its_own_sentence_only() -> None:
    unless = frozenset({"knock"})
    assert not met("pain", said("pain"), said("knock"), unless=unless)
    assert met("pain", said("pain"), said("knock", sentence=1), unless=unless)
    assert met("pain", said("pain"), said("knock", None, 0, "denied"), unless=unless)
    assert met("pain", said("pain"), said("pain", sentence=1), said("knock"), unless=unless)


def test_no_history_is_borrowed_from_somebody_else() -> None:
    theirs = said("clot_once", None, 0, "other", "past")
    assert not met("pain & clot_once", said("pain"), theirs)
    assert met("pain & clot_once", said("pain", None, 0, "other"), theirs)
    assert met("pain & clot_once", said("pain"), theirs, said("clot_once", None, 0, "past"))


def test_what_meets_a_condition_is_named() -> None:
    pain, swelling = said("pain"), said("swelling")
    found = holds(parse_condition("pain & swelling", LEXICON), (pain, swelling), CONCEPTS)
    assert found == (pain, swelling)


def test_the_order_of_findings_makes_no_difference_to_whether_it_holds() -> None:
    findings = [said("pain", "calf"), said("swelling", "shin"), said("knock", sentence=1)]
    for text in ("pain & swelling", "pain@calf & swelling@lower", "pain & !knock"):
        assert met(text, *findings) == met(text, *reversed(findings))


def test_a_finding_more_never_undoes_a_condition_without_absence() -> None:
    base = (said("pain", "calf"), said("swelling"))
    for more in (
        *base,
        said("fainted"),
        replace(base[0], denied=True),
        said("pain", None, 0, "past"),
    ):
        assert met("pain@calf & swelling", *base, more)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("paine", "paine"),
        ("pain & swollenness", "swollenness"),
        ("pain|", "''"),
        ("", "''"),
        ("pain & ", "''"),
        ("pain@elbow", "elbow"),
        ("pain@calf|elbow", "elbow"),
        ("!nothing", "nothing"),
        ("pain & and", "and"),
    ],
)
def test_a_condition_that_names_nothing_we_have_is_refused(text: str, named: str) -> None:
    with pytest.raises(RulesError, match="Condition") as refused:
        parse_condition(text, LEXICON)
    assert named in str(refused.value)
    assert repr(text) in str(refused.value)


def test_a_condition_only_of_absence_holds_for_nothing() -> None:
    """Nobody is warned of silence."""
    assert not met("!knock", said("pain"))


def test_shipped_conditions_name_only_zones_and_concepts_there_are(words: GuardLexicon) -> None:
    parse_condition("pain|swelling@leg & breathless & !hard_effort", words)
    with pytest.raises(RulesError, match="calfs"):
        parse_condition("pain@calfs", words)
