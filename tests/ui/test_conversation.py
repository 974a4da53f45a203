import logging
import re
import time
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import fixed_words
from assistant.question import Question
from assistant.reply import Answer, Reply
from assistant.turns import Turns
from assistant.ui.conversation import Conversation, TurnState, Update, growing
from assistant.ui.plain import plain_text, spoken, spoken_end
from assistant.ui.visit import REMEMBERED, Visit
from tests.ui import scripted


@dataclass
class Counted:
    """Ready after so many looks, or broken."""

    looks: int = 0
    broken: str | None = None
    waited: list[float] = field(default_factory=list)

    def ready(self) -> bool:
        return self.broken is None and len(self.waited) >= self.looks

    def stage(self) -> str:
        return "Loading…"

    def wait(self, timeout: float) -> bool:
        self.waited.append(timeout)
        return self.ready()

    def error(self) -> str | None:
        return self.broken


def unfolded(text: str, readiness: Counted | None = None, patience: float = 180.0) -> list[Update]:
    conversation = Conversation(
        Turns(
            scripted.ScriptedAssistant(), readiness or Counted(), contact="Jo", patience=patience
        ),
        scripted.screen,
        scripted.SHELF,
        pace=0.0,
    )
    return list(conversation.turn(Visit().asking(text)))


def test_an_answer_grows_by_one_sentence_at_a_time_and_ends_whole() -> None:
    updates = unfolded("calf cramp")
    counts = [update.html.count('<span class="s">') for update in updates]
    assert counts == [0, 1, 2, 3, 4, 5, 6, 7, 8, 8]
    assert [update.state for update in updates[:2]] == [TurnState.WAITING, TurnState.STREAMING]
    assert updates[-1].state is TurnState.DONE


def test_the_first_sentence_is_not_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    conversation = Conversation(
        Turns(scripted.ScriptedAssistant(), Counted()), scripted.screen, {}, pace=0.2
    )
    before = [
        len(pauses)
        for update in conversation.turn(Visit().asking("calf cramp"))
        if update.state is TurnState.STREAMING
    ]
    assert before == list(range(len(before)))
    assert set(pauses) == {0.2}


def test_whole_sentences_are_announced_once_each_and_only_ever_appended() -> None:
    updates = unfolded("calf cramp")
    for earlier, later in pairwise(updates):
        assert later.say[: len(earlier.say)] == earlier.say
    assert updates[-1].say == (*spoken(scripted.ANSWER), *spoken_end(scripted.ANSWER))


@pytest.mark.parametrize("word", [word for word, _ in scripted.REPLIES])
def test_every_kind_of_reply_comes_through_whole(word: str) -> None:
    reply = dict(scripted.REPLIES)[word]
    updates = unfolded(word)
    assert updates[-1].state is TurnState.DONE
    assert set(spoken(reply)) <= set(updates[-1].say)
    assert updates[-1].urgent is (reply.alert is not None)


def test_a_question_asked_too_early_waits_and_says_so_once() -> None:
    readiness = Counted(looks=3)
    updates = unfolded("calf cramp", readiness)
    waiting = [update for update in updates if "Loading…" in update.html]
    assert len(waiting) == 3
    assert updates[-1].say.count("Your question is kept. Loading…") == 1
    assert updates[-1].html.count('<span class="s">') == 8


def test_what_will_never_be_ready_is_told_in_plain_words_and_logged_for_the_operator(
    caplog: pytest.LogCaptureFixture,
) -> None:
    updates = unfolded("calf cramp", Counted(broken="weights missing: run make index"))
    assert "Whoever runs this page has to mend that first" in updates[-1].html
    assert "ask again." not in updates[-1].html
    assert "You can ask Jo." in updates[-1].html
    assert "weights" not in updates[-1].html
    assert "weights missing" in caplog.text


def test_patience_ends() -> None:
    assert "still loading" in unfolded("calf", Counted(looks=9), patience=-1.0)[-1].html


def test_a_failure_while_answering_is_told_in_plain_words_without_the_question_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        updates = unfolded("boom my private matter")
    assert "on our side failed" in updates[-1].html
    assert "scripted failure" not in updates[-1].html
    assert "private matter" not in caplog.text
    assert "Traceback" not in caplog.text
    assert re.search(r"RuntimeError at scripted\.py:\d+", caplog.text)


