"""Asks for replies, and does not take a broken assistant for a careful one."""

from typing import Protocol

from assistant.question import Question
from assistant.reply import Abstention, AbstentionReason, Answer, Clarification, Escalation, Reply
from eval.errors import EvalError


class UnansweredError(EvalError):
    """There was no reply to measure."""


class Asks(Protocol):
    """Whoever replies."""

    def ask(self, question: Question) -> Reply:
        """The reply to one turn."""
        ...


def reply_to(asks: Asks, text: str, *earlier: str) -> Reply:
    """The reply to a message after earlier ones.

    Raises:
        UnansweredError: something of ours failed. Silence would pass every measure of safety.
    """
    reply = asks.ask(Question(text, earlier))
    if isinstance(reply, Abstention) and reply.reason is AbstentionReason.UNAVAILABLE:
        raise UnansweredError("It could not look anything up. Try: python -m assistant doctor")
    return reply


def ending_of(reply: Reply) -> str:
    """How a reply ends, in a word or two."""
    match reply:
        case Escalation():
            return "emergency words only"
        case Answer():
            return "answer in the shelf's words"
        case Clarification():
            return "choice of questions"
        case Abstention():
            return f"abstention: {reply.reason.value}"


def is_warned(reply: Reply) -> bool:
    """Whether a warning of any level stands in a reply."""
    return reply.alert is not None
