"""How a written answer unfolds: what is shown when, what is announced, and that Stop is heard."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.models.card import ModelCard
from assistant.question import Question
from assistant.reply import Alert, Answer, Reply, Writing
from assistant.turns import AgainCallable, Turns
from assistant.ui import words
from assistant.ui.conversation import Conversation, TurnState, Update
from assistant.ui.plain import spoken, spoken_end
from assistant.ui.visit import Visit
from assistant.ui.words import drafted_text
from assistant.why import Drafted, Fault, Outcome
from assistant.writing.progress import Progress
from tests.ui import scripted
from tests.ui.test_conversation import Counted
from tests.ui.writer import FAILURE, FIRST, POSTER, SENTENCES, WRITTEN, ScriptedWriter

HERE = ModelCard("qwen2.5:7b")
ELSEWHERE = ModelCard("qwen2.5:7b", "Example AI", asks_consent=True)
NEVER = 3600.0
"""A deadline that no test reaches."""


@dataclass
class Talk:
    """A conversation with a scripted writer; `turn` is one question, whole."""

    writer: ScriptedWriter = field(default_factory=lambda: ScriptedWriter(pause=0.0))
    card: ModelCard = HERE
    deadline: float = NEVER
    assistant: scripted.ScriptedAssistant = field(default_factory=scripted.ScriptedAssistant)

    def conversation(self) -> Conversation:
        return Conversation(
            Turns(self.assistant, Counted(), write=self.writer, card=self.card),
            scripted.screen,
            scripted.SHELF,
            pace=0.0,
            deadline=self.deadline,
        )

    def turn(self, text: str, agreed: bool | None = None) -> list[Update]:
        visit = Visit(agreed=agreed).asking(text)
        seen: list[Update] = []
        for update in self.conversation().turn(visit):
            if not seen or update is not seen[-1]:
                seen.append(update)
        return seen


def shown(update: Update, name: str) -> str:
    """The HTML of one version of an answer."""
    return update.html.split(f'data-version="{name}"')[-1].split('<div class="version')[0]


def hidden(update: Update, name: str) -> bool:
    return f'-{name}" data-version="{name}" hidden' in update.html


def written(update: Update) -> int:
    return update.html.count('data-origin="written"')


def test_what_was_found_shows_at_once_and_can_be_opened() -> None:
    first = Talk().turn("calf cramp")[1]
    assert "Found in 2 texts" in first.html
    assert scripted.RELEASE.title in first.html
    assert "qwen2.5:7b is putting it into words; every sentence is checked first" in first.html
    assert written(first) == 0
    opened = first.html.split('class="found"')[1].split('data-source="')[1].split('"')[0]
    assert f'<template id="{opened}">' in first.html
    assert hidden(first, "quotes")
    assert not hidden(first, "written")


def test_checked_sentences_show_as_they_pass_and_the_whole_ends_the_turn() -> None:
    updates = Talk().turn("calf cramp")
    counts = [written(update) for update in updates]
    assert counts == sorted(counts)
    assert counts[-1] == 3
    assert {1, 2, 3} <= set(counts)
    last = updates[-1]
    assert last.state is TurnState.DONE
    assert "Worded by qwen2.5:7b, each sentence checked against the texts" in last.html
    assert "Show the quotes instead" in last.html
    assert hidden(last, "quotes")
    assert [update.state for update in updates[:-1]].count(TurnState.DONE) == 0


def test_whoever_waits_longer_than_the_deadline_gets_the_quotes_and_is_offered_the_other() -> None:
    talk = Talk(deadline=0.0)
    updates = talk.turn("calf cramp")
    late, last = updates[2], updates[-1]
    assert "qwen2.5:7b is still writing; its answer will be offered here" in late.html
    assert hidden(late, "written")
    assert not hidden(late, "quotes")
    assert written(late) == 0
    assert late.state is TurnState.STREAMING
    assert late.copy
    assert hidden(last, "written")
    assert "Show the written answer" in last.html
    assert "still writing" not in last.html
    assert written(last) == 3


def test_once_a_sentence_is_shown_no_deadline_takes_it_away() -> None:
    def write(question: Question, quotes: Answer) -> Iterator[Progress]:
        one = replace(quotes, items=WRITTEN[:1], writing=Writing("m"))
        for so_far in (replace(one, items=()), one, one, one):
            yield Progress(so_far)
        yield Progress(replace(one, items=WRITTEN), done=True)

    times = iter([0.0, 0.0, 1.0, 2.0, 100.0, 200.0, 300.0])  # asked, begun, then each report
    clock = SimpleNamespace(monotonic=lambda: next(times))
    conversation = replace_write(Talk(deadline=8.0).conversation(), write)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.turns.time", clock)
        updates = list(conversation.turn(Visit().asking("calf")))
    assert next(times, None) is None
    assert all("still writing;" not in update.html for update in updates)
    assert hidden(updates[-1], "quotes")


def test_the_two_versions_never_share_an_id() -> None:
    html = Talk().turn("calf cramp")[-1].html
    ids = [part.split('"')[0] for part in html.split('id="')[1:]]
    assert len(ids) == len(set(ids))
    opened = {part.split('"')[0] for part in html.split('data-source="')[1:]}
    assert opened <= set(ids)


@pytest.mark.parametrize("deadline", [0.0, NEVER])
def test_a_failure_is_told_above_the_quotes(deadline: float) -> None:
    last = Talk(deadline=deadline).turn("calf cramp fails")[-1]
    assert last.html.index(FAILURE) < last.html.index(scripted.RELEASE.sentences[0].text)
    assert not hidden(last, "quotes")
    assert 'data-act="version"' not in last.html
    assert FAILURE in last.say
    assert last.state is TurnState.DONE
    assert scripted.RELEASE.sentences[0].text in last.copy
    assert last.other == ""


def test_a_writer_that_breaks_leaves_the_quotes_and_a_line_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    last = Talk().turn("calf cramp broken, my private matter")[-1]
    assert "Something on our side failed while the answer was being worded" in last.html
    assert not hidden(last, "quotes")
    assert last.state is TurnState.DONE
    assert "RuntimeError at writer.py" in caplog.text
    assert "private matter" not in caplog.text
    assert "scripted failure" not in last.html


def test_a_writer_that_ends_too_early_counts_as_failed() -> None:
    talk = Talk()
    conversation = replace_write(talk.conversation(), lambda question, quotes: iter(()))
    last = list(conversation.turn(Visit().asking("calf")))[-1]
    assert last.state is TurnState.DONE
    assert not hidden(last, "quotes")


def replace_write(conversation: Conversation, write: object) -> Conversation:
    return turned(conversation, write=write)


def turned(conversation: Conversation, **changes: Any) -> Conversation:  # noqa: ANN401
    """The same conversation over other turns."""
    return replace(conversation, turns=replace(conversation.turns, **changes))


@pytest.mark.parametrize("updates_before", [2, 3])
def test_closing_a_turn_stops_the_model(updates_before: int) -> None:
    talk = Talk()
    with closing(talk.conversation().turn(Visit().asking("halts calf cramp"))) as turn:
        for _ in range(updates_before + 1):
            next(turn)
        assert talk.writer.open == 1
    assert (talk.writer.open, talk.writer.closed) == (0, 1)


def test_while_nothing_is_new_the_same_update_comes_so_that_stop_is_heard() -> None:
    with closing(Talk().conversation().turn(Visit().asking("halts calf cramp"))) as turn:
        seen = [next(turn) for _ in range(12)]
    assert seen[-1] is seen[-2] is seen[-3]
    assert written(seen[-1]) == 1


@pytest.mark.parametrize("agreed", [None, False])
def test_without_consent_no_model_elsewhere_is_asked(agreed: bool | None) -> None:
    talk = Talk(card=ELSEWHERE)
    last = talk.turn("calf cramp", agreed)[-1]
    assert talk.writer.read == []
    assert not any(question.model_may_read for question in talk.assistant.asked)
    assert "Found in" not in last.html
    assert last.html.count('<span class="s">') == 8


def test_with_consent_and_on_the_clubs_own_machine_the_model_may_read() -> None:
    for talk, agreed in ((Talk(card=ELSEWHERE), True), (Talk(card=HERE), None)):
        assert written(talk.turn("calf cramp", agreed)[-1]) == 3
        assert all(question.model_may_read for question in talk.assistant.asked)


def test_consent_outlives_a_new_chat_and_can_be_withdrawn() -> None:
    visit = Visit().agreeing(agreed=True).asking("one").afresh()
    assert visit.agreed is True
    assert visit.asked == ()
    assert visit.agreeing(agreed=False).asking("two").agreed is False


def leaning(card: ModelCard, *, private: bool) -> Talk:
    """A follow-up was asked, after a first turn that was asked before the reader's yes, or not."""
    talk = Talk(card=card)

    def ask(question: Question) -> Reply:
        talk.assistant.asked.append(question)
        return replace(scripted.ANSWER, why=replace(scripted.WHY, carried=question.earlier[-1:]))

    visit = Visit() if private else Visit().agreeing(agreed=True)
    visit = visit.asking("my private matter").agreeing(agreed=True).asking("how often")
    list(turned(talk.conversation(), ask=ask).turn(visit))
    return talk


