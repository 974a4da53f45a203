"""Every score of one case, by the name of the figure it goes into."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.judge.departures import departures
from corpus import Span
from eval.cases.case import Behaviour, Case
from eval.measures import answers, citations, retrieval, triage
from eval.measures.answers import Claims
from eval.run.verdict import Verdict, both_sides, judge, right_subject
from eval.transcript import Ending, Ranker, Transcript

Judge = Callable[[str, Sequence[str]], bool]
"""Whether evidence, taken together, fully supports a sentence."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What replies are held against."""

    claims: Claims
    texts: Mapping[str, str]
    """Document id to its whole text."""
    passages: tuple[Span, ...]
    """Everything that can be found on the shelf."""
    supports: Judge


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that is the mean of a score over the cases that have one."""

    name: str
    group: str
    better: str = "higher"
    target: float | None = None


MEASURES = (
    Measure("recall@5", "retrieval", target=0.95),
    Measure("MRR", "retrieval"),
    Measure("nDCG@10", "retrieval"),
    Measure("recall@5 among distractors", "retrieval", target=0.90),
    Measure("nDCG@10 among distractors", "retrieval"),
    Measure("citation recall", "citations", target=0.98),
    Measure("citation precision", "citations"),
    Measure("quote exactness", "citations", target=1.0),
    Measure("supported sentences", "faithfulness"),
    Measure("departures a sentence", "faithfulness", "lower", target=0.0),
    Measure("attribution", "faithfulness", target=1.0),
    Measure("forbidden replies", "faithfulness", "lower", target=0.0),
    Measure("relevance", "answers", target=0.90),
    Measure("key facts", "answers", target=0.85),
    Measure("order of steps", "answers"),
    Measure("right replies", "answers"),
    Measure("rightly abstained or answered", "abstention"),
    Measure("both sides", "disagreements", target=0.90),
    Measure("right subject", "follow-ups", target=0.90),
    Measure("under-triage", "escalation", "lower"),
    Measure("over-triage", "escalation", "lower"),
)

Scores = Mapping[str, float | None]
"""By name of the measure; None, or no entry, is unscored."""


def score_reply(case: Case, said: Transcript, by: Yardstick) -> tuple[Scores, Verdict]:
    """What a reply scores, and the verdict on it."""
    verdict = judge(case, said, by.claims)
    scores: dict[str, float | None] = {
        **_faithful(said, by),
        **_triage(case, said),
        "forbidden replies": float(bool(answers.forbidden_in(said, case))),
    }
    if case.behaviour in (Behaviour.ABSTAIN, Behaviour.ANSWER, Behaviour.BOTH_SIDES):
        kept_quiet = said.ending in (Ending.NOT_COVERED, Ending.OTHER)
        scores["rightly abstained or answered"] = float(kept_quiet is not case.answerable)
    if case.behaviour is not Behaviour.ESCALATE:
        scores["right replies"] = float(verdict.passed)
    if case.answerable:
        scores |= _answer(case, said, by.claims)
    if case.behaviour is Behaviour.BOTH_SIDES:
        scores["both sides"] = float(both_sides(case, said, by.claims))
    if case.category == "multi-turn":
        scores["right subject"] = float(right_subject(case, said, by.claims))
    return scores, verdict


def score_ranking(case: Case, ranker: Ranker, by: Yardstick, among: str = "") -> Scores:
    """How well the passages of an answerable case are found; `among` ends the measures' names."""
    if not case.answerable:
        return {}
    ranked = ranker.rank(case.asked)
    wanted = [answers.places_of(fact, by.claims) for fact in case.facts]
    scores: dict[str, float | None] = {
        f"recall@5{among}": retrieval.recall_at_k(ranked, wanted, 5),
        f"nDCG@10{among}": retrieval.ndcg_at_k(ranked, wanted, 10, by.passages),
    }
    return scores if among else {**scores, "MRR": retrieval.reciprocal_rank(ranked, wanted)}


def _faithful(said: Transcript, by: Yardstick) -> Scores:
    """Scores of what is said, whatever was asked; a reply without sentences has none."""
    if said.ending is not Ending.ANSWER or not said.sentences:
        return {}
    everything = [one.words for sentence in said.sentences for one in sentence.cited]
    supported = [by.supports(sentence.text, everything) for sentence in said.sentences]
    departed = [
        len(departures(sentence.text, [one.words for one in sentence.cited]))
        for sentence in said.sentences
    ]
    return {
        "citation recall": citations.citation_recall(said.sentences, by.supports),
        "citation precision": citations.citation_precision(said.sentences, by.supports),
        "quote exactness": citations.quote_exactness(said.sentences, by.texts),
        "supported sentences": sum(supported) / len(supported),
        "departures a sentence": sum(departed) / len(departed),
        "attribution": answers.attribution(said.sentences),
    }


def _answer(case: Case, said: Transcript, claims: Claims) -> Scores:
    order = answers.in_order(said, case, claims)
    return {
        "relevance": answers.relevance(said, case, claims),
        "key facts": answers.key_facts(said, case, claims),
        "order of steps": None if order is None else float(order),
    }


def _triage(case: Case, said: Transcript) -> Scores:
    under = triage.under_triaged(case.level, said.level)
    over = triage.over_triaged(case.level, said.level)
    return {
        "under-triage": None if under is None else float(under),
        "over-triage": None if over is None else float(over),
    }