def test_a_visit_hands_on_the_turns_before() -> None:
    visit = Visit().asking("one").asking("two").asking("three")
    assert visit.question() == Question("three", ("one", "two"))
    assert visit.asking_again().question() == visit.question()
    assert visit.asking_again().turn == visit.turn
    assert visit.asking_again().run == visit.run + 1
    fresh = visit.afresh().asking("four")
    assert fresh.question() == Question("four", ())


def test_no_two_chats_share_a_name() -> None:
    assert len({Visit().asking("one").turn for _ in range(50)}) == 50


def test_every_turn_of_an_ordinary_chat_is_handed_on() -> None:
    visit = Visit()
    for number in range(200):
        visit = visit.asking(f"{number} my calf still hurts when I run, what else can I do")
    assert len(visit.question().earlier) == 199


def test_a_visit_hands_on_no_more_than_can_be_read_at_once() -> None:
    visit = Visit()
    for _ in range(25):
        visit = visit.asking("x" * 8000)
    earlier = visit.asking("now").question().earlier
    assert sum(map(len, earlier)) == REMEMBERED
    assert len(earlier) == 4


@given(st.sampled_from([reply for _, reply in scripted.REPLIES] + [scripted.ANSWER]))
def test_what_is_spoken_of_a_growing_reply_is_always_a_beginning_of_the_whole(reply: Reply) -> None:
    whole = spoken(reply)
    for part in growing(reply):
        said = spoken(part)
        assert said == whole[: len(said)]


def test_an_answer_without_items_still_ends() -> None:
    assert list(growing(Answer(items=(), why=scripted.WHY))) == []


def test_the_copied_text_holds_question_answer_and_every_exact_quote() -> None:
    text = plain_text("calf cramped", scripted.ANSWER)
    assert text.startswith("calf cramped\n")
    assert "[1] Article, our summary of “Releasing a calf cramp mid-run”" in text
    for sentence in scripted.SQUEEZE.sentences:
        assert f"“{sentence.text}”" in text
    assert "not a person, not a doctor" in text


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (scripted.DISPUTE, "Our sources disagree: heel drops off a kerb"),
        (scripted.PRODUCT, "Not on our shelf: how much magnesium should I take"),
        (scripted.CLARIFY, "- How long should I hold a calf stretch?"),
        (scripted.ABSTAIN, "Nothing on our shelf answers that."),
        (scripted.ESCALATE, "Emergency: Call 999 now."),
        (scripted.ESCALATE, "Urgent: Contact your surgery or NHS 111 today about this leg."),
        (scripted.ESCALATE, "Health service: Leg clots, checked 22 November 2026"),
        (scripted.WAIT, "Reviewed by: Dr Q. Example"),
        (scripted.NOTED, "What better evidence says: Stretching a cramp."),
        (scripted.NOTED, "Signs to look for: Signs of a clot in the leg."),
    ],
)
def test_every_kind_of_reply_can_be_copied(reply: Reply, words: str) -> None:
    assert words in plain_text("q", reply)


def test_a_screen_reader_hears_how_much_an_answer_rests_on() -> None:
    assert spoken_end(scripted.DISPUTE) == ("End of answer. 3 sources.",)
    one = replace(scripted.PRODUCT, items=scripted.PRODUCT.items[1:])
    assert spoken_end(one)[-1] == "End of answer. 1 source."


def test_who_asks_too_much_is_told_so_and_warned_all_the_same() -> None:
    asked = scripted.ScriptedAssistant()
    conversation = Conversation(Turns(asked, Counted()), scripted.screen, scripted.SHELF, pace=0.0)
    [only] = conversation.turn(Visit().asking("calf"), allowed=False)
    assert only.state is TurnState.DONE
    assert fixed_words.TOO_MANY in only.html
    *_, warned = conversation.turn(Visit().asking("hot calf"), allowed=False)
    assert warned.alarm
    [emergency] = conversation.turn(Visit().asking("swollen"), allowed=False)
    assert emergency.alarm
    assert fixed_words.TOO_MANY not in emergency.html
    assert asked.asked == []