def test_an_answer_that_leans_on_what_was_asked_before_the_yes_stays_quoted() -> None:
    talk = leaning(ELSEWHERE, private=True)
    assert talk.assistant.asked == [Question("how often", ("my private matter",), True, 1)]
    assert talk.writer.read == []
    for open_talk in (leaning(ELSEWHERE, private=False), leaning(HERE, private=True)):
        assert open_talk.assistant.asked[0].earlier_private == 0
        assert len(open_talk.writer.read) == 1


def looking(question: Question, found: Reply, *, breaks: bool = False) -> Generator[Reply]:
    """Looks again for a follow-up: twice nothing new, then an answer."""
    assert question.earlier
    yield found
    yield found
    if breaks:
        raise RuntimeError(question.text)
    yield scripted.ANSWER


def nothing_more(_: Question, __: Reply) -> Generator[Reply]:
    """Knows nothing to look for."""
    yield from ()


def again(again: AgainCallable, agreed: bool | None = None) -> Generator[Update]:
    """The second turn of a talk, which finds nothing by itself."""
    talk = Talk(card=ELSEWHERE)
    conversation = turned(talk.conversation(), again=again)
    return conversation.turn(Visit(agreed=agreed).asking("calf").asking("knee"))


def test_a_second_look_is_told_of_and_what_it_finds_is_worded() -> None:
    seen = list(again(looking, agreed=True))
    waits = [update for update in seen if words.LOOKING_AGAIN in update.html]
    assert len(waits) == 2
    assert waits[0] is waits[1]  # so that Stop is heard meanwhile
    assert {update.state for update in waits} == {TurnState.WAITING}
    assert written(seen[-1]) == 3


