"""What is remembered of one visitor: what they asked, and what they agreed to.

It lies in their open page and comes along with every question: a restart loses none, and any
replica can answer the next. Whatever comes is read as if anybody had written it.
"""

import re
import secrets
from dataclasses import asdict, dataclass, replace
from itertools import accumulate

from assistant.errors import RecordsError
from assistant.question import Question, whole
from assistant.records.code import ChatCode, new_code, read_code

REMEMBERED = 32_000
"""Bytes of earlier turns that are handed on: a warning sign of an hour ago still counts."""
TURNS = 200
"""Earlier turns that are: each is screened anew, and a browser may send thousands of tiny ones."""
LONGEST_TURN = 8_000
"""Characters of one turn."""
_CHAT = re.compile(r"c[0-9a-f]{12}")
_MOST = 1_000_000
"""Above any number of turns or runs."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What is remembered of one visitor while their page is open. Never written anywhere."""

    chat: str = ""
    """Name of the current chat, made up with its first question; never used twice."""
    run: int = 0
    """How many questions were sent, asking again included."""
    turns: int = 0
    """How many turns this chat has had."""
    asked: tuple[str, ...] = ()
    """The reader's own turns in this chat, oldest first: the latest, as many as are remembered."""
    agreed: bool | None = None
    """Whether a language model elsewhere may read what is asked; None until the reader has said."""
    said: int = 0
    """Which of the reader's decisions that was."""
    unshared: int = 0
    """How many of `asked`, the oldest, had been asked when the reader agreed: no such model may
    read those.
    """
    code: str = ""
    """The chat's code, where chats are kept."""

    @property
    def turn(self) -> str:
        """Name of the current turn within the page."""
        return f"{self.chat}-t{self.turns}"

    @property
    def kept_as(self) -> ChatCode | None:
        """The chat's code, where it has one."""
        return read_code(self.code) if self.code else None

    def asking(self, text: str, *, kept: bool = False) -> "Visit":
        """The visit once a new question is sent. `kept`: whether chats are, and have a code."""
        chat = self.chat or f"c{secrets.token_hex(6)}"
        asking = replace(self, chat=chat, run=self.run + 1, turns=self.turns + 1)
        return replace(asking, asked=(*self.asked, text))._coded(kept=kept)._bounded()

    def asking_again(self, *, kept: bool = False) -> "Visit":
        """The visit once its last question is sent again, and so asked anew; there must be one."""
        before = len(self.asked) - 1
        again = replace(self, run=self.run + 1, unshared=min(self.unshared, before))
        return again._coded(kept=kept)

    def afresh(self) -> "Visit":
        """The visit after New chat: everything asked is forgotten."""
        return Visit(agreed=self.agreed, said=self.said)

    def uncoded(self) -> "Visit":
        """The visit once what was kept of its chat is deleted: what comes is another one's."""
        return replace(self, code="")

    def agreeing(self, agreed: bool) -> "Visit":
        """The visit once the reader said whether a model elsewhere may read along.

        A yes is for what is asked after it; said again, it changes nothing.
        """
        if agreed and not self.agreed:
            return replace(self, agreed=True, unshared=len(self.asked))
        return replace(self, agreed=agreed)

    def deciding(self, choice: object) -> "Visit":
        """The visit with what the reader has decided meanwhile. `choice`: as `chosen` makes them,
        handed back by a browser.
        """
        told = choice if isinstance(choice, dict) else {}
        agreed, said = told.get("agreed"), _number(told.get("said"))
        if not isinstance(agreed, bool) or said == self.said:
            return self
        # A no may have come before this yes.
        return replace(self.agreeing(False).agreeing(agreed), said=said)

    def question(self) -> Question:
        """The last turn with the turns before it."""
        *before, text = self.asked
        private = min(self.unshared, len(before))
        return Question(text=text, earlier=tuple(before), earlier_private=private)

    def as_json(self) -> dict[str, object]:
        """The same for the browser, which hands it back with the next question."""
        return {**asdict(self), "asked": list(self.asked)}

    def _coded(self, *, kept: bool) -> "Visit":
        """With the code of its chat, a new one where that has none (any more)."""
        return replace(self, code=(self.code or str(new_code())) if kept else "")

    def _bounded(self) -> "Visit":
        """Without the oldest turns, where they are too many or too much; the last one stays in any
        case.
        """
        *before, _ = self.asked
        latest = reversed(before[-TURNS:])
        sizes = accumulate(len(turn.encode()) for turn in latest)
        gone = len(before) - sum(size <= REMEMBERED for size in sizes)
        return replace(self, asked=self.asked[gone:], unshared=max(0, self.unshared - gone))


def read_visit(sent: object) -> Visit:
    """The visit that a browser hands back; an empty one where it is none of ours. Raises nothing.

    Only the reader's own words are taken from it, and what the reader decided.
    """
    told = sent if isinstance(sent, dict) else {}
    chat, asked, agreed = told.get("chat"), told.get("asked"), told.get("agreed")
    agreed = agreed if isinstance(agreed, bool) else None
    said = _number(told.get("said"))
    named = isinstance(chat, str) and _CHAT.fullmatch(chat) is not None
    if not (named and isinstance(asked, list) and asked and all(map(_is_turn, asked))):
        return Visit(agreed=agreed, said=said)
    run, turns, unshared = (_number(told.get(name)) for name in ("run", "turns", "unshared"))
    return Visit(
        chat=str(chat),
        run=run,
        turns=max(turns, len(asked)),
        asked=tuple(map(whole, asked)),
        agreed=agreed,
        said=said,
        unshared=min(unshared, len(asked)),
        code=_code(told.get("code")),
    )._bounded()


def chosen(sent: object, *, agreed: bool) -> dict[str, object]:
    """A decision, to be kept by the browser beside the one before it."""
    before = sent if isinstance(sent, dict) else {}
    return {"agreed": agreed, "said": _number(before.get("said")) + 1}


def _is_turn(sent: object) -> bool:
    return isinstance(sent, str) and 0 < len(sent) <= LONGEST_TURN


def _number(sent: object) -> int:
    known = isinstance(sent, int) and not isinstance(sent, bool)
    return min(max(0, sent), _MOST) if known and isinstance(sent, int) else 0


def _code(sent: object) -> str:
    try:
        return str(read_code(sent)) if isinstance(sent, str) and sent else ""
    except RecordsError:
        return ""
