"""What a turn comes to once it is read: the things asked, and what each is about."""

from dataclasses import dataclass

from assistant.reading.asks import AskKind
from assistant.reading.lexicon import Category

THINGS = frozenset(
    {Category.REMEDY, Category.INTAKE, Category.GEAR, Category.PRODUCT, Category.CONDITION}
)
"""Categories that make a question be about something by itself."""
SCOPES = frozenset({Category.BODY, Category.CONDITION, Category.GRAVE, Category.SETTING})
"""Categories that narrow a question: an answer for another body part or setting is no answer."""
SUBJECTS = SCOPES | {Category.SYMPTOM}
"""Categories a question may leave to the sentence before it: what hurts, where, when."""
LENDABLE = frozenset(Category) - {Category.PERSON}
"""Categories that "it" or "that" may stand for."""


_BARE = 8
"""Words up to which a message that names nothing is only a pointer to something unsaid."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked, ready to be searched and judged."""

    text: str
    """The asking clause in the reader's words, spelling mended."""
    kind: AskKind
    query: str
    """What is searched: the clause with the context it leans on."""
    focus: frozenset[str]
    """Concepts asked about."""
    context: frozenset[str]
    """Concepts mentioned around it; they help to rank, never to refuse."""
    terms: frozenset[str]
    """Stems of other content words of the clause."""
    unmet: frozenset[str] = frozenset()
    """Words the question is plainly about that nobody knows: "does yodelling help?"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole turn as understood."""

    text: str
    asks: tuple[Ask, ...]
    carried: tuple[str, ...]
    """Earlier turns whose subject was carried into this one, oldest first."""

    @property
    def message(self) -> str:
        """The whole turn in the reader's words, with what it carries over from earlier ones."""
        return " ".join([*self.carried, self.text])

    @property
    def asks_something(self) -> bool:
        """Whether any type of answer is wanted: "how long?" does, "ok" does not."""
        return any(ask.kind is not AskKind.OPEN or "?" in ask.text for ask in self.asks)

    @property
    def subjectless(self) -> bool:
        """Whether nothing asked names anything at all: "how long?"."""
        return all(not ask.focus and not ask.context and not ask.terms for ask in self.asks)

    @property
    def bare(self) -> bool:
        """Whether there is nothing to search for: it names nothing, and tells nothing around."""
        return self.subjectless and len(self.text.split()) <= _BARE
