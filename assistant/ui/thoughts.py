"""Where chats are kept: what readers thought of a reply, and the way to have a chat deleted."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from assistant.errors import RecordsError
from assistant.records.code import ChatCode
from assistant.records.kept import Thumb
from assistant.ui import words

THANKS = "Thank you. That was noted."
_GONE = "This turn is not kept any more, so there is nothing to note it with."
_AWAY = "That did not work just now. Please try again in a moment."
_SLOWER = "That is more than may be sent from here for now. Please try again later."
LONGEST_COMMENT = 2_000
"""Characters."""


@dataclass(frozen=True, slots=True)
class KeptChats:
    """What readers can do with what is kept of their chats."""

    days: int
    """How long it is."""
    with_text: bool
    """Whether questions are kept, or only what became of them."""
    rate: Callable[[str, Thumb, str], bool]
    """Notes a thumb and a comment with a turn; False where it is not kept. Raises RecordsError."""
    forget: Callable[[ChatCode], int]
    """Deletes a chat; how many turns that were. Raises RecordsError."""

    def note(self, sent: object, *, allowed: bool) -> str:
        """What came of a thumb, in words for its reader. `sent`: what the page sends; anybody
        may have written it.
        """
        told = sent if isinstance(sent, dict) else {}
        turn, thumb, comment = (str(told.get(name) or "") for name in ("turn", "thumb", "comment"))
        if not allowed:
            return _SLOWER
        if thumb not in set(Thumb) or not 0 < len(turn) <= 64:
            return _GONE
        try:
            known = self.rate(turn, Thumb(thumb), comment[:LONGEST_COMMENT])
        except RecordsError:
            return _AWAY
        return THANKS if known else _GONE

    def delete(self, code: ChatCode | None) -> tuple[bool, str]:
        """Whether a chat is gone, and what came of it in words for its reader."""
        if code is None:
            return False, "Nothing of this chat is kept."
        try:
            turns = self.forget(code)
        except RecordsError:
            return False, _AWAY
        number = {0: "Nothing was kept of this chat", 1: "One question was"}
        said = number.get(turns, f"{turns} questions were")
        return True, f"{said} deleted." if turns else f"{said}."


def render_thoughts(turn: str, *, comments: bool = True) -> str:
    """Asks of a reply whether it helped. `turn`: its id among the kept ones. `comments`: whether
    it asks for words, too, after a thumb.
    """
    tied = f"thought-{escape(turn)}"
    return (
        f'<div class="thought" data-turn="{escape(turn)}" role="group" aria-labelledby="{tied}">'
        f'<p class="thought__ask" id="{tied}">Did this help?</p>'
        f"{_thumb('up', 'Yes')}{_thumb('down', 'No')}"
        f'{_comment(tied) if comments else ""}<p class="thought__told" hidden></p></div>'
    )


def _comment(tied: str) -> str:
    """Out of sight until there is a thumb."""
    return (
        f'<div class="thought__more" hidden><label for="{tied}-more">What was missing, or wrong?'
        " You need not say. Please no names.</label>"
        f'<textarea id="{tied}-more" rows="2" maxlength="{LONGEST_COMMENT}"></textarea>'
        '<button type="button" class="act" data-act="comment">Send</button></div>'
    )


def _thumb(thumb: str, label: str) -> str:
    return (
        f'<button type="button" class="act thumb" data-thumb="{thumb}" aria-pressed="false">'
        f"{label}</button>"
    )


def render_kept(chats: KeptChats, code: str, told: str = "") -> str:
    """What is kept, and, once there is one, the code of the open chat with what deletes it.

    `told`: what came of that.
    """
    long = words.days(chats.days)
    said = f"Your questions are kept for {long}; names we notice are masked."
    if not chats.with_text:
        said = f"What became of your questions is kept for {long}, without their words."
    came = f'<p class="kept__told">{escape(told)}</p>' if told else ""
    if not code:
        return f'{came}<p class="kept kept--none">{said}</p>'
    return (
        f'{came}<details class="kept"><summary>{said}</summary>'
        f"<p>The code of this chat is <strong>{escape(code)}</strong>. Whoever has it can have the"
        " chat deleted, here or by whoever runs this page; it is stored nowhere.</p>"
        '<button type="button" class="act" data-act="forget">Delete this chat</button></details>'
    )
