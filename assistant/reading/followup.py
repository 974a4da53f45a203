"""Carry the subject of earlier turns into one that leans on them, without a language model.

"And how long?", "what about the other muscle?", "no, I meant the outside": each keeps what the turn
before was about, less what it names anew. A turn that changes the subject carries nothing.
"""

import re
from dataclasses import replace

from assistant.reading.ask import SCOPES, THINGS, Ask, Reading
from assistant.reading.asks import AskKind
from assistant.reading.lexicon import Category, Lexicon
from assistant.reading.query import query_of
from assistant.reading.turn import LONG_TURN, POINTING
from assistant.reading.words import words_in

_CONTINUES = re.compile(
    r"^\W*(and|but|so|or|also|ok|okay|right|yes|yeah|yep|no|nope|nah|then|thanks|cheers|what about|"
    r"how about|what if|anything else|tell me more|more|any other|what happens|i already|"
    r"already|on the|"
    r"i meant|i mean|meant|actually|sorry|same|for|the other|even)\b",
    re.I,
)
_BARE = re.compile(r"^\W*(why|which|how|when|where|what|who|is|does|do|can|should|will)\b", re.I)
_SWAPS = re.compile(
    r"^\W*((and|ok|okay|so|right|but|yes|yeah|thanks)\W+)*(what about|how about|and|or)\b|"
    r"\b(i meant|i mean|not the|instead)\b"
    r"|^\W*(no|nope|sorry|actually)\b",
    re.I,
)
_CHANGES = re.compile(
    r"\b(different|another|new|separate|other|unrelated|one more) (thing|question|topic|"
    r"subject|note|matter|q)\b"
    r"|\b(changing|change of) (the )?(subject|topic)\b|\bunrelated\b",
    re.I,
)
_OTHER = re.compile(r"\b(the )?other (muscle|one|stretch|calf muscle|way|kind)\b", re.I)
_TINY_TURN = 4
"""Words up to which a turn that names a thing still leans on the one before: "which stretch?"."""


class FollowUps:
    """Tells which turns lean on the one before, and joins them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def leans_back(self, fresh: Reading) -> bool:
        """Whether a turn needs its predecessor: it points, continues, or names nothing."""
        if _CHANGES.search(fresh.text):
            return False
        words = words_in(fresh.text)
        own = self._lexicon.concepts_in(fresh.text)
        subject = self._lexicon.of(own, THINGS | {Category.BODY, Category.ACTIVITY})
        if len(words) <= _TINY_TURN and own and not self._lexicon.of(own, THINGS):
            return True
        if len(words) > LONG_TURN:
            return not subject and bool(POINTING.search(fresh.text))
        if _SWAPS.search(fresh.text) or _OTHER.search(fresh.text):
            return not (self._lexicon.of(own, THINGS) and self._lexicon.of(own, {Category.BODY}))
        if not subject:
            unknown = (
                frozenset().union(*(ask.terms for ask in fresh.asks)) if fresh.asks else frozenset()
            )
            leans = _CONTINUES.search(fresh.text) or POINTING.search(fresh.text)
            return bool(leans) or (not unknown and bool(_BARE.search(fresh.text)))
        if things := self._lexicon.of(own, THINGS):
            leans = _CONTINUES.search(fresh.text) or POINTING.search(fresh.text)
            vague = things == self._lexicon.of(own, {Category.REMEDY, Category.GEAR})
            short = vague and len(words) <= _TINY_TURN
            return bool(leans or short) and not self._lexicon.of(own, {Category.BODY})
        return bool(_CONTINUES.search(fresh.text) or POINTING.search(fresh.text))

    def join(self, before: Reading, fresh: Reading) -> Reading:
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
            query=query_of(query, swapped, self._lexicon),
            focus=swapped,
            context=previous.context | own,
            terms=fresh_ask.terms | (previous.terms if keeps_kind else frozenset()),
        )
        rest = tuple(
            replace(
                other,
                focus=other.focus | self._lexicon.of(swapped, SCOPES)
                if not other.focus
                else other.focus,
            )
            for other in fresh.asks[1:]
        )
        return Reading(fresh.text, (ask, *rest), (*before.carried, before.text))

    def _akin(self, before: frozenset[str], own: frozenset[str]) -> bool:
        """Whether new things are of the sort asked about before: stretches, not ice and pills."""
        things, earlier = self._lexicon.of(own, THINGS), self._lexicon.of(before, THINGS)
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


def _join(asks: tuple[Ask, ...]) -> Ask:
    """Several asks of one turn as one subject for the next."""
    last = asks[-1]
    return replace(
        last,
        query=" ".join(dict.fromkeys(ask.query for ask in asks)),
        focus=frozenset().union(*(ask.focus for ask in asks)),
        context=frozenset().union(*(ask.context for ask in asks)),
    )
