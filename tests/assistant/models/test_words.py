"""Every failure has a sentence for readers and a remedy for operators."""

import re

import pytest

from assistant.models.model import Failure
from assistant.models.words import remedy_for, said_of
from assistant.settings import LlmSettings


@pytest.mark.parametrize("failure", Failure)
def test_readers_are_told_in_one_plain_sentence(failure: Failure) -> None:
    said = said_of(failure)
    assert re.fullmatch(r"[A-Z][^.!?]*, so these are the texts' own words\.", said)
    assert re.search(r"\d|HTTP|server|token|key|base_url", said) is None


@pytest.mark.parametrize("failure", Failure)
def test_where_the_models_sentences_stand_nobody_calls_them_the_texts_own(failure: Failure) -> None:
    said = said_of(failure, worded=True)
    assert said.endswith(", so what it had not said is quoted.")
    assert said.split(",")[0] == said_of(failure).split(",")[0]


def test_readers_are_told_one_failure_from_another() -> None:
    assert len({said_of(failure) for failure in Failure}) == len(Failure)


@pytest.mark.parametrize("failure", Failure)
def test_operators_are_told_what_to_do(failure: Failure) -> None:
    remedy = remedy_for(failure)
    assert remedy.endswith((".", '"', "LLM=local"))
    names = set(re.findall(r"\b[a-z]+_[a-z_]+\b", remedy))
    assert names <= set(LlmSettings.model_fields)
