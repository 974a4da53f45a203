"""The gate of the checker: lies are caught and true sentences kept, as eval/written/gate.toml says.

Of the dev half this is measured in test_levels.py, where it is looked at anyway. Of the sealed half
the kept figures are held, so that no test looks at it; they must be figures of this very checker.
"""

from eval.cases.case import Half
from eval.written.gate import Gate, Halves, Least, breaches, read_gate
from eval.written.labelled import Kept
from eval.written.measure import report_of
from eval.written.report import CheckerReport, checker_digest, read_report
from eval.written.scores import score
from tests.eval.written.made import looked

GATE = Gate(lies=Halves(dev=Least(caught=0.5, kept=0.5)))


def test_the_kept_figures_hold_and_are_those_of_this_checker() -> None:
    kept = read_report()
    assert breaches(kept, read_gate()) == ()
    assert kept.checker == checker_digest(), "measure it anew: python -m eval written"


def test_both_halves_of_the_lies_are_held() -> None:
    gate = read_gate()
    for half in Half:
        least = gate.of(Kept.LIES, half)
        assert least is not None
        assert least.caught >= 0.98


def made(*verdicts: tuple[bool, bool]) -> CheckerReport:
    """Sentences as (supported, passed)."""
    some = [
        looked(*(() if passed else ("roles",)), supported=supported, name=f"d-{n}")
        for n, (supported, passed) in enumerate(verdicts)
    ]
    found = score(some, Kept.LIES, Half.DEV, 0.3)
    return report_of([found] if found else [], {}, 0.3)


def test_limits_may_be_met_exactly_and_each_is_held_by_itself() -> None:
    sound = ((True, True), (True, False), (False, False), (False, True))
    assert breaches(made(*sound), GATE) == ()
    assert breaches(made(*sound, (True, False)), GATE) == ("lies, dev: kept 1 of 3, at least 50 %",)
    assert breaches(made(*sound, (False, True)), GATE) == (
        "lies, dev: caught 1 of 3, at least 50 %",
    )


def test_what_was_not_measured_does_not_hold() -> None:
    told = breaches(made(), GATE)
    assert len(told) == 2
    assert all("nothing shows that it holds" in line for line in told)
    sealed = Halves(sealed=Least(caught=0, kept=0))
    assert breaches(made(), Gate(lies=sealed), Half.DEV) == ()
