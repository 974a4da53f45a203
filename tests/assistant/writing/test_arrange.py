"""Sentences that passed, failed or repeated, in any order: nothing is lost, nobody is misquoted."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking.lexis import lexis, stems_of
from assistant.checking.novelty import respelled
from assistant.reply import Answer, AnswerSentence, ItemKind, Origin
from assistant.why import Fault, Outcome
from assistant.writing.arrange import Arrangement
from assistant.writing.prompt import offered
from tests.assistant.writing.answers import STEPS, answer, point, sentences, texts

QUOTING = answer()
OFFERED = offered(QUOTING)
KERB = "Heel drops off a kerb"
WORDS = (
    *(one.citation.quote for one in OFFERED),
    *(one.citation.quote.partition(" ")[2].rpartition(" ")[0] + "." for one in OFFERED),
    "Something else altogether.",
    "But not if it is a tear.",
    "It helps a little.",
    "However, salt is no cure.",
)


@dataclass(frozen=True)
class Step:
    """One sentence of a draft, and what the checker would say of it."""

    text: str
    numbers: tuple[int, ...]
    passes: bool


STEP = st.builds(
    Step,
    st.sampled_from(WORDS),
    st.lists(st.integers(1, len(OFFERED) + 1), max_size=3, unique=True).map(tuple),
    st.booleans(),
)


def arrangement(quoting: Answer = QUOTING) -> Arrangement:
    return Arrangement(quoting, offered(quoting), lexis(), "model")


def take(arranged: Arrangement, step: Step) -> None:
    """As the writer does."""
    cited = arranged.cited(step.numbers)
    if not cited or not step.passes:
        arranged.failed(step.text, cited, Fault("it does not stand"))
    elif faults := arranged.leaning(step.text, cited):
        arranged.failed(step.text, cited, *faults)
    elif arranged.repeats(step.text):
        arranged.repeated(step.text, cited)
    else:
        arranged.passed(step.text, cited)


def telling(text: str) -> set[str]:
    return {stem for stem in stems_of(text) if stem not in lexis().function}


def is_told(quote: AnswerSentence, reply: Answer) -> bool:
    """Whether a quote stands in a reply, or at least half of it in what was written of it."""
    span = quote.citations[0].span
    of_it = [s for s in sentences(reply) if span in [c.span for c in s.citations]]
    if any(each.origin is Origin.QUOTED for each in of_it):
        return True
    read = [respelled(each.text, [quote.text], lexis()) for each in of_it]
    written = set().union(*(telling(text) for text in read))
    return 2 * len(telling(quote.text) & written) >= len(telling(quote.text))


def hold_always(reply: Answer) -> None:
    """What holds of an answer at any moment."""
    for each in sentences(reply):
        assert each.citations
        if each.origin is Origin.QUOTED:
            assert each.text == each.citations[0].quote
            assert len(each.citations) == 1
    markers = [c.marker for each in sentences(reply) for c in each.citations]
    spans = [c.span for each in sentences(reply) for c in each.citations]
    assert list(dict.fromkeys(markers)) == list(range(1, len(set(markers)) + 1))
    assert len(set(zip(markers, spans, strict=True))) == len(set(markers)) == len(set(spans))
    assert all(item.sentences for item in reply.items)
    sides = [item for item in reply.items if item.kind is ItemKind.DISAGREEMENT]
    assert [side.attribution for side in sides] in ([], ["One article:", "A forum poster:"])
    places = [at for at, item in enumerate(reply.items) if item in sides]
    assert all(second - first == 1 for first, second in pairwise(places))
    quoted = [s.text for s in sentences(reply) if s.origin is Origin.QUOTED]
    assert len(set(quoted)) == len(quoted)


def hold_at_the_end(whole: Answer) -> None:
    """What holds of a whole answer."""
    for item in QUOTING.items:
        if item.kind in (ItemKind.PROCEDURE, ItemKind.PRODUCT):
            kept = [each for each in whole.items if each.kind is item.kind]
            assert [s.text for each in kept for s in each.sentences] == [
                s.text for s in item.sentences
            ]
            assert [each.attribution for each in kept] == [item.attribution]
    assert [q.text for q in sentences(QUOTING) if not is_told(q, whole)] == []
    assert whole.writing is not None
    outcomes = [each.outcome for each in whole.why.drafted]
    assert whole.writing.passed == outcomes.count(Outcome.PASSED)
    assert whole.writing.replaced == outcomes.count(Outcome.REPLACED)
    assert whole.writing.dropped == outcomes.count(Outcome.DROPPED)
    written = [s for s in sentences(whole) if s.origin is Origin.WRITTEN]
    assert len(written) == whole.writing.passed


@settings(max_examples=200)
@given(st.lists(STEP, max_size=12))
def test_whatever_the_draft_nothing_is_lost_and_nothing_stands_without_its_words(
    steps: Sequence[Step],
) -> None:
    arranged = arrangement()
    shown: list[AnswerSentence] = []
    for step in steps:
        take(arranged, step)
        hold_always(arranged.so_far())
        shown += sentences(arranged.so_far())
    whole = arranged.whole()
    hold_always(whole)
    hold_at_the_end(whole)
    left = {(each.text, each.origin) for each in sentences(whole)}
    taken_back = {d.text for d in whole.why.drafted if "qualified" in d.reason}
    for each in shown:
        if (each.text, each.origin) in left:
            continue
        # Gone again is only what must not stand alone, or a side's quote that was then restated.
        assert each.text in taken_back or (each.origin is Origin.QUOTED and is_told(each, whole))


def test_without_a_draft_the_answer_is_the_quoting_one() -> None:
    whole = arrangement().whole("It is gone.")
    assert (whole.items, whole.quotes) == (QUOTING.items, ())
    assert whole.writing is not None
    assert whole.writing.failure == "It is gone."


def test_a_sentence_that_restates_a_quote_takes_its_place() -> None:
    arranged = arrangement()
    take(arranged, Step("Never stretch a cramping calf straight away.", (1,), passes=True))
    [item] = arranged.so_far().items
    assert item.attribution == "What an article says, in short:"
    whole = texts(arranged.whole())
    assert whole[0] == "Never stretch a cramping calf straight away."
    assert OFFERED[0].citation.quote not in whole
    assert whole[1:3] == [OFFERED[1].citation.quote, OFFERED[2].citation.quote]
    assert arranged.whole().quotes == QUOTING.items


def test_half_of_a_quote_restated_leaves_the_quote_beside_it() -> None:
    arranged = arrangement()
    take(arranged, Step("Stretch the calf gradually.", (2,), passes=True))
    assert OFFERED[1].citation.quote in texts(arranged.whole())


def test_a_quote_whose_number_was_left_out_is_shown_as_well() -> None:
    arranged = arrangement()
    take(arranged, Step("Stretch the calf gradually: go a little further.", (2,), passes=True))
    assert OFFERED[1].citation.quote in texts(arranged.whole())
    take(arranged, Step("Go further in fifteen-second steps: every 15 seconds.", (2,), passes=True))
    assert OFFERED[1].citation.quote not in texts(arranged.whole())


def test_in_place_of_a_failed_sentence_stands_what_it_cited() -> None:
    arranged = arrangement()
    take(arranged, Step("Salt always helps.", (4,), passes=False))
    [item] = arranged.so_far().items
    assert [s.text for s in item.sentences] == [OFFERED[3].citation.quote]
    assert item.attribution == "A forum poster (reply 1) says:"


def test_what_a_lost_sentence_qualified_is_taken_back() -> None:
    arranged = arrangement()
    take(arranged, Step("Stretch the calf gradually, further every 15 seconds.", (2,), passes=True))
    take(arranged, Step("But never when it cramps.", (), passes=False))
    assert texts(arranged.so_far()) == [OFFERED[1].citation.quote]
    assert [d.outcome for d in arranged.so_far().why.drafted] == [
        Outcome.REPLACED,
        Outcome.DROPPED,
    ]
    assert arranged.whole().items == QUOTING.items


def test_an_aside_that_qualifies_nothing_takes_nothing_back() -> None:
    arranged = arrangement()
    take(arranged, Step("Never stretch a cramping calf straight away.", (1,), passes=True))
    take(arranged, Step("Good luck with your race!", (), passes=False))
    assert texts(arranged.so_far()) == ["Never stretch a cramping calf straight away."]


@pytest.mark.parametrize("side", [6, 7])
def test_one_side_brings_the_other_at_once_each_under_its_own_name(side: int) -> None:
    arranged = arrangement()
    take(arranged, Step("Heel drops off a kerb, told otherwise.", (side,), passes=True))
    items = arranged.so_far().items
    assert [(item.group, item.attribution) for item in items] == [
        (KERB, "One article:"),
        (KERB, "A forum poster:"),
    ]
    origins = [item.sentences[0].origin for item in items]
    assert origins.index(Origin.WRITTEN) == side - 6
    assert origins.count(Origin.QUOTED) == 1


def test_a_repetition_is_dropped_and_what_leans_on_it_too() -> None:
    arranged = arrangement()
    take(arranged, Step("Never stretch a cramping calf straight away.", (1,), passes=True))
    take(arranged, Step("In the long term, massage does not solve tight calves.", (3,), True))
    take(arranged, Step("A cramping calf: never stretch it straight away.", (1,), passes=True))
    take(arranged, Step("It goes a little further every 15 seconds.", (2,), passes=True))
    assert [d.outcome for d in arranged.whole().why.drafted] == [
        Outcome.PASSED,
        Outcome.PASSED,
        Outcome.DROPPED,
        Outcome.REPLACED,
    ]


@pytest.mark.parametrize(
    ("before", "leans"),
    [
        (Step("Never stretch a cramping calf straight away.", (1,), True), ""),
        (Step("Stretch a cramping calf.", (1,), False), "left out"),
        (Step("One poster finds long stretches after running a help.", (5,), True), "somebody"),
        (None, "somebody"),
    ],
    ids=["stands", "left out", "another's", "nothing"],
)
def test_a_sentence_may_lean_only_on_one_that_stands_before_it(
    before: Step | None, leans: str
) -> None:
    arranged = arrangement()
    if before:
        take(arranged, before)
    faults = arranged.leaning("This can be done later.", arranged.cited((2,)))
    assert [leans in fault.kind for fault in faults] == [True] * bool(leans)
    assert arranged.leaning("Stretch later.", arranged.cited((2,))) == ()


def test_numbers_that_stand_for_nothing_are_passed_over() -> None:
    assert arrangement().cited((0, 99, -1, 2)) == (OFFERED[1],)


def test_an_answer_of_steps_alone_offers_nothing_to_write() -> None:
    assert offered(answer(point(ItemKind.PROCEDURE, STEPS))) == ()
