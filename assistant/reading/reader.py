"""Read a conversation: what is asked now, about what, and what earlier turns lend to it."""

from assistant.question import Question
from assistant.reading.ask import Reading
from assistant.reading.followup import FollowUps
from assistant.reading.lexicon import Lexicon
from assistant.reading.spelling import Speller
from assistant.reading.turn import TurnReader

_TURNS_BACK = 8
"""Earlier turns read again with each question; what was said before them no longer lends."""

_MOST_CHARACTERS = 8000
"""Read of one message: more than any post; beyond it the middle is left out."""
_MOST_EARLIER = 2000
"""The same for an earlier turn, which only lends its subject."""


class Reader:
    """Reads questions against one lexicon and one vocabulary."""

    def __init__(self, lexicon: Lexicon, speller: Speller) -> None:
        self._turns = TurnReader(lexicon, speller)
        self._followups = FollowUps(lexicon)

    def warm(self) -> None:
        """Load the English word list now rather than with the first question."""
        self._turns.warm()

    def read(self, question: Question) -> Reading:
        """Read the latest turn; earlier turns lend their subject only when it leans on them."""
        reading = Reading("", (), ())
        earlier = (_ends(turn, _MOST_EARLIER) for turn in question.earlier[-_TURNS_BACK:])
        for turn in (*earlier, _ends(question.text, _MOST_CHARACTERS)):
            fresh = self._turns.read(turn)
            leans = bool(reading.asks) and self._followups.leans_back(fresh)
            reading = self._followups.join(reading, fresh) if leans else fresh
        return reading


def _ends(text: str, most: int) -> str:
    """A text, or its first and last words when it is longer than anybody asks."""
    return text if len(text) <= most else f"{text[: most // 2]}\n{text[-most // 2 :]}"
