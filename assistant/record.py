"""The `why` record: how a reply came about, for the reader who opens the fold."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Protocol

from assistant.admit import Verdict
from assistant.evidence import Candidate, Evidence
from assistant.reading.ask import Ask, Reading
from assistant.select import Point
from assistant.why import Rejected, Used, Why

_MOST_REJECTED = 6


class Judged(Protocol):
    """One ask with what was found for it."""

    @property
    def ask(self) -> Ask:
        """What was asked."""
        ...

    @property
    def evidence(self) -> Evidence:
        """What was looked at."""
        ...

    @property
    def verdict(self) -> Verdict:
        """Whether it may be answered."""
        ...


def of_answer(reading: Reading, found: Sequence[Judged], points: Sequence[Point]) -> Why:
    """What was quoted and with which score; the best of what was not, and why not."""
    quoted = {place.sentence.span for point in points for place in point.places}
    candidates = _candidates(found)
    return Why(
        read_as=_read_as(reading),
        carried=reading.carried,
        decided_by=_decided(found),
        used=tuple(
            Used(
                c.sentence.span,
                c.passage.title,
                c.sentence.text,
                round(c.score, 3),
                c.signals.named(),
            )
            for c in candidates
            if c.sentence.span in quoted
        ),
        rejected=_rejected(c for c in candidates if c.sentence.span not in quoted),
        sure=_surest(found),
    )


def of_abstention(reading: Reading, found: Sequence[Judged]) -> Why:
    """Which signal decided, and the best passages that were looked at."""
    return Why(
        _read_as(reading),
        reading.carried,
        _decided(found),
        rejected=_rejected(_candidates(found)),
        sure=_surest(found),
    )


def of_nothing(reading: Reading | None, decided_by: str) -> Why:
    """A reply for which nothing was searched."""
    if reading is None:
        return Why("", (), decided_by)
    return Why(_read_as(reading), reading.carried, decided_by)


def _read_as(reading: Reading) -> str:
    return " / ".join(dict.fromkeys(ask.query for ask in reading.asks))


def _decided(found: Sequence[Judged]) -> str:
    if len(found) == 1:
        return found[0].verdict.decided_by
    return "; ".join(f"{one.ask.text}: {one.verdict.decided_by}" for one in found)


def _surest(found: Sequence[Judged]) -> float | None:
    return round(max(one.verdict.sure for one in found), 3) if found else None


def _candidates(found: Sequence[Judged]) -> list[Candidate]:
    """Every candidate once, with its best score over the asks, best first."""
    best: dict[object, Candidate] = {}
    for one in found:
        for candidate in one.evidence.candidates:
            known = best.get(candidate.sentence.span)
            if known is None or candidate.score > known.score:
                best[candidate.sentence.span] = candidate
    return sorted(best.values(), key=lambda candidate: -candidate.score)


def _rejected(candidates: Iterable[Candidate]) -> tuple[Rejected, ...]:
    shown = islice(candidates, _MOST_REJECTED)
    return tuple(
        Rejected(
            c.sentence.span,
            c.passage.title,
            c.sentence.text,
            round(c.score, 3),
            c.veto or "bears less on the question than what was quoted",
        )
        for c in shown
    )
