"""Forum pages as forum programs write them, and tables of posts: every post apart, by its role."""

import pytest

from corpus.document import DocumentKind
from corpus.intake.files import read_bytes
from tests.corpus.intake.made_files import read_one, spoken

OP, FIRST, SECOND = "original poster", "reply 1", "reply 2"
ASKED = "My left calf seizes whenever I pass mile six."
TOLD = "Mine did that until I did bent-knee raises."
THANKED = "Thanks, I will try the raises this week."


def phpbb(number: int, user: str, subject: str, words: str) -> str:
    return f"""<div id="p{number}" class="post has-profile bg2"><div class="inner">
    <dl class="postprofile"><dt><a class="username" href="#">{user}</a></dt><dd>Posts: 33</dd></dl>
    <div class="postbody"><h3><a href="#p{number}">{subject}</a></h3><p class="author">by
    <strong><a class="username" href="#">{user}</a></strong> » Tue May 3, 2011 9:14 pm</p>
    <div class="content">{words}</div><div class="signature">Slow and steady wins nothing</div>
    </div></div></div>"""


def xenforo(user: str, words: str) -> str:
    return f"""<article class="message message--post js-post" data-author="{user}"><div
    class="message-inner"><div class="message-cell message-cell--user"><h4 class="message-name"><a
    class="username">{user}</a></h4><h5 class="userTitle">New member</h5></div><div
    class="message-cell message-cell--main"><time datetime="2022-03-04T10:00:00">Mar 4</time><div
    class="message-content"><article class="message-body"><div class="bbWrapper">{words}</div>
    </article></div><footer class="message-footer"><a>Like</a></footer></div></div></article>"""


def vbulletin(number: int, user: str, words: str) -> str:
    return f"""<table id="post{number}" class="tborder"><tr><td class="thead">01-02-2009</td></tr>
    <tr><td><a class="bigusername">{user}</a><div>Join Date: 2007</div></td><td>
    <div id="post_message_{number}">{words}</div></td></tr></table>"""


def typed(user: str, words: str, kind: str) -> str:
    return f"""<div itemscope itemtype="https://schema.org/{kind}"><span itemprop="author">
    {user}</span><p itemprop="text">{words}</p></div>"""


def page(title: str, *posts: str) -> str:
    return f"""<html><head><title>{title} - Harriers Forum</title></head><body><ul><li><a
    href="/">Board index</a></li><li><a href="/t">Training</a></li></ul><h1>{title}</h1>
    {"".join(posts)}<div class="copyright">Powered by a forum</div></body></html>"""


QUOTED = f"<blockquote><div><cite>fox wrote:</cite>{ASKED}</div></blockquote>"
BB_QUOTED = f"""<blockquote class="bbCodeBlock--quote"><div class="bbCodeBlock-title">fox
said:</div><div>{ASKED}</div></blockquote>"""
VB_QUOTED = f"""<div>Quote:<table><tr><td class="alt2">Originally Posted by <strong>fox</strong>
<div>{ASKED}</div></td></tr></table></div>"""

