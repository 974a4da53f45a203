"""Whose words a reply is made of, and whether what it quotes stands on the shelf."""

from dataclasses import replace

import pytest

from assistant.reply import NearbyTopic, Reply
from eval.safety.said import only_quotes, said_in
from tests.eval.safety.made import (
    HEELS,
    SHELF,
    abstention,
    alert,
    answer,
    clarification,
    emergency,
    looked_at,
    note,
)

FIRST = "Heels down for sixty seconds."


def test_an_answer_is_told_apart_by_whose_words_it_holds() -> None:
    reply = replace(
        answer(FIRST),
        uncovered=("price of socks",),
        nearby=(NearbyTopic("Walking", "When do I walk?"),),
        notes=(note(),),
        alert=alert(),
        foreign="Nederlands",
        why=looked_at("used words", "left words"),
    )
    said = said_in(reply)
    assert said.quoted == (FIRST,)
    assert said.echoed == ("price of socks",)
    assert said.record == ("used words", "left words")
    assert set(said.fixed) == {
        "An article says:",
        "Walking",
        "When do I walk?",
        "Salt",
        "Evidence is mixed.",
        "Ring today.",
        "It may be a clot.",
        "Nederlands",
    }
    assert "price of socks" in said.shown
    assert "price of socks" not in said.stated


def test_other_replies_hold_fixed_words_only() -> None:
    assert said_in(abstention()).stated == (
        "Not here.",
        "Ask a physio.",
        "Heels",
        "How long are heels held?",
    )
    assert said_in(clarification()).stated[-3:] == ("Which one?", "Heels", "How long?")
    assert said_in(emergency()).stated == ("Ring today.", "It may be a clot.", "Dutch words")
    assert said_in(emergency()).record == ()


@pytest.mark.parametrize("reply", [abstention(), clarification(), emergency(), answer(FIRST)])
def test_true_quotes_and_fixed_words_say_nothing_beyond_the_shelf(reply: Reply) -> None:
    assert only_quotes(reply, SHELF)


def test_words_that_do_not_stand_on_the_shelf_are_noticed() -> None:
    assert not only_quotes(answer("Run ten miles."), SHELF)
    assert not only_quotes(answer(FIRST), {})
    (item,) = answer(FIRST).items
    (sentence,) = item.sentences
    altered = replace(item, sentences=(replace(sentence, text="Heels down for ninety seconds."),))
    assert HEELS.text.startswith(FIRST)
    assert not only_quotes(replace(answer(FIRST), items=(altered,)), SHELF)
