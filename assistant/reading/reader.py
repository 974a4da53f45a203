"""Read a conversation: what is asked now, about what, and what earlier turns lend to it."""

from assistant.question import Question
from assistant.reading.ask import Reading
from assistant.reading.followup import FollowUps
from assistant.reading.lexicon import Lexicon
from assistant.reading.spelling import Speller
from assistant.reading.turn import TurnReader

_TURNS_BACK = 8
"""Earlier turns read again with each question; what was said before them no longer lends."""


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
        for turn in (*question.earlier[-_TURNS_BACK:], question.text):
            fresh = self._turns.read(turn)
            leans = bool(reading.asks) and self._followups.leans_back(fresh)
            reading = self._followups.join(reading, fresh) if leans else fresh
        return reading
