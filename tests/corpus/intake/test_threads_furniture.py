"""What a site puts around words goes, and words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.intake.threads import without_furniture
from corpus.intake.threads.furniture import furniture

WORDS = st.sampled_from("calf heel slope tread ice rest twelve mornings ache kerb".split())
SENTENCES = st.lists(WORDS, min_size=1, max_size=8).map(lambda each: " ".join(each).capitalize())


@pytest.mark.parametrize(
    "line",
    [
        "top of page",
        "Back to top",
        "Page 1 of 3",
        "page 2 of 11",
        "Skip to main content",
        "Log in to reply",
        "You must log in or register to reply here.",
        "Click here to join the discussion",
        "Fancy a chat - click here!",
        "Share | Like | Report",
        "Like  Reply  Share  3",
        "Reply With Quote",
        "12 likes",
        "Views: 1,204",
        "Last edited by wren_4; 12 May 2020 at 10:22. Reason: typo",
        "Edited 2 times in total",
        "Sent from my iPhone using Tapatalk",
        "Advertisement",
        "Sponsored content",
        "Article continues below advertisement",
        "We use cookies to give you the best experience on our website. Accept?",
        "Accept all cookies",
        "All times are GMT. The time now is 10:22 AM.",
        "Powered by phpBB",
        "Home > Forums > Injuries > Calves",
        "Users browsing this forum: wren_4 and 12 guests",
        "The following 3 users say thank you to wren_4:",
        "Your email address will not be published. Required fields are marked *",
        "Subscribe to our newsletter for weekly tips",
        "[Log in](https://x.example/login)",
        "« Previous 1 2 3 Next »",
    ],
)
def test_a_line_of_the_site_is_known(line: str) -> None:
    text, remarks = without_furniture(f"Ice it.\n\n{line}\n\nRest it.\n")
    assert text.split() == ["Ice", "it.", "Rest", "it."]
    assert line[:20] in " ".join(remarks)


@pytest.mark.parametrize(
    "line",
    [
        "Like most runners I ignored it.",
        "Share a lift to the race and stretch at the stops.",
        "Report any numbness to a doctor.",
        "Follow the plan for six weeks.",
        "You have to be in good shape for this one.",
        "The following 3 exercises helped me.",
        "Categories of cramp differ.",
        "Next morning it was gone.",
        "Location matters: outside the calf it is another muscle.",
        "I save this stretch for evenings.",
        "Home remedies rarely work.",
        "Reply 2",
        "Ads do not heal calves.",
        "Join the club run on Sunday.",
        "From the ankle up it hurts.",
        "Click your heels together. Here it begins to pull.",
    ],
)
def test_a_sentence_that_begins_like_one_stays(line: str) -> None:
    text = f"Ice it.\n\n{line}\n\nRest it.\n"
    assert without_furniture(text) == (text, ())


def test_a_broken_sentence_keeps_its_last_word() -> None:
    text = "Whatever else you decide to do about it, there is one thing to\nreport\n"
    assert without_furniture(text) == (text, ())


def test_numbers_go_only_from_between_the_buttons() -> None:
    text, _ = without_furniture("How many miles?\n\n40\n\nUpvote\n17\nDownvote\n")
    assert text == "How many miles?\n\n40\n"


def test_what_stood_on_both_sides_does_not_grow_together() -> None:
    assert without_furniture("Ice it.\nAdvertisement\nRest it.")[0] == "Ice it.\n\nRest it.\n"


def test_many_lines_are_told_in_one_short_remark() -> None:
    _, [remark] = without_furniture("Ice.\n" + "Share\nReport\nPrint\nTweet\n" * 50)
    assert remark == '200 lines of the site left out: "Share", "Report", "Print"…'


@given(st.lists(SENTENCES | st.sampled_from(["", "Advertisement", "Reply | Share", "3 likes"])))
def test_only_listed_lines_go_and_once_is_enough(lines: list[str]) -> None:
    text = "\n".join(lines)
    kept, remarks = without_furniture(text)
    listed = {line for line in lines if furniture().is_furniture(line)}
    assert kept.split() == " ".join(line for line in lines if line not in listed).split()
    assert bool(remarks) == bool(listed)
    assert without_furniture(kept) == (kept, ())


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    kept, remarks = without_furniture(text)
    assert kept == text if not remarks else set(kept.split()) <= set(text.split())
