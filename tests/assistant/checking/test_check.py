"""Each rule of checking by pairs that differ in little: what may be read, what must be caught."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.check import LONGEST, Checker, Verdict
from assistant.checking.rules import Source
from assistant.why import Fault

CRAMP = "Do not stretch a cramping calf straight away: first help the muscle to finish contracting."
GRADUALLY = (
    "Stretch the calf gradually: go a little further every 15 seconds, as far forward as your"
    " ankle bends."
)
HOLD = "At the furthest point, hold the calf stretch for a full 60 seconds."
MASSAGE = (
    "For calf flexibility, massage and myofascial release can work very well, but only as a"
    " temporary measure."
)
GLUTES = "When the gluteus maximus does too little, the hamstrings and the calves do extra work."
KERB = (
    "The author always advises against heel drops off a kerb, which are just too severe unless"
    " done deliberately and very slowly."
)
ADAPT = "Many new runners do see their calves adapt and stop hurting as they run more."
STEPS = "Put one hand right under the knee. Put the other hand right above the ankle."
SALT = "Extra salt in the diet does seem to help this poster's cramps, though that might be luck."
ROLLER = "A foam roller really wasn't enough, in this poster's case."
SESSIONS = "Three massage sessions within 24 hours settled this poster's calf cramp."
OUTER = "On runs, this runner's lower calves cramp on the outside, right above the ankle."


@pytest.fixture(scope="module")
def checker() -> Checker:
    """As it is shipped."""
    return Checker.load()


def article(*words: str) -> list[Source]:
    return [Source(each, ("article", "author"), forum=False) for each in words]


def post(*words: str, speaker: str = "reply 1") -> list[Source]:
    return [Source(each, ("thread", speaker), forum=True) for each in words]


PAIRS = {
    "verbatim": (article(CRAMP), CRAMP, CRAMP.replace("Do not stretch", "Stretch")),
    "part of a sentence": (
        article(CRAMP),
        "Do not stretch a cramping calf straight away.",
        "Stretch a cramping calf straight away.",
    ),
    "number": (
        article(HOLD),
        "Hold the calf stretch for 60 seconds at the furthest point.",
        "Hold the calf stretch for 90 seconds at the furthest point.",
    ),
    "number word": (
        article(HOLD),
        "Hold the calf stretch for sixty seconds at the furthest point.",
        "Hold the calf stretch for twenty seconds at the furthest point.",
    ),
    "unit": (
        article(GRADUALLY),
        "In the calf stretch, go a little further every 15 seconds.",
        "In the calf stretch, go a little further every 15 minutes.",
    ),
    "amounts that change places": (
        article(GRADUALLY, HOLD),
        "Go a little further every 15 seconds, and at the furthest point hold for 60 seconds.",
        "Go a little further every 60 seconds, and at the furthest point hold for 15 seconds.",
    ),
    "muscle": (
        article(GLUTES),
        "When the gluteus maximus does too little, the calves do extra work.",
        "When the soleus does too little, the calves do extra work.",
    ),
    "body part": (
        article(STEPS),
        "Put one hand right under the knee.",
        "Put one hand right under the hip.",
    ),
    "drug": (
        post(SALT),
        "Extra salt seems to help one poster's cramps, though that might be luck.",
        "Extra magnesium seems to help one poster's cramps, though that might be luck.",
    ),
    "a word of its own": (
        article(ADAPT),
        "Many new runners see their calves adapt as they run more.",
        "Many new runners see their calves adapt painlessly as they run more.",
    ),
    "possibility": (
        article(MASSAGE),
        "Massage can work very well for calf flexibility, but only as a temporary measure.",
        "Massage works very well for calf flexibility, but only as a temporary measure.",
    ),
    "doubt of a poster": (
        post("Long stretches after running seem to help this poster."),
        "Long stretches after running seem to help one poster.",
        "Long stretches after running help one poster.",
    ),
    "what is taken back": (
        post(SALT),
        "Extra salt does seem to help this poster's cramps, though that might be luck.",
        "Extra salt does seem to help this poster's cramps.",
    ),
    "a condition told by the main clause alone": (
        article("You may run on the leg again once the leg has healed."),
        "You may run on the leg again once it has healed.",
        "You may run on the leg again.",
    ),
    "a dash is no beginning": (
        article("Begin with non-weight-bearing exercises."),
        "Begin with non-weight-bearing exercises, the article says.",
        "Weight-bearing exercises.",
    ),
    "units that change places": (
        article("Run 5 km in 30 minutes."),
        "In 30 minutes, run 5 km.",
        "Run 30 km in 5 minutes.",
    ),
    "urgency": (
        article("See a doctor immediately."),
        "See a doctor at once.",
        "See a doctor soon.",
    ),
    "some, not all": (
        article(ADAPT),
        "Many new runners see their calves stop hurting as they run more.",
        "New runners see their calves stop hurting as they run more.",
    ),
    "limit": (
        article(MASSAGE),
        "Massage can work very well for calf flexibility, only as a temporary measure.",
        "Massage can work very well for calf flexibility.",
    ),
    "exception": (
        article(KERB),
        "The author always advises against heel drops off a kerb, too severe unless done slowly.",
        "The author always advises against heel drops off a kerb, which are too severe.",
    ),
    "condition": (
        article(GLUTES),
        "If the gluteus maximus does too little, the calves do extra work.",
        "The hamstrings and the calves do extra work.",
    ),
    "denial invented": (
        article(ADAPT),
        "Many new runners see their calves stop hurting as they run more.",
        "Many new runners never see their calves adapt as they run more.",
    ),
    "denial lost": (
        post(ROLLER),
        "For one poster, a foam roller wasn't enough.",
        "For one poster, a foam roller was enough.",
    ),
    "order": (
        article("Squeeze the calf before you stretch it."),
        "Squeeze the calf before stretching it.",
        "Squeeze the calf after stretching it.",
    ),
    "order without another word": (
        article("Massage the calf before you run."),
        "Massage the calf before running.",
        "Run before you massage the calf.",
    ),
    "cause": (
        article("A tight calf leads to a stiff ankle."),
        "A stiff ankle comes from a tight calf.",
        "A stiff ankle leads to a tight calf.",
    ),
    "place": (
        article(STEPS),
        "Put one hand right above the ankle.",
        "Put one hand right above the knee.",
    ),
    "side": (
        post(OUTER),
        "On runs, one runner's lower calves cramp on the outside.",
        "On runs, one runner's lower calves cramp on the inside.",
    ),
    "whose experience": (
        post(SESSIONS),
        "Three massage sessions within 24 hours settled one poster's calf cramp.",
        "Three massage sessions within 24 hours settle a calf cramp.",
    ),
    "a post is no article": (
        post(SESSIONS),
        "One poster says three massage sessions within 24 hours settled the calf cramp.",
        "In one article, three massage sessions within 24 hours settled somebody's calf cramp.",
    ),
    "an article is no post": (
        article(ADAPT),
        "One article says many new runners see their calves adapt as they run more.",
        "One poster says many new runners see their calves adapt as they run more.",
    ),
    "nobody knows the reader": (
        post(OUTER),
        "One runner's lower calves cramp on the outside on runs.",
        "You have what one runner has: lower calves that cramp on the outside on runs.",
    ),
    "nobody is sent anywhere": (
        article(ADAPT),
        "Many new runners do see their calves adapt.",
        "Many new runners do see their calves adapt: click here.",
    ),
    "it is nobody": (
        article(ADAPT),
        "Many new runners see their calves adapt as they run more.",
        "I see many new runners adapt as they run more.",
    ),
    "signs": (
        article(ADAPT),
        "Many new runners (as they run more) see their calves adapt - and stop hurting!",
        "Many new runners ✅ see their calves adapt → and stop hurting!",
    ),
    "markup": (
        article(ADAPT),
        "“Many” new runners see their calves adapt.",
        "<i>Many</i> new runners see their calves adapt.",
    ),
}


@pytest.mark.parametrize(("sources", "passes", "refused"), PAIRS.values(), ids=PAIRS)
def test_one_passes_and_the_other_is_refused(
    checker: Checker, sources: list[Source], passes: str, refused: str
) -> None:
    good, bad = checker.check(passes, sources), checker.check(refused, sources)
    assert (good.passed, good.faults) == (True, ())
    assert good.probability > 0
    assert not bad.passed
    assert bad.faults
    assert all(fault.kind for fault in bad.faults)


def test_what_two_people_say_is_never_put_together(checker: Checker) -> None:
    both = [*post(SALT), *post(ROLLER, speaker="reply 2")]
    merged = "Extra salt seems to help one poster's cramps, and a foam roller wasn't enough."
    assert not checker.check(merged, both).passed
    of_one = "Extra salt seems to help one poster's cramps, though that might be luck."
    assert checker.check(of_one, both[:1]).passed
    assert not checker.check(of_one, both).passed


def test_two_who_say_the_same_may_be_cited_for_it(checker: Checker) -> None:
    twice = [*article(HOLD), Source(HOLD, ("other", "author"), forum=False)]
    assert checker.check(
        "Hold the calf stretch for 60 seconds at the furthest point.", twice
    ).passed


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Is a foam roller enough?", "asks"),
        ("A foam roller " * LONGEST, "long"),
        ("Un rouleau en mousse ne suffisait pas à ce coureur.", "not in what is cited"),
        ("Ein Faszienroller reichte nicht.", "not in what is cited"),
        ("A foаm roller wasn't enough for one poster.", "not in what is cited"),
    ],
    ids=["question", "long", "French", "German", "a Cyrillic letter"],
)
def test_what_cannot_be_checked_is_refused(checker: Checker, sentence: str, reason: str) -> None:
    verdict = checker.check(sentence, post(ROLLER))
    assert not verdict.passed
    assert reason in " ".join(fault.kind for fault in verdict.faults)


def test_without_a_source_nothing_passes(checker: Checker) -> None:
    assert checker.check(CRAMP, []) == Verdict(False, (Fault("it cites nothing"),))


def test_a_wrong_passage_supports_nothing(checker: Checker) -> None:
    assert checker.check(CRAMP, article(CRAMP)).passed
    assert not checker.check(CRAMP, article(ADAPT)).passed


def test_what_is_wrong_is_told_without_a_word_or_figure_of_the_sentence(checker: Checker) -> None:
    found = [checker.check(refused, sources).faults for sources, _, refused in PAIRS.values()]
    kinds = {fault.kind for faults in found for fault in faults}
    assert 5 < len(kinds) < len(PAIRS)  # a few of our own making
    assert not any(letter.isdecimal() for kind in kinds for letter in kind)


@given(st.text(), st.lists(st.text(), max_size=3))
def test_no_text_stops_it(checker: Checker, sentence: str, words: list[str]) -> None:
    verdict = checker.check(sentence, article(*words))
    assert verdict.passed == (not verdict.faults)
    assert 0.0 <= verdict.probability <= 1.0


@given(st.lists(st.sampled_from(CRAMP.split()), max_size=12).map(" ".join))
def test_words_of_the_source_in_any_order_never_lose_its_denial(
    checker: Checker, shuffled: str
) -> None:
    """However its words are strewn about, a sentence without "not" is not what was said."""
    if "not" not in shuffled.split():
        assert not checker.check(shuffled, article(CRAMP)).passed
