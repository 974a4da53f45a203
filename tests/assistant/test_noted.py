"""Notes of ours beside the texts' words: for what is quoted, and for medicines asked about."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.compose import quote
from assistant.noted import MOST, notes_for
from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.reply import Abstention, AbstentionReason, Answer, ItemKind, NoticeSource
from assistant.select import Point
from assistant.why import Why
from corpus import Span
from corpus.notes import Note, NoteKind, NoteSource
from tests.assistant.golden import citations_of
from tests.assistant.made import passage, place

SOURCE = passage("Do not stretch.", "Squeeze it.", "Salt helps.", "Ice helps.", "Rest.")
WHY = Why("", (), "0.70 sure")
NOTHING = Abstention(AbstentionReason.NOT_COVERED, "No.", (), "", WHY)
BMJ = NoteSource("BMJ", "A trial", "2017", "P", "bmj.example/1")
NHS = NoteSource("NHS", "Ibuprofen", "", "S", "")


def note(name: str, *spans: Span, asks: tuple[str, ...] = ()) -> Note:
    kind: NoteKind = "medicine" if asks else "evidence"
    return Note(name, f"About {name}", f"Of {name}.", kind, spans, asks, (BMJ, NHS))


def span(at: int) -> Span:
    return SOURCE.sentences[at].span


def answer(*quoted: int) -> Answer:
    points = [Point(ItemKind.STATEMENT, (place(SOURCE, at),), 0.9) for at in quoted]
    return Answer(quote(points), WHY)


STRETCH, SQUEEZE, SALT = (
    note("stretch", span(0)),
    note("squeeze", span(0), span(1)),
    note("s", span(2)),
)
PILLS = note("pills", span(3), asks=("ibuprofen", "anti inflammatories"))
ALL = (STRETCH, SQUEEZE, SALT, PILLS)


def ids(asked: str, reply: Answer | Abstention, notes: tuple[Note, ...] = ALL) -> list[str]:
    return [found.id for found in notes_for(asked, reply, notes)]


def test_a_quoted_sentence_brings_its_notes_in_the_order_of_the_file() -> None:
    assert ids("cramp?", answer(0)) == ["stretch", "squeeze"]
    assert ids("cramp?", answer(1)) == ["squeeze"]
    assert ids("cramp?", answer(4)) == []


def test_notes_follow_the_words_they_speak_to_and_come_once() -> None:
    assert ids("cramp?", answer(2, 1)) == ["s", "squeeze"]
    assert ids("cramp?", answer(2, 0, 1)) == ["s", "stretch", "squeeze"]


def test_a_few_words_of_a_sentence_are_enough() -> None:
    part = Span(span(2).document_id, span(2).start + 2, span(2).start + 4)
    assert ids("cramp?", answer(2), (note("part", part),)) == ["part"]
    elsewhere = replace(part, document_id="another-text")
    assert ids("cramp?", answer(2), (note("elsewhere", elsewhere),)) == []


@pytest.mark.parametrize(
    "asked", ["Does IBUPROFEN help?", "anti-inflammatories?", "is an anti inflammatory ok"]
)
@pytest.mark.parametrize("reply", [NOTHING, answer(4)])
def test_a_medicine_asked_about_brings_its_note_whatever_is_quoted(
    asked: str, reply: Answer | Abstention
) -> None:
    assert ids(asked, reply) == ["pills"]


def test_a_medicine_is_asked_about_by_whole_words_only() -> None:
    assert ids("is there an ibuprofenish gel of anti ageing inflammatories", NOTHING) == []


def test_an_abstention_calls_for_no_note_of_what_is_quoted() -> None:
    assert ids("stretch", NOTHING) == []


def test_at_most_a_few_notes_are_shown_for_quotes_and_a_medicine_still_comes_last() -> None:
    many = tuple(note(f"note-{n}", span(n)) for n in (0, 1, 2, 4))
    assert MOST == 3
    reply = answer(0, 1, 2, 3, 4)
    assert ids("cramp?", reply, many) == ["note-0", "note-1", "note-2"]
    assert ids("ibuprofen?", reply, (*many, PILLS)) == ["note-0", "note-1", "note-2", "pills"]


def test_a_medicine_quoted_beyond_the_few_is_never_left_without_its_note() -> None:
    many = tuple(note(f"note-{n}", span(n)) for n in (0, 1, 2))
    assert ids("cramp?", answer(0, 1, 2, 3), (*many, PILLS))[-1] == "pills"


def test_a_note_is_shown_with_its_words_and_sources() -> None:
    (shown,) = notes_for("cramp?", answer(2), (SALT,))
    assert (shown.id, shown.about, shown.text) == ("s", "About s", "Of s.")
    assert shown.sources == (
        NoticeSource("BMJ", "A trial (2017)", None, "P", "bmj.example/1"),
        NoticeSource("NHS", "Ibuprofen", None, "S", ""),
    )


def asked_of(assistant: Assistant, text: str) -> Answer | Abstention:
    reply = assistant.ask(Question(text))
    assert isinstance(reply, Answer | Abstention)
    return reply


def test_the_headline_question_is_told_that_stretching_has_a_second_side(
    assistant: Assistant,
) -> None:
    reply = asked_of(assistant, "calf cramped at mile 8, should i stretch it straight away??")
    assert isinstance(reply, Answer)
    assert citations_of(reply)[0].quote.startswith("Do not stretch a cramping calf")
    first = reply.notes[0]
    assert first.id == "stretching-during-a-cramp"
    assert "conflicts with published guidance" in first.text
    assert {"NHS"} < {source.organisation for source in first.sources}
    assert len(reply.notes) <= MOST


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("how much ibuprofen should i take before the race", "anti-inflammatories"),
        ("can I take Naproxen for my calf?", "anti-inflammatories"),
        ("diclofenac gel?", "anti-inflammatories"),
        ("how many paracetamol for sore calves", "pain-tablets"),
    ],
)
def test_a_medicine_the_shelf_says_nothing_of_gets_its_note_all_the_same(
    assistant: Assistant, asked: str, name: str
) -> None:
    reply = asked_of(assistant, asked)
    assert isinstance(reply, Abstention)
    assert name in [found.id for found in reply.notes]


def test_what_a_poster_says_of_ibuprofen_never_stands_alone(assistant: Assistant) -> None:
    reply = asked_of(assistant, "does ibuprofen help against a calf cramp")
    assert isinstance(reply, Answer)
    assert any("this poster says" in cited.quote for cited in citations_of(reply))
    (found,) = (each for each in reply.notes if each.id == "anti-inflammatories")
    assert "London Marathon" in found.text
    assert len(found.sources) >= 3


def test_every_quote_of_the_shelf_that_has_a_note_can_bring_it(assistant: Assistant) -> None:
    shelf = assistant.shelf
    assert len(shelf.notes) >= 10
    for each in shelf.notes:
        places = shelf.places_at(each.spans)
        assert len(places) == len(each.spans), each.id
        for where in places:
            reply = Answer(quote([Point(ItemKind.STATEMENT, (where,), 0.9)]), WHY)
            assert each.id in ids("?", reply, shelf.notes)


def test_a_question_about_no_medicine_and_nothing_noted_has_no_notes(assistant: Assistant) -> None:
    assert asked_of(assistant, "How do I stretch my soleus?").notes == ()


def test_the_signs_of_a_condition_come_with_the_day_they_were_checked(
    assistant: Assistant,
) -> None:
    (found, *_) = asked_of(assistant, "is it a DVT?").notes
    assert found.sources[0].checked == date(2026, 11, 22)
