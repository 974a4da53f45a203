"""Whatever a model makes of a draft, its sentences and the numbers they cite are found."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.writing.draft import DraftReader, DraftSentence

TAGGED = "Stretch slowly. [1]\nHold it for 60 seconds. [2]\n"
JSON = json.dumps(
    {
        "sentences": [
            {"text": "Stretch slowly.", "cites": [1]},
            {"text": "Hold it for 60 seconds.", "cites": [2]},
        ]
    }
)
BOTH = [DraftSentence("Stretch slowly.", (1,)), DraftSentence("Hold it for 60 seconds.", (2,))]
BITS = (
    *("Stretch", " slowly", ". ", ".", " and", "12", "é", "word " * 130, "\n", " ", "\u202e"),
    *(" [1]", "[2, 3]", "[4-6]", "[1] [2]", "[", "]", "]. ", "- ", "**", "# ", "Answer:"),
    *("{", "}", '"', "\\", ",", ":", '"text": "Run."', '"cites": [1]', "```json\n", "```"),
)
PIECES = st.lists(st.sampled_from(BITS), max_size=40)


def read(*pieces: str) -> list[DraftSentence]:
    reader = DraftReader()
    found = [sentence for piece in pieces for sentence in reader.feed(piece)]
    return [*found, *reader.close()]


@given(PIECES, st.integers(1, 7))
def test_the_sentences_are_the_same_however_the_draft_is_cut(pieces: list[str], size: int) -> None:
    text = "".join(pieces)
    cut = [text[at : at + size] for at in range(0, len(text), size)]
    assert read(text) == read(*pieces) == read(*cut)


@given(st.text())
def test_no_text_stops_it_and_every_sentence_can_be_shown(text: str) -> None:
    for sentence in read(text):
        assert sentence.text == sentence.text.strip()
        assert sentence.text.isprintable()
        assert all(number >= 0 for number in sentence.cites)
        assert len(set(sentence.cites)) == len(sentence.cites)


@pytest.mark.parametrize("draft", [TAGGED, JSON], ids=["tagged", "json"])
def test_a_sentence_is_handed_on_as_soon_as_the_next_begins(draft: str) -> None:
    reader = DraftReader()
    assert list(reader.feed(draft[:-26])) == BOTH[:1]
    assert [*reader.feed(draft[-26:]), *reader.close()] == BOTH[1:]


@pytest.mark.parametrize(
    "draft",
    [
        "Stretch slowly [1]. Hold it for 60 seconds [2].",
        "Stretch slowly. [1] Hold it for 60 seconds. [2]",
        "Stretch slowly.[1]\n\nHold it for 60 seconds.[2]",
        "- Stretch slowly. [1]\n- Hold it for 60 seconds. [2]",
        "1. Stretch slowly. [1]\n2) Hold it for 60 seconds. [2]",
        "Answer: Stretch slowly. [1]\nHold it for 60 seconds. [2]",
        "Here is what the texts say:\nStretch slowly. [1]\nHold it for 60 seconds. [2]",
        "# Stretching\n**Stretch** _slowly_. [1]\n> Hold it for `60 seconds`. [2]",
        "```\nStretch slowly. [1]\nHold it for 60 seconds. [2]\n```",
        f"```json\n{JSON}\n```",
        f"Here you are:\n{JSON}\nI hope that helps!",
        json.dumps(json.loads(JSON)["sentences"], indent=2),
        JSON.replace('"text"', '"sentence"').replace('"cites"', '"sources"'),
        JSON.replace("[1]", '["1"]').replace("[2]", '"[2]"'),
        JSON.replace("slowly.", "slowly. [1]").replace("[1]}", "[]}"),
    ],
)
def test_what_models_make_of_the_form_is_read_all_the_same(draft: str) -> None:
    assert read(draft) == BOTH


@pytest.mark.parametrize(
    ("marker", "cites"),
    [
        ("[1, 2]", (1, 2)),
        ("[1;2 and 3]", (1, 2, 3)),
        ("[1][2] [1]", (1, 2)),
        ("[2-4]", (2, 3, 4)),
        ("[2–4]", (2, 3, 4)),
        ("[9-2]", ()),
        ("[1-999999]", (1, 2, 3, 4, 5, 6, 7, 8)),
        ("[0]", (0,)),
        ("(1)", ()),
        ("[see 1]", ()),
    ],
)
def test_markers_are_read_as_numbers(marker: str, cites: tuple[int, ...]) -> None:
    [sentence] = read(f"Stretch slowly. {marker}")
    assert sentence.cites == cites


def test_a_marker_in_the_middle_does_not_end_a_sentence() -> None:
    assert read("Stretching [1] may help a calf [2]. ") == [
        DraftSentence("Stretching may help a calf.", (1, 2))
    ]


def test_two_sentences_before_one_marker_are_both_held_to_it() -> None:
    assert read("Stretch slowly. Hold it. [3]") == [
        DraftSentence("Stretch slowly.", (3,)),
        DraftSentence("Hold it.", (3,)),
    ]


@pytest.mark.parametrize("left", [10, 30, 50])
def test_of_an_object_that_was_cut_off_nothing_is_read(left: int) -> None:
    assert read(JSON[:-left]) == BOTH[:1]


def test_what_was_cut_off_in_running_text_cites_nothing() -> None:
    assert read("Stretch slowly. [1]\nHold it for 60") == [
        BOTH[0],
        DraftSentence("Hold it for 60", ()),
    ]


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u202e", "\ud83d", "\x00", "\x1b", "\u2028"], ids=ascii
)
def test_what_cannot_be_seen_is_left_out(hidden: str) -> None:
    drafted = json.dumps({"text": f"Stretch {hidden}slowly.", "cites": [1]})
    assert read(drafted) == read(f"Stretch {hidden} slowly. [1]") == BOTH[:1]


HARD = {
    "a number without end": "A calf. [" + "1" * 100_000 + "-2] Next.",
    "lists in lists": '{"text": "A calf.", "cites": ' + "[" * 50_000 + "]" * 50_000 + "}",
    "markers in markers": "A calf [1, " * 9_000,
    "blanks": " " * 100_000 + "A calf. [1]",
    "blanks inside": '{"text": "A [1, ' + " " * 100_000 + 'calf.", "cites": [1]}',
    "nothing but brackets": "{[" * 50_000,
    "a text without end": '{"text": "' + "calf " * 20_000,
    "words without a stop": "calf " * 20_000,
    "sentences": "A calf. [1] " * 8_000,
    "lines": "A calf. [1]\n" * 8_000,
}


@pytest.mark.parametrize("draft", HARD.values(), ids=HARD)
def test_the_longest_drafts_are_read_in_a_time_that_grows_with_their_length(draft: str) -> None:
    pieces = [draft[at : at + 16] for at in range(0, len(draft), 16)]
    assert len(read(*pieces)) <= len(draft) / 8


@settings(max_examples=30)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_whatever_is_called_a_citation_is_read_or_left(cites: object) -> None:
    [sentence] = read(json.dumps({"text": "Stretch slowly.", "cites": cites}))
    assert sentence.text == "Stretch slowly."


def test_a_marker_that_never_closes_is_given_up_at_once() -> None:
    """Tried in every way it would take hours, with every reader standing still."""
    assert {sentence.cites for sentence in read("[" + "1      ," * 400 + " rest it.")} == {()}


def test_the_text_of_an_object_is_its_text() -> None:
    draft = '{"speaker": "An article", "text": "Ice may help.", "cites": [1]}'
    assert read(draft) == [DraftSentence("Ice may help.", (1,))]
