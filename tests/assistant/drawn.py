"""Shelves drawn by hypothesis, with every sentence judged: what selecting has to cope with."""

from dataclasses import dataclass
from functools import cache

from hypothesis import Phase, settings
from hypothesis import strategies as st

from assistant.evidence import Evidence
from assistant.reading.asks import AskKind
from assistant.select import Known, SelectSettings
from assistant.shelf import Place, Shelf
from index import Passage
from tests.assistant.made import ask, candidate, disagreement, evidence, passage, product, shelf

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SPEAKERS = ("author", "reply 1", "reply 2", "original poster")


@dataclass(frozen=True)
class Scene:
    """One ask, all that was found for it, and the shelf it was found on."""

    evidence: Evidence
    shelf: Shelf
    settings: SelectSettings
    known: Known

    def __repr__(self) -> str:
        """What matters of a scene, a line for each sentence."""
        judged = [
            f"{one.passage.speaker} {one.sentence.span} step {one.sentence.step} "
            f"{one.score:.2f} {one.veto}"
            for one in self.evidence.candidates
        ]
        sides = [[s.spans for s in each.sides] for each in self.shelf.disagreements]
        told = (self.evidence.ask.kind.name, self.settings, self.known, sides)
        return "\n".join([str(told), *judged])


FEWER = settings(
    max_examples=40, phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
)
"""A scene takes a while to draw, and there are many tests."""


@cache
def nonsense(number: int, length: int) -> str:
    """A sentence of words that stand in no other sentence."""
    first, second = LETTERS[number // 26], LETTERS[number % 26]
    return " ".join(f"qz{first}{second}{LETTERS[n % 26]}{LETTERS[n // 26]}x" for n in range(length))


@st.composite
def passages(draw: st.DrawFn) -> tuple[Passage, ...]:
    """Up to four passages of a few sentences; some end in a numbered procedure."""
    made: list[Passage] = []
    number = 0
    for at in range(draw(st.integers(1, 4))):
        said: list[str | tuple[int, str]] = []
        for _ in range(draw(st.integers(1, 3))):
            said.append(nonsense(number, draw(st.integers(3, 30))))
            number += 1
        for step in range(1, draw(st.sampled_from([0, 0, 3])) + 1):
            said.append((step, nonsense(number, draw(st.integers(3, 40)))))
            number += 1
        made.append(
            passage(*said, document=f"text-{at % 3}", speaker=draw(st.sampled_from(SPEAKERS)),
                    start=1000 * at)
        )  # fmt: skip
    return tuple(made)


def places_in(found: tuple[Passage, ...], *, steps: bool) -> list[Place]:
    return [
        Place(one, sentence)
        for one in found
        for sentence in one.sentences
        if (sentence.step is not None) == steps
    ]


_marks = st.integers(0, 20)
"""Twentieths of a score; one in four is ruled out, every other one holds the type wanted."""


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """A scene; a sentence takes a side in one disagreement only."""
    found = draw(passages())
    plain = draw(st.permutations(places_in(found, steps=False)))
    known = []
    if len(plain) >= 4 and draw(st.booleans()):
        known.append(disagreement(*plain[:2], name="first"))
        known.append(disagreement(*plain[2:4], name="second"))
    plugs = [product(plain[-1])] if len(plain) >= 5 and draw(st.booleans()) else []
    everywhere = [(one, at) for one in found for at in range(len(one.sentences))]
    marks = draw(st.lists(_marks, min_size=len(everywhere), max_size=len(everywhere)))
    judged = [
        candidate(one, at, mark / 20, "says nothing of it" if mark % 4 == 3 else "", kind=mark % 2)
        for (one, at), mark in zip(everywhere, marks, strict=True)
    ]
    asked = ask(kind=draw(st.sampled_from(AskKind)))
    limits = SelectSettings(draw(st.integers(1, 8)), draw(st.integers(30, 200)))
    asked_about = Known(
        draw(st.frozensets(st.sampled_from(["first", "second"]))),
        draw(st.sampled_from([frozenset(), frozenset({"Gizmo"})])),
    )
    return Scene(
        evidence(*judged, asked=asked),
        shelf(*found, disagreements=known, products=plugs),
        limits,
        asked_about,
    )
