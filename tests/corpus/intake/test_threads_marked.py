"""Threads whose posts begin with a line that says who wrote them, in the ways boards do that."""

import pytest

from corpus.intake.threads import read_thread

ASK = "My shins ache after every hill session. Has anyone got an idea what helps?"
FIRST = "Mine did the same until I shortened my stride."
SECOND = "Swap the concrete for grass for a month."
BACK = "Grass it is then, and shorter steps on the way down."
WANTED = [
    ("original poster", ASK),
    ("reply 1", FIRST),
    ("reply 2", SECOND),
    ("original poster", BACK),
]

PHPBB = f"""Shins after hills
by kestrel_9 » Tue Mar 05, 2019 7:42 pm

{ASK}

Re: Shins after hills
by Old Plodder » Tue Mar 05, 2019 9:01 pm

{FIRST}

Re: Shins after hills
by mudlark » Wed Mar 06, 2019 6:15 am

{SECOND}

Re: Shins after hills
by kestrel_9 » Wed Mar 06, 2019 8:30 pm

{BACK}
"""

VBULLETIN = f"""Thread: Shins after hills
03-05-2019, 07:42 PM
#1
kestrel_9
Junior Member
Join Date: Jan 2019
Location: Hove
Posts: 14

{ASK}
Reply With Quote
03-05-2019, 09:01 PM
#2
Old Plodder
Senior Member
Join Date: Jul 2008
Posts: 4,210

{FIRST}
__________________
Slow is smooth, smooth is nearly fast
Reply With Quote
03-06-2019, 06:15 AM
#3
mudlark
Moderator

{SECOND}
03-06-2019, 08:30 PM
#4
kestrel_9
Junior Member

{BACK}
"""

REDDIT = f"""Shins after hills

u/kestrel_9 · 3 yr. ago

{ASK}

Upvote
17
Downvote
Share

Old_Plodder
• 3 yr. ago

{FIRST}

Reply Share Report Save Follow

mudlark
• 3 yr. ago

{SECOND}

kestrel_9
OP • 3 yr. ago

{BACK}
"""

SAID = f"""kestrel_9 wrote:
{ASK}

Old Plodder wrote:
{FIRST}

mudlark wrote:
{SECOND}

kestrel_9 wrote:
{BACK}
"""

SAID_IN_A_LINE = f"""kestrel_9 says: {ASK}
Old Plodder says: {FIRST}
mudlark says: {SECOND}
kestrel_9 says: {BACK}
"""

POSTED_BY = f"""Posted by kestrel_9 on 5 March 2019 at 19:42

{ASK}

Posted by Old Plodder on 5 March 2019 at 21:01

{FIRST}

Posted by mudlark on 6 March 2019 at 06:15

{SECOND}

Posted by kestrel_9 on 6 March 2019 at 20:30

{BACK}
"""

MAIL = f"""From: Kes Trell <kes@club.example>
Date: Tue, 5 Mar 2019 19:42:11 +0000
Subject: Shins after hills

{ASK}

From: Old Plodder <op@club.example>
Date: Tue, 5 Mar 2019 21:01:00 +0000
Subject: Re: Shins after hills

{FIRST}

From: mudlark <mud@club.example>
Subject: Re: Shins after hills

{SECOND}

From: Kes Trell <kes@club.example>
Subject: Re: Shins after hills

{BACK}
"""

NAMES_AND_COLONS = f"""kestrel_9: {ASK}

Plodder: {FIRST}

mudlark: {SECOND}

kestrel_9: {BACK}
"""

NAMES_ALONE = f"""kestrel_9
{ASK}

Plodder
{FIRST}

mudlark
{SECOND}

kestrel_9
{BACK}
"""

DATED = f"""kestrel_9, 5 March 2019
{ASK}

Old Plodder, 5 March 2019
{FIRST}

mudlark, 6 March 2019
{SECOND}

kestrel_9, 6 March 2019
{BACK}
"""

MARKDOWN = f"""# Shins after hills

**kestrel_9** (2019-03-05 19:42)

{ASK}

---

**Old Plodder** (2019-03-05 21:01)

{FIRST}

---

**mudlark** (2019-03-06 06:15)

{SECOND}

---

**kestrel_9** (2019-03-06 20:30)

{BACK}
"""

ROLES = f"""OP: {ASK}

Reply 1: {FIRST}

Reply 2: {SECOND}

OP: {BACK}
"""

DISCOURSE = f"""Shins after hills

kestrel_9 March 5, 2019, 7:42pm #1
{ASK}

2 Likes

Old_Plodder March 5, 2019, 9:01pm #2
{FIRST}

mudlark March 6, 2019, 6:15am #3
{SECOND}

kestrel_9 March 6, 2019, 8:30pm #4
{BACK}
"""

