"""Kept turns and gaps for other programs. Who asked is a number that means something in one export
only, so that nobody's code leads there.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from assistant.records.gaps import Gaps
from assistant.records.kept import RatedTurn


def export_lines(rated: Iterable[RatedTurn]) -> Iterator[str]:
    """JSON Lines, a turn each, with what its reader thought of it."""
    numbers: dict[str, int] = {}
    for one in rated:
        turn, feedback = one.turn, one.feedback
        line = {
            "chat": numbers.setdefault(turn.chat, len(numbers) + 1),
            "asked_at": turn.asked_at.isoformat(),
            "question": turn.question,
            "outcome": turn.outcome,
            "level": turn.level,
            "documents": turn.documents,
            "uncovered": turn.uncovered,
            "written_by": turn.written_by,
            "thumb": feedback.thumb if feedback else None,
            "comment": feedback.comment if feedback else "",
        }
        yield json.dumps(line, ensure_ascii=False) + "\n"


def gaps_json(gaps: Gaps) -> str:
    """Every gap; one without examples was asked in too few chats for its words to be shown."""
    payload = {
        "since": gaps.since.isoformat(),
        "turns": gaps.turns,
        "untold": gaps.untold,
        "least": gaps.least,
        "gaps": [
            asdict(gap) | {"first": gap.first.isoformat(), "last": gap.last.isoformat()}
            for gap in gaps.found
        ],
    }
    return json.dumps(payload, ensure_ascii=False, indent=2)
