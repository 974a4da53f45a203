"""Whole sentences as they stand, and nothing less."""

import pytest

from assistant.judge.verbatim import verbatim

CITED = ("Do not stretch a torn calf. It won’t heal – it tears: Rest it. 1. Bend the knee",)


@pytest.mark.parametrize(
    "sentence",
    [
        "Do not stretch a torn calf.",
        "do not stretch a torn calf",
        "It won't heal - it tears: rest it",
        "“Bend the knee.”",
        "However, do not stretch a torn calf.",
        "Then bend the knee.",
        "Do not stretch a torn calf. It won't heal - it tears: rest it.",
    ],
)
def test_a_whole_sentence_is_verbatim(sentence: str) -> None:
    assert verbatim(sentence, CITED)


@pytest.mark.parametrize(
    "sentence",
    [
        "Stretch a torn calf.",
        "Do not stretch.",
        "Heal",
        "Perhaps rest it.",
        "",
        "...",
        "Rest them.",
    ],
)
def test_part_of_one_or_another_is_not(sentence: str) -> None:
    assert not verbatim(sentence, CITED)


def test_sentences_of_different_texts_do_not_join() -> None:
    assert not verbatim("Rest. Run.", ("Rest.", "Run."))
