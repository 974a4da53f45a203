"""Quoting answers and models made by hand, for the tests of writing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assistant.compose import quote
from assistant.models.model import Form, Generation, ModelError, Prompt, Usage
from assistant.reply import Answer, AnswerSentence, ItemKind
from assistant.select import Point
from assistant.why import Why
from index import Passage
from tests.assistant.made import passage, place

ARTICLE = passage(
    "Do not stretch a cramping calf straight away.",
    "Stretch the calf gradually: go a little further every 15 seconds.",
    "In the long term, massage will not solve tight calves.",
    document="article",
)
POSTER = passage(
    "Extra salt seems to help this poster's cramps, though that might be all in the head.",
    "Long stretches after running seem to help this poster.",
    document="thread",
    speaker="reply 1",
)
STEPS = passage(
    (1, "Grip the calf with both hands."),
    (2, "Squeeze your hands together."),
    (3, "Let go and squeeze again."),
    document="steps",
)
AGAINST = passage("The author always advises against heel drops off a kerb.", document="against")
IN_FAVOUR = passage(
    "This poster recommends letting the heels down slowly off a kerb.",
    document="in-favour",
    speaker="reply 3",
)
PILL = passage(
    "This poster names a product, Gizmo, for cramps.", document="pill", speaker="reply 7"
)


def point(kind: ItemKind, source: Passage, group: str = "", label: str = "") -> Point:
    """All of a passage, chosen."""
    places = tuple(place(source, at) for at in range(len(source.sentences)))
    return Point(kind, places, 0.9, group, label)


def answer(*points: Point) -> Answer:
    """What the quoting composer makes of these points; of every kind there is, unless told."""
    return Answer(quote(points or EVERYTHING), Why("what helps a calf?", (), "likeness"))


EVERYTHING = (
    point(ItemKind.STATEMENT, ARTICLE),
    point(ItemKind.PROCEDURE, STEPS),
    point(ItemKind.STATEMENT, POSTER),
    point(ItemKind.DISAGREEMENT, AGAINST, "Heel drops off a kerb", "One article"),
    point(ItemKind.DISAGREEMENT, IN_FAVOUR, "Heel drops off a kerb", "A forum poster"),
    point(ItemKind.PRODUCT, PILL, label="A poster."),
)
"""Offered as 1 to 7: three of the article, two of the poster, one of each side."""


def sentences(reply: Answer) -> list[AnswerSentence]:
    """Everything an answer says, in its order."""
    return [each for item in reply.items for each in item.sentences]


def texts(reply: Answer) -> list[str]:
    """Likewise, the words alone."""
    return [each.text for each in sentences(reply)]


@dataclass
class Dictated:
    """A generation that reads out what it is given; an error among it is raised there."""

    pieces: Iterator[str | ModelError]
    stopped: int = 0
    read_out: int = 0

    def read(self, timeout: float) -> str | None:
        """The next piece at once."""
        assert timeout > 0
        assert not self.stopped, "read after it was stopped"
        piece = next(self.pieces, None)
        if isinstance(piece, ModelError):
            raise piece
        self.read_out += 1
        return piece

    def stop(self) -> None:
        """Count it."""
        self.stopped += 1

    @property
    def usage(self) -> Usage:
        """A token a piece."""
        return Usage(100, self.read_out)


@dataclass
class DictatedModel:
    """A model that says what it is given: one draft a call, the last again and again."""

    drafts: tuple[Iterable[str | ModelError] | ModelError, ...]
    forms: tuple[Form, ...] = (Form.TAGGED,)
    name: str = "dictated"
    prompts: list[Prompt] = field(default_factory=list)
    generations: list[Dictated] = field(default_factory=list)

    def start(self, prompt: Prompt) -> Generation:
        """The draft whose turn it is."""
        draft = self.drafts[min(len(self.prompts), len(self.drafts) - 1)]
        self.prompts.append(prompt)
        if isinstance(draft, ModelError):
            raise draft
        self.generations.append(Dictated(iter(draft)))
        return self.generations[-1]


def dictated(*draft: str | ModelError) -> DictatedModel:
    """A model with one draft, in these pieces."""
    return DictatedModel((draft,))
