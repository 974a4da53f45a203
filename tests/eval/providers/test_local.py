"""Soleus in this process, over a search that finds what it is told to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.admit import AdmitSettings
from assistant.bearing import Bearing
from assistant.evidence import NO_SCOPE
from assistant.guard.contacts import read_contacts
from assistant.guard.guard import open_guard
from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.reading.ask import Reading
from assistant.reading.lexicon import read_lexicon
from assistant.reading.reader import Reader
from assistant.reading.spelling import Speller
from assistant.release import read_topics
from assistant.select import SelectSettings
from assistant.settings import IndexSettings, Settings
from assistant.shelf import Shelf
from assistant.texts import HeldTexts
from assistant.weights import Weights
from eval.bench.clock import TOTAL, StageClock
from eval.providers.local import Soleus
from eval.transcript import Ending, ProviderError
from index import Hit, PassageIndexError, Scope
from tests.assistant.made import FakeSearcher, ask, hit, passage, reading

SALT = passage("Salt against calf cramp is worth a try.", document="salt", speaker="reply 2")
ICE = passage("Ice a sore calf for 20 minutes.", document="ice")
REST = passage("Rest a sore calf for a day.", document="rest")
ASKED = Question("does salt help against calf cramp?")


@dataclass
class ByQuery:
    """Finds for each ask, by its own words, what it is told to."""

    found: Mapping[str, tuple[Hit, ...]]
    wanted: list[int] = field(default_factory=list)

    def encode(self, queries: Sequence[str]) -> NDArray[np.float32]:
        return np.zeros((len(queries), 3), dtype=np.float32)

    def search_encoded(
        self, queries: Sequence[str], _vectors: NDArray[np.float32], top_k: int
    ) -> tuple[Hit, ...]:
        self.wanted.append(top_k)
        return self.found[queries[0]][:top_k]

    def scope(self, _vectors: NDArray[np.float32]) -> Scope:
        return NO_SCOPE


class Reads(Reader):
    """Reads into every question what it is told to."""

    def __init__(self, read: Reading) -> None:
        self._given = read

    def read(self, question: Question) -> Reading:
        return self._given


def soleus(searcher: FakeSearcher | ByQuery) -> Soleus:
    lexicon, clock = read_lexicon(), StageClock()
    assistant = Assistant(
        reader=Reader(lexicon, Speller(lexicon.words)),
        searcher=searcher,
        bearing=Bearing((SALT, ICE), lexicon, Weights()),
        shelf=Shelf(HeldTexts((SALT, ICE)), (), (), ()),
        lexicon=lexicon,
        admit_settings=AdmitSettings(0.0),  # whatever is not ruled out is answered
        select_settings=SelectSettings(),
        top_k=5,
        guard=open_guard(read_contacts("UK")),
        topics=read_topics(),
        stage=clock.stage,
    )
    return Soleus(assistant, clock)


def test_an_answer_becomes_what_is_scored() -> None:
    said = soleus(FakeSearcher((hit(SALT), hit(ICE, 2)))).ask(ASKED)
    assert said.ending is Ending.ANSWER
    (sentence,) = said.sentences
    (cited,) = sentence.cited
    assert (sentence.text, cited.words, cited.tier) == (SALT.text, SALT.text, "forum")
    assert cited.span == SALT.sentences[0].span
    assert said.sure is not None
    assert 0.0 <= said.sure <= 1.0


def test_stages_are_those_of_the_question_asked_last() -> None:
    ours = soleus(FakeSearcher((hit(SALT),)))
    first = ours.ask(ASKED).stages
    assert {"guard", "read", "encode", "search", "select", TOTAL} <= set(first)
    assert sum(took for name, took in first.items() if name != TOTAL) <= first[TOTAL]
    assert {"guard", TOTAL} == set(ours.ask(Question("hello")).stages)


def test_a_search_that_fails_is_no_abstention() -> None:
    ours = soleus(FakeSearcher(error=PassageIndexError("gone")))
    with pytest.raises(ProviderError, match="doctor"):
        ours.ask(ASKED)


def test_ranking_gives_the_passages_as_they_were_found() -> None:
    ranked = soleus(FakeSearcher((hit(ICE), hit(SALT, 2)))).rank(ASKED)
    assert ranked == (ICE.span, SALT.span)


def asking(searcher: ByQuery, *asks: str) -> Soleus:
    ours = soleus(searcher)
    read = reading(*(ask(each) for each in asks), text="both")
    return replace(ours, assistant=replace(ours.assistant, reader=Reads(read)))


def test_a_message_that_asks_two_things_is_ranked_by_turns_and_nothing_twice() -> None:
    searcher = ByQuery(
        {"one": (hit(SALT), hit(ICE, 2)), "two": (hit(ICE), hit(REST, 2), hit(SALT, 3))}
    )
    # By turns: salt, ice, ice (again), rest, salt (again).
    assert asking(searcher, "one", "two").rank(ASKED) == (SALT.span, ICE.span, REST.span)
    assert set(searcher.wanted) == {20}  # enough for every cut-off that is scored


def test_what_asks_nothing_finds_nothing() -> None:
    assert asking(ByQuery({})).rank(Question("")) == ()


def test_it_opens_only_over_a_built_index(tmp_path: Path) -> None:
    with pytest.raises(PassageIndexError, match="python -m"):
        Soleus.open(Settings(index=IndexSettings(folder=tmp_path)))
