"""The words of the rules: shipped whole, refused when something in them stands for nothing."""

import shutil
from pathlib import Path

import pytest
from pydantic import BaseModel

from assistant.errors import RulesError
from assistant.guard.lexicon import CUES, FOLDER, GuardLexicon, read_guard_lexicon, read_toml

CUE_TABLES = "\n".join(f'[cue.{name}]\nphrases = ["{name.replace("_", " ")}"]' for name in CUES)
GOOD = """
[words]
my = ["my", "his"]
[part.calf]
phrases = ["calf", "soleus"]
[part.shin]
phrases = ["shin"]
[zone]
leg = ["calf", "shin"]
[concept.pain]
phrases = ["sore", "[my] [leg] aches"]
"""
BROKEN = [
    ("an unknown table", '[symptom.x]\nphrases = ["x"]', "symptom"),
    ("an unknown key", '[concept.x]\nphrases = ["x"]\nweight = 2', "weight"),
    ("no phrases", "[concept.x]\nphrases = []", "concept.x.phrases"),
    ("an empty phrase", '[concept.x]\nphrases = [""]', "concept.x.phrases"),
    ("phrases that are no list", '[concept.x]\nphrases = "x"', "concept.x.phrases"),
    ("a phrase that does not parse", '[concept.x]\nphrases = ["~2 x"]', "'~2 x'"),
    ("a name in a phrase", '[concept.x]\nphrases = ["sore [elbow]"]', "elbow"),
    ("a body part of a concept", '[concept.x]\npart = "elbow"\nphrases = ["x"]', "elbow"),
    ("a cue nobody reads", '[cue.shouting]\nphrases = ["x"]', "shouting"),
    ("a zone of unknown parts", '[zone]\narm = ["elbow"]', "elbow"),
    ("a class called like a zone", '[words]\nleg = ["x"]', "leg"),
    ("a class called like a part", '[words]\ncalf = ["x"]', "calf"),
    ("no TOML", "[concept.x", "not valid TOML"),
]


def written(folder: Path, *texts: str) -> Path:
    for number, text in enumerate(texts):
        (folder / f"{number}.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_small_lexicon_is_read(tmp_path: Path) -> None:
    read = read_guard_lexicon(written(tmp_path, GOOD, CUE_TABLES))
    assert set(read.concepts) == {"pain"}
    assert read.zones["leg"] == {"calf", "shin"}
    assert read.zones["calf"] == {"calf"}


@pytest.mark.parametrize(
    ("text", "named"), [pytest.param(text, named, id=name) for name, text, named in BROKEN]
)
def test_what_is_broken_is_refused_and_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(RulesError) as refused:
        read_guard_lexicon(written(tmp_path, GOOD, CUE_TABLES, text))
    assert named in str(refused.value)


@pytest.mark.parametrize("cue", sorted(CUES))
def test_a_missing_cue_is_refused_and_named(tmp_path: Path, cue: str) -> None:
    rest = "\n".join(f'[cue.{name}]\nphrases = ["x"]' for name in CUES - {cue})
    with pytest.raises(RulesError, match=cue):
        read_guard_lexicon(written(tmp_path, GOOD, rest))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="No lexicon"):
        read_guard_lexicon(tmp_path)


def test_a_concept_in_two_files_has_the_phrases_of_both(tmp_path: Path) -> None:
    more = '[concept.pain]\nphrases = ["throbbing"]'
    read = read_guard_lexicon(written(tmp_path, GOOD, CUE_TABLES, more))
    for text in (["sore"], ["throbbing"]):
        assert [m.name for m in read.phrases.find(text, [frozenset()])] == ["pain"]


def test_an_operators_own_words_are_read_beside_the_shipped(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[concept.club_word]\nphrases = ["wonkified"]', encoding="utf-8")
    read = read_guard_lexicon(extra=[own])
    assert {"club_word", "swelling"} <= read.concepts.keys()


class _Anything(BaseModel):
    name: str


def test_a_missing_file_says_that_soleus_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"gone\.toml.*does not start"):
        read_toml(tmp_path / "gone.toml", _Anything)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bytes.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RulesError, match=r"bytes\.toml"):
        read_toml(path, _Anything)


def test_the_words_of_no_file_are_repeated_in_a_refusal(tmp_path: Path) -> None:
    """Where it is wrong, not what stands there: an operator's file may hold anything."""
    path = tmp_path / "own.toml"
    path.write_text("name = 12345", encoding="utf-8")
    with pytest.raises(RulesError) as refused:
        read_toml(path, _Anything)
    assert "name" in str(refused.value)
    assert "12345" not in str(refused.value)


def test_the_shipped_lexicon_has_every_cue_and_part_of_every_zone(words: GuardLexicon) -> None:
    parts = {part for members in words.zones.values() for part in members}
    assert {"calf", "calves", "leg", "shin", "foot", "chest", "achilles"} <= parts
    assert parts <= words.zones.keys()
    assert len(words.concepts) > 100


def test_a_leg_is_one_leg(words: GuardLexicon) -> None:
    """A clot is usually in one leg: what is said of both must not count as one."""
    assert words.zones["leg"].isdisjoint({"calves", "legs", "shins", "feet"})
    assert words.zones["both"].isdisjoint(words.zones["leg"])


def test_the_order_of_the_files_makes_no_difference(tmp_path: Path, words: GuardLexicon) -> None:
    for number, path in enumerate(sorted(FOLDER.glob("*.toml"), reverse=True)):
        shutil.copy(path, tmp_path / f"{number}.toml")
    turned = read_guard_lexicon(tmp_path)
    assert turned.concepts == words.concepts
    assert turned.zones == words.zones
    assert turned.vocabulary._known == words.vocabulary._known
