"""Threads as they are copied or exported from the places where clubs talk."""

import pytest

from corpus.intake.threads import read_thread

ASK = (
    "My heel is sore first thing every morning. It eases once I am moving."
    " Anyone know what that is?"
)
FIRST = "Plantar fascia, most likely. Roll a bottle of frozen water under the arch."
SECOND = "Check your shoes too. Mine had gone flat as pancakes on the inside edge."
BACK = "Shoes are two years old, so that may be it. Frozen bottle tonight."
WANTED = [
    ("original poster", ASK),
    ("reply 1", FIRST),
    ("reply 2", SECOND),
    ("original poster", BACK),
]

BOARDS = {
    "a messenger's log, in brackets": f"""\
[12/03/2024, 18:22:31] Messages and calls are end-to-end encrypted.
[12/03/2024, 18:22:31] Ros Heath: {ASK}
[12/03/2024, 18:25:02] Idris: {FIRST}
[12/03/2024, 18:40:11] Kit (coach): {SECOND}
[13/03/2024, 07:01:45] Ros Heath: {BACK}
""",
    "a messenger's log, with dashes": f"""\
12/03/2024, 18:22 - Ros Heath: {ASK}
12/03/2024, 18:25 - Idris: {FIRST}
12/03/2024, 18:40 - +44 7700 900123: {SECOND}
13/03/2024, 07:01 - Ros Heath: {BACK}
13/03/2024, 07:02 - Ros Heath: <Media omitted>
""",
    "name — date": f"""\
rosheath — 12/03/2024 18:22
{ASK}
idris.runs — 12/03/2024 18:25
{FIRST}
kit — 12/03/2024 18:40
{SECOND}
rosheath — 13/03/2024 07:01
{BACK}
""",
    "name and time": f"""\
Ros Heath  6:22 PM
{ASK}

Idris  6:25 PM
{FIRST}

Kit Lowe  6:40 PM
{SECOND}

Ros Heath  7:01 AM
{BACK}
:thumbsup: 2
""",
    "name, whom it answers, age": f"""\
4 Comments

Ros Heath
a year ago
{ASK}

2
Reply
Share ›

Idris
Ros Heath
a year ago
{FIRST}

Reply
Share ›

Kit Lowe
a year ago
{SECOND}

Reply
Share ›

Ros Heath
Kit Lowe
a year ago
{BACK}

Reply
Share ›
""",
    "says: above a date": f"""\
4 thoughts on “Sore heels”

Ros Heath says:
March 12, 2024 at 6:22 pm
{ASK}

Reply

Idris says:
March 12, 2024 at 6:25 pm
{FIRST}

Reply

Kit Lowe says:
March 12, 2024 at 6:40 pm
{SECOND}

Reply

Ros Heath says:
March 13, 2024 at 7:01 am
{BACK}

Reply
""",
    "name, rank, date, number": f"""\
Sore heel in the morning
Thread starter rosheath
Start date Mar 12, 2024

rosheath
Active member
Mar 12, 2024
#1
{ASK}

idris
Well-known member
Mar 12, 2024
#2
rosheath said:
My heel is sore first thing every morning.
Click to expand...
{FIRST}
Reactions: rosheath and kit

kit
New member
Mar 12, 2024
#3
{SECOND}

rosheath
Active member
Mar 13, 2024
#4
{BACK}
You must log in or register to reply here.
Share:
Facebook Twitter Reddit Pinterest Tumblr WhatsApp Email Link
""",
    "name, rank, count, posted date": f"""\
Sore heel in the morning
By rosheath, March 12, 2024 in Injuries

rosheath
Members
12
Posted March 12, 2024
{ASK}

Quote

idris
Members
240
Posted March 12, 2024
{FIRST}

Quote

kit
Members
88
Posted March 12, 2024
{SECOND}

Quote

rosheath
Members
13
Posted March 13, 2024
{BACK}

Quote
""",
    "name, month": f"""\
Sore heel in the morning

rosheath
Mar 2024
{ASK}

3 replies

idris
Mar 2024
{FIRST}

1 Like

kit
Mar 2024
{SECOND}

rosheath
Mar 2024
{BACK}
""",
    "name · date": f"""\
Sore heel in the morning
12 replies
RosHeath · 12/03/2024 18:22
{ASK}

OP's posts: See all
Add message | See All | Report

IdrisRuns · 12/03/2024 18:25
{FIRST}

KitLowe2 · 12/03/2024 18:40
{SECOND}

RosHeath · 13/03/2024 07:01
{BACK}
""",
    "message par": f"""\
Sore heel in the morning
Message par rosheath » 12 mai 2024, 18:22

{ASK}

Haut

Re: Sore heel in the morning
Message par idris » 12 mai 2024, 18:25

{FIRST}

Haut

Re: Sore heel in the morning
Message par kit » 12 mai 2024, 18:40

{SECOND}

Haut

Re: Sore heel in the morning
Message par rosheath » 13 mai 2024, 07:01

{BACK}

Haut
""",
    "@name, age": f"""\
@rosheath
1 year ago
{ASK}
12
Reply
@idris
1 year ago (edited)
{FIRST}
4
Reply
@kit
1 year ago
{SECOND}
Reply
@rosheath
1 year ago
{BACK}
Reply
""",
    "date below": f"""\
Ros Heath
{ASK}
March 12, 2024 at 6:22 PM

Idris Moss
{FIRST}
March 12, 2024 at 6:25 PM

Kit Lowe
{SECOND}
March 12, 2024 at 6:40 PM

Ros Heath
{BACK}
March 13, 2024 at 7:01 AM
""",
    "headings with dates": f"""\
# Sore heel in the morning

### Ros Heath, 12 March 2024

{ASK}

### Idris, 12 March 2024

{FIRST}

### Kit, 12 March 2024

{SECOND}

### Ros Heath, 13 March 2024

{BACK}
""",
    "post number by name": f"""\
Post #1 by rosheath
{ASK}

Post #2 by idris
{FIRST}

Post #3 by kit
{SECOND}

Post #4 by rosheath
{BACK}
""",
}


@pytest.mark.parametrize("board", BOARDS)
def test_every_board_gives_the_same_thread(board: str) -> None:
    thread = read_thread(BOARDS[board])
    assert thread is not None
    assert [(post.speaker, post.text) for post in thread.posts] == WANTED


def test_a_question_with_its_answers_below_is_one() -> None:
    asked = (
        f"Sore heels\nAsked 3 years, 2 months ago\nViewed 4k times\n\n3\n\n{ASK}\n\nShare\nFollow\n"
        f"asked Mar 12, 2024 at 18:22\nrosheath\n\n2 Answers\n\n5\n\n{FIRST}\n\nShare\nFollow\n"
        "answered Mar 12, 2024 at 18:25\nidris\n"
    )
    thread = read_thread(asked)
    assert thread is not None
    assert [(post.speaker, post.text) for post in thread.posts] == WANTED[:2]