STARTER_MARKED = f"""Author: kes (topic starter)
{ASK}

Author: Old Plodder
{FIRST}

Author: mudlark
{SECOND}

Author: kes (topic starter)
{BACK}
"""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PHPBB, id="by name » date"),
        pytest.param(VBULLETIN, id="date, number, name, profile"),
        pytest.param(REDDIT, id="name and age"),
        pytest.param(SAID, id="name wrote:"),
        pytest.param(SAID_IN_A_LINE, id="name says: words"),
        pytest.param(POSTED_BY, id="posted by name on date"),
        pytest.param(MAIL, id="mail headers"),
        pytest.param(NAMES_AND_COLONS, id="name: words"),
        pytest.param(NAMES_ALONE, id="name alone"),
        pytest.param(DATED, id="name, date"),
        pytest.param(MARKDOWN, id="name in bold, rules"),
        pytest.param(ROLES, id="roles"),
        pytest.param(DISCOURSE, id="name date number"),
        pytest.param(STARTER_MARKED, id="topic starter"),
        pytest.param(PHPBB.replace("\n", "\r\n"), id="carriage returns"),
    ],
)
def test_every_way_to_mark_a_post_gives_the_same_thread(text: str) -> None:
    thread = read_thread(text)
    assert thread is not None
    assert [(post.speaker, post.text) for post in thread.posts] == WANTED


@pytest.mark.parametrize("text", [PHPBB, REDDIT, MARKDOWN, VBULLETIN, MAIL, DISCOURSE])
def test_a_title_above_the_posts_is_the_title(text: str) -> None:
    thread = read_thread(text)
    assert thread is not None
    assert thread.title == "Shins after hills"


def test_an_opening_post_needs_no_mark_where_replies_have_one() -> None:
    thread = read_thread(f"{ASK}\n\nReply 1\n\n{FIRST}\n\nReply 2\n\n{SECOND}\n")
    assert thread is not None
    assert [(post.speaker, post.text) for post in thread.posts] == WANTED[:3]


def test_somebody_who_only_speaks_like_the_original_poster_is_none_where_names_tell() -> None:
    thread = read_thread(SAID.replace(SECOND, "Thanks everyone, I've tried all of that now."))
    assert thread is not None
    assert [post.speaker for post in thread.posts][1:3] == ["reply 1", "reply 2"]


def test_an_address_inside_a_post_stays_and_its_writers_name_goes() -> None:
    thread = read_thread(SAID.replace(SECOND, "Kestrel_9, given your age, ask your coach."))
    assert thread is not None
    assert thread.posts[2].text == "Kestrel_9, given your age, ask your coach."
    assert "mudlark" not in "".join(post.text + post.speaker for post in thread.posts)


def test_a_line_of_a_signature_that_comes_back_is_left_out_and_told() -> None:
    signed = SAID.replace(ASK, f"{ASK}\n\n10k 52:10, half 1:58").replace(
        BACK, f"{BACK}\n\n10k 52:10, half 1:58"
    )
    thread = read_thread(signed)
    assert thread is not None
    assert [(post.speaker, post.text) for post in thread.posts] == WANTED
    assert "10k 52:10, half 1:58" in " ".join(thread.remarks)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Warm feet\n\nBy Jane Marsh, 12 March 2019\nUpdated: 14 March 2020\n\n"
            "Wool keeps feet warm when wet. Change socks at the turn.",
            id="byline and update",
        ),
        pytest.param(
            "12 March 2019\n\nRan eight easy miles.\n\n13 March 2019\n\nRested, stretched a bit.\n",
            id="training diary",
        ),
        pytest.param(
            "Injury corner\n\nBy Jane Marsh, 3 May 2021\n\nWool keeps feet warm.\n\n"
            "Race report\n\nBy Tom Fell, 4 May 2021\n\nThe course was muddy and long.\n",
            id="newsletter",
        ),
        pytest.param(
            "Cramp still puzzles doctors.\n\nDr Ann Marsh said: \u201cNobody knows.\u201d\n\n"
            "Prof Tom Fell said: \u201cSalt may matter.\u201d\n",
            id="experts in an article",
        ),
        pytest.param(
            "Calf rehab\n\nStep 1: Rest for two days.\nStep 2: Raise your heels.\n"
            "Tip: Hold on to something.\n",
            id="steps with colons",
        ),
        pytest.param(
            "Warming up\n\nWalk briskly for five minutes.\n\nStretching\n\nHold each one.\n\n"
            "Cooling down\n\nWalk again. Any advice beyond that is for your coach.\n",
            id="headings",
        ),
        pytest.param("Posted by Jane Marsh on 3 May 2021\n\nWool keeps feet warm.", id="one post"),
    ],
)
def test_articles_are_no_threads(text: str) -> None:
    assert read_thread(text) is None


def test_comments_below_an_article_are_kept_apart_from_it() -> None:
    text = (
        f"Warm feet\n\n{'Wool keeps feet warm when wet. ' * 130}\n\n2 comments\n\n"
        "mudlark says:\nMay 3, 2019 at 9:12 am\nMine stay cold.\n\nReply\n\n"
        "jo_82 says:\nMay 4, 2019 at 8:01 pm\nSame here.\n\nReply\n"
    )
    thread = read_thread(text)
    assert thread is not None
    assert [post.text for post in thread.posts][1:] == ["Mine stay cold.", "Same here."]
    assert any("as long as an article" in remark for remark in thread.remarks)
