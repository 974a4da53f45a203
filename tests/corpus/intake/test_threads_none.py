"""What looks like a thread in one way or another, and is none."""

import pytest

from corpus.intake.threads import read_thread

NO_THREADS = {
    "questions and answers": """\
Q: Should I ice my calf?
A: You can, for ten minutes.

Q: Should I stretch it?
A: Not in the first days.
""",
    "a week's plan": """\
Monday: Rest.
Tuesday: Five easy miles.
Wednesday: Rest.
Thursday: Hills. Any advice? Ask Jo.
Friday: Rest.
""",
    "results": """\
1. Sam Smith 34:10
2. Jo Marsh 35:22
3. Tom Fell 36:01
""",
    "praise": """\
I treat runners.

“Great massage!”
Sam Hill, 12 March 2019

“My calf is well again.”
Jo Marsh, 14 May 2019

“Lovely man.”
Tom Fell, 16 June 2019
""",
    "a leaflet whose lines are broken": """\
Should I stretch? I hear that a lot in our club, and the answer we give is a plain
one: stretch gently, never into pain, and stop there.

**Ice**: ten minutes, with a cloth below it, on six days (twice a day, as you like
best): nobody has shown that it does more.
""",
    "dates": """\
12 March 2024
Hill reps, meet at the pool.

19 March 2024
Tempo run. Anyone new is welcome.

26 March 2024
Track.
""",
    "references": """\
Cramp is poorly understood.

References

Marsh J, 2019. Cramp and salt. Journal of Legs.
Fell T, 12 March 2020. Cramp and heat. Journal of Legs.
Hill S, 3 May 2021. Cramp and fatigue.
""",
    "a story": """\
I went to see my physio.

Jane said: “Show me where it hurts.”

I pointed at my calf.

Jane said: “Any help at home?”
""",
    "a newsletter": """\
Club news

New kit

Posted by Jane Marsh on 3 May 2021

The kit is here.

Social

Posted by Tom Fell on 4 May 2021

Pizza on Friday.
""",
    "tips": """\
# Ten tips for calves

- Drink before you run, I always do.
- Stretch after you run.
- Sleep well.

Do you have any tips? Write to me.
""",
    "labels": """\
Name: Calf raise
Muscles: Soleus, gastrocnemius
Level: Easy

Stand on a step and lower your heels. I do these daily. Any questions? Ask me.
""",
    "a blog": """\
I hate cramp. Does anyone like it?

You know the feeling. You run along and bang.

Try salt. Try rest. I did.

Hope it helps, see you next week.
""",
}


@pytest.mark.parametrize("text", NO_THREADS)
def test_what_only_looks_like_one_is_no_thread(text: str) -> None:
    assert read_thread(NO_THREADS[text]) is None
