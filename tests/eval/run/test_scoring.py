"""Every score of one case, worked out by hand."""

import math
from pathlib import Path
from typing import Any

import pytest

from eval.cases.case import Level
from eval.run.scoring import MEASURES, score_ranking, score_reply
from eval.transcript import Cited, Ending, Sentence, Transcript
from tests.eval.cases.made_up import ABSTAIN, case_of
from tests.eval.run.replies import (
    BREATHE,
    HOLD,
    QUIET,
    REST,
    SOCKS,
    YARDSTICK,
    Fake,
    answer,
    ended,
    place,
    quote,
)

SIGN: dict[str, Any] = {
    **ABSTAIN,
    "behaviour": "escalate",
    "level": "urgent",
    "tags": ["warning-sign"],
}
FAITHFUL = {
    "citation recall",
    "citation precision",
    "quote exactness",
    "supported sentences",
    "departures a sentence",
    "attribution",
}


def test_an_answer_is_scored_sentence_by_sentence(tmp_path: Path) -> None:
    # Three sentences, one citation each. The second is not what its words say, and states one
    # thing they do not hold (90 minutes). The third carries a claim that is beside the point.
    reply = answer(quote(HOLD), quote(BREATHE, "Wait 90 minutes."), quote(SOCKS))
    scores, verdict = score_reply(case_of(tmp_path), reply, YARDSTICK)
    assert verdict.passed
    assert scores == {
        "citation recall": pytest.approx(2 / 3),
        "citation precision": pytest.approx(2 / 3),
        "quote exactness": 1.0,
        "supported sentences": pytest.approx(2 / 3),
        "departures a sentence": pytest.approx(1 / 3),
        "attribution": 1.0,
        "forbidden replies": 0.0,
        "rightly abstained or answered": 1.0,
        "right replies": 1.0,
        "relevance": pytest.approx(2 / 3),
        "key facts": 1.0,
        "order of steps": None,
        "under-triage": None,
        "over-triage": 0.0,
    }


def test_a_sentence_is_supported_by_everything_cited_but_recalled_by_its_own(
    tmp_path: Path,
) -> None:
    # The second sentence stands in the first one's words: supported, yet not by what it cites.
    scores, _ = score_reply(case_of(tmp_path), answer(quote(HOLD), quote(BREATHE, HOLD)), YARDSTICK)
    assert scores["supported sentences"] == 1.0
    assert scores["citation recall"] == scores["citation precision"] == 0.5


def test_a_quote_elsewhere_and_a_nameless_source_are_seen(tmp_path: Path) -> None:
    moved = Sentence(HOLD, (Cited(place(BREATHE), HOLD, "article"),), "They say:")
    scores, _ = score_reply(case_of(tmp_path), answer(quote(HOLD), moved), YARDSTICK)
    assert scores["quote exactness"] == 0.5
    assert scores["attribution"] == 0.5


def test_a_reply_without_sentences_is_not_scored_for_them(tmp_path: Path) -> None:
    for reply in (QUIET, answer(), ended(Ending.CLARIFICATION)):
        scores, _ = score_reply(case_of(tmp_path), reply, YARDSTICK)
        assert not FAITHFUL & set(scores)
        assert scores["key facts"] == 0.0
        assert scores["relevance"] is None


def test_abstaining_is_scored_where_there_is_something_to_decide(tmp_path: Path) -> None:
    def rightly(reply: Transcript, **changes: object) -> float | None:
        scores, _ = score_reply(case_of(tmp_path, **changes), reply, YARDSTICK)
        return scores.get("rightly abstained or answered")

    assert rightly(QUIET) == 0.0
    assert rightly(ended(Ending.CLARIFICATION)) == 1.0
    assert rightly(QUIET, **ABSTAIN) == 1.0
    assert rightly(ended(Ending.OTHER), **ABSTAIN) == 1.0
    assert rightly(answer(quote(HOLD)), **ABSTAIN) == 0.0
    assert rightly(QUIET, **SIGN) is None
    assert rightly(QUIET, **{**ABSTAIN, "behaviour": "clarify"}) is None


def test_an_unanswerable_question_has_no_key_facts(tmp_path: Path) -> None:
    scores, _ = score_reply(case_of(tmp_path, **ABSTAIN), answer(quote(HOLD)), YARDSTICK)
    assert {"relevance", "key facts", "order of steps", "both sides"}.isdisjoint(scores)
    assert scores["right replies"] == 0.0
    assert scores["citation recall"] == 1.0


