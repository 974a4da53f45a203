"""Strangers mixed in with a shelf, from a sample made up here."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.admit import AdmitSettings
from assistant.bearing import Bearing
from assistant.guard.contacts import read_contacts
from assistant.guard.guard import open_guard
from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.reading.lexicon import read_lexicon
from assistant.reading.reader import Reader
from assistant.reading.spelling import Speller
from assistant.release import read_topics
from assistant.select import SelectSettings
from assistant.shelf import Shelf
from assistant.texts import HeldTexts
from assistant.weights import Weights
from corpus import Document
from eval.bench.clock import StageClock
from eval.distractors import (
    DistractorsError,
    _document,
    among_distractors,
    read_distractors,
)
from eval.providers.local import Soleus
from tests.assistant.made import FakeSearcher
from tests.eval.rivals.shelf import SHELF, LetterEncoder

SENTENCE = "This one sentence holds exactly ten words, all made up."
"""Ten words: eight of them make 80, the most an answer keeps."""


def sample(folder: Path, *rows: object) -> Path:
    """A folder of public data that holds these rows."""
    path = folder / "medquad" / "sample_2048.jsonl.gz"
    path.parent.mkdir(exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return folder


def row(focus: str, text: str) -> dict[str, str]:
    return {"focus": focus, "answer": text, "question": "?"}


def words_of(document: Document) -> list[str]:
    (section,) = document.sections
    return [document.text[each.start : each.end] for each in section.sentences]


def test_each_answer_is_a_document_of_one_short_section(tmp_path: Path) -> None:
    data = sample(tmp_path, row("Warts", "They come. They go."), row("Hiccups", "Wait."))
    warts, hiccups = read_distractors(data, 2)
    assert (warts.title, words_of(warts)) == ("Warts", ["They come.", "They go."])
    assert (hiccups.text, words_of(hiccups)) == ("Wait.", ["Wait."])
    assert (warts.sections[0].start, warts.sections[0].end) == (0, len(warts.text))


def test_the_same_answer_and_an_empty_one_are_passed_over(tmp_path: Path) -> None:
    twice, empty, other = row("Warts", "They go."), row("Warts", " "), row("Hiccups", "They go.")
    found = read_distractors(sample(tmp_path, twice, empty, twice, other), 2)
    assert [each.title for each in found] == ["Warts", "Hiccups"]
    with pytest.raises(DistractorsError, match="holds 2 answers, 3 are needed"):
        read_distractors(tmp_path, 3)


def test_only_as_many_as_are_needed_are_taken_in_order(tmp_path: Path) -> None:
    data = sample(tmp_path, *(row(f"Focus {n}", f"Answer {n}.") for n in range(5)))
    found = read_distractors(data, 3)
    assert [each.title for each in found] == ["Focus 0", "Focus 1", "Focus 2"]


def test_ids_are_unique_although_titles_and_words_are_not(tmp_path: Path) -> None:
    rows = [row("Warts", "They go."), row("Hiccups", "They go."), row("Warts", "They come.")]
    found = read_distractors(sample(tmp_path, *rows), 3)
    assert len({each.id for each in found}) == 3
    assert found[0].digest == found[1].digest != found[2].digest


def test_a_long_answer_is_cut_at_the_end_of_a_sentence(tmp_path: Path) -> None:
    (found,) = read_distractors(sample(tmp_path, row("Long", " ".join([SENTENCE] * 12))), 1)
    assert words_of(found) == [SENTENCE] * 8
    assert found.text.endswith("made up.")


def test_a_first_sentence_is_kept_however_long_it_is(tmp_path: Path) -> None:
    endless = " ".join(["word"] * 200) + "."
    (found,) = read_distractors(sample(tmp_path, row("Long", f"{endless} Another.")), 1)
    assert words_of(found) == [endless]


@given(st.text(min_size=1).map(str.strip).filter(bool))
def test_any_answer_makes_a_document_of_its_own_first_words(answer: str) -> None:
    found = _document(3, "", answer)
    assert answer.startswith(found.text)
    assert found.title == found.sections[0].heading == "-"
    assert all(words and words == words.strip() for words in words_of(found))
    assert found.id == "distractor-3"


def test_without_the_sample_it_is_said_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(DistractorsError, match="--data DIR"):
        read_distractors(tmp_path)


@pytest.mark.parametrize("wrong", [{"focus": "Warts"}, ["Warts"], 5])
def test_rows_of_another_shape_are_refused(tmp_path: Path, wrong: object) -> None:
    with pytest.raises(DistractorsError, match="No MedQuAD sample"):
        read_distractors(sample(tmp_path, wrong), 1)


def test_a_file_cut_short_or_not_packed_is_refused(tmp_path: Path) -> None:
    sample(tmp_path, *(row(f"Focus {n}", f"Answer {n}.") for n in range(50)))
    path = tmp_path / "medquad" / "sample_2048.jsonl.gz"
    whole = path.read_bytes()
    for broken in (whole[:-20], b"no gzip", whole[:12] + bytes(60) + whole[72:]):
        path.write_bytes(broken)
        with pytest.raises(DistractorsError, match="No MedQuAD sample"):
            read_distractors(tmp_path, 1)


def bare_soleus() -> Soleus:
    lexicon = read_lexicon()
    assistant = Assistant(
        reader=Reader(lexicon, Speller(lexicon.words)),
        searcher=FakeSearcher(),
        bearing=Bearing((), lexicon, Weights()),
        shelf=Shelf(HeldTexts(()), (), (), ()),
        lexicon=lexicon,
        admit_settings=AdmitSettings(0.0),
        select_settings=SelectSettings(),
        top_k=5,
        guard=open_guard(read_contacts("UK")),
        topics=read_topics(),
    )
    return Soleus(assistant, StageClock())


def test_among_distractors_both_are_found_and_the_index_is_kept(tmp_path: Path) -> None:
    distractors = read_distractors(
        sample(tmp_path, row("Zebra", "Zebras graze in quartz dizzily."), row("Jinx", "Jazz.")), 2
    )
    soleus, cache = bare_soleus(), tmp_path / "kept" / "here"
    told: list[tuple[int, int]] = []

    def mixed() -> Soleus:
        return among_distractors(
            soleus, SHELF, distractors, LetterEncoder(), cache, lambda *step: told.append(step)
        )

    found = mixed()
    assert found.name == "Soleus among 2"
    ranked = found.rank(Question("does salt and water help a calf cramp?"))
    assert {span.document_id for span in ranked} == {
        "salt",
        "heels",
        "distractor-0",
        "distractor-1",
    }
    assert len(ranked) == len(set(ranked))
    assert found.assistant.bearing is soleus.assistant.bearing
    assert soleus.name == "Soleus"
    assert told
    told.clear()
    mixed()
    assert told == []  # nothing was encoded a second time
