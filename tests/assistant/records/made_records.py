"""Turns put together by hand, and places to keep them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from hypothesis import strategies as st

from assistant.records.code import new_code
from assistant.records.kept import Ending, KeptTurn
from assistant.records.sql.sql_records import SqlRecords
from assistant.reply import Level

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
CODE, OTHER_CODE = new_code(), new_code()

_BARE = KeptTurn("", CODE.digest, NOON, "", Ending.NOT_COVERED, Level.SELF_CARE)
_numbers = count(1)

OpenRecords = Callable[[], SqlRecords]


def turn(question: str = "what about beetroot?", **changes: object) -> KeptTurn:
    """A question of CODE's chat that nothing on the shelf answered, unless told otherwise."""
    return replace(_BARE, id=f"turn-{next(_numbers):06}", question=question, **changes)  # type: ignore[arg-type]


_texts = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=40)
turns = st.builds(
    KeptTurn,
    id=st.uuids().map(lambda one: one.hex),
    chat=st.sampled_from([CODE.digest, OTHER_CODE.digest]),
    asked_at=st.datetimes(datetime(2001, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 (hypothesis wants it bare)
        lambda moment: moment.replace(second=0, microsecond=0)
    ),
    question=_texts,
    outcome=st.sampled_from(Ending),
    level=st.sampled_from(Level),
    documents=st.lists(_texts, max_size=3).map(tuple),
    uncovered=st.lists(_texts, max_size=3).map(tuple),
    written_by=_texts,
)
