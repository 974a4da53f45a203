"""What stands above a turn from its first moment to its last: the warning, if there is one."""

from dataclasses import dataclass, replace

from assistant.question import Question
from assistant.reply import Escalation, Level, Reply
from assistant.turns import ScreenCallable, Warned
from assistant.turns import screened as warned
from assistant.ui import words
from assistant.ui.alarm import render_above, render_unchecked
from assistant.ui.plain import spoken_above
from assistant.ui.render import LONG_QUESTION, WARNED_QUESTION, render_question


@dataclass(frozen=True, slots=True)
class Above(Warned):
    """The question, and what the guard has to say before anybody answers it, as it is shown."""

    def html(self, asked: str) -> str:
        """The reader's question and the warning below it."""
        question = render_question(asked, WARNED_QUESTION if self.alert else LONG_QUESTION)
        unchecked = render_unchecked() if self.unchecked else ""
        return f"{question}{unchecked}{render_above(self.alert, self.foreign)}"

    @property
    def alarm(self) -> str:
        """What must be announced at once; empty where nothing is that urgent."""
        if self.alert is None or self.alert.level.rank < Level.URGENT.rank:
            return ""
        return " ".join(spoken_above(self.alert, self.foreign))

    @property
    def say(self) -> tuple[str, ...]:
        """What is announced first where nothing is that urgent."""
        unchecked = (words.UNCHECKED,) if self.unchecked else ()
        return unchecked if self.alarm else (*unchecked, *spoken_above(self.alert, self.foreign))

    def over(self, reply: Reply) -> "Above":
        """What stands above this reply.

        Whoever answers screens the question as well, so its warning is ours, or graver, or ours
        could not be had.
        """
        graver = self.alert is None or (
            reply.alert is not None and reply.alert.level.rank > self.alert.level.rank
        )
        alert = reply.alert if graver else self.alert
        return replace(self, alert=alert, foreign=self.foreign or reply.foreign)

    def on(self, reply: Reply) -> Reply:
        """The reply with the warning as its own, e.g. to be copied."""
        if isinstance(reply, Escalation):
            return reply
        return replace(reply, alert=self.alert, foreign=self.foreign)


def screened(screen: ScreenCallable, question: Question) -> Above:
    """What the guard says; never raises, and never lets a failure pass for silence."""
    found = warned(screen, question)
    return Above(found.alert, found.foreign, found.unchecked)
