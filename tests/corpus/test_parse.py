import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus import DocumentKind, Section
from corpus.parse import LONGEST_CUT, parse_sections, sentence_bounds, speaker_under

ARTICLE, THREAD = DocumentKind.ARTICLE, DocumentKind.FORUM_THREAD


def said(text: str, section: Section) -> list[tuple[str, int | None]]:
    return [(text[each.start : each.end], each.step) for each in section.sentences]


def all_said(text: str) -> list[tuple[str, int | None]]:
    return [pair for section in parse_sections(text, ARTICLE) for pair in said(text, section)]


def test_a_post_is_a_section_with_its_speaker_and_sentences() -> None:
    text = "# A thread\n\n## Original poster\n\nIt hurts. Badly!\n\n## Reply 1\n\nPotassium.\n"
    first, second = parse_sections(text, THREAD)
    assert (first.heading, first.speaker) == ("Original poster", "original poster")
    assert said(text, first) == [("It hurts.", None), ("Badly!", None)]
    assert text[first.start : first.end] == "It hurts. Badly!"
    assert (second.speaker, said(text, second)) == ("reply 1", [("Potassium.", None)])


@pytest.mark.parametrize(
    ("heading", "kind", "speaker"),
    [
        ("Reply 12", THREAD, "reply 12"),
        ("Original poster, follow-up", THREAD, "original poster"),
        ("", THREAD, "unnamed poster"),
        ("speedy_sam_82", THREAD, "unnamed poster"),
        ("Reply 12", ARTICLE, "author"),
    ],
)
def test_the_heading_names_the_speaker_of_a_post(
    heading: str, kind: DocumentKind, speaker: str
) -> None:
    assert speaker_under(heading, kind) == speaker


def test_steps_are_numbered_and_text_around_them_is_not() -> None:
    text = "Do this:\n\n1. Grip it. Squeeze.\n2. Let go.\n\nDone.\n"
    assert all_said(text) == [
        ("Do this:", None),
        ("Grip it.", 1),
        ("Squeeze.", 1),
        ("Let go.", 2),
        ("Done.", None),
    ]


def test_a_list_nested_in_a_step_belongs_to_the_step() -> None:
    text = "1. One\n   - dash\n   1. inner\n   2. inner two\n2. Two\n\n   More of two.\n"
    assert [step for _, step in all_said(text)] == [1, 1, 1, 1, 2, 2]


def test_a_list_keeps_the_number_it_starts_with() -> None:
    assert all_said("3. three\n3. four\n") == [("three", 3), ("four", 4)]
    assert all_said("0. first\n1. second\n") == [("first", 1), ("second", 2)]


def test_points_without_numbers_are_no_steps() -> None:
    assert all_said("- one\n* two\n+ three\n") == [("one", None), ("two", None), ("three", None)]


def test_a_text_without_headings_is_one_section() -> None:
    (section,) = parse_sections("Just words.", ARTICLE, untitled="The title")
    assert (section.heading, section.speaker) == ("The title", "author")


def test_a_heading_with_nothing_under_it_makes_no_section() -> None:
    text = "# Title\n\n## Empty\n\n### Full\n\nWords.\n"
    assert [section.heading for section in parse_sections(text, ARTICLE)] == ["Full"]


@pytest.mark.parametrize("text", ["", "\n\n \t\r\n", "# Only a title", "***\n", "-\n"])
def test_a_text_that_says_nothing_has_no_sections(text: str) -> None:
    assert parse_sections(text, ARTICLE) == ()


def test_windows_line_ends_and_wrapped_lines_keep_their_places() -> None:
    text = "## Säction\r\n\r\nEin Satz über\r\nzwei Zeilen. Noch ☕ einer.\r\n"
    (section,) = parse_sections(text, ARTICLE)
    assert said(text, section) == [
        ("Ein Satz über\r\nzwei Zeilen.", None),
        ("Noch ☕ einer.", None),
    ]


def test_underlined_headings_are_headings() -> None:
    text = "Title\n=====\n\nPart\n----\n\nWords.\n"
    assert [section.heading for section in parse_sections(text, ARTICLE)] == ["Part"]


def test_what_looks_like_code_or_html_or_a_link_is_still_text() -> None:
    text = "    indented words\n\n```\nfenced\n```\n\n<div>tagged</div>\n\n[a]: /url\n"
    found = " ".join(words for words, _ in all_said(text))
    assert all(each in found for each in ("indented words", "fenced", "tagged", "[a]: /url"))


def test_quotation_marks_of_a_block_are_in_no_sentence() -> None:
    assert all_said("> One line\n> and another.\n") == [("One line", None), ("and another.", None)]


