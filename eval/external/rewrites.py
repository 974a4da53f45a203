"""What a follow-up's search words recover of a rewrite that people, or a model, made of it.

Words are compared as our search compares them: function words dropped, stemmed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.question import Question
from assistant.reading.reader import Reader
from eval.external.ranking import Measured, mean_of
from index.lexical import Analyzer

Words = frozenset[str]
Method = Callable[[Question], str]
"""Gives the words that are searched for a turn."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn, those before it, and what it means said in full."""

    asked: Question
    rewrite: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """What one method made of one turn."""

    lacked: Words
    """In the rewrite and not in the turn."""
    added: Words
    """Searched and not in the turn."""
    rewrite: Words

    @property
    def share(self) -> float:
        """Share of what the turn lacked that was added; only where it lacked something."""
        return len(self.lacked & self.added) / len(self.lacked)

    @property
    def precision(self) -> float:
        """Share of what was added that the rewrite has; only where something was added."""
        return len(self.added & self.rewrite) / len(self.added)


def recovered(turns: Sequence[Turn], method: Method) -> tuple[Recovered, ...]:
    """What a method makes of each turn."""
    analyze = Analyzer()

    def words(text: str) -> Words:
        return frozenset(analyze(text))

    found = []
    for turn in turns:
        raw, full = words(turn.asked.text), words(turn.rewrite)
        found.append(Recovered(full - raw, words(method(turn.asked)) - raw, full))
    return tuple(found)


def figures_of(name: str, found: Sequence[Recovered]) -> tuple[Measured[float], ...]:
    """Words recovered, and needless changes; then, if anything was added, how much was right.

    The first two rest on the same questions whatever the method, the third does not.
    """
    leaning = [one for one in found if one.lacked]
    alone = [one for one in found if not one.lacked]
    changed = [one for one in found if one.added]
    figures = [
        mean_of(name, "words recovered", [one.share for one in leaning]),
        mean_of(name, "changed for nothing", [float(bool(one.added)) for one in alone]),
    ]
    if changed:
        figures.append(mean_of(name, "added words right", [one.precision for one in changed]))
    return tuple(figures)


def ours(reader: Reader) -> Method:
    """Everything Soleus searches for a turn: each ask, and the message with what it carries."""

    def searched(asked: Question) -> str:
        reading = reader.read(asked)
        return " ".join([*(ask.query for ask in reading.asks), reading.message])

    return searched


def last_turn(asked: Question) -> str:
    """The turn as it stands."""
    return asked.text


def last_two(asked: Question) -> str:
    """The turn and the one before it."""
    return " ".join([*asked.earlier[-1:], asked.text])


def first_and_last(asked: Question) -> str:
    """The turn and the conversation's first, which often names what it is about."""
    return " ".join([*asked.earlier[:1], asked.text])


def all_turns(asked: Question) -> str:
    """Everything asked so far."""
    return " ".join([*asked.earlier, asked.text])


BASELINES: dict[str, Method] = {
    "last turn": last_turn,
    "last two turns": last_two,
    "first and last turn": first_and_last,
    "all turns": all_turns,
}
