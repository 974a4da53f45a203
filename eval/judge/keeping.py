"""The fitted judge is written where the product reads it; another must first be as good."""

import json
from collections.abc import Sequence
from pathlib import Path

from assistant.judge.features import NAMES
from assistant.judge.support import WEIGHTS, Judge, SupportJudge
from eval.judge.agreement import balanced
from eval.judge.claim import Claim
from eval.whole import write_whole


def trusted(judge: Judge, claims: Sequence[Claim], weights: Path = WEIGHTS) -> bool:
    """Whether another judge may be believed: its balanced accuracy on the claims reaches our bar.

    The claims are those of WiCE. Raises ValueError unless both labels are among them, JudgeError.
    """
    verdicts = [judge.supports(claim.sentence, claim.evidence).supported for claim in claims]
    reached = balanced([claim.supported for claim in claims], verdicts)
    return reached >= SupportJudge.load(weights).bar


def write_weights(judge: SupportJudge, claims: int, path: Path = WEIGHTS) -> None:
    """Keeps a fitted judge, whole or not at all."""
    kept = {
        "command": "python -m eval judge fit --data DIR",
        "claims": claims,
        "bias": round(judge.regression.bias, 4),
        "weights": {
            name: round(weight, 4)
            for name, weight in zip(NAMES, judge.regression.weights, strict=True)
        },
        "departed": round(judge.departed, 4),
        "bar": round(judge.bar, 4),
    }
    write_whole(path, json.dumps(kept, indent=2) + "\n")
