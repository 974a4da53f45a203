"""A share of cases with its 95 % interval: how often something happened, of how many."""

from collections.abc import Iterable
from dataclasses import dataclass

from eval.measures.interval import wilson


@dataclass(frozen=True, slots=True)
class Share:
    """How often, of how many, and how sure that is."""

    k: int
    n: int
    low: float
    high: float
    """Ends of Wilson's interval, 0 to 1."""

    @property
    def value(self) -> float:
        """The share itself, 0 to 1."""
        return self.k / self.n

    @property
    def words(self) -> str:
        """As tables show it: "2 of 50 (4.0 %, 95 % interval 1.1 to 13.5)"."""
        return (
            f"{self.k} of {self.n} ({100 * self.value:.1f} %,"
            f" 95 % interval {100 * self.low:.1f} to {100 * self.high:.1f})"
        )


def share_of(verdicts: Iterable[bool | None]) -> Share | None:
    """The share of true ones; None stands for a case that does not count. None without cases."""
    counted = [verdict for verdict in verdicts if verdict is not None]
    if not counted:
        return None
    ends = wilson(sum(counted), len(counted))
    return Share(sum(counted), len(counted), ends.low, ends.high)


def words_of(share: Share | None) -> str:
    """As tables show it, also where there was nothing to count."""
    return "none to count" if share is None else share.words
