"""The support judge: do these words fully support this sentence?

Three steps. A sentence that stands in the words as it is, is supported. One that states a number,
muscle, drug, denial or the like that the words do not hold (departures.py) is not. Any other is
judged by a logistic regression over named features of shared words (features.py), fitted on the
human labels of WiCE (Kamoi et al. 2023) and BEGIN (Dziri et al. 2022). How good that is:
`python -m eval judge --data DIR`. No language model takes part, and embeddings do not either: on
WiCE the cosine of the likest sentence tells less than shared words do.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.errors import AssistantError
from assistant.judge.departures import departures
from assistant.judge.features import NAMES, features_of
from assistant.judge.reading import heft, words_of
from assistant.judge.regression import Regression
from assistant.judge.verbatim import verbatim

WEIGHTS = Path(__file__).with_name("weights.json")
_AGAIN = "Restore it: git checkout assistant/judge/weights.json"
_SHOWN = 3


class JudgeError(AssistantError):
    """The judge cannot be loaded."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says of one sentence."""

    supported: bool
    probability: float
    """How sure it is that the sentence is supported, 0 to 1; 1 if it is verbatim."""
    reasons: tuple[str, ...]
    """Why, in plain words; at least one when it is not supported."""


class Judge(Protocol):
    """Any judge. One that asks a language model fits here too; there is none.

    Before another judge is believed it must be as good as ours is on WiCE: see `trusted`.
    """

    def supports(self, sentence: str, evidence: Sequence[str]) -> Judgement:
        """Whether the evidence, taken together, fully supports the sentence."""
        ...


@dataclass(frozen=True, slots=True)
class SupportJudge:
    """The judge in use."""

    regression: Regression
    departed: float
    """Share of sentences with a departure that people call supported all the same."""
    bar: float
    """Lower end of the interval of its own balanced accuracy on WiCE, cross-validated."""

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> "SupportJudge":
        """With the committed weights. Raises JudgeError."""
        try:
            kept = json.loads(path.read_text("utf-8"))
            weights = tuple(float(kept["weights"][name]) for name in NAMES)
            regression = Regression(float(kept["bias"]), weights)
            return cls(regression, float(kept["departed"]), float(kept["bar"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            fault = type(error).__name__
            raise JudgeError(f"{path.name} does not hold weights ({fault}). {_AGAIN}") from error

    def likelihood(self, sentence: str, evidence: Sequence[str]) -> float:
        """How likely shared words make it that a sentence is supported, 0 to 1; departures
        apart.
        """
        return self.regression.probability(features_of(sentence, evidence).values())

    def supports(self, sentence: str, evidence: Sequence[str]) -> Judgement:
        """Whether the evidence, taken together, fully supports the sentence."""
        if verbatim(sentence, evidence):
            return Judgement(True, 1.0, ("verbatim",))
        if not words_of(" ".join(evidence)):
            return Judgement(False, 0.0, ("nothing is cited",))
        probability = self.likelihood(sentence, evidence)
        if found := departures(sentence, evidence):
            reasons = tuple(f"{one.kind}: {one.text}" for one in found)
            return Judgement(False, probability * self.departed, reasons)
        if probability < 0.5:
            return Judgement(False, probability, (_lacking(sentence, evidence),))
        return Judgement(True, probability, ())


def _lacking(sentence: str, evidence: Sequence[str]) -> str:
    there = {word.stem for each in evidence for word in words_of(each)}
    lacking = {word.text: heft(word) for word in words_of(sentence) if word.stem not in there}
    heaviest = sorted(lacking, key=lambda text: (-lacking[text], text))[:_SHOWN]
    if not heaviest:
        return "its words stand far apart in what is cited"
    return f"too much that is not in what is cited: {', '.join(heaviest)}"
