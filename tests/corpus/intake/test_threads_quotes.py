"""Words of an earlier post that stand in a later one, however they got there."""

import pytest

from corpus import DocumentKind
from corpus.intake.threads import Entry, Thread, read_thread, thread_markdown, thread_of
from corpus.parse import parse_sections

ASK = "My hip clicks when I climb stairs. Does anyone else get that? It does not hurt at all."
OWN = "Mine clicks too, nobody minds it."


def thread_with(reply: str) -> Thread:
    thread = read_thread(f"wren_4 wrote:\n{ASK}\n\nold goat wrote:\nNope.\n\njo wrote:\n{reply}\n")
    assert thread is not None
    return thread


def posted(thread: Thread) -> list[str]:
    return [post.text for post in thread.posts]


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(f"[QUOTE]{ASK}[/QUOTE]{OWN}", id="bbcode"),
        pytest.param(f'[quote="wren_4, post:1, topic:9"]{ASK}[/quote]\n\n{OWN}', id="with a name"),
        pytest.param(f"[quote=wren_4;88]My hip clicks when I climb[/quote]{OWN}", id="a part"),
        pytest.param(f"> {ASK}\n\n{OWN}", id="mail"),
        pytest.param(f"> My hip clicks when I\n> climb stairs.\n\n{OWN}", id="broken lines"),
        pytest.param(f">> {ASK}\n> Nope.\n\n{OWN}", id="a quotation in a quotation"),
        pytest.param(f"[quote][quote]{ASK}[/quote]Nope.[/quote]{OWN}", id="the same in bbcode"),
        pytest.param(f"{ASK}\n\n{OWN}", id="pasted without a mark"),
        pytest.param(
            f"Quote:\nOriginally Posted by wren_4\n{ASK}\n\n{OWN}", id="originally posted"
        ),
        pytest.param(f"wren_4 said:\n{ASK}\nClick to expand...\n{OWN}", id="click to expand"),
    ],
)
def test_what_stands_in_an_earlier_post_is_left_out_and_told(reply: str) -> None:
    thread = thread_with(reply)
    assert posted(thread) == [ASK, "Nope.", OWN]
    assert any("quotation" in remark for remark in thread.remarks)


def test_a_quotation_below_its_writers_name_is_told_from_a_post() -> None:
    text = (
        f"Posted by wren_4 on 2 May 2020\n\n{ASK}\n\nPosted by jo on 3 May 2020\n\n"
        f"wren_4 wrote:\n{ASK}\n\n{OWN}\n"
    )
    thread = read_thread(text)
    assert thread is not None
    assert posted(thread) == [ASK, OWN]


def test_words_that_stand_nowhere_else_stay_marked_as_quoted() -> None:
    thread = thread_with(f"[QUOTE=Dr Who]A click without pain is harmless.[/QUOTE]{OWN}")
    assert posted(thread)[2] == f"> A click without pain is harmless.\n\n{OWN}"


def test_quoted_words_are_nobodys_in_particular_once_written_down() -> None:
    text = thread_markdown(
        thread_with(f"{OWN}\n\n[QUOTE]A click is harmless.[/QUOTE]My physio agrees.")
    )
    sections = parse_sections(text, DocumentKind.FORUM_THREAD)
    said = [(s.speaker, text[s.sentences[0].start : s.sentences[-1].end]) for s in sections]
    assert said == [
        ("original poster", ASK),
        ("reply 1", "Nope."),
        ("reply 2", OWN),
        ("unnamed poster", "A click is harmless."),
        ("reply 2", "My physio agrees."),
    ]


def test_a_short_line_that_two_people_say_is_no_quotation() -> None:
    thread = thread_of(None, [Entry(ASK, "a"), Entry("Good luck!", "b"), Entry("Good luck!", "c")])
    assert posted(thread) == [ASK, "Good luck!", "Good luck!"]


def test_a_post_that_only_repeats_another_is_left_out() -> None:
    thread = thread_of("Hips", [Entry(ASK, "a"), Entry(f"> {ASK}", "b"), Entry(OWN, "c")])
    assert [(post.speaker, post.text) for post in thread.posts] == [
        ("original poster", ASK),
        ("reply 1", OWN),
    ]


def test_a_table_of_posts_gets_roles_by_name() -> None:
    entries = [Entry(ASK, "wren_4"), Entry(OWN, "jo"), Entry("Good to know.", "Wren_4")]
    thread = thread_of("Hips", entries)
    assert [post.speaker for post in thread.posts] == [
        "original poster",
        "reply 1",
        "original poster",
    ]
    assert thread_markdown(thread) == (
        f"# Hips\n\n## Original poster\n\n{ASK}\n\n## Reply 1\n\n{OWN}\n\n"
        "## Original poster, follow-up\n\nGood to know.\n"
    )
