"""Read a conversation: what is asked now, about what, and what earlier turns lend to it."""

import re
from dataclasses import dataclass, replace

from assistant.question import Question
from assistant.reading.asks import AskKind, Clause, clauses_in, kind_of
from assistant.reading.lexicon import Category, Lexicon
from assistant.reading.spelling import Speller
from assistant.reading.stopwords import is_filler
from assistant.reading.words import stems_in, words_in

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

_POINTING = re.compile(
    r"\b(it|its|it's|this|that|them|they|these|those|one|ones|there|other)\b", re.I
)
_CONTINUES = re.compile(
    r"^\W*(and|but|so|or|also|ok|okay|right|yes|yeah|yep|no|nope|nah|then|thanks|cheers|what about|"
    r"how about|what if|anything else|tell me more|more|any other|what happens|i already|already|on the|"
    r"i meant|i mean|meant|actually|sorry|same|for|the other|even)\b",
    re.I,
)
_BARE = re.compile(r"^\W*(why|which|how|when|where|what|who|is|does|do|can|should|will)\b", re.I)
_SWAPS = re.compile(
    r"^\W*((and|ok|okay|so|right|but|yes|yeah|thanks)\W+)*(what about|how about|and|or)\b|\b(i meant|i mean|not the|instead)\b"
    r"|^\W*(no|nope|sorry|actually)\b",
    re.I,
)
_CHANGES = re.compile(
    r"\b(different|another|new|separate|other|unrelated|one more) (thing|question|topic|subject|note|matter|q)\b"
    r"|\b(changing|change of) (the )?(subject|topic)\b|\bunrelated\b",
    re.I,
)
_DOES_IT_HELP = re.compile(
    r"\b(?:does|do|did|will|would|can|could|is|are|has|anyone tried|what about|how about)\W+"
    r"(?:(?:a|an|the|my|some|using|doing|taking|eating|drinking|having|wearing|trying)\W+)*"
    r"([\w'-]+)(?:\W+[\w'-]+)?\W+(?:help\w*|work\w*|cure|fix|stop|prevent|any good|good|ease|relieve)\b",
    re.I,
)
_OTHER = re.compile(r"\b(the )?other (muscle|one|stretch|calf muscle|way|kind)\b", re.I)
MOST_ASKS = 4
"""Things answered in one turn; a salvo of ten questions gets its first four."""
_LONG_TURN = 14
"""Words from which a turn is taken to stand by itself unless it points back."""
_TINY_TURN = 4
"""Words up to which a turn that names a thing still leans on the one before: "which stretch?"."""
_CONTEXT_WORDS = 40
"""Longest query sent to the encoder, in words: more of a ramble only blurs the vector."""


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
    def asks_something(self) -> bool:
        """Whether any type of answer is wanted: "how long?" does, "ok" does not."""
        return any(ask.kind is not AskKind.OPEN or "?" in ask.text for ask in self.asks)

    @property
    def subjectless(self) -> bool:
        """Whether nothing asked names anything at all: a bare "how long?"."""
        return all(not ask.focus and not ask.context and not ask.terms for ask in self.asks)


