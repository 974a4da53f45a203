"""What stands above a turn from its first moment to its last: the warning, if there is one."""

from dataclasses import dataclass

from assistant.question import Question
from assistant.reply import Level
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


def screened(screen: ScreenCallable, question: Question) -> Above:
    """What the guard says; never raises, and never lets a failure pass for silence."""
    found = warned(screen, question)
    return Above(found.alert, found.foreign, found.unchecked)
