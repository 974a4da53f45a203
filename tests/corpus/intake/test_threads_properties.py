"""What holds for every thread, and for every text that may be none."""

import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from corpus import DocumentKind
from corpus.intake.threads import Entry, read_thread, thread_markdown, thread_of
from corpus.intake.threads.lines import words_of
from corpus.intake.threads.marks import Strength, mark_in
from corpus.parse import parse_sections

Written = Callable[[list[tuple[str, str]]], str]
"""Writes posts (name, words) down as some board does."""

NAMES = ("kestrel_9", "Plodder", "mud7lark", "wren_4")
VOCABULARY = (
    "calf heel slope tread ice twelve mornings ache kerb bench sock lace drift amber".split()
)
SHAPES = st.lists(st.lists(st.integers(3, 9), min_size=1, max_size=3), min_size=1, max_size=3)
"""Words in each sentence of each paragraph of a post."""
ASK = "I wonder about my ankle. Has anyone got an idea?"

STYLES: dict[str, Written] = {
    "wrote": lambda posts: "\n\n".join(f"{name} wrote:\n{text}" for name, text in posts),
    "posted": lambda posts: "\n\n".join(
        f"Posted by {name} on 3 May 2019, 10:22 pm\n\n{text}\n\nReply | Share | 3"
        for name, text in posts
    ),
    "phpbb": lambda posts: "\n".join(
        f"Re: Ankles\nby {name} » Tue May 03, 2019 7:42 pm\n\n{text}\n" for name, text in posts
    ),
    "numbered": lambda posts: "\n".join(
        f"#{number}\n{name}\nSenior Member\nJoin Date: May 2009\n\n{text}\n\nReply With Quote\n"
        for number, (name, text) in enumerate(posts, 1)
    ),
    "dated": lambda posts: "\n\n".join(
        f"**{name}** · 3 days ago\n\n{text}" for name, text in posts
    ),
    "colon": lambda posts: "\n\n".join(f"{name}: {text}" for name, text in posts),
}

MARKS = st.sampled_from(
    "kestrel_9 wrote:|#3|> |- |• |1. |# |## Reply 2|---|===|Posted by wren_4 on 3 May 2019|[quote]"
    "|[/quote]|Quote:|Originally Posted by wren_4|Click to expand...|__________|Any advice?|I ask."
    "|Thanks all|Advertisement|* * *|\t|    |\r\n|\x0b|\u2028|\x00|OP:|Re: x|--|Reply 1: ".split(
        "|"
    )
)
MESSY = st.lists(MARKS | st.sampled_from(VOCABULARY) | st.text(max_size=5), max_size=30).flatmap(
    lambda pieces: st.sampled_from(["\n", " ", "\n\n", ""]).map(lambda glue: glue.join(pieces))
)


def written(shape: list[list[int]], number: int) -> str:
    """A post of that shape, none of whose words stands in another."""
    word = iter(f"{word}{number}" for word in VOCABULARY * 6)
    return "\n\n".join(
        " ".join(
            " ".join(next(word) for _ in range(length)).capitalize() + "." for length in lengths
        )
        for lengths in shape
    )


@given(st.sampled_from(sorted(STYLES)), st.lists(SHAPES, min_size=1, max_size=6), st.data())
def test_marked_posts_come_out_one_by_one_with_all_their_words(
    style: str, shapes: list[list[list[int]]], data: st.DataObject
) -> None:
    names = [NAMES[0], NAMES[1], *(data.draw(st.sampled_from(NAMES)) for _ in shapes[1:])]
    texts = [ASK, *(written(shape, number) for number, shape in enumerate(shapes))]
    thread = read_thread(STYLES[style](list(zip(names, texts, strict=True))))
    assert thread is not None
    assert [post.text for post in thread.posts] == texts
    is_starter = [name == NAMES[0] for name in names]
    assert [post.speaker == "original poster" for post in thread.posts] == is_starter


