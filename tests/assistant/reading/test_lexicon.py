"""The lexicon that is shipped holds together, and a broken one is refused in plain words."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import LexiconError
from assistant.reading.lexicon import DEFAULT_PATH, Category, Lexicon, read_lexicon
from assistant.reading.words import stems_in, words_in

MADE_UP = """
[body]
shin = ["shin", "shins"]
leg = ["leg"]

[condition]
shin_splints = ["shin splints"]
shin_splints_deluxe = ["shin splints on stilts"]

[broader]
shin = "leg"

[sibling]
shin = "leg"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "broken.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def made_up(tmp_path: Path) -> Lexicon:
    return read_lexicon(written(tmp_path, MADE_UP))


def test_every_shipped_form_is_found_as_its_own_concept(lexicon: Lexicon) -> None:
    tables = tomllib.loads(DEFAULT_PATH.read_text(encoding="utf-8"))
    for category in Category:
        for concept, forms in tables[category.value].items():
            for form in forms:
                assert lexicon.concepts_in(form) == {concept}, form


def test_no_shipped_form_is_ambiguous(lexicon: Lexicon) -> None:
    tables = tomllib.loads(DEFAULT_PATH.read_text(encoding="utf-8"))
    owners: dict[tuple[str, ...], set[str]] = {}
    for category in Category:
        for concept, forms in tables[category.value].items():
            for form in forms:
                owners.setdefault(stems_in(form), set()).add(concept)
    assert {form: names for form, names in owners.items() if len(names) > 1} == {}
    assert len(owners) == len(lexicon.forms)


def test_no_shipped_form_is_empty(lexicon: Lexicon) -> None:
    assert all(form for form in lexicon.forms)
    for form in lexicon.forms:
        assert lexicon.starting[form[0]] >= len(form)
    assert set(lexicon.starting.values()) <= {len(form) for form in lexicon.forms}


def test_no_shipped_concept_is_its_own_kind(lexicon: Lexicon) -> None:
    for concept, kinds in lexicon.broader.items():
        for kind in kinds:
            assert concept not in lexicon.ancestors(kind)


def test_every_concept_can_be_said_in_words_that_name_it(lexicon: Lexicon) -> None:
    for concept, surface in lexicon.surface.items():
        assert concept in lexicon.concepts_in(surface)


@given(text=st.text(max_size=200))
def test_mentions_stay_inside_the_text_and_never_overlap(lexicon: Lexicon, text: str) -> None:
    words = words_in(text)
    mentions = lexicon.mentions(words)
    assert all(0 <= m.first <= m.last < len(words) for m in mentions)
    assert all(a.last < b.first for a, b in pairwise(mentions))


@given(data=st.data())
def test_forms_are_found_within_other_words(lexicon: Lexicon, data: st.DataObject) -> None:
    concept = data.draw(st.sampled_from(sorted(lexicon.surface)))
    # Words of no form at all, so that nothing longer can be put together with them.
    text = f"quux {lexicon.surface[concept]} xyzzy"
    assert lexicon.concepts_in(text) == {concept}


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("my shins", {"shin"}),
        ("Shin splints!", {"shin_splints"}),
        ("shin splints on stilts", {"shin_splints_deluxe"}),
        ("shin splints on a leg", {"shin_splints", "leg"}),
        ("shine a light", set()),
        ("legend", set()),
        ("", set()),
    ],
)
def test_the_longest_form_wins_and_only_whole_words_count(
    made_up: Lexicon, text: str, concepts: set[str]
) -> None:
    assert made_up.concepts_in(text) == concepts


def test_a_concept_brings_what_it_is_a_kind_of_nearest_first(made_up: Lexicon) -> None:
    assert made_up.ancestors("shin") == ("shin", "leg")
    assert made_up.kinds_of(["shin"]) == {"shin", "leg"}
    assert made_up.ancestors("leg") == ("leg",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[body\n", "Restore the file"),
        ('[body]\na = ["leg"]\n[symptom]\nb = ["legs"]\n', "both a and b"),
        ('[body]\na = ["leg"]\n[symptom]\na = ["sore"]\n', "'a' stands twice"),
        ('[body]\na = ["leg"]\n[broader]\na = "limb"\n', "unknown concepts ['limb']"),
        ('[body]\na = ["leg"]\n[sibling]\na = "arm"\n', "unknown concepts ['arm']"),
    ],
)
def test_a_broken_file_is_refused_and_the_fault_is_named(
    tmp_path: Path, text: str, says: str
) -> None:
    with pytest.raises(LexiconError) as refused:
        read_lexicon(written(tmp_path, text))
    assert says in str(refused.value)
    assert "broken.toml" in str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"nowhere\.toml"):
        read_lexicon(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    "text",
    [
        '[mood]\na = ["happy"]\n',
        "[body]\na = []\n",
        'body = "leg"\n',
        "",
        '[body]\na = ["🦵"]\n',
    ],
    ids=["unknown category", "no forms", "no table", "empty file", "a form without words"],
)
def test_a_file_of_the_wrong_shape_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(LexiconError):
        read_lexicon(written(tmp_path, text))
