"""How like two questions must be to count as one: our own examples, and the encoder that ships."""

from itertools import combinations

import numpy as np
import pytest

from assistant.records.gaps import ALIKE, COMMON, gaps_of, told_apart
from index.encoders import SentenceTransformerEncoder
from tests.assistant.records.made_records import NOON, turn

Matters = tuple[tuple[str, ...], ...]
"""Questions that ask the same stand together."""
CHOSEN_ON: Matters = (
    (
        "what cadence should i run at",
        "how many steps a minute is right for me?",
        "is 180 steps per minute really the best cadence",
        "ideal running cadence",
    ),
    (
        "my knee hurts going downstairs",
        "what can i do about knee pain on stairs",
        "sore knees after walking down steps",
    ),
    (
        "how do i get rid of plantar fasciitis",
        "pain under my heel first thing in the morning",
        "plantar fasciitis exercises?",
    ),
    (
        "which running shoes should i buy for flat feet",
        "best trainers for overpronation",
        "do i need stability shoes",
    ),
    (
        "should i take iron tablets",
        "are iron supplements useful for runners",
    ),
    (
        "do ice baths help recovery",
        "is a cold bath after a long run any good",
    ),
    (
        "give me a marathon training plan",
        "how do i train for my first marathon",
        "16 week marathon schedule",
    ),
    (
        "what time does parkrun start",
        "when is the club session on tuesday",
    ),
    (
        "does creatine cause cramps",
        "can creatine give you cramp in the calf",
    ),
    (
        "does beetroot juice help with cramps",
        "beetroot juice for calf cramp",
    ),
    (
        "is a massage gun good for tight calves",
        "should i use a theragun on my calf",
    ),
    ("do cramps get worse at altitude",),
    ("calf stretches for cycling",),
    (
        "does turmeric help calf cramps",
        "is turmeric any good against cramp",
    ),
    (
        "does cbd oil help with calf cramps",
        "cbd for cramping calves",
    ),
    ("will tonic water stop my calf cramps",),
    (
        "does vitamin d help calf cramps",
        "can low vitamin d give you cramp",
    ),
    ("do calf cramps run in families",),
    (
        "are calf cramps worse in menopause",
        "cramps since the menopause",
    ),
    ("does beetroot help",),
    ("is kinesiology tape good for calf cramps",),
)
TRIED_ON: Matters = (
    (
        "is dry needling worth it for my calf",
        "does acupuncture work on tight calf muscles",
    ),
    (
        "can i drive with a calf strain",
        "is it ok to drive when my calf is strained",
        "driving after pulling my calf",
    ),
    (
        "does coffee make cramps worse",
        "will caffeine give me calf cramps",
        "should i give up coffee because of cramp",
    ),
    (
        "can dehydration tablets upset your stomach",
        "do electrolyte tablets cause tummy trouble",
    ),
    (
        "why do i only get cramp on hills",
        "calf cramps running uphill",
    ),
    (
        "do zero drop shoes cause calf pain",
        "are barefoot shoes bad for my calves",
        "switching to minimalist shoes and sore calves",
    ),
    (
        "does alcohol cause calf cramps",
        "cramp in calf after a night of drinking beer",
    ),
    (
        "can i swim with a calf injury",
        "is swimming ok while my calf heals",
    ),
    (
        "does the pill cause leg cramps",
        "leg cramps on birth control",
    ),
    ("are calf cramps a sign of ms",),
    (
        "calf cramps after covid",
        "since having covid my calves cramp",
    ),
    (
        "does mustard stop cramps",
        "a spoon of mustard for cramp",
    ),
    (
        "how much does a physio session cost",
        "what do physios charge",
    ),
    (
        "can children get calf cramps",
        "my 9 year old gets cramp in her calves at night",
    ),
    (
        "is it worth buying compression boots",
        "do recovery boots like normatec do anything",
    ),
    (
        "cramp in the arch of my foot",
        "foot cramps when swimming",
    ),
    ("does apple cider vinegar stop leg cramps",),
    ("do statins cause cramps",),
    ("is heat or ice better for a cramp",),
    ("does the weather affect cramps",),
)


@pytest.fixture(scope="module")
def encoder() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder()


def texts_of(matters: Matters) -> dict[str, int]:
    """Each question, and which matter it is about."""
    return {text: place for place, matter in enumerate(matters) for text in matter}


@pytest.mark.parametrize(
    ("matters", "pairs", "joined", "others", "wrongly"),
    [(CHOSEN_ON, 28, 20, 833, 3), (TRIED_ON, 21, 13, 682, 0)],
)
def test_as_many_pairs_are_alike_as_is_said(
    encoder: SentenceTransformerEncoder,
    matters: Matters,
    pairs: int,
    joined: int,
    others: int,
    wrongly: int,
) -> None:
    about = texts_of(matters)
    made = encoder.encode([*about, *COMMON])
    apart = told_apart(made[: len(about)], made[len(about) :].mean(axis=0))
    vectors = dict(zip(about, apart, strict=True))
    same, alike = set(), set()
    for a, b in combinations(about, 2):
        if about[a] == about[b]:
            same.add((a, b))
        if np.dot(vectors[a], vectors[b]) >= ALIKE:
            alike.add((a, b))
    assert len(same) == pairs
    assert len(alike & same) >= joined
    assert len(about) * (len(about) - 1) // 2 - pairs == others
    assert len(alike - same) <= wrongly


def test_gaps_found_in_questions_never_seen_mix_no_matters(
    encoder: SentenceTransformerEncoder,
) -> None:
    about = texts_of(TRIED_ON)
    turns = [turn(text, asked_at=NOON) for text in about]
    gaps = gaps_of(turns, NOON.date(), encoder.encode, lambda *_: "", least=1)
    mixed = [gap for gap in gaps.found if len({about[text] for text in gap.examples}) > 1]
    assert mixed == []
    assert len(gaps.found) < len(about) - 10
