"""What is remembered of one visitor: what they asked, and what they agreed to."""

import secrets
from dataclasses import dataclass, replace

from assistant.question import Question

REMEMBERED = 160_000
"""Characters of earlier turns that are handed on: a warning sign of an hour ago still counts."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What is remembered of one visitor while their page is open. Never written anywhere."""

    chat: str = ""
    """Name of the current chat, made up with its first question. Never used twice, so that a page
    whose visit was forgotten meanwhile cannot take a new turn for one it already shows."""
    run: int = 0
    """How many questions were sent, asking again included."""
    asked: tuple[str, ...] = ()
    """The reader's own turns in this chat, oldest first."""

    agreed: bool | None = None
    """Whether a language model elsewhere may read what is asked; None until the reader has said."""
    unshared: int = 0
    """How many of `asked`, the oldest, had been asked when the reader agreed: no such model may
    read those.
    """

    @property
    def turn(self) -> str:
        """Name of the current turn within the page."""
        return f"{self.chat}-t{len(self.asked)}"

    def asking(self, text: str) -> "Visit":
        """The visit once a new question is sent."""
        chat = self.chat or f"c{secrets.token_hex(6)}"
        return replace(self, chat=chat, run=self.run + 1, asked=(*self.asked, text))

    def asking_again(self) -> "Visit":
        """The visit once its last question is sent again, and so asked anew; there must be one."""
        before = len(self.asked) - 1
        return replace(self, run=self.run + 1, unshared=min(self.unshared, before))

    def afresh(self) -> "Visit":
        """The visit after New chat: everything asked is forgotten."""
        return Visit(agreed=self.agreed)

    def agreeing(self, agreed: bool) -> "Visit":
        """The visit once the reader said whether a model elsewhere may read along.

        A yes is for what is asked after it; said again, it changes nothing.
        """
        if agreed and not self.agreed:
            return replace(self, agreed=True, unshared=len(self.asked))
        return replace(self, agreed=agreed)

    def question(self) -> Question:
        """The last turn with the turns before it, the latest of them where they are too many."""
        *before, text = self.asked
        private = min(self.unshared, len(before))
        while sum(map(len, before)) > REMEMBERED:
            del before[0]
            private -= 1
        return Question(text=text, earlier=tuple(before), earlier_private=max(private, 0))