@given(st.lists(SHAPES, min_size=1, max_size=6), st.sampled_from("•-*·"))
def test_bullets_come_out_one_by_one_with_all_their_words(
    shapes: list[list[list[int]]], bullet: str
) -> None:
    texts = [f"I think {written(shape, number)}" for number, shape in enumerate(shapes)]
    items = [f"  {bullet} " + text.replace("\n\n", "\n\n    ") for text in texts]
    thread = read_thread("\n\n".join([ASK, *items]))
    assert thread is not None
    assert [post.text for post in thread.posts] == [ASK, *texts]


@given(MESSY | st.text())
def test_any_text_is_taken_and_no_word_added(text: str) -> None:
    thread = read_thread(text)
    if thread is not None:
        known = set(words_of(text)) | {str(number) for number in range(40)}  # items of lists
        assert {word for post in thread.posts for word in words_of(post.text)} <= known
        assert len(thread.posts) > 1
        assert all(post.text.strip() for post in thread.posts)


@given(st.lists(MESSY, min_size=2, max_size=4))
@example(["a\n===", "# b\n> # c\n- # d\n1. # e", "f\n-\n--\n> g\n> ---\n> h\n> -"])
def test_nothing_that_a_post_says_becomes_a_heading(texts: list[str]) -> None:
    thread = thread_of("Title", [Entry(text) for text in texts])
    markdown = thread_markdown(thread)
    found = [
        (section.speaker, words_of(markdown[section.start : section.end]))
        for section in parse_sections(markdown, DocumentKind.FORUM_THREAD)
    ]
    assert {speaker for speaker, _ in found} <= {
        "unnamed poster",  # what somebody quotes
        *(post.speaker for post in thread.posts),
    }
    said = Counter(word for _, words in found for word in words)
    wanted = Counter(word for post in thread.posts for word in words_of(post.text))
    assert {word: count for word, count in wanted.items() if not word.isdigit()} == {
        word: count
        for word, count in said.items()
        if not word.isdigit()  # "1." numbers an item
    }


@given(st.lists(MESSY, min_size=2, max_size=4))
@example(["Sam wrote: Sam wrote: \n #3 calf calf -- calf", "Thanks all \n #3 calf calf -- calf"])
@example(["Sam wrote: Sam wrote:", "Sam wrote:\nAny advice?\n- \n\x08"])
def test_a_thread_that_was_written_down_is_read_as_the_same(texts: list[str]) -> None:
    thread = thread_of(None, [Entry(text.replace("[", "")) for text in texts])
    assume(not any(map(_names_a_role, (post.text for post in thread.posts))))
    again = read_thread(thread_markdown(thread))
    if len(thread.posts) > 1:
        assert again is not None
        assert again.posts == thread.posts


def _names_a_role(text: str) -> bool:
    lines = (line.lstrip("-+*•#>·1. ").partition(":")[0] for line in text.split("\n"))
    marks = (mark_in(line) for line in lines)
    return any(mark is not None and mark.strength is Strength.ROLE for mark in marks)


def calls_for(text: str) -> int:
    """Calls of functions, built in or not, that reading `text` takes."""
    count = 0

    def called(frame: FrameType, event: str, value: Any) -> None:  # noqa: ANN401 - any event's
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(called)
    try:
        read_thread(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        STYLES["wrote"]([(NAMES[0], ASK), (NAMES[1], "Ice it twice a day, I would say.")]) + "\n\n",
        f"{ASK}\n\n  • Have you tried ice?\n",
        f"{ASK}\nHave you tried ice?\n",
        "> > > quoted words of nobody\n\nAnd own ones.\n",
        "[quote][b]ice[list][*]rest",
        "wren_4 said:\nice\nClick to expand...\n",
        "# # # - - > 1. # ",
        "ice it and ice it and ice it and then ice it some more still\n",
        "      • I have it\n   • you have it\n",
    ],
)
def test_twice_the_text_is_about_twice_the_work(piece: str) -> None:
    read_thread(piece)  # what is read once from files does not count
    assert calls_for(piece * 400) < 2.5 * calls_for(piece * 200)
