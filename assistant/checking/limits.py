"""What a sentence may not lose: hedges, limits, conditions."""

import re
from collections.abc import Iterator, Sequence

from assistant.checking.lexis import CLAUSE, Lexis, spelled, stems_of
from assistant.checking.novelty import respelled
from assistant.why import Fault

_HALF = 0.5
_NEARLY_ALL = 0.8
"""Shares of a condition's telling words that must be told."""
_TURNS = re.compile(
    r",? \b(?:but|though|although|even though|however|and (?:you|it|they) will|and as a result"
    r"|as a result|otherwise|or else|which can|which could)\b|, and (?=[^,]* as a result)"
)
"""What follows takes back, warns of, or limits what stands before it."""


def lost(sentence: str, cited: Sequence[str], lexis: Lexis) -> tuple[Fault, ...]:
    """What of the cited words' caution the sentence does not keep."""
    said = spelled(sentence)
    return tuple(reason for one in cited for reason in _lost_of(said, spelled(one), lexis))


def _lost_of(said: str, there: str, lexis: Lexis) -> Iterator[Fault]:
    for kind, words in (*lexis.hedges.items(), *lexis.limits.items()):
        held, more = words.search(there), lexis.answers.get(kind)
        if held and not words.search(said) and not (more and more.search(said)):
            yield Fault("it leaves out a hedge or a limit", held[0])
    yield from _lost_conditions(said, there, lexis)
    yield from _lost_turns(said, there, lexis)


def _lost_conditions(said: str, there: str, lexis: Lexis) -> Iterator[Fault]:
    """A condition is kept where the sentence has one too and tells half of it, or tells nearly all
    of it otherwise ("ice a swollen calf"). Words of the main clause alone do not tell it.
    """
    kept = frozenset(stems_of(respelled(said, [there], lexis)))
    for marker, clause, rest in _conditions(there, lexis):
        own = frozenset(lexis.telling(clause)) - frozenset(lexis.telling(rest))
        telling = own or frozenset(lexis.telling(clause))
        needed = _HALF if lexis.conditions.search(said) else _NEARLY_ALL
        if telling and len(telling & kept) < needed * len(telling):
            yield Fault("it leaves out a condition", marker)


def _lost_turns(said: str, there: str, lexis: Lexis) -> Iterator[Fault]:
    """What the cited words take back or warn of after they have said something."""
    kept = frozenset(stems_of(respelled(said, [there], lexis)))
    for found in _TURNS.finditer(there):
        before, behind = (
            frozenset(lexis.telling(there[: found.start()])),
            frozenset(lexis.telling(there[found.end() :])),
        )
        told = before & kept
        if behind and 2 * len(told) >= len(before) and 3 * len(behind & kept) < len(behind):
            yield Fault("it leaves out what takes back or limits the rest", found[0].strip(", "))


def _conditions(there: str, lexis: Lexis) -> Iterator[tuple[str, str, str]]:
    """Each condition as its marker, the words it holds, and the rest of the sentence."""
    for clause in CLAUSE.split(there):
        found = lexis.conditions.search(clause)
        if found:
            held = clause[found.end() :]
            yield found[0], held, there.replace(held, " ")
