"""What one question came to, in quotes and in a model's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from eval.cases.case import Half


class Came(StrEnum):
    """What became of one question."""

    WORDED = "worded"
    """Something the model wrote stands in the answer."""
    QUOTES = "quotes"
    """The model was asked, and the reader has the quotes."""
    NOT_ASKED = "not asked"
    """There was no answer to word, or a warning allows quotes only."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds, from when the quoting answer was there."""

    shown: float | None
    """Until there was something to show, be it a quote in the place of what was refused; None
    where that was only at the end."""
    first: float | None
    """Until the first checked sentence of the model's; None where there was none."""
    end: float
    """Until the checked answer was whole."""
    waiting: float
    """Of these, waiting for the model's words."""
    raw_first: float | None
    """Until the first words of the same prompt, unchecked; None where that failed."""
    raw_end: float | None
    """Until that draft was whole."""

    @property
    def checking(self) -> float:
        """What is not waiting for the model: reading the draft, checking, arranging."""
        return max(0.0, self.end - self.waiting)


@dataclass(frozen=True, slots=True)
class Sentences:
    """What was drafted and what is shown, counted."""

    passed: int
    replaced: int
    dropped: int
    reasons: Mapping[str, int]
    """Why sentences were refused, without what they said."""
    drafted_supported: int
    """Of all drafted, those that the support judge holds to be supported by what they cite."""
    written: int
    """Shown in the model's words."""
    written_supported: int
    copied: int
    """Drafted word for word as they stand on the shelf, and so shown as quotes."""
    quoted: int
    """Shown as quotes, which support themselves."""

    @property
    def drafted(self) -> int:
        """How many the model drafted."""
        return self.passed + self.copied + self.replaced + self.dropped


@dataclass(frozen=True, slots=True)
class Versions:
    """One measure of both answers."""

    quoted: float | None
    worded: float | None
    """None is unscored."""


@dataclass(frozen=True, slots=True)
class CaseRun:
    """One question. Of a sealed one no words are kept."""

    id: str
    digest: str
    """First 12 digits of the SHA-256 of the question and its labels."""
    half: Half
    category: str
    came: Came
    first: Literal["raw", "checked"]
    """Which of the two was asked for first: the second finds the prompt in the server's cache."""
    sentences: Sentences | None = None
    """None, like what follows, where the model was not asked."""
    times: Times | None = None
    key_facts: Versions = Versions(None, None)
    """Share of the key facts said."""
    forbidden: Versions = Versions(None, None)
    """1 where the answer says what none to this question may."""
    words: Versions = Versions(None, None)
    """Of the answer."""
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_counted: bool = True
    """Whether the server counted them; else they are estimated."""
    failure: str = ""
    """What went wrong with the checked draft; empty when nothing did."""
    raw_failure: str = ""
    question: str = ""
    """These three for the dev half only, and never in committed figures."""
    quotes_shown: str = ""
    words_shown: str = ""
