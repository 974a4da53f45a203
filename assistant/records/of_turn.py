"""From a turn to what may be kept of it: masked, cut, and of grave things not a word."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from assistant.guard.guard import Guard
from assistant.guard.masking import masked
from assistant.question import Question
from assistant.records.code import ChatCode
from assistant.records.kept import Ending, Feedback, KeptTurn, Thumb, rough
from assistant.reply import (
    Abstention,
    AbstentionReason,
    Alert,
    Answer,
    Clarification,
    Escalation,
    Level,
    Reply,
)

LONGEST = 2_000
"""Characters of a question or a comment that are kept."""
UNTOLD_RULES = frozenset({"RF32", "RF33"})
"""Self-harm, eating: not a word is kept, however low the level."""

_ENDINGS = {
    AbstentionReason.NOT_COVERED: Ending.NOT_COVERED,
    AbstentionReason.WAIT: Ending.WARNING,
}


def turn_of(
    question: Question,
    reply: Reply,
    code: ChatCode,
    now: datetime,
    *,
    with_text: bool = True,
    unchecked: bool = False,
    turn: str = "",
) -> KeptTurn:
    """What may be kept of a turn.

    Args:
        question: Only its own text is looked at; the turns before it were kept in their time.
        reply: As it was shown last.
        code: The chat's.
        now: When it was asked.
        with_text: False where the operator wants no text: [records] questions.
        unchecked: The guard failed, so nobody knows whether it is grave: no text is kept.
        turn: An id that was given out already; a new one unless told.
    """
    level = reply.alert.level if reply.alert else Level.SELF_CARE
    bare = KeptTurn(
        id=turn or new_id(),
        chat=code.digest,
        asked_at=rough(now),
        question="",
        outcome=_ending(reply),
        level=level,
    )
    if unchecked or is_untold(reply.alert):
        return bare
    return KeptTurn(
        id=bare.id,
        chat=bare.chat,
        asked_at=bare.asked_at,
        question=_keepable(question.text) if with_text else "",
        outcome=bare.outcome,
        level=level,
        documents=tuple(dict.fromkeys(_quoted(reply))),
        uncovered=_uncovered(reply) if with_text else (),
        written_by=_written_by(reply),
    )


def feedback_of(turn: str, thumb: Thumb, comment: str, guard: Guard) -> Feedback:
    """What may be kept of a reader's opinion: of a comment that tells of something grave, only the
    thumb.
    """
    grave = is_untold(guard.screen(Question(comment)).alert)
    return Feedback(turn, thumb, "" if grave else _keepable(comment))


def new_id() -> str:
    """An id for a turn, which tells nothing of it."""
    return secrets.token_hex(8)


def is_untold(alert: Alert | None) -> bool:
    """Whether a turn with this warning is kept without a word of it, comments included."""
    if alert is None:
        return False
    return alert.level.rank >= Level.URGENT.rank or not UNTOLD_RULES.isdisjoint(alert.rules)


def _ending(reply: Reply) -> Ending:
    match reply:
        case Escalation():
            return Ending.WARNING
        case Clarification():
            return Ending.CLARIFICATION
        case Abstention():
            return _ENDINGS.get(reply.reason, Ending.OTHER)
        case Answer():
            return Ending.PARTLY if reply.uncovered else Ending.ANSWER


def _quoted(reply: Reply) -> Iterable[str]:
    if not isinstance(reply, Answer):
        return ()
    return (
        citation.span.document_id
        for item in reply.items
        for sentence in item.sentences
        for citation in sentence.citations
    )


def _uncovered(reply: Reply) -> tuple[str, ...]:
    parts = reply.uncovered if isinstance(reply, Answer) else ()
    return tuple(text for part in parts if (text := _keepable(part)))


def _written_by(reply: Reply) -> str:
    writing = reply.writing if isinstance(reply, Answer) else None
    return _keepable(writing.model) if writing and writing.passed else ""


def _keepable(text: str) -> str:
    """Masked before it is cut, so that nothing is cut in two and passes for something else; then
    one line of what every database can keep.
    """
    shown = (mark if mark.isprintable() else " " for mark in masked(text))
    return " ".join("".join(shown).split())[:LONGEST].rstrip()
