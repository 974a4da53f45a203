"""One run: ask every case, score it, add up."""

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from corpus import Span
from eval.cases.case import Case, Half
from eval.measures.answers import bears
from eval.results import FORMAT, CaseResult, Quoted, Results, Stage
from eval.run.build import Build
from eval.run.figures import Scored, curve_of, figures_of
from eval.run.scoring import Yardstick, score_ranking, score_reply
from eval.run.verdict import Verdict, missing
from eval.transcript import Provider, Ranker, Transcript

AMONG = " among distractors"


@dataclass(frozen=True, slots=True)
class Contestant:
    """Who replies, and who finds passages for the retrieval scores."""

    provider: Provider
    ranker: Ranker | None = None
    among: Ranker | None = None
    """The same with distractors mixed in."""


def evaluate(
    contestant: Contestant,
    cases: Sequence[Case],
    by: Yardstick,
    build: Build,
    *,
    sealed_runs: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Results:
    """Everything one run finds. Raises ProviderError when a reply cannot be had."""
    started = time.perf_counter()
    done: list[tuple[Scored, Verdict]] = []
    for case in cases:
        said = contestant.provider.ask(case.asked)
        scores, verdict = score_reply(case, said, by)
        done.append((Scored(case, said, {**scores, **_found(case, contestant, by)}), verdict))
        if progress:
            progress(len(done), len(cases))
    halves = {half.value: [one for one, _ in done if one.case.half is half] for half in Half}
    asked = {half: scored for half, scored in halves.items() if scored}
    curves = [curve_of(half, scored) for half, scored in asked.items()]
    return Results(
        format=FORMAT,
        commit=build.commit,
        committed_at=build.committed_at,
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
        provider=contestant.provider.name,
        questions=digest_of(cases),
        cases_asked=len(cases),
        sealed_runs=sealed_runs,
        seconds=round(time.perf_counter() - started, 1),
        figures=tuple(f for half, scored in asked.items() for f in figures_of(half, scored)),
        curves=tuple(one for one in curves if one is not None),
        stages=tuple(_stages([one.said for one, _ in done])),
        cases=tuple(_case(one, verdict, by) for one, verdict in done),
    )


def digest_of(cases: Sequence[Case]) -> str:
    """First 12 hexadecimal digits of a digest of questions, labels and versions."""
    # Not `repr`: of a set it differs from one process to the next, and it cuts long patterns off.
    written = sorted(json.dumps(_said(case), sort_keys=True, default=_plain) for case in cases)
    return hashlib.sha256("\n".join(written).encode()).hexdigest()[:12]


def _said(case: Case) -> dict[str, Any]:
    """What was written of a case; what of it a language model may read is no part of that."""
    said = asdict(case)
    del said["asked"]["model_may_read"], said["asked"]["earlier_private"]
    return said


def _plain(value: frozenset[str] | re.Pattern[str]) -> list[str] | str:
    return value.pattern if isinstance(value, re.Pattern) else sorted(value)


def _found(case: Case, contestant: Contestant, by: Yardstick) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    if contestant.ranker is not None:
        found |= score_ranking(case, contestant.ranker, by)
    if contestant.among is not None:
        found |= score_ranking(case, contestant.among, by, AMONG)
    return found


def _stages(said: Sequence[Transcript]) -> Iterator[Stage]:
    for name in dict.fromkeys(name for one in said for name in one.stages):
        took = [one.stages[name] for one in said if name in one.stages]
        p50, p95 = np.percentile(took, [50, 95])
        yield Stage(name, round(float(p50), 2), round(float(p95), 2))


def _case(scored: Scored, verdict: Verdict, by: Yardstick) -> CaseResult:
    """What is kept of a case. Of a sealed one neither question nor reply, nor words of either."""
    case = scored.case
    sealed = case.half is Half.SEALED
    kept = CaseResult(
        id=case.id,
        half=case.half.value,
        category=case.category,
        behaviour=case.behaviour.value,
        tags=() if sealed else tuple(sorted(case.tags)),
        critical=case.critical,
        passed=verdict.passed,
        harmful=verdict.harmful,
        reasons=tuple(verdict.faults) if sealed else verdict.reasons,
        scores=scored.scores,
    )
    return kept if sealed else _with_words(kept, scored, by)


def _with_words(kept: CaseResult, scored: Scored, by: Yardstick) -> CaseResult:
    case, said = scored.case, scored.said
    return replace(
        kept,
        question=case.asked.text,
        earlier=case.asked.earlier,
        expected=_expected(case),
        ending=said.ending.value,
        message=said.message,
        sentences=tuple(
            Quoted(
                sentence.text,
                sentence.attribution,
                tuple(one.words for one in sentence.cited),
                tuple(one.span.document_id for one in sentence.cited),
                bears(sentence, case, by.claims),
            )
            for sentence in said.sentences
        ),
        uncovered=said.uncovered,
        missing=tuple(_words(span, by) for span in missing(case, said, by.claims)),
    )


def _expected(case: Case) -> str:
    level = "" if case.level.rank == 0 else f", {case.level.value}"
    return f"{case.behaviour.value}{level}"


def _words(span: Span, by: Yardstick) -> str:
    return by.texts[span.document_id][span.start : span.end]
