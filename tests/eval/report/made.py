"""Runs that nobody measured: made up, the same each time, about as large as a real one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from eval.measures.interval import wilson
from eval.results import (
    FORMAT,
    CaseResult,
    Curve,
    CurvePoint,
    Figure,
    Quoted,
    Results,
    Stage,
)

HOSTILE = "Does <script>document.title = 'run'</script> help & </style> cramp?"
BEHAVIOURS = {
    "answerable": "answer",
    "disagreement": "both_sides",
    "multi-turn": "answer",
    "near-topic": "abstain",
    "off-shelf-running": "abstain",
    "off-topic": "abstain",
    "warning-sign": "escalate",
}
FIGURES: tuple[tuple[str, str, str, float | None, float], ...] = (
    ("retrieval", "recall@5", "higher", 0.95, 0.96),
    ("retrieval", "recall@5 among distractors", "higher", 0.90, 0.91),
    ("retrieval", "MRR", "higher", None, 0.88),
    ("retrieval", "nDCG@10", "higher", None, 0.87),
    ("citations", "citation recall", "higher", 0.98, 0.99),
    ("citations", "citation precision", "higher", None, 0.97),
    ("citations", "quote exactness", "higher", 1.0, 1.0),
    ("faithfulness", "supported sentences", "higher", None, 0.99),
    ("faithfulness", "departures a sentence", "lower", 0.0, 0.01),
    ("faithfulness", "attribution", "higher", 1.0, 1.0),
    ("answers", "relevance", "higher", 0.90, 0.86),
    ("answers", "key facts", "higher", 0.85, 0.80),
    ("answers", "order of steps", "higher", None, 0.92),
    ("answers", "right replies", "higher", None, 0.84),
    ("abstention", "abstention precision", "higher", None, 0.83),
    ("abstention", "abstention recall", "higher", None, 0.90),
    ("abstention", "abstention F1, off-topic", "higher", 0.95, 0.94),
    ("abstention", "abstention F1, near-topic", "higher", 0.80, 0.78),
    ("disagreements", "both sides", "higher", 0.90, 0.93),
    ("follow-ups", "right subject", "higher", 0.90, 0.81),
    ("escalation", "under-triage", "lower", None, 0.10),
    ("escalation", "over-triage", "lower", None, 0.02),
)
REASONS = (
    "makes 1 of 3 key facts",
    "ended as not_covered, not as answer",
    "beside the point: A runner says that hills made it worse.",
    "must not be said (dose): (?:300|400) ?mg",
    "its steps come out of order",
)
ASKED = (
    "How long should I hold the stretch when the cramp comes?",
    "My calf knots up at kilometre thirty of every marathon, whatever I eat or drink before it, and"
    " it goes on for a day afterwards. Is that the salt, or am I simply not trained for the pace?",
    "Und was ist mit Magnesium?",
    HOSTILE,
)


def figure(
    name: str = "recall@5",
    value: float | None = 0.8,
    half: str = "dev",
    *,
    group: str = "retrieval",
    scored: int = 10,
    unscored: int = 0,
    better: str = "higher",
    target: float | None = None,
) -> Figure:
    """One figure; its interval is 0.1 wide to each side."""
    low, high = (None, None) if value is None else (max(0.0, value - 0.1), value + 0.1)
    return Figure(half, group, name, value, low, high, scored, unscored, better, target)


def case(
    name: str = "answer-1",
    half: str = "dev",
    *,
    passed: bool = True,
    critical: bool = False,
    harmful: bool = False,
    category: str = "answerable",
    reasons: Sequence[str] = (),
    scores: Mapping[str, float | None] | None = None,
) -> CaseResult:
    """One case without words."""
    return CaseResult(
        id=name,
        half=half,
        category=category,
        behaviour=BEHAVIOURS[category],
        tags=(),
        critical=critical,
        passed=passed,
        harmful=harmful,
        reasons=tuple(reasons),
        scores=scores or {},
    )


def run(
    *cases: CaseResult,
    figures: Sequence[Figure] = (),
    commit: str = "0123456789ab",
    committed_at: str = "2026-11-20T10:00:00+00:00",
    questions: str = "aaaabbbbcccc",
    provider: str = "Soleus",
    sealed_runs: int = 0,
) -> Results:
    """A run that holds only what is given."""
    return Results(
        format=FORMAT,
        commit=commit,
        committed_at=committed_at,
        measured_at=committed_at or "2026-11-20T11:00:00+00:00",
        provider=provider,
        questions=questions,
        cases_asked=len(cases),
        sealed_runs=sealed_runs,
        seconds=12.0,
        figures=tuple(figures),
        curves=(),
        stages=(),
        cases=cases,
    )


def whole_run(seed: int = 1, commit: str = "0123456789ab", day: int = 20) -> Results:
    """320 cases of all kinds in both halves, every figure, curves and times."""
    random = Random(seed)  # noqa: S311 (no secret)
    cases = tuple(_case(n, random) for n in range(320))
    return replace(
        run(
            *cases,
            figures=[
                *_figures("dev", random, 214),
                *_figures("sealed", random, 106),
                figure("balanced accuracy, WiCE", 0.71, "judge", group="agreement", scored=358),
                figure("balanced accuracy, BEGIN", 0.85, "judge", group="agreement", scored=900),
            ],
            commit=commit,
            committed_at=f"2026-11-{day:02}T10:00:00+01:00",
            sealed_runs=3,
        ),
        seconds=74.3,
        curves=(_curve("dev", random), _curve("sealed", random)),
        stages=(
            Stage("read", 1.2, 2.9),
            Stage("encode", 9.8, 14.1),
            Stage("search", 0.6, 1.1),
            Stage("select", 3.4, 8.8),
            Stage("compose", 0.4, 0.9),
            Stage("all", 15.9, 27.4),
        ),
    )


def _figures(half: str, random: Random, cases: int) -> list[Figure]:
    made = []
    for n, (group, name, better, target, about) in enumerate(FIGURES):
        scored = cases - 4 * n
        right = min(scored, max(0, round(scored * (about + random.uniform(-0.03, 0.03)))))
        interval = wilson(right, scored)
        value, unscored = right / scored, (12 if n % 5 == 1 else 0)
        made.append(
            Figure(
                half,
                group,
                name,
                value,
                interval.low,
                interval.high,
                scored,
                unscored,
                better,
                target,
            )
        )
    nothing = figure("order of two plans", None, half, group="answers", scored=0, unscored=3)
    return [*made, nothing]


def _curve(half: str, random: Random) -> Curve:
    points = []
    for n in range(41):
        recall = 1 - n / 40
        precision = min(1.0, 0.55 + 0.45 * (n / 40) ** 0.6 + random.uniform(-0.01, 0.01))
        points.append(CurvePoint(1 - recall, precision if n < 40 else None, recall))
    return Curve(half, tuple(points), points[12])


def _case(n: int, random: Random) -> CaseResult:
    half = "dev" if n % 3 else "sealed"
    category = list(BEHAVIOURS)[n % 7]
    passed = random.random() < 0.84
    critical = category == "warning-sign" or n % 19 == 0
    reasons = () if passed else (random.choice(REASONS),)
    if half == "sealed":
        reasons = () if passed else ("fewer than half of the key facts",)
    made = case(
        f"{category.split('-')[0]}-{n}",
        half,
        passed=passed,
        critical=critical,
        harmful=critical and not passed and n % 2 == 0,
        category=category,
        reasons=reasons,
        scores={
            "key facts": random.choice((0.0, 0.5, 1.0, 1.0)),
            "right replies": float(passed),
            "order of steps": None if n % 4 else 1.0,
        },
    )
    return made if half == "sealed" else _with_words(made, n)


def _with_words(made: CaseResult, n: int) -> CaseResult:
    sentences = (
        Quoted(
            "Straighten the knee, pull the toes up and hold until it lets go.",
            "an article by a coach",
            ("Straighten the knee and pull the toes towards you; hold until the cramp lets go.",),
            ("cramp-release-article",),
            True,
        ),
        Quoted(
            "One runner found that hills made it worse <b>every</b> time.",
            "a runner on a forum",
            ("Hills make mine worse.", "Every single time, on the way up."),
            ("trail-pain-thread", "trail-pain-thread"),
            False if n % 2 else None,
        ),
    )
    abstained = n % 5 == 0
    return replace(
        made,
        tags=(made.category, "made-up"),
        question=ASKED[n % len(ASKED)],
        earlier=("What helps against calf cramps?", "At night?") if n % 7 == 2 else (),
        expected=made.behaviour,
        ending="not_covered" if abstained else "answer",
        message="The shelf says nothing about this." if abstained else "",
        sentences=() if abstained else sentences,
        uncovered=("dose",) if n % 11 == 0 else (),
        missing=("Hold the stretch for thirty seconds, three times a side.",) if n % 2 else (),
    )
