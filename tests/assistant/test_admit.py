"""Whether anything is answered at all."""

from dataclasses import dataclass, replace

import pytest

from assistant.admit import AdmitSettings, admit
from assistant.bearing import Bearing
from assistant.evidence import Candidate, Evidence
from assistant.reading.asks import AskKind
from assistant.reading.lexicon import Lexicon
from assistant.weights import Weights
from tests.assistant.made import ask, candidate, evidence, passage

SHELF = passage("Salt may help.", "Do a clam: lie down first.", "The clam is famous.", "Use ice.")


@dataclass
class SureBearing(Bearing):
    """A bearing that is as sure as a test says."""

    sure: float

    def covered(self, evidence: Evidence) -> float:
        return self.sure


def bearing(lexicon: Lexicon, sure: float = 0.7) -> Bearing:
    made = SureBearing(sure)
    Bearing.__init__(made, (SHELF,), lexicon, Weights())
    return made


def test_the_bar_decides(lexicon: Lexicon) -> None:
    found = evidence(candidate(SHELF))
    for bar, admitted in ((0.69, True), (0.7, True), (0.71, False)):
        verdict = admit(found, bearing(lexicon), AdmitSettings(bar))
        assert verdict.admitted is admitted
        assert "0.70 sure" in verdict.decided_by
        assert f"bar {bar:.2f}" in verdict.decided_by


def test_nothing_found_is_not_admitted_however_sure(lexicon: Lexicon) -> None:
    verdict = admit(evidence(), bearing(lexicon, 1.0), AdmitSettings(0.0))
    assert not verdict.admitted
    assert "no passage" in verdict.decided_by


def test_when_all_is_ruled_out_the_nearest_reason_is_given(lexicon: Lexicon) -> None:
    found = evidence(
        candidate(SHELF, 0, 0.9, "does not speak of knee"),
        candidate(SHELF, 1, 0.2, "holds no price"),
    )
    verdict = admit(found, bearing(lexicon, 1.0), AdmitSettings(0.0))
    assert not verdict.admitted
    assert verdict.decided_by.endswith("does not speak of knee")


def test_a_thing_only_named_does_not_answer_how_it_is_done(lexicon: Lexicon) -> None:
    asked = ask(kind=AskKind.METHOD, focus=["clams"])
    named = evidence(candidate(SHELF, 2, 0.9, kind=0.0), asked=asked)
    told = evidence(candidate(SHELF, 1, 0.9, kind=1.0), asked=asked)
    other = evidence(candidate(SHELF, 0, 0.9, kind=1.0), asked=asked)
    admitted = [
        admit(found, bearing(lexicon), AdmitSettings()).admitted for found in (named, told, other)
    ]
    assert admitted == [False, True, False]


def test_a_question_about_something_else_is_not_admitted_however_sure(lexicon: Lexicon) -> None:
    found = evidence(candidate(SHELF), asked=ask("bake bread", terms=["bread", "oven"]))
    verdict = admit(found, bearing(lexicon, 1.0), AdmitSettings(0.0))
    assert not verdict.admitted
    assert "bread or oven" in verdict.decided_by


def known(at: int, score: float = 0.9, doubt: str = "") -> Candidate:
    """A sentence for which it is known what people ask to be told it."""
    one = candidate(SHELF, at, score)
    return replace(one, sentence=replace(one.sentence, asked=("what for?",)), doubt=doubt)


def test_where_it_is_known_what_people_ask_likeness_decides_and_not_the_rules(
    lexicon: Lexicon,
) -> None:
    bread = ask("bake bread", terms=["bread", "oven"])
    how = ask(kind=AskKind.METHOD, focus=["clams"], terms=["famous"])
    for asked, at in ((bread, 0), (how, 2)):
        found = evidence(known(at), asked=asked)
        for sure, admitted in ((0.9, True), (0.1, False)):
            verdict = admit(found, bearing(lexicon, sure), AdmitSettings())
            assert (verdict.admitted, verdict.sure) == (admitted, sure)
            assert f"{sure:.2f} sure" in verdict.decided_by


def test_the_rules_hold_where_the_best_sentence_has_no_known_questions(lexicon: Lexicon) -> None:
    bread = ask("bake bread", terms=["bread", "oven"])
    found = evidence(candidate(SHELF, 0, 0.9), known(1, 0.8), asked=bread)
    verdict = admit(found, bearing(lexicon, 1.0), AdmitSettings(0.0))
    assert (verdict.admitted, verdict.sure) == (False, 0.0)


def test_a_few_named_things_are_admitted_when_sentences_name_them_all(lexicon: Lexicon) -> None:
    """The bar is out of reach: only what is named can admit."""
    ice, salt = known(3), known(0, 0.5)
    cases = (
        (["ice"], (ice,), True),
        (["ice", "salt"], (ice,), False),
        (["ice", "salt"], (ice, salt), True),
        (["ice", "salt"], (ice, known(0, 0.5, "holds no price")), False),
        (["ice", "calf"], (ice,), False),  # a body part is more than a thing
    )
    for focus, candidates, admitted in cases:
        found = evidence(*candidates, asked=ask(focus=focus))
        assert admit(found, bearing(lexicon, 0.1), AdmitSettings()).admitted is admitted, focus


@pytest.mark.parametrize(("terms", "admitted"), [((), False), (("sore",), True)])
def test_a_doubt_refuses_an_ask_of_nothing_but_named_things(
    lexicon: Lexicon, terms: tuple[str, ...], admitted: bool
) -> None:
    """However sure; where more is asked, a doubt is one sign among others."""
    doubted = known(0, doubt="does not speak of ice")
    found = evidence(doubted, asked=ask(focus=["ice"], terms=terms))
    verdict = admit(found, bearing(lexicon, 0.99), AdmitSettings())
    assert verdict.admitted is admitted
    assert verdict.decided_by.endswith("does not speak of ice") is not admitted
