"""Read one turn by itself: which clauses ask, and what each borrows from those around it."""

import re
from itertools import dropwhile, islice, takewhile

from assistant.reading.ask import LENDABLE, SUBJECTS, THINGS, Ask, Reading
from assistant.reading.asks import AskKind, Clause, clauses_in, kind_of
from assistant.reading.lexicon import Category, Lexicon
from assistant.reading.query import query_of, terms_of
from assistant.reading.spelling import Speller
from assistant.reading.words import words_in

_HELPERS = frozenset("does do did will would can could is are has about".split())
_BETWEEN = frozenset(
    "a an the my some using doing taking eating drinking having wearing trying anyone tried".split()
)
_HELPING = frozenset(
    "help helps helped helping work works worked working cure cures fix stop prevent good ease "
    "relieve".split()
)
POINTING = re.compile(
    r"\b(it|its|it's|this|that|them|they|these|those|one|ones|there|other)\b", re.I
)
"""Words that point at something said before."""
MOST_ASKS = 4
"""Things answered in one turn; a salvo of ten questions gets its first four."""
LONG_TURN = 14
"""Words from which a turn is taken to stand by itself unless it points back."""


class TurnReader:
    """Reads turns against one lexicon and one vocabulary."""

    def __init__(self, lexicon: Lexicon, speller: Speller) -> None:
        self._lexicon = lexicon
        self._speller = speller

    def warm(self) -> None:
        """Load the English word list now rather than with the first question."""
        self._speller.mend_word("calff")

    def read(self, turn: str) -> Reading:
        """The turn as if nothing had been said before it."""
        text = self._speller.mend(turn)
        clauses = tuple(dict.fromkeys(clauses_in(text)))
        asking = [at for at, clause in enumerate(clauses) if clause.asks]
        if not asking and clauses:
            return Reading(text, (self._whole(text, clauses),), ())
        named = tuple(self._lexicon.subjects_in(clause.text, THINGS) for clause in clauses)
        asks = tuple(self._ask(clauses, named, at) for at in _most_telling(asking, named))
        return Reading(text, _merge_empty(asks, self._whole(text, clauses)), ())

    def _whole(self, text: str, clauses: tuple[Clause, ...]) -> Ask:
        """A message without a question, or one that only says "any advice?": ask it as one."""
        kinds = [clause.kind for clause in clauses if clause.asks] or [kind_of(text)]
        concepts = self._lexicon.subjects_in(text, THINGS)
        short = len(words_in(text)) <= LONG_TURN
        subject = concepts if short else self._lexicon.of(concepts, SUBJECTS - {Category.SETTING})
        terms = terms_of(text, self._lexicon) if short else frozenset()
        query = query_of(self._weightiest(clauses), subject, self._lexicon)
        return Ask(text, kinds[0], query, subject, concepts, terms)

    def _ask(self, clauses: tuple[Clause, ...], named: tuple[frozenset[str], ...], at: int) -> Ask:
        clause, own = clauses[at], named[at]
        terms = terms_of(clause.text, self._lexicon)
        pointing = bool(POINTING.search(clause.text))
        order = [*range(at - 1, -1, -1), *range(at + 1, len(clauses))]
        # A question that names its thing borrows from what is told, not from another question.
        alone = bool(self._lexicon.of(own, THINGS)) and not pointing
        around = [(clauses[n].text, named[n]) for n in order if not (alone and clauses[n].asks)]
        leans: list[str] = []
        focus = own
        if pointing and not self._lexicon.of(own, THINGS):
            focus |= self._lend(around, LENDABLE, leans)
        elsewhere = not focus and len(self._speller.strange(terms)) > 1
        if not elsewhere:
            if not self._lexicon.of(focus, {Category.BODY, Category.CONDITION}):
                focus |= self._lend(around, SUBJECTS, leans)
            if not self._lexicon.of(focus, {Category.SYMPTOM}):
                focus |= self._lend(around, frozenset({Category.SYMPTOM}), leans)
        context = frozenset().union(*named)
        focus |= self._lexicon.of(context, {Category.GRAVE})
        said = " ".join(dict.fromkeys([*leans[::-1], clause.text]))
        query = query_of(said, focus, self._lexicon)
        return Ask(clause.text, clause.kind, query, focus, context, terms, self._unmet(clause.text))

    def _unmet(self, text: str) -> frozenset[str]:
        """The subject of "does X help?" when no shelf, lexicon or English filler knows it."""
        words = [word.text for word in words_in(text)]
        for at, word in enumerate(words):
            if word in _HELPERS:
                rest = dropwhile(_BETWEEN.__contains__, words[at + 1 :])
                subject = list(takewhile(lambda w: w not in _HELPING, islice(rest, 4)))
                if 0 < len(subject) < 3 and len(words) > at + len(subject) + 1:
                    return self._speller.strange(terms_of(" ".join(subject), self._lexicon))
        return frozenset()

    def _lend(
        self,
        around: list[tuple[str, frozenset[str]]],
        wanted: frozenset[Category],
        leans: list[str],
    ) -> frozenset[str]:
        """Concepts of the wanted sort from the nearest clause that has one; notes the clause."""
        for text, named in around:
            if self._lexicon.of(named, wanted - {Category.SETTING}):
                leans.append(text)
                return self._lexicon.of(named, wanted)
        return frozenset()

    def _weightiest(self, clauses: tuple[Clause, ...]) -> str:
        """The clauses that name things, as long as they fit a query; all when none does."""
        naming = [c.text for c in clauses if self._lexicon.concepts_in(c.text)]
        return " ".join(naming or [c.text for c in clauses])


def _most_telling(asking: list[int], named: tuple[frozenset[str], ...]) -> list[int]:
    """At most so many asking clauses, those that name things first, in the order they stand."""
    return sorted(sorted(asking, key=lambda at: (not named[at], at))[:MOST_ASKS])


def _merge_empty(asks: tuple[Ask, ...], whole: Ask) -> tuple[Ask, ...]:
    """Drop asks that name nothing when others do; if none does, ask the whole message."""
    naming = tuple(ask for ask in asks if ask.focus or ask.terms)
    if not naming or all(not ask.focus and ask.kind is AskKind.OPEN for ask in naming):
        return (whole,)
    return naming