def test_decimals_and_abbreviations_do_not_end_a_sentence() -> None:
    text = "Hold it, e.g. on a kerb, for 1.5 minutes. Then rest."
    assert all_said(text) == [
        ("Hold it, e.g. on a kerb, for 1.5 minutes.", None),
        ("Then rest.", None),
    ]


# -- properties: letters are never markers, so each must be said exactly once or stand in a heading

BLANKS_AND_MARKS = " .!?\n\n\n\r\t>*_+1.2)`[]:<|&\0\u00a0\u2028\ufeff\u3000💥"
HEADING_MARKS = "#-="
LETTERS = "abÉß日"


def markdown(alphabet: str) -> st.SearchStrategy[str]:
    return st.text(alphabet=st.sampled_from(alphabet), max_size=120)


@given(markdown(LETTERS + BLANKS_AND_MARKS))
@example("1. a\n\n   b\n> c\n")
@example("\u00a0\na\n")
@example("> \u00a0\n> a\n")
@example("* \ta\0b\n\u2028c")
def test_every_letter_below_no_heading_is_said_exactly_once(text: str) -> None:
    said_at = [
        at
        for section in parse_sections(text, ARTICLE)
        for sentence in section.sentences
        for at in range(sentence.start, sentence.end)
    ]
    assert len(said_at) == len(set(said_at))
    letters = {at for at, character in enumerate(text) if character.isalpha()}
    assert letters <= set(said_at)


@given(markdown(LETTERS + BLANKS_AND_MARKS + HEADING_MARKS), st.sampled_from(list(DocumentKind)))
def test_sections_and_sentences_are_in_order_trimmed_and_inside_one_another(
    text: str, kind: DocumentKind
) -> None:
    end = 0
    for section in parse_sections(text, kind):
        assert (section.start, section.end) == (
            section.sentences[0].start,
            section.sentences[-1].end,
        )
        for sentence in section.sentences:
            words = text[sentence.start : sentence.end]
            assert end <= sentence.start < sentence.end <= len(text)
            assert words == words.strip()
            assert sentence.step is None or sentence.step >= 1
            end = sentence.end


WORDS = st.lists(st.sampled_from(["calf", "hurts", "when", "I", "run", "é", "日本"]), min_size=1)
PARAGRAPHS = WORDS.map(lambda words: " ".join(words) + ".")
BLOCKS = st.one_of(
    PARAGRAPHS.map(lambda p: [p]),
    st.lists(PARAGRAPHS, min_size=1, max_size=4).map(
        lambda items: [f"{n}. {item}" for n, item in enumerate(items, start=1)]
    ),
)


@given(st.lists(st.tuples(WORDS, st.lists(BLOCKS, min_size=1, max_size=3)), max_size=4))
def test_a_well_formed_text_comes_back_block_by_block(
    parts: list[tuple[list[str], list[list[str]]]],
) -> None:
    blocks = [block for _, blocks in parts for block in blocks]
    text = "# Title\n\n" + "".join(
        f"## {' '.join(heading)}\n\n"
        + "\n\n<!-- -->\n\n".join("\n".join(b) for b in inside)
        + "\n\n"
        for heading, inside in parts
    )
    sections = parse_sections(text, THREAD)
    assert [each.heading for each in sections] == [" ".join(heading) for heading, _ in parts]
    said_words = "".join(words for each in sections for words, _ in said(text, each))
    wanted = "".join(re.sub(r"^\d+\. ", "", line) for block in blocks for line in block)
    assert _letters(said_words) == _letters(wanted)


def _letters(text: str) -> str:
    return re.sub(r"[^\w.]|<!-- -->", "", text)


@given(st.text(max_size=80))
def test_sentence_bounds_lose_no_character_but_white_space(text: str) -> None:
    end = 0
    for start, stop in sentence_bounds(text):
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip() != ""
        end = stop
    assert not text[end:].strip()


@pytest.mark.parametrize(
    "words", ["Stretch the calf. ", "a. ", "word ", "x", "¿é!… ", "Really?\n"], ids=repr
)
def test_a_paragraph_without_end_is_cut_in_stretches(words: str) -> None:
    text = words * (1_000_000 // len(words))
    bounds = list(sentence_bounds(text))
    said_words = "".join(text[a:b] for a, b in bounds)
    assert "".join(said_words.split()) == "".join(text.split())
    assert max(b - a for a, b in bounds) <= LONGEST_CUT


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    text = "Stretch the calf. " * 2_000
    assert {text[a:b] for a, b in sentence_bounds(text)} == {"Stretch the calf."}
