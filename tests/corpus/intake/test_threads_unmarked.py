"""Threads in which no line says who speaks."""

import pytest

from corpus.intake.threads import Thread, read_thread

OPENING = (
    "My left calf seizes up around mile ten, every long run since January. "
    "I drink plenty and I warm up. Has anybody found something that works?"
)


def spoken(thread: Thread | None) -> list[tuple[str, str]]:
    assert thread is not None
    return [(post.speaker, post.text) for post in thread.posts]


def test_a_bullet_is_a_reply_with_all_that_is_indented_below_it() -> None:
    text = (
        f"Calf seizing up at mile ten\n\n{OPENING}\n\n\n"
        "  • Have you looked at your pacing?\n\n"
        "    I blew up at ten until I slowed the first three.\n\n"
        "      - gels at four and seven\n"
        "      - water with each\n\n"
        "  • Heel drops, fifteen a side, morning and night.\n"
        "  • Thanks all! I went out slower on Sunday and it held.\n\n"
        "  • Great news, well done!\n"
    )
    thread = read_thread(text)
    assert thread is not None
    assert thread.title == "Calf seizing up at mile ten"
    assert spoken(thread) == [
        ("original poster", OPENING),
        (
            "reply 1",
            "Have you looked at your pacing?\n\nI blew up at ten until I slowed the first three."
            "\n\n  - gels at four and seven\n  - water with each",
        ),
        ("reply 2", "Heel drops, fifteen a side, morning and night."),
        ("original poster", "Thanks all! I went out slower on Sunday and it held."),
        ("reply 3", "Great news, well done!"),
    ]


@pytest.mark.parametrize("bullet", ["•", "-", "*", "·"])
def test_any_bullet_will_do_and_may_stand_at_the_margin(bullet: str) -> None:
    replies = "I had that, new insoles cured it.", "You need more salt, I think.", "Thanks both!"
    text = "\n".join([OPENING, "", *(f"{bullet} {reply}" for reply in replies)])
    assert spoken(read_thread(text)) == [
        ("original poster", OPENING),
        ("reply 1", replies[0]),
        ("reply 2", replies[1]),
        ("original poster", replies[2]),
    ]


def test_rules_between_posts_part_them() -> None:
    text = f"{OPENING}\n\n-----\n\nI swear by pickle juice.\n\n-----\n\nHave you tried resting?\n"
    assert spoken(read_thread(text)) == [
        ("original poster", OPENING),
        ("reply 1", "I swear by pickle juice."),
        ("reply 2", "Have you tried resting?"),
    ]


def test_paragraphs_are_parted_by_what_they_say() -> None:
    paragraphs = [
        "I pulled up with a hot stabbing feeling under the kneecap on Saturday's parkrun.",
        "I have worn the same pair since spring.",
        "Any suggestions would be great, thank you!",
        "Sounds like runner's knee. You will want stronger quads for that.",
        "Also, bin those shoes.",
        "Patience. Six weeks fixed mine.",
        "Thanks everyone, that is a relief. Six weeks it is.",
        "I will buy new shoes as well.",
        "Well, don't run in them on race day.",
    ]
    thread = read_thread("\n".join(paragraphs))
    assert spoken(thread) == [
        ("original poster", "\n\n".join(paragraphs[:3])),
        ("reply 1", "\n\n".join(paragraphs[3:5])),
        ("reply 2", paragraphs[5]),
        ("original poster", "\n\n".join(paragraphs[6:8])),
        ("reply 3", paragraphs[8]),
    ]
    assert thread is not None
    assert any("check" in remark for remark in thread.remarks)


def test_steps_below_a_colon_stay_with_who_tells_them() -> None:
    paragraphs = [
        "My arch hurts in the mornings, does anyone know a stretch for it?",
        "Yes, here is mine:",
        "Sit down and cross one leg over the other.",
        "Pull the toes towards your shin.",
        "Hold that for a count of ten.",
    ]
    assert [speaker for speaker, _ in spoken(read_thread("\n\n".join(paragraphs)))] == [
        "original poster",
        "reply 1",
    ]


@pytest.mark.parametrize(
    ("reply", "speaker"),
    [
        ("Thank you so much everyone, very kind.", "original poster"),
        ("I really appreciate all the advice.", "original poster"),
        ("I've tried all of that, sadly.", "original poster"),
        ("Update: two weeks on and no pain.", "original poster"),
        ("Thanks, Pat, that helped me as well.", "reply 2"),
        ("Thanks everyone, I have the same problem and this is useful.", "reply 2"),
        ("I'd appreciate any advice on this too.", "reply 2"),
        ("I tried them, they fell apart.", "reply 2"),
        ("Please update us when you know more.", "reply 2"),
        ("Good luck everyone racing on Sunday!", "reply 2"),
    ],
)
def test_only_what_nobody_else_would_say_makes_a_post_the_original_posters(
    reply: str, speaker: str
) -> None:
    text = f"{OPENING}\n\n  • I had that, rest cured it.\n\n  • {reply}\n"
    assert spoken(read_thread(text))[-1] == (speaker, reply)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(OPENING, id="a question nobody answered"),
        pytest.param(
            "I get asked this a lot: what causes cramp?\n\n"
            "  • tired muscles\n  • too little salt\n  • heat\n\nNone of these is proven.\n",
            id="an article with a list",
        ),
        pytest.param(
            "What causes cramp? I wish I knew.\n\n  • tired muscles\n  • heat\n  • new shoes\n",
            id="an article that ends with a list",
        ),
        pytest.param(
            "I love hills.\n\n---\n\nThey make you strong.\n\n---\n\nYou should run them weekly.\n",
            id="an article with rules",
        ),
        pytest.param(
            "Do your calves cramp at night?\n\nYou are not alone. I see it in my practice.\n\n"
            "Stretch before bed.\n\nDrink water.\n\nAny questions? Use the form below.\n",
            id="an article that speaks to its reader",
        ),
    ],
)
def test_what_is_no_thread_is_not_made_one(text: str) -> None:
    assert read_thread(text) is None
