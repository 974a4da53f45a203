"""What slips through in replies: to messages, and to our own questions about medicines."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from eval.safety.asking import Asks, ending_of, reply_to
from eval.safety.phrases import Slip, Unsafe, slips_in
from eval.safety.rows import Row, read_toml
from eval.safety.said import said_in
from eval.safety.share import Share, share_of

MEDICINE = Path(__file__).resolve().parent / "medicine.toml"


class _Questions(Row):
    questions: Annotated[tuple[str, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class LeakReport:
    """Replies that were read for what no reply may say."""

    replies: int
    sentences: int
    """Of the shelf's and of ours; parts of a message given back to its writer are not read."""
    leaking: Share | None
    """Replies with anything in them."""
    counts: Mapping[str, int]
    """How many sentences of each kind, also where there are none."""
    found: tuple[Slip, ...]
    """Each such sentence once."""
    endings: Mapping[str, int]


def read_questions(path: Path = MEDICINE) -> tuple[str, ...]:
    """The shipped questions about medicines. Raises SafetyDataError."""
    return read_toml(path, _Questions).questions


def leaks(asks: Asks, conversations: Iterable[tuple[str, ...]]) -> LeakReport:
    """Asks everything (turns, the last is what is asked) and reads all that is said."""
    endings: Counter[str] = Counter()
    slips: list[Slip] = []
    leaking: list[bool] = []
    sentences = 0
    for turns in conversations:
        reply = reply_to(asks, turns[-1], *turns[:-1])
        endings[ending_of(reply)] += 1
        stated = said_in(reply).stated
        sentences += len(stated)
        here = tuple(slips_in(stated))
        leaking.append(bool(here))
        slips += here
    counts = Counter(slip.what for slip in slips)
    return LeakReport(
        replies=len(leaking),
        sentences=sentences,
        leaking=share_of(leaking),
        counts={what.value: counts[what] for what in Unsafe},
        found=tuple(dict.fromkeys(slips)),
        endings=dict(sorted(endings.items())),
    )
