"""Whether anything is answered at all."""

from dataclasses import dataclass

from assistant.admit import AdmitSettings, admit
from assistant.bearing import Bearing
from assistant.evidence import Evidence
from assistant.reading.asks import AskKind
from assistant.reading.lexicon import Lexicon
from assistant.weights import Weights
from tests.assistant.made import ask, candidate, evidence, passage

SHELF = passage("Salt may help.", "Do a clam: lie down first.", "The clam is famous.")


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
