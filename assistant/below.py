"""What may stand below a warning, by its level."""

from dataclasses import replace

from assistant import fixed_words
from assistant.guard.guard import Verdict
from assistant.reply import (
    Abstention,
    AbstentionReason,
    Answer,
    Clarification,
    Escalation,
    Level,
    Reply,
)


def below(screened: Verdict, reply: Reply) -> Reply:
    """The reply with the warning above it, and no more of it than is safe.

    Urgent: quotes that survived, without suggestions to click; anything else waits, because a
    clarifying question or a list of topics would only delay. See a professional: the whole reply.
    """
    if isinstance(reply, Escalation):
        return reply
    if screened.level is Level.URGENT or "everything" in screened.withhold:
        return replace(_what_is_safe(reply), alert=screened.alert, foreign=screened.foreign)
    return replace(reply, alert=screened.alert, foreign=screened.foreign)


def _what_is_safe(reply: Answer | Clarification | Abstention) -> Answer | Abstention:
    if isinstance(reply, Answer) and reply.items:
        return replace(reply, nearby=())
    if isinstance(reply, Abstention) and reply.reason is AbstentionReason.UNAVAILABLE:
        return reply
    notes = () if isinstance(reply, Clarification) else reply.notes
    return Abstention(AbstentionReason.WAIT, fixed_words.WAIT, (), "", reply.why, notes)
