"""What readers may say of a reply, where chats are kept: read as if anybody had written it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import RecordsError
from assistant.records.code import ChatCode, new_code
from assistant.records.kept import Thumb
from assistant.reply import Escalation
from assistant.turns import Ended, Turns
from assistant.ui.conversation import Conversation, Update
from assistant.ui.thoughts import LONGEST_COMMENT, THANKS, KeptChats, render_kept, render_thoughts
from assistant.ui.visit import Visit
from tests.ui import scripted
from tests.ui.test_conversation import Counted


@dataclass
class Noted:
    """What was noted of one kept turn, "known"."""

    thumbs: list[tuple[str, Thumb, str]] = field(default_factory=list)
    away: bool = False

    def rate(self, turn: str, thumb: Thumb, comment: str) -> bool:
        if self.away:
            raise RecordsError("the words of somebody")
        self.thumbs.append((turn, thumb, comment))
        return turn == "known"

    def forget(self, chat: ChatCode) -> int:
        if self.away:
            raise RecordsError("the words of somebody")
        return {"7": 1, "8": 3}.get(chat.marks[0], 0)

    @property
    def chats(self) -> KeptChats:
        return KeptChats(30, True, self.rate, self.forget)


def test_a_thumb_and_words_are_noted_with_their_turn() -> None:
    noted = Noted()
    sent = {"turn": "known", "thumb": "down", "comment": "nothing on taping" + "x" * 3_000}
    assert noted.chats.note(sent, allowed=True) == THANKS
    [(turn, thumb, comment)] = noted.thumbs
    assert (turn, thumb, len(comment)) == ("known", Thumb.DOWN, LONGEST_COMMENT)


@given(
    st.none()
    | st.text()
    | st.dictionaries(
        st.sampled_from(["turn", "thumb", "comment"]),
        st.none() | st.integers() | st.text() | st.lists(st.text()),
    )
)
def test_whatever_is_sent_is_answered_in_plain_words(sent: object) -> None:
    said = Noted().chats.note(sent, allowed=True)
    assert said
    assert said != THANKS


def test_who_sends_too_much_notes_nothing_and_neither_does_a_database_that_is_away() -> None:
    noted = Noted()
    sent = {"turn": "known", "thumb": "up"}
    assert "later" in noted.chats.note(sent, allowed=False)
    assert noted.thumbs == []
    noted.away = True
    assert "try again" in noted.chats.note(sent, allowed=True)
    assert "words of somebody" not in noted.chats.note(sent, allowed=True)


@pytest.mark.parametrize(
    ("marks", "gone", "said"),
    [("7", True, "One question was deleted."), ("8", True, "3 questions were deleted.")],
)
def test_a_deleted_chat_is_counted(marks: str, gone: bool, said: str) -> None:
    code = ChatCode(marks + "K3MQ9TX2HVB")
    assert Noted().chats.delete(code) == (gone, said)


def test_where_there_is_nothing_to_delete_or_it_cannot_be_reached_that_is_said() -> None:
    assert Noted().chats.delete(None)[0] is False
    assert Noted().chats.delete(ChatCode("0" * 12)) == (True, "Nothing was kept of this chat.")
    gone, said = Noted(away=True).chats.delete(new_code())
    assert not gone
    assert "try again" in said


def test_the_code_is_shown_once_there_is_one() -> None:
    chats = Noted().chats
    assert "Delete" not in render_kept(chats, "")
    assert "<strong>7K3M-Q9TX-2HVB</strong>" in render_kept(chats, "7K3M-Q9TX-2HVB")
    assert "30 days; names we notice" in render_kept(chats, "")
    assert "a day, without their words" in render_kept(replace(chats, days=1, with_text=False), "")
    assert '<p class="kept__told">3 &lt;' in render_kept(chats, "", "3 <")


def test_nothing_that_is_sent_along_becomes_markup() -> None:
    assert "<script>" not in render_thoughts('"><script>')


def ending(
    text: str, *, rates: bool = True, allowed: bool = True, comments: bool = True
) -> tuple[list[Ended], list[Update]]:
    told: list[Ended] = []
    conversation = Conversation(
        Turns(scripted.ScriptedAssistant(), Counted()),
        scripted.screen,
        scripted.SHELF,
        pace=0.0,
        ended=told.append,
        rates=rates,
        comments=comments,
    )
    visit = Visit().asking(text, kept=rates)
    return told, list(conversation.turn(visit, allowed=allowed))


def test_a_turn_that_came_to_a_reply_is_told_of_and_may_be_judged() -> None:
    [ended], updates = ending("calf cramp")
    assert (ended.question.text, ended.unchecked) == ("calf cramp", False)
    assert ended.chat is not None
    assert f'data-turn="{ended.turn}"' in updates[-1].html
    assert all("data-turn" not in update.html for update in updates[:-1])


def test_where_nothing_is_kept_nobody_is_asked() -> None:
    [ended], updates = ending("calf cramp", rates=False)
    assert ended.chat is None
    assert "thought" not in updates[-1].html


def test_nobody_who_was_sent_for_help_is_asked_whether_that_helped() -> None:
    [ended], updates = ending("my leg is swollen")
    assert isinstance(ended.reply, Escalation)
    assert "thought" not in updates[-1].html


@pytest.mark.parametrize("text", ["calf cramp", "my leg is swollen"])
def test_who_may_not_ask_had_no_turn(text: str) -> None:
    told, updates = ending(text, allowed=False)
    assert told == []
    assert "thought" not in updates[-1].html


@pytest.mark.parametrize(
    ("text", "asked"), [("shin bone", True), ("hot calf", False), ("unscreened calf", False)]
)
def test_nobody_is_asked_for_words_that_would_not_be_kept(text: str, asked: bool) -> None:
    _, updates = ending(text)
    assert 'data-thumb="up"' in updates[-1].html
    assert ("<textarea" in updates[-1].html) is asked
    _, wordless = ending("calf cramp", comments=False)
    assert 'data-thumb="up"' in wordless[-1].html
    assert "<textarea" not in wordless[-1].html


def test_a_turn_whose_reader_left_is_not_told_of() -> None:
    told: list[Ended] = []
    turns = Turns(scripted.ScriptedAssistant(), Counted())
    hears: Callable[[Ended], None] = told.append
    conversation = Conversation(
        turns, scripted.screen, scripted.SHELF, pace=0.0, ended=hears, rates=True
    )
    turn = conversation.turn(Visit().asking("calf cramp"))
    next(turn)
    turn.close()
    assert told == []