def test_a_second_look_that_breaks_leaves_the_first_reply(
    caplog: pytest.LogCaptureFixture,
) -> None:
    last = list(again(partial(looking, breaks=True), agreed=True))[-1]
    assert last.state is TurnState.DONE
    assert scripted.ABSTAIN.message in last.html
    assert "RuntimeError" in caplog.text
    assert "knee" not in caplog.text


def test_where_nothing_is_to_be_looked_for_the_first_reply_stands() -> None:
    seen = list(again(nothing_more, agreed=True))
    assert not any(words.LOOKING_AGAIN in update.html for update in seen)
    assert scripted.ABSTAIN.message in seen[-1].html


def test_without_a_yes_there_is_no_second_look() -> None:
    seen = list(again(looking, agreed=None))
    assert not any(words.LOOKING_AGAIN in update.html for update in seen)


def test_closing_a_turn_stops_its_second_look() -> None:
    closed: list[bool] = []

    def halting(_: Question, found: Reply) -> Generator[Reply]:
        try:
            while True:
                yield found
        finally:
            closed.append(True)

    with closing(again(halting, agreed=True)) as turn:
        while words.LOOKING_AGAIN not in next(turn).html:
            assert closed == []
    assert closed == [True]


def test_once_the_days_worded_answers_are_spent_readers_have_the_quotes() -> None:
    talk = Talk()
    spent = replace(talk.conversation(), may_word=lambda: False)
    last = list(spent.turn(Visit().asking("calf cramp")))[-1]
    assert talk.writer.read == []
    assert "Found in" not in last.html


def test_an_answer_that_leans_on_nothing_private_is_worded() -> None:
    talk = Talk(card=ELSEWHERE)
    ask = lambda _: scripted.ANSWER  # noqa: E731
    visit = Visit().asking("my private matter").agreeing(agreed=True).asking("calf")
    last = list(turned(talk.conversation(), ask=ask).turn(visit))[-1]
    assert written(last) == 3


@pytest.mark.parametrize("text", ["hot calf", "unscreened calf", "swollen", "knee", "how long"])
def test_no_model_is_asked_under_a_grave_warning_or_where_nothing_is_answered(text: str) -> None:
    talk = Talk()
    updates = talk.turn(text)
    assert talk.writer.read == []
    assert updates[-1].state is TurnState.DONE


