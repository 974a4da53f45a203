"""The checker's words are read whole or not at all."""

import re
from pathlib import Path

import pytest

from assistant.checking.lexis import SAME, WORDS, lexis, read_lexis, spelled, stems_of
from assistant.errors import RulesError

SHIPPED = WORDS.read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "function = [",
        SHIPPED.replace('"left / right(?! away)"', '"left, right"'),
        SHIPPED.replace('"left / right(?! away)"', '"left( / right"'),
        SHIPPED.replace("[conditions]", "[other]"),
        SHIPPED.replace("[hedges]", "hedges = 3\n[others]"),
    ],
    ids=["missing", "empty", "no TOML", "no pair", "no pattern", "no conditions", "no hedges"],
)
def test_a_spoilt_file_is_told_with_what_puts_it_right(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "words.toml"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(RulesError, match=r"words\.toml.*git checkout assistant/checking/words"):
        read_lexis(path, SAME)


def test_what_is_shipped_is_read_once() -> None:
    assert lexis() is lexis()
    assert lexis() == read_lexis(WORDS, SAME)


def test_no_word_that_carries_the_meaning_says_nothing_alone() -> None:
    telling = "calf knee left right ice heat salt stretch massage tear ibuprofen swell numb week"
    assert [word for word in telling.split() if set(stems_of(word)) & lexis().function] == []


def test_the_two_sides_of_a_place_are_never_the_same_word() -> None:
    words = re.compile(r"[a-z]+")
    for one, other in lexis().pairs:
        for ours, theirs in ((one, other), (other, one)):
            found = [word for word in words.findall(ours.pattern) if len(word) > 2]
            assert found
            assert not any(theirs.fullmatch(word) for word in found)


def test_a_comparison_is_read_as_what_it_compares() -> None:
    assert stems_of("firmer") == stems_of("firm")
    assert stems_of("runner") != stems_of("soleus")


def test_dashes_and_mere_weight_do_not_count() -> None:
    assert spelled("Not at ALL a well\u2010known thing") == "not  a well known thing"
