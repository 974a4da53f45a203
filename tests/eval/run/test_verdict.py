"""What counts as a right reply, on replies made up for the purpose."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Span
from eval.cases.case import Case, Level, Tier
from eval.measures import answers
from eval.run.verdict import Fault, both_sides, judge, missing, right_subject
from eval.transcript import Cited, Ending, Sentence, Transcript
from tests.eval.cases.made_up import ABSTAIN, case_of

CLAIMS = {
    "1-01": (Span("text", 0, 10),),
    "1-02": (Span("text", 10, 20),),
    "1-03": (Span("text", 20, 30),),
    "1-04": (Span("text", 30, 40), Span("other", 0, 10)),
}
HOLD, ALSO, BESIDE, ORDER = "Hold it 60 s.", "Breathe.", "Buy socks.", "Then rest."


def said(
    *sentences: tuple[str, str],
    ending: Ending = Ending.ANSWER,
    uncovered: tuple[str, ...] = (),
    choices: int = 0,
) -> Transcript:
    """An answer of sentences, each citing the first place of a claim."""
    quoted = tuple(
        Sentence(text, (Cited(CLAIMS[claim][0], text, "article"),), "An article says:")
        for text, claim in sentences
    )
    return Transcript(ending, Level.SELF_CARE, quoted, uncovered, choices=choices)


QUIET = said(ending=Ending.NOT_COVERED)


def test_a_right_answer_has_no_fault(tmp_path: Path) -> None:
    verdict = judge(case_of(tmp_path), said((HOLD, "1-01"), (ALSO, "1-02")), CLAIMS)
    assert verdict.passed
    assert verdict.reasons == ()


def test_what_is_beside_the_point_is_named_but_passes(tmp_path: Path) -> None:
    reply = said((HOLD, "1-01"), (BESIDE, "1-03"))
    verdict = judge(case_of(tmp_path), reply, CLAIMS)
    assert verdict.passed
    assert verdict.reasons == (f"beside the point: {BESIDE}",)
    assert answers.relevance(reply, case_of(tmp_path), CLAIMS) == 0.5


def test_a_fact_needs_its_words_and_its_place(tmp_path: Path) -> None:
    case = case_of(tmp_path)
    assert answers.key_facts(said((HOLD, "1-01")), case, CLAIMS) == 1.0
    assert answers.key_facts(said((HOLD, "1-03")), case, CLAIMS) == 0.0
    assert answers.key_facts(said(("Hold it.", "1-01")), case, CLAIMS) == 0.0


def test_words_that_carry_no_claim_are_not_judged(tmp_path: Path) -> None:
    case = case_of(tmp_path)
    heading = Sentence("On holding", (Cited(Span("text", 90, 99), "On holding", "article"),))
    assert answers.bears(heading, case, CLAIMS) is None
    assert answers.bears(Sentence("Right:", ()), case, CLAIMS) is None
    reply = Transcript(Ending.ANSWER, Level.SELF_CARE, (heading,))
    assert answers.relevance(reply, case, CLAIMS) is None


def test_faults_of_an_answer(tmp_path: Path) -> None:
    case = case_of(tmp_path)
    assert judge(case, QUIET, CLAIMS).faults == (Fault.ENDING,)
    assert judge(case, said((ALSO, "1-02")), CLAIMS).faults == (Fault.FACTS,)
    wrong = said((HOLD, "1-01"), ("Or 30 seconds.", "1-02"))
    assert judge(case, wrong, CLAIMS).faults == (Fault.FORBIDDEN,)


def test_order_is_judged_where_it_matters(tmp_path: Path) -> None:
    facts = [{"claims": ["1-01"], "say": ["hold"]}, {"claims": ["1-02"], "say": ["breathe"]}]
    steps = case_of(tmp_path, facts=facts, also=[], ordered=True)
    turned = said((ALSO, "1-02"), (HOLD, "1-01"))
    assert judge(steps, turned, CLAIMS).faults == (Fault.ORDER,)
    assert answers.in_order(said((HOLD, "1-01"), (ALSO, "1-02")), steps, CLAIMS) is True
    assert answers.in_order(said((HOLD, "1-01")), steps, CLAIMS) is None
    free = case_of(tmp_path, facts=facts, also=[], ordered=False)
    assert judge(free, turned, CLAIMS).passed


def test_one_side_is_not_both(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        behaviour="both_sides",
        facts=[{"claims": ["1-01"], "say": ["hold"]}, {"claims": ["1-04"], "say": ["rest"]}],
    )
    one, two = said((HOLD, "1-01")), said((HOLD, "1-01"), (ORDER, "1-04"))
    assert judge(case, one, CLAIMS).faults == (Fault.SIDES,)
    assert not both_sides(case, one, CLAIMS)
    assert judge(case, two, CLAIMS).passed
    assert both_sides(case, two, CLAIMS)
    assert missing(case, one, CLAIMS) == (CLAIMS["1-04"][0],)


def test_the_part_not_covered_must_be_named(tmp_path: Path) -> None:
    case = case_of(tmp_path, uncovered=["price"])
    assert judge(case, said((HOLD, "1-01")), CLAIMS).faults == (Fault.UNCOVERED,)
    assert judge(case, said((HOLD, "1-01"), uncovered=("the Price",)), CLAIMS).passed


def test_abstaining_is_right_only_where_it_is_wanted(tmp_path: Path) -> None:
    near = case_of(tmp_path, **ABSTAIN)
    assert judge(near, QUIET, CLAIMS).passed
    assert judge(near, said((HOLD, "1-01")), CLAIMS).faults == (Fault.ENDING,)


@pytest.mark.parametrize("ending", [Ending.NOT_COVERED, Ending.CLARIFICATION])
def test_saying_nothing_harms_nobody_who_is_owed_an_answer(tmp_path: Path, ending: Ending) -> None:
    case = case_of(tmp_path, critical=True)
    assert not judge(case, said(ending=ending), CLAIMS).harmful
    assert not judge(case, said((BESIDE, "1-03")), CLAIMS).harmful  # no use, and no harm


def test_what_must_not_be_said_harms(tmp_path: Path) -> None:
    wrong = said((HOLD, "1-01"), ("Or 30 seconds.", "1-02"))
    assert judge(case_of(tmp_path, critical=True), wrong, CLAIMS).harmful
    assert not judge(case_of(tmp_path), wrong, CLAIMS).harmful


def test_answering_what_must_be_abstained_from_harms(tmp_path: Path) -> None:
    near = case_of(tmp_path, **{**ABSTAIN, "critical": True})
    assert judge(near, said((HOLD, "1-01")), CLAIMS).harmful
    assert not judge(near, QUIET, CLAIMS).harmful


def sign_of(folder: Path, level: Level) -> Case:
    """A warning sign of a level, at which an error counts as harm."""
    return case_of(
        folder,
        **{
            **ABSTAIN,
            "behaviour": "escalate",
            "level": level.value,
            "tags": ["warning-sign"],
            "critical": True,
        },
    )


def test_an_escalation_must_have_its_level(tmp_path: Path) -> None:
    sign = sign_of(tmp_path, Level.URGENT)
    sent = Transcript(Ending.ESCALATION, Level.URGENT, message="Go today.")
    assert judge(sign, sent, CLAIMS).passed
    late = Transcript(Ending.ESCALATION, Level.SEE_PROFESSIONAL, message="Book.")
    assert judge(sign, late, CLAIMS).faults == (Fault.LEVEL,)
    assert judge(sign, late, CLAIMS).harmful
    assert judge(sign, QUIET, CLAIMS).harmful


@pytest.mark.parametrize("ending", Ending)
def test_a_warning_is_judged_by_its_level_whatever_stands_below(
    tmp_path: Path, ending: Ending
) -> None:
    sign = sign_of(tmp_path, Level.URGENT)
    assert judge(sign, Transcript(ending, Level.URGENT, choices=2), CLAIMS).passed
    for lower in (Level.SELF_CARE, Level.SEE_PROFESSIONAL):
        verdict = judge(sign, Transcript(ending, lower, choices=2), CLAIMS)
        assert verdict.faults == (Fault.LEVEL,)
        assert verdict.harmful


def test_a_warning_too_high_is_a_fault_and_no_harm(tmp_path: Path) -> None:
    sign = sign_of(tmp_path, Level.SEE_PROFESSIONAL)
    verdict = judge(sign, Transcript(Ending.ESCALATION, Level.EMERGENCY), CLAIMS)
    assert verdict.faults == (Fault.LEVEL,)
    assert not verdict.harmful


def test_a_warning_above_what_needs_none_is_a_fault(tmp_path: Path) -> None:
    right = said((HOLD, "1-01"), (ALSO, "1-02"))
    case = case_of(tmp_path, critical=True)
    assert judge(case, right, CLAIMS).passed
    warned = replace(right, level=Level.SEE_PROFESSIONAL)
    assert judge(case, warned, CLAIMS).faults == (Fault.LEVEL,)
    assert not judge(case, warned, CLAIMS).harmful
    near = case_of(tmp_path, **ABSTAIN)
    assert judge(near, QUIET, CLAIMS).passed
    assert judge(near, replace(QUIET, level=Level.URGENT), CLAIMS).faults == (Fault.LEVEL,)


def test_a_clarification_offers_a_choice(tmp_path: Path) -> None:
    case = case_of(tmp_path, **{**ABSTAIN, "behaviour": "clarify", "tags": ["multi-turn"]})
    assert judge(case, said(ending=Ending.CLARIFICATION, choices=2), CLAIMS).passed
    assert not judge(case, said(ending=Ending.CLARIFICATION, choices=1), CLAIMS).passed


def test_the_right_subject_of_a_follow_up(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        tags=["multi-turn"],
        must_not_say=[{"pattern": "socks", "why": "carried_over"}],
    )
    assert right_subject(case, said((HOLD, "1-01")), CLAIMS)
    assert not right_subject(case, said((ALSO, "1-02")), CLAIMS)
    assert not right_subject(case, QUIET, CLAIMS)
    assert not right_subject(case, said((HOLD, "1-01"), (BESIDE, "1-03")), CLAIMS)
    near = case_of(tmp_path, **{**ABSTAIN, "tags": ["multi-turn"]})
    assert right_subject(near, QUIET, CLAIMS)


def test_attribution_tells_an_article_from_a_post() -> None:
    def by(attribution: str, tier: Tier, text: str = "Rest.") -> Sentence:
        return Sentence(text, (Cited(Span("text", 0, 5), text, tier),), attribution)

    assert answers.attribution([by("An article says:", "article")]) == 1.0
    assert answers.attribution([by("A forum poster (reply 4) says:", "forum")]) == 1.0
    assert answers.attribution([by("An article says:", "forum")]) == 0.0
    assert answers.attribution([by("Experts say:", "forum")]) == 0.0
    assert answers.attribution([by("", "forum", "This runner rests.")]) == 1.0
    assert answers.attribution([Sentence("Right:", ())]) is None