class Reader:
    """Reads questions against one lexicon and one vocabulary."""

    def __init__(self, lexicon: Lexicon, speller: Speller) -> None:
        self._lexicon = lexicon
        self._speller = speller

    def warm(self) -> None:
        """Load the English word list now rather than with the first question."""
        self._speller.mend_word("calff")

    def read(self, question: Question) -> Reading:
        """Read the latest turn; earlier turns lend their subject only when it leans on them."""
        reading = Reading("", (), ())
        for turn in (*question.earlier, question.text):
            fresh = self._read_alone(turn)
            carries = bool(reading.asks) and self._leans_back(fresh)
            reading = self._continue(reading, fresh, turn) if carries else fresh
        return reading

    def _read_alone(self, turn: str) -> Reading:
        text = self._speller.mend(turn)
        clauses = tuple(dict.fromkeys(clauses_in(text)))
        asking = [at for at, clause in enumerate(clauses) if clause.asks]
        if not asking and clauses:
            return Reading(text, (self._whole(text, clauses),), ())
        named = tuple(self._lexicon.concepts_in(clause.text) for clause in clauses)
        asks = tuple(self._ask(clauses, named, at) for at in _most_telling(asking, named))
        return Reading(text, _merge_empty(asks, self._whole(text, clauses)), ())

    def _whole(self, text: str, clauses: tuple[Clause, ...]) -> Ask:
        """A message without a question, or one that only says "any advice?": ask it as one."""
        kinds = [clause.kind for clause in clauses if clause.asks] or [kind_of(text)]
        concepts = self._lexicon.concepts_in(text)
        short = len(words_in(text)) <= _LONG_TURN
        subject = concepts if short else self._of(concepts, SUBJECTS - {Category.SETTING})
        terms = self._terms(text) if short else frozenset()
        query = self._expanded(_shorten(self._weightiest(clauses)), subject)
        return Ask(text, kinds[0], query, subject, concepts, terms)

    def _ask(self, clauses: tuple[Clause, ...], named: tuple[frozenset[str], ...], at: int) -> Ask:
        clause, own = clauses[at], named[at]
        pointing = bool(_POINTING.search(clause.text))
        order = [*range(at - 1, -1, -1), *range(at + 1, len(clauses))]
        # A question that names its thing borrows from what is told, not from another question.
        alone = bool(self._of(own, THINGS)) and not pointing
        around = [
            (clauses[n].text, named[n]) for n in order if not (alone and clauses[n].asks)
        ]
        leans: list[str] = []
        focus = own
        if pointing and not self._of(own, THINGS):
            focus |= self._lend(around, LENDABLE, leans)
        elsewhere = not focus and len(self._speller.strange(self._terms(clause.text))) > 1
        if not elsewhere:
            if not self._of(focus, {Category.BODY, Category.CONDITION}):
                focus |= self._lend(around, SUBJECTS, leans)
            if not self._of(focus, {Category.SYMPTOM}):
                focus |= self._lend(around, frozenset({Category.SYMPTOM}), leans)
        context = frozenset().union(*named)
        focus |= self._of(context, {Category.GRAVE})
        query = _shorten(" ".join(dict.fromkeys([*leans[::-1], clause.text])))
        query = self._expanded(query, focus)
        terms = self._terms(clause.text)
        return Ask(clause.text, clause.kind, query, focus, context, terms, self._unmet(clause.text))

    def _unmet(self, text: str) -> frozenset[str]:
        """The subject of "does X help?" when no shelf, lexicon or English filler knows it."""
        found = _DOES_IT_HELP.search(text)
        if found is None:
            return frozenset()
        return self._speller.strange(self._terms(found.group(1)))

    def _expanded(self, query: str, focus: frozenset[str]) -> str:
        """The query with the plain name of each thing that it names by another form."""
        stems = set(stems_in(query))
        names = [self._lexicon.surface[name] for name in sorted(focus)]
        return " ".join([query, *(name for name in names if not stems & set(stems_in(name)))])

    def _lend(
        self,
        around: list[tuple[str, frozenset[str]]],
        wanted: frozenset[Category],
        leans: list[str],
    ) -> frozenset[str]:
        """Concepts of the wanted sort from the nearest clause that has one; notes the clause."""
        for text, named in around:
            if self._of(named, wanted - {Category.SETTING}):
                leans.append(text)
                return self._of(named, wanted)
        return frozenset()

    def _leans_back(self, fresh: Reading) -> bool:
        """Whether a turn needs its predecessor: it points, continues, or names nothing."""
        if _CHANGES.search(fresh.text):
            return False
        words = words_in(fresh.text)
        own = self._lexicon.concepts_in(fresh.text)
        subject = self._of(own, THINGS | {Category.BODY, Category.ACTIVITY})
        if len(words) <= _TINY_TURN and own and not self._of(own, THINGS):
            return True
        if len(words) > _LONG_TURN:
            return not subject and bool(_POINTING.search(fresh.text))
        if _SWAPS.search(fresh.text) or _OTHER.search(fresh.text):
            return not (self._of(own, THINGS) and self._of(own, {Category.BODY}))
        if not subject:
            unknown = (
                frozenset().union(*(ask.terms for ask in fresh.asks)) if fresh.asks else frozenset()
            )
            leans = _CONTINUES.search(fresh.text) or _POINTING.search(fresh.text)
            return bool(leans) or (not unknown and bool(_BARE.search(fresh.text)))
        if self._of(own, THINGS):
            leans = _CONTINUES.search(fresh.text) or _POINTING.search(fresh.text)
            return bool(leans or len(words) <= _TINY_TURN) and not self._of(own, {Category.BODY})
        return bool(_CONTINUES.search(fresh.text) or _POINTING.search(fresh.text))

    def _continue(self, before: Reading, fresh: Reading, turn: str) -> Reading:
        """The fresh turn with the subject of the one before it."""
        previous = before.asks[-1] if len(before.asks) == 1 else _join(before.asks)
        own = self._lexicon.concepts_in(fresh.text) | self._siblings(fresh.text, previous)
        swapped = self._swap(previous.focus, own)
        fresh_ask = fresh.asks[0] if fresh.asks else previous
        swaps = bool(_SWAPS.search(fresh.text) or _OTHER.search(fresh.text))
        keeps_kind = fresh_ask.kind is AskKind.OPEN or (swaps and fresh_ask.kind is AskKind.WHICH)
        kept = previous.kind if self._akin(previous.focus, own) else AskKind.OPEN
        query = self._swap_words(previous, own)
        if not (swaps and own):  # "no, I meant the outside" has said it all with its swap
            query = f"{query} {fresh.text}"
        ask = Ask(
            text=fresh.text,
            kind=kept if keeps_kind else fresh_ask.kind,
            query=self._expanded(_shorten(query), swapped),
            focus=swapped,
            context=previous.context | own,
            terms=fresh_ask.terms | (previous.terms if keeps_kind else frozenset()),
        )
        rest = tuple(
            replace(
                other,
                focus=other.focus | self._of(swapped, SCOPES) if not other.focus else other.focus,
            )
            for other in fresh.asks[1:]
        )
        return Reading(fresh.text, (ask, *rest), (*before.carried, before.text))

    def _akin(self, before: frozenset[str], own: frozenset[str]) -> bool:
        """Whether new things are of the sort asked about before: two stretches, not ice and pills."""
        things, earlier = self._of(own, THINGS), self._of(before, THINGS)
        if not things or not earlier:
            return True
        return bool(self._lexicon.kinds_of(things) & self._lexicon.kinds_of(earlier))

    def _siblings(self, text: str, previous: Ask) -> frozenset[str]:
        if not _OTHER.search(text):
            return frozenset()
        pairs = self._lexicon.sibling
        return frozenset(pairs[name] for name in sorted(previous.focus) if name in pairs)

    def _swap(self, before: frozenset[str], own: frozenset[str]) -> frozenset[str]:
        """Earlier concepts, less those of a sort that the new turn names for itself."""
        named = {self._group(name) for name in own}
        return own | frozenset(name for name in before if self._group(name) not in named)

    def _group(self, concept: str) -> str:
        category = self._lexicon.category[concept]
        return "thing" if category in THINGS else category.value

    def _swap_words(self, previous: Ask, own: frozenset[str]) -> str:
        """The earlier query with what the new turn names put in place of what it replaces."""
        new = {self._group(name): self._lexicon.surface[name] for name in sorted(own)}
        words = [word.text for word in words_in(previous.query)]
        for mention in reversed(self._lexicon.mentions(words_in(previous.query))):
            group = self._group(mention.concept)
            if group in new and mention.concept not in own:
                words[mention.first : mention.last + 1] = [new[group]]
        return " ".join(words)

    def _of(
        self, concepts: frozenset[str], wanted: set[Category] | frozenset[Category]
    ) -> frozenset[str]:
        return frozenset(name for name in concepts if self._lexicon.category[name] in wanted)

    def _terms(self, text: str) -> frozenset[str]:
        words = words_in(text)
        named = {at for m in self._lexicon.mentions(words) for at in range(m.first, m.last + 1)}
        return frozenset(
            word.stem
            for at, word in enumerate(words)
            if at not in named and not is_filler(word.text) and not word.text[0].isdigit()
        )

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


def _join(asks: tuple[Ask, ...]) -> Ask:
    """Several asks of one turn as one subject for the next."""
    last = asks[-1]
    return replace(
        last,
        query=" ".join(dict.fromkeys(ask.query for ask in asks)),
        focus=frozenset().union(*(ask.focus for ask in asks)),
        context=frozenset().union(*(ask.context for ask in asks)),
    )


def _shorten(text: str) -> str:
    """The last words of a text that fit a query: the question tends to stand at the end."""
    words = text.split()
    return " ".join(words[-_CONTEXT_WORDS:])