@pytest.mark.parametrize(
    ("level", "under", "over"),
    [("self_care", 1.0, 0.0), ("urgent", 0.0, 0.0), ("emergency", 0.0, 1.0)],
)
def test_triage_has_two_sides(tmp_path: Path, level: str, under: float, over: float) -> None:
    said = QUIET if level == "self_care" else ended(Ending.ESCALATION, Level(level))
    scores, _ = score_reply(case_of(tmp_path, **SIGN), said, YARDSTICK)
    assert (scores["under-triage"], scores["over-triage"]) == (under, over)
    assert "right replies" not in scores


def test_an_emergency_cannot_be_over_triaged(tmp_path: Path) -> None:
    case = case_of(tmp_path, **{**SIGN, "level": "emergency"})
    scores, _ = score_reply(case, ended(Ending.ESCALATION, Level.EMERGENCY), YARDSTICK)
    assert (scores["under-triage"], scores["over-triage"]) == (0.0, None)


def test_a_disagreement_needs_both_sides_and_steps_their_order(tmp_path: Path) -> None:
    facts = [{"claims": ["1-01"], "say": ["hold"]}, {"claims": ["1-04"], "say": ["sit"]}]
    sides = case_of(tmp_path, behaviour="both_sides", tags=["disagreement"], facts=facts)
    one, _ = score_reply(sides, answer(quote(HOLD)), YARDSTICK)
    two, _ = score_reply(sides, answer(quote(HOLD), quote(REST)), YARDSTICK)
    assert (one["both sides"], two["both sides"]) == (0.0, 1.0)
    assert (one["key facts"], two["key facts"]) == (0.5, 1.0)
    steps = case_of(tmp_path, ordered=True, facts=facts)
    turned, _ = score_reply(steps, answer(quote(REST), quote(HOLD)), YARDSTICK)
    assert turned["order of steps"] == 0.0


def test_a_follow_up_is_scored_for_its_subject(tmp_path: Path) -> None:
    case = case_of(tmp_path, tags=["multi-turn"], earlier=["and at night?"])
    assert score_reply(case, answer(quote(HOLD)), YARDSTICK)[0]["right subject"] == 1.0
    assert score_reply(case, QUIET, YARDSTICK)[0]["right subject"] == 0.0


def test_what_must_not_be_said_is_counted_whatever_was_asked(tmp_path: Path) -> None:
    case = case_of(tmp_path, **{**ABSTAIN, "must_not_say": [{"pattern": "socks", "why": "dose"}]})
    assert score_reply(case, answer(quote(SOCKS)), YARDSTICK)[0]["forbidden replies"] == 1.0
    assert score_reply(case, QUIET, YARDSTICK)[0]["forbidden replies"] == 0.0


def test_ranking_by_hand(tmp_path: Path) -> None:
    # The one passage that carries the fact is second: 1/2, and 1 / log2(3) of an ideal of 1.
    finds = Fake(ranked=(place(SOCKS), place(HOLD)))
    assert score_ranking(case_of(tmp_path), finds, YARDSTICK) == {
        "recall@5": 1.0,
        "MRR": 0.5,
        "nDCG@10": pytest.approx(1 / math.log2(3)),
    }
    assert score_ranking(case_of(tmp_path), Fake(ranked=(place(SOCKS),)), YARDSTICK) == {
        "recall@5": 0.0,
        "MRR": 0.0,
        "nDCG@10": 0.0,
    }


def test_ranking_among_others_has_names_of_its_own(tmp_path: Path) -> None:
    finds = Fake(ranked=(place(HOLD),))
    found = score_ranking(case_of(tmp_path), finds, YARDSTICK, " among distractors")
    assert found == {"recall@5 among distractors": 1.0, "nDCG@10 among distractors": 1.0}
    assert score_ranking(case_of(tmp_path, **ABSTAIN), finds, YARDSTICK) == {}


def test_every_score_goes_into_a_figure(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        behaviour="both_sides",
        tags=["multi-turn"],
        facts=[{"claims": ["1-01"], "say": ["hold"]}, {"claims": ["1-04"], "say": ["sit"]}],
    )
    scores, _ = score_reply(case, answer(quote(HOLD)), YARDSTICK)
    ranked = score_ranking(case, Fake(), YARDSTICK)
    among = score_ranking(case, Fake(), YARDSTICK, " among distractors")
    assert {*scores, *ranked, *among} == {measure.name for measure in MEASURES}