def test_a_warning_to_see_somebody_stands_above_the_written_answer() -> None:
    last = Talk().turn("shin bone")[-1]
    assert written(last) == 3
    assert last.html.index(scripted.SEE.act) < last.html.index(FIRST.text)
    assert scripted.SEE.act in last.copy
    assert scripted.SEE.act in last.other


def test_a_grave_warning_of_whoever_answers_counts_too() -> None:
    talk = Talk()

    def ask(_: Question) -> Reply:
        return replace(scripted.ANSWER, alert=Alert((scripted.URGENT,)))

    last = list(turned(talk.conversation(), ask=ask).turn(Visit().asking("calf")))[-1]
    assert talk.writer.read == []
    assert scripted.URGENT.act in last.html


@pytest.mark.parametrize("text", ["calf cramp", "kerb", "calf fails", "calf broken", "noted"])
@pytest.mark.parametrize("deadline", [0.0, NEVER])
def test_announcements_are_only_ever_appended_and_each_is_made_once(
    text: str, deadline: float
) -> None:
    updates = Talk(deadline=deadline).turn(text)
    for earlier, later in pairwise(updates):
        assert later.say[: len(earlier.say)] == earlier.say
    said = updates[-1].say
    assert len(said) == len(set(said))
    assert sum(line.startswith("End of answer.") for line in said) == 1


def test_the_written_answer_is_heard_with_who_wrote_it_and_who_says_it() -> None:
    said = Talk().turn("calf cramp")[-1].say
    heard = " ".join(said)
    assert "Worded by qwen2.5:7b, each sentence checked against the texts." in said
    assert f"One article says: {FIRST.text}" in said
    assert f"One forum poster (reply 1) says: {POSTER.text}" in said
    assert all(heard.count(sentence.text) == 1 for sentence in SENTENCES)
    assert scripted.RELEASE.sentences[0].text not in heard
    assert said[-1] == "End of answer. 4 sources."


def test_with_the_quotes_in_front_no_written_sentence_is_heard_only_that_it_is_there() -> None:
    said = Talk(deadline=0.0).turn("calf cramp")[-1].say
    assert set(spoken(scripted.ANSWER)) <= set(said)
    assert set(spoken_end(scripted.ANSWER)) <= set(said)
    assert not any(FIRST.text in line for line in said)
    assert said[-1] == "The answer worded by qwen2.5:7b is ready: Show the written answer."


def test_a_sentence_put_before_others_is_announced_with_who_says_it() -> None:
    def write(question: Question, quotes: Answer) -> Iterator[Progress]:
        first, second, third = WRITTEN[0].sentences
        for sentences in ((second,), (second, third), (first, second, third)):
            items = (replace(WRITTEN[0], sentences=sentences),)
            yield Progress(replace(quotes, items=items, writing=Writing("m")))
        yield Progress(replace(quotes, items=items, writing=Writing("m")), done=True)

    talk = replace_write(Talk().conversation(), write)
    said = list(talk.turn(Visit().asking("calf")))[-1].say
    first, second, third = (sentence.text for sentence in WRITTEN[0].sentences)
    assert said[2:5] == (f"One article says: {second}", third, f"One article says: {first}")


def test_both_versions_can_be_copied_and_each_says_who_wrote_it() -> None:
    front = Talk().turn("calf cramp")[-1]
    assert f"~ {FIRST.text} [1]" in front.copy
    assert "Worded by qwen2.5:7b" in front.copy
    assert f"~ {SENTENCES[2].text}" not in front.copy
    assert FIRST.text not in front.other
    late = Talk(deadline=0.0).turn("calf cramp")[-1]
    assert (late.copy, late.other) == (front.other, front.copy)


def test_why_tells_what_became_of_every_drafted_sentence() -> None:
    html = Talk().turn("calf cramp")[-1].html
    why = html.split('<details class="why">')[1]
    assert why.count('class="draft"') == 4
    for said in ("passed", "replaced by a quote", "left out", "Not shown: time<"):
        assert said in why
    assert FIRST.text in why
    assert not any(unread in html for unread in ("an hour", "400 mg"))


@pytest.mark.parametrize("outcome", [Outcome.REPLACED, Outcome.DROPPED])
def test_nobody_reads_a_word_of_a_sentence_that_did_not_pass(outcome: Outcome) -> None:
    faults = (Fault("number", "400 mg"), Fault("not cited", "take"), Fault("number", "4"))
    failed = Drafted("Take 400 mg.", (), outcome, faults)
    assert (drafted_text(failed), failed.reason) == ("", "number; not cited")
    assert drafted_text(replace(failed, outcome=Outcome.COPIED, faults=())) == failed.text