PAGES = {
    "phpbb": page(
        "Calf seizes",
        phpbb(1, "fox", "Calf seizes", ASKED),
        phpbb(2, "owl", "Re: Calf seizes", QUOTED + TOLD),
        phpbb(3, "fox", "Re: Calf seizes", THANKED),
    ),
    "xenforo": page(
        "Calf seizes", xenforo("fox", ASKED), xenforo("owl", BB_QUOTED + TOLD),
        xenforo("fox", THANKED),
    ),
    "vbulletin": page(
        "Calf seizes", vbulletin(11, "fox", ASKED), vbulletin(12, "owl", VB_QUOTED + TOLD),
        vbulletin(13, "fox", THANKED),
    ),
    "typed items": page(
        "Calf seizes", typed("fox", ASKED, "Question"), typed("owl", TOLD, "Answer"),
        typed("fox", THANKED, "Answer"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_forum_s_page_is_split_as_the_forum_splits_it(name: str) -> None:
    reading = read_one("viewtopic.html", PAGES[name])
    assert reading.kind is DocumentKind.FORUM_THREAD
    assert reading.title == "Calf seizes"
    assert spoken(reading) == {OP: [ASKED, THANKED], FIRST: [TOLD]}


def test_nobody_s_name_gets_onto_the_shelf() -> None:
    for source in PAGES.values():
        text = read_one("viewtopic.html", source).text.lower()
        assert "fox" not in text
        assert "owl" not in text


def test_a_post_s_headings_and_lists_are_its_own() -> None:
    words = "<h2>What I did</h2><ol><li>Rest.</li><li>Walk.</li></ol><p># one</p>"
    reading = read_one("t.html", page("T", xenforo("fox", ASKED), xenforo("owl", words)))
    assert spoken(reading)[FIRST] == ["What I did", "Rest.", "Walk.", "one"]


def test_an_article_with_comments_is_no_thread() -> None:
    comments = "".join(f'<li class="comment">Comment {n} is short.</li>' for n in range(9))
    body = "<p>" + "Calf raises help most runners who do them slowly. " * 9 + "</p>"
    reading = read_one("a.html", f"<article><h1>Raises</h1>{body}</article><ol>{comments}</ol>")
    assert reading.kind is DocumentKind.ARTICLE


TABLE = """thread,author,date,text
Calf seizes,fox,2020-01-03,"{0}"
Calf seizes,owl,2020-01-04,"{1} It took a while, ""honestly""."
Which shoes?,elk,2021-05-01,Any zero drop shoe to start with?
Calf seizes,fox,2020-01-05,"{2}"
Re: Which shoes?,fox,2021-05-02,None: go slowly.
"""


def test_a_table_of_posts_is_a_reading_for_each_thread() -> None:
    table = TABLE.format(ASKED, TOLD, THANKED).replace("Re: Which", "Which")
    first, second = read_bytes("export.csv", table.encode())
    assert (first.title, first.published) == ("Calf seizes", "2020-01-03")
    assert spoken(first) == {
        OP: [ASKED, THANKED],
        FIRST: [TOLD, 'It took a while, "honestly".'],
    }
    assert (second.title, second.kind) == ("Which shoes?", DocumentKind.FORUM_THREAD)
    assert spoken(second)[FIRST] == ["None: go slowly."]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_tables_are_read_whatever_their_program_wrote(separator: str, encoding: str) -> None:
    rows = [
        ("Username", "Post Text", "Topic"),
        ("fox", "It’s tight.", "A"),
        ("owl", "Rest it.", "A"),
    ]
    table = "\r\n".join(separator.join(row) for row in rows)
    reading = read_one("export.csv", table.encode(encoding))
    assert spoken(reading) == {OP: ["It’s tight."], FIRST: ["Rest it."]}


def test_posts_are_put_in_the_order_that_the_table_tells() -> None:
    table = "post_no,topic,user,message\n10,A,elk,Third one.\n9,A,owl,Second one.\n1,A,fox,First.\n"
    assert spoken(read_one("a.csv", table)) == {
        OP: ["First."],
        FIRST: ["Second one."],
        SECOND: ["Third one."],
    }


def test_cells_may_hold_html_or_bbcode() -> None:
    table = (
        "topic,user,message\n"
        'A,fox,"<p>It hurts.</p><p hidden>Obey.</p><ul><li>uphill</li></ul>"\n'
        "A,owl,[b]Rest[/b] it.\n"
    )
    assert spoken(read_one("a.csv", table)) == {OP: ["It hurts.", "uphill"], FIRST: ["Rest it."]}


def test_a_table_without_names_is_told_by_order_and_says_so() -> None:
    reading = read_one("a.csv", "topic,text\nA,It hurts a lot.\nA,Rest it for now.\n")
    assert spoken(reading) == {OP: ["It hurts a lot."], FIRST: ["Rest it for now."]}
    assert "Nobody is named" in reading.remarks[0]


def test_a_table_of_texts_alone_is_an_article() -> None:
    reading = read_one("tips.csv", "tip,text\n1,Walk before you run.\n2,Sleep well at night.\n")
    assert reading.kind is DocumentKind.ARTICLE
    assert spoken(reading) == {"author": ["Walk before you run.", "Sleep well at night."]}
