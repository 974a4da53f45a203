"""How well sentences bear on an ask, over a made-up shelf and the real lexicon."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer_types import HARD
from assistant.bearing import Bearing
from assistant.evidence import NO_SCOPE, Candidate, Signals
from assistant.reading.asks import AskKind
from assistant.reading.lexicon import Lexicon
from assistant.retrieve import Retrieved
from assistant.weights import Weights
from index import Hit, Passage, Scope, SentenceHit
from tests.assistant.drawn import FEWER
from tests.assistant.made import NEUTRAL, ask, candidate, evidence, hit, passage

SALT = passage(
    "Salt seemed to help this poster.",
    "Take 2 g of salt daily.",
    document="salt",
    speaker="reply 1",
)
ICE = passage("Ice the calf for 20 minutes.", "Ice again at night.", document="ice")
ASKED = passage("My calf cramps, what helps?", document="ask", speaker="original poster")
OUTER = passage("Roll the peroneals gently.", document="outer", section="The outer lower leg")
PLAIN = tuple(
    passage(f"The weather in week {n} was fine.", document=f"plain-{n}") for n in range(6)
)
EVERYTHING = (SALT, ICE, ASKED, OUTER, *PLAIN)


@pytest.fixture(scope="module")
def bearing(lexicon: Lexicon) -> Bearing:
    return Bearing(EVERYTHING, lexicon, Weights())


_RANGES = {
    **dict.fromkeys(("cosine", "passage_cosine", "asked", "asked_mean"), (-1, 1)),
    **dict.fromkeys(("behind", "behind_asked", "behind_asked_mean", "behind_passage"), (0, 2)),
}


def found_in(hits: Sequence[Hit], scope: Scope = NO_SCOPE) -> Retrieved:
    """What a search gave."""
    return Retrieved(tuple(hits), scope)


def judged(
    bearing: Bearing,
    kind: AskKind = AskKind.OPEN,
    focus: Sequence[str] = (),
    terms: Sequence[str] = (),
) -> dict[str, Candidate]:
    """Every sentence of the shelf, by its words."""
    hits = [hit(one, rank) for rank, one in enumerate(EVERYTHING, 1)]
    found = bearing.weigh(ask(kind=kind, focus=focus, terms=terms), found_in(hits))
    return {one.sentence.text: one for one in found.candidates}


@FEWER
@given(
    kind=st.sampled_from(AskKind),
    focus=st.sets(st.sampled_from(["salt", "ice", "calf", "knee", "cramp", "night", "magnesium"])),
    terms=st.sets(st.sampled_from(["weather", "poster", "zebra"])),
)
def test_signals_stay_in_their_ranges_and_the_best_stands_first(
    bearing: Bearing, kind: AskKind, focus: set[str], terms: set[str]
) -> None:
    hits = [hit(one, rank, cosine=0.9 - 0.1 * rank) for rank, one in enumerate(EVERYTHING, 1)]
    found = bearing.weigh(ask(kind=kind, focus=sorted(focus), terms=sorted(terms)), found_in(hits))
    assert len(found.candidates) == sum(len(one.sentences) for one in EVERYTHING)
    order = [(bool(one.veto), -one.score) for one in found.candidates]
    assert order == sorted(order)
    assert all(not one.veto for one in found.eligible)
    for one in found.candidates:
        assert 0.0 <= one.score <= 1.0
        for name, value in one.signals.named():
            low, high = _RANGES.get(name, (0, 1))
            assert low <= value <= high, name
    assert 0.0 <= bearing.covered(found) <= 1.0


def test_nothing_found_is_nothing_covered(bearing: Bearing) -> None:
    found = bearing.weigh(ask(), found_in(()))
    assert found.candidates == found.eligible == ()
    assert bearing.covered(found) == 0.0


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        (AskKind.DURATION, {"Ice the calf for 20 minutes."}),
        (AskKind.AMOUNT, {"Take 2 g of salt daily."}),
        (AskKind.PRICE, set()),
    ],
)
def test_a_sentence_without_the_figure_asked_for_is_ruled_out(
    bearing: Bearing, kind: AskKind, allowed: set[str]
) -> None:
    found = judged(bearing, kind)
    assert {text for text, one in found.items() if not one.veto} == allowed
    wanted = HARD[kind][1].split(maxsplit=1)[-1]
    assert wanted in found["Ice again at night."].veto


def test_a_sentence_about_another_thing_is_ruled_out(bearing: Bearing) -> None:
    found = judged(bearing, focus=["salt"])
    assert not found["Take 2 g of salt daily."].veto
    assert "does not speak of" in found["Ice the calf for 20 minutes."].veto


def test_a_body_part_nobody_speaks_of_rules_everything_out(bearing: Bearing) -> None:
    found = judged(bearing, focus=["knee"])
    assert all(one.veto for one in found.values())
    assert "knee" in found["Ice again at night."].veto


def test_a_body_part_may_stand_in_the_heading(bearing: Bearing) -> None:
    found = judged(bearing, focus=["outer_lower_leg"])
    assert not found["Roll the peroneals gently."].veto
    assert found["Ice the calf for 20 minutes."].veto


def test_who_asks_about_nights_is_not_answered_about_days(bearing: Bearing) -> None:
    found = judged(bearing, focus=["ice", "night"])
    assert not found["Ice again at night."].veto
    assert "night" in found["Ice the calf for 20 minutes."].veto


def test_a_plea_for_help_is_marked_as_one(bearing: Bearing) -> None:
    found = judged(bearing)
    assert found["My calf cramps, what helps?"].signals.asks_itself == 1.0
    assert found["Take 2 g of salt daily."].signals.asks_itself == 0.0


def test_naming_the_thing_asked_about_covers_more(bearing: Bearing) -> None:
    found = judged(bearing, focus=["salt"])
    assert found["Take 2 g of salt daily."].signals.coverage == 1.0
    assert found["The weather in week 1 was fine."].signals.coverage == 0.0
    assert judged(bearing)["Take 2 g of salt daily."].signals.coverage == 0.5


def test_other_words_of_the_question_count_where_they_stand(bearing: Bearing) -> None:
    found = judged(bearing, terms=["weather"])
    assert found["The weather in week 1 was fine."].signals.terms == 1.0
    assert found["Ice again at night."].signals.terms == 0.0


def test_words_that_stand_nowhere_are_unknown(bearing: Bearing) -> None:
    found = judged(bearing, terms=["weather", "zebra"])
    assert {one.signals.unknown for one in found.values()} == {0.5}


def test_things_asked_about_that_nothing_quoted_speaks_of_are_left_out(bearing: Bearing) -> None:
    asked = ask("do salt and magnesium help my knee?", focus=["salt", "magnesium", "knee"])
    quoted = [SALT.sentences[1].span]
    assert bearing.left_out(evidence(asked=asked), quoted) == ("magnesium", "knee")
    salt = evidence(asked=ask("does salt help?", focus=["salt"]))
    assert bearing.left_out(salt, quoted) == ()


@pytest.mark.parametrize(
    ("veto", "doubt", "left"),
    [("", "", ()), ("holds no price", "", ("ice",)), ("", "holds no price", ("ice",))],
)
def test_what_may_answer_but_was_not_quoted_is_not_called_uncovered(
    bearing: Bearing, veto: str, doubt: str, left: tuple[str, ...]
) -> None:
    second = replace(candidate(ICE, 0, 0.1, veto), doubt=doubt)
    both = evidence(second, asked=ask("salt or ice?", focus=["salt", "ice"]))
    assert bearing.left_out(both, [SALT.sentences[1].span]) == left


def test_a_text_speaks_of_an_ask_when_it_names_its_rare_thing(bearing: Bearing) -> None:
    assert bearing.speaks_of(ask(focus=["salt"]), "Too little salt")
    assert not bearing.speaks_of(ask(focus=["salt"]), "Ice or heat")
    assert not bearing.speaks_of(ask(focus=["calf"]), "Tight calves")


@given(
    st.sampled_from(["lexical", "coverage", "cosine"]),
    st.floats(0.0, 1.0),
    st.floats(0.0, 1.0),
)
def test_a_sentence_that_shares_more_never_scores_less(name: str, one: float, other: float) -> None:
    less, more = sorted((one, other))
    weights = Weights()
    assert weights.score(with_(name, less)) <= weights.score(with_(name, more))


@given(st.floats(0.0, 2.0), st.floats(0.0, 2.0))
def test_falling_behind_the_likest_never_raises_a_score(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert Weights().score(with_("behind", more)) <= Weights().score(with_("behind", less))


def with_(name: str, value: float) -> Signals:
    parts = {key: getattr(NEUTRAL, key) for key in Signals.__slots__}
    return Signals(**{**parts, name: value})


def test_every_weight_weighs_a_signal_and_every_signal_is_weighed() -> None:
    """By one score or the other: of sentences with known questions, and of those without."""
    weights = Weights()
    assert set(weights.signals) | set(weights.asked_signals) == set(Signals.__slots__)
    assert set(weights.in_scope) == set(Scope.__slots__)


def with_questions(source: Passage) -> Passage:
    """The passage, its sentences known to answer something."""
    known = tuple(replace(each, asked=("what for?",)) for each in source.sentences)
    return replace(source, sentences=known)


def test_where_it_is_known_what_people_ask_a_rule_only_casts_doubt(bearing: Bearing) -> None:
    """Without questions of its own a sentence on ice is ruled out of an answer on salt."""
    asked = ask(focus=["salt"])
    plain, known = (
        {c.sentence.text: c for c in bearing.weigh(asked, found_in([hit(one)])).candidates}
        for one in (ICE, with_questions(ICE))
    )
    words = "Ice the calf for 20 minutes."
    assert (bool(plain[words].veto), plain[words].doubt) == (True, "")
    assert (known[words].veto, known[words].doubt) == ("", plain[words].veto)
    assert known[words].signals.doubt == 1.0


def test_a_grave_sign_that_a_section_says_nothing_of_still_rules_it_out(bearing: Bearing) -> None:
    found = bearing.weigh(ask(focus=["swelling"]), found_in([hit(with_questions(SALT))]))
    assert found.candidates
    assert all(one.veto and not one.doubt for one in found.candidates)


def test_likeness_to_a_known_question_lifts_a_sentence(bearing: Bearing) -> None:
    known = with_questions(SALT)
    near, far = known.sentences
    hits = Hit(
        known,
        1,
        0.0,
        0.4,
        1.0,
        (
            SentenceHit(near, 0.4, 1.0, asked=0.8, asked_mean=0.7, asked_bm25=12.0),
            SentenceHit(far, 0.4, 1.0, asked=0.3, asked_mean=0.2, asked_bm25=2.0),
        ),
    )
    first, second = bearing.weigh(ask(), found_in([hits])).candidates
    assert (first.sentence, second.sentence) == (near, far)
    assert first.score > 2 * second.score
    assert first.signals.behind_asked == 0.0
    assert second.signals.behind_asked == pytest.approx(0.5)


@pytest.mark.parametrize(("scope", "covered"), [((0.8, 0.3), True), ((0.5, 0.75), False)])
def test_a_question_nearer_to_what_is_left_open_is_not_covered(
    bearing: Bearing, scope: tuple[float, float], covered: bool
) -> None:
    near = Scope(scope[0], 0.5, 0.5, scope[1])
    found = bearing.weigh(ask(), found_in([hit(with_questions(SALT))], near))
    assert (bearing.covered(found) > 0.5) is covered
