"""What is quoted: what answers, whole, within the limits, and both sides or none."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer_types import HARD
from assistant.reading.asks import AskKind
from assistant.reply import ItemKind
from assistant.select import Known, Point, SelectSettings, merge, select
from corpus import DocumentKind
from tests.assistant.drawn import FEWER, Scene, nonsense, scenes
from tests.assistant.made import (
    ask,
    candidate,
    disagreement,
    evidence,
    passage,
    place,
    product,
    shelf,
)

SETTINGS = SelectSettings()
ARTICLE = passage(nonsense(0, 8), nonsense(1, 8), document="article", speaker="author")
POST = passage(nonsense(2, 8), nonsense(3, 8), document="thread", speaker="reply 3")
STEPS = passage(
    nonsense(4, 6),
    (1, nonsense(5, 60)),
    (2, nonsense(6, 60)),
    (3, nonsense(7, 60)),
    document="article",
    start=500,
)


def chosen(scene: Scene) -> tuple[Point, ...]:
    return select(scene.evidence, scene.shelf, scene.settings, scene.known)


def texts(points: Sequence[Point]) -> list[str]:
    return [place.sentence.text for point in points for place in point.places]


def first_block(points: Sequence[Point]) -> int:
    """Number of points that stand or fall with the first one."""
    group = points[0].group
    return sum(point.group == group for point in points) if group else 1


@FEWER
@given(scenes())
def test_the_limits_hold_but_for_what_comes_first(scene: Scene) -> None:
    points = chosen(scene)
    if points and len(points) > first_block(points):
        assert len(points) <= scene.settings.max_items
        cut = [point for point in points if point.kind is not ItemKind.PROCEDURE]
        assert sum(point.words for point in cut) <= scene.settings.max_words


@FEWER
@given(scenes())
def test_something_is_quoted_exactly_when_something_is_above_the_bar(scene: Scene) -> None:
    bar = scene.settings.bar(scene.evidence)
    good = [one for one in scene.evidence.eligible if one.score >= bar]
    plugs = [one for one in good if scene.shelf.product_at(one.sentence.span)]
    if not good:
        assert chosen(scene) == ()
    elif not plugs:
        assert chosen(scene) != ()


@FEWER
@given(scenes())
def test_nothing_ruled_out_is_quoted_as_a_statement(scene: Scene) -> None:
    eligible = {one.sentence.span for one in scene.evidence.eligible}
    for point in chosen(scene):
        if point.kind in {ItemKind.STATEMENT, ItemKind.PRODUCT}:
            assert point.places[0].sentence.span in eligible


@FEWER
@given(scenes())
def test_no_sentence_is_quoted_twice(scene: Scene) -> None:
    assert max(Counter(texts(chosen(scene))).values(), default=0) <= 1


@FEWER
@given(scenes())
def test_a_step_is_quoted_with_its_whole_procedure_in_order(scene: Scene) -> None:
    hard = scene.evidence.ask.kind in HARD
    for point in chosen(scene):
        steps = [one.sentence.step for one in point.places]
        if point.kind is ItemKind.PROCEDURE:
            assert steps == [1, 2, 3]
            assert point.places == scene.shelf.procedure_at(point.places[1])
        elif not hard:
            assert steps == [None] * len(steps)


@FEWER
@given(scenes())
def test_a_plug_is_marked_as_one_and_made_only_for_what_was_named(scene: Scene) -> None:
    for point in chosen(scene):
        for one in point.places:
            plug = scene.shelf.product_at(one.sentence.span)
            if plug is not None and not scene.shelf.disagreements_at(one.sentence.span):
                assert point.kind is ItemKind.PRODUCT
                assert plug.name in scene.known.products


def whole(scene: Scene, points: Sequence[Point]) -> bool:
    """Whether every disagreement shown is shown with all its sides, side by side.

    Who asks for a figure is shown the sides that hold one, and then at least two of them.
    """
    groups = [point.group for point in points]
    wanted = 2 if scene.evidence.ask.kind in HARD else 0
    for known in scene.shelf.disagreements:
        at = [n for n, group in enumerate(groups) if group == known.about]
        if at and (len(at) < (wanted or len(known.sides)) or at[-1] - at[0] != len(at) - 1):
            return False
    return True


@FEWER
@given(scenes())
def test_a_disagreement_is_shown_whole_or_not_at_all(scene: Scene) -> None:
    assert whole(scene, chosen(scene))


def test_a_sentence_that_takes_a_side_twice_leaves_neither_disagreement_half() -> None:
    first = disagreement(place(ARTICLE, 0), place(POST, 0), name="first")
    second = disagreement(place(ARTICLE, 0), place(POST, 1), name="second")
    found = evidence(candidate(POST, 0, 0.9), candidate(POST, 1, 0.85), candidate(ARTICLE, 0, 0.8))
    points = select(found, shelf(ARTICLE, POST, disagreements=[first, second]), SETTINGS)
    for known in (first, second):
        assert sum(point.group == known.about for point in points) in (0, 2)


def test_a_side_already_said_as_a_statement_still_stands_beside_the_other() -> None:
    dispute = disagreement(place(ARTICLE), place(POST))
    found = evidence(candidate(ARTICLE, 0, 0.9), candidate(POST, 0, 0.5))
    points = select(found, shelf(ARTICLE, POST, disagreements=[dispute]), SETTINGS)
    shown = [point.kind for point in points]
    assert shown.count(ItemKind.DISAGREEMENT) in (0, 2)


@FEWER
@given(scenes(), scenes())
def test_answers_put_together_hold_the_limits_and_repeat_nothing(one: Scene, two: Scene) -> None:
    limits = one.settings
    parts = (chosen(one), select(two.evidence, two.shelf, limits, two.known))
    both = merge(parts, limits)
    assert bool(both) == any(parts)
    assert len(set(both)) == len(both)
    if both and len(both) > first_block(both):
        cut = [point for point in both if point.kind is not ItemKind.PROCEDURE]
        assert len(both) <= limits.max_items
        assert sum(point.words for point in cut) <= limits.max_words


@FEWER
@given(scenes())
def test_the_same_answer_twice_is_said_once(scene: Scene) -> None:
    points = chosen(scene)
    assert sorted(texts(merge((points, points), scene.settings))) == sorted(texts(points))


def test_put_together_a_disagreement_stays_whole() -> None:
    sides = tuple(
        Point(ItemKind.DISAGREEMENT, (place(source),), 0.9, "About it", "Side")
        for source in (ARTICLE, POST)
    )
    said = (Point(ItemKind.STATEMENT, (place(ARTICLE),), 0.9),)
    shown = [point.kind for point in merge((said, sides))]
    assert shown.count(ItemKind.DISAGREEMENT) in (0, 2)


def test_merging_nothing_gives_nothing() -> None:
    assert merge(()) == ()
    assert merge(((), ())) == ()


@pytest.mark.parametrize("kind", sorted(set(AskKind) - set(HARD)))
def test_one_step_brings_them_all_and_none_is_cut_for_length(kind: AskKind) -> None:
    found = evidence(candidate(STEPS, 2, 0.9, kind=1.0), asked=ask(kind=kind))
    points = select(found, shelf(STEPS), SelectSettings(max_items=1, max_words=30))
    assert [point.kind for point in points] == [ItemKind.PROCEDURE]
    assert [one.sentence.step for one in points[0].places] == [1, 2, 3]


@pytest.mark.parametrize("kind", [AskKind.DURATION, AskKind.AMOUNT, AskKind.COUNT])
def test_who_asks_for_a_figure_is_given_the_step_that_holds_it(kind: AskKind) -> None:
    found = evidence(candidate(STEPS, 2, 0.9), asked=ask(kind=kind))
    points = select(found, shelf(STEPS), SETTINGS)
    assert texts(points) == [STEPS.sentences[2].text]


def test_a_plug_is_marked_as_one_and_a_plain_mention_is_not() -> None:
    found = evidence(candidate(POST, 0, 0.9))
    plug, mention = product(place(POST)), product(place(POST), promotional=False)
    asked_for = Known(products=frozenset({plug.name}))
    told = select(found, shelf(POST, products=[plug]), SETTINGS, asked_for)
    unasked = select(found, shelf(POST, products=[plug]), SETTINGS)
    named = select(found, shelf(POST, products=[mention]), SETTINGS)
    assert [point.kind for point in told] == [ItemKind.PRODUCT]
    assert unasked == ()
    assert [point.kind for point in named] == [ItemKind.STATEMENT]


@given(st.floats(0.2, 1.0), st.floats(0.2, 1.0))
def test_an_article_goes_first_unless_it_bears_much_less(article: float, post: float) -> None:
    found = evidence(candidate(ARTICLE, 0, article), candidate(POST, 0, post))
    points = select(found, shelf(ARTICLE, POST), SETTINGS)
    near = article >= SETTINGS.lead_ratio * max(article, post)
    first = points[0].places[0].passage.kind
    assert (first is DocumentKind.ARTICLE) == near


@FEWER
@given(scenes())
def test_after_the_first_article_statements_stand_before_those_of_posts(scene: Scene) -> None:
    rest = [point for point in chosen(scene)[1:] if not point.group]
    kinds = [point.places[0].passage.kind is DocumentKind.FORUM_THREAD for point in rest]
    assert kinds == sorted(kinds)


def test_a_sentence_that_repeats_a_better_one_is_left_out() -> None:
    twice = passage("Hold the stretch for a minute.", "Hold the stretch a minute.")
    found = evidence(candidate(twice, 0, 0.9), candidate(twice, 1, 0.8))
    assert texts(select(found, shelf(twice), SETTINGS)) == ["Hold the stretch for a minute."]


def test_what_scores_far_below_the_best_is_left_out() -> None:
    found = evidence(candidate(ARTICLE, 0, 0.9), candidate(POST, 0, 0.3))
    assert texts(select(found, shelf(ARTICLE, POST), SETTINGS)) == [ARTICLE.sentences[0].text]


def test_an_old_dispute_is_shown_whole_when_the_question_is_about_it() -> None:
    dispute = disagreement(place(ARTICLE), place(POST))
    found = evidence(
        candidate(ARTICLE, 1, 0.95), candidate(ARTICLE, 0, 0.9), candidate(POST, 0, 0.05)
    )
    known = shelf(ARTICLE, POST, disagreements=[dispute])
    points = select(found, known, SETTINGS, Known(frozenset({"dispute"})))
    assert [point.label for point in points] == ["", "Side 1", "Side 2"]


def test_one_side_of_a_dispute_beside_the_point_is_left_out() -> None:
    dispute = disagreement(place(ARTICLE), place(POST))
    found = evidence(
        candidate(ARTICLE, 1, 0.95), candidate(ARTICLE, 0, 0.9), candidate(POST, 0, 0.05)
    )
    known = shelf(ARTICLE, POST, disagreements=[dispute])
    assert texts(select(found, known, SETTINGS)) == [ARTICLE.sentences[1].text]


def test_a_procedure_overruns_the_words_but_nothing_follows_it() -> None:
    found = evidence(
        candidate(ARTICLE, 0, 0.95), candidate(STEPS, 1, 0.94), candidate(POST, 0, 0.93)
    )
    points = select(found, shelf(ARTICLE, STEPS, POST), SETTINGS)
    assert [point.kind for point in points] == [ItemKind.STATEMENT, ItemKind.PROCEDURE]
    assert sum(point.words for point in points) > SETTINGS.max_words


def test_a_dispute_that_leads_is_shown_whole() -> None:
    dispute = disagreement(place(ARTICLE), place(POST))
    found = evidence(candidate(ARTICLE, 0, 0.9), candidate(POST, 0, 0.05))
    points = select(found, shelf(ARTICLE, POST, disagreements=[dispute]), SETTINGS)
    assert [point.label for point in points] == ["Side 1", "Side 2"]


def test_more_than_the_limits_allow_is_left_out() -> None:
    wordy = passage(*(nonsense(n, 40) for n in range(10, 18)))
    found = evidence(*(candidate(wordy, n, 0.9) for n in range(8)))
    points = select(found, shelf(wordy), SETTINGS)
    assert len(points) == 3
    short = passage(*(nonsense(n, 4) for n in range(10, 18)))
    found = evidence(*(candidate(short, n, 0.9) for n in range(8)))
    assert len(select(found, shelf(short), SETTINGS)) == 6
