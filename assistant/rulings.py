"""What rules a sentence out whatever its score: the reading that a cosine cannot do.

Three findings: not the type of answer asked for; about another body part, condition, symptom or
setting; about none of the things asked. And two for a whole ask: it is about something else, or
it wants an explanation and the shelf only names the thing.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.answer_types import HARD, advises, asks_or_wishes, holds
from assistant.evidence import Candidate
from assistant.profiles import Profile, Profiles
from assistant.reading.ask import SCOPES, THINGS, Ask
from assistant.reading.asks import AskKind
from assistant.reading.lexicon import Category, Lexicon

_COMPLAINTS = frozenset({Category.SYMPTOM, Category.GRAVE, Category.CONDITION})
_SWALLOWED = frozenset({Category.INTAKE, Category.PRODUCT})
_AT_RISK = frozenset({"pregnancy", "prescription", "illness", "diabetes"})
_FIGURES = frozenset({AskKind.AMOUNT, AskKind.PRICE, AskKind.CONTENTS, AskKind.DATE})
_NEAR = 4
_REFERRAL = re.compile(r"\b(should|need to|worth|time to|ought)\b", re.I)
_SAFETY = re.compile(r"\b(safe|safely|side effects?|dangerous|risky?|risks|harmful)\b", re.I)


class Rulings:
    """Rules sentences and asks out, for one shelf."""

    def __init__(self, profiles: Profiles, lexicon: Lexicon) -> None:
        self._profiles = profiles
        self._lexicon = lexicon

    def veto(self, ask: Ask, profile: Profile, text: str) -> str:
        """Why the sentence cannot answer the ask whatever its score; empty when it can."""
        if ask.unmet:
            return f"does not speak of {' or '.join(sorted(ask.unmet))}"
        if asks_or_wishes(text):
            return "asks or wishes, and says nothing"
        return (
            self._wrong_type(ask, profile, text)
            or self._elsewhere_on_the_body(ask, profile)
            or self._without_the_thing(ask, profile)
        )

    def _wrong_type(self, ask: Ask, profile: Profile, text: str) -> str:
        """The type of answer wanted is missing, or is that of some other thing."""
        things = self._things(ask)
        if ask.kind in HARD:
            if not holds(ask.kind, text):
                return f"holds no {HARD[ask.kind][1].removeprefix('a ').removeprefix('an ')}"
            if things and not (things | self._parts(ask)) & profile.own:
                return f"does not speak of {self._said(things)}"
        compared = things | self._lexicon.of(ask.focus, {Category.BODY})
        if ask.kind is AskKind.COMPARE and len(compared) > 1 and len(compared & profile.own) < 2:
            return "does not compare them"
        if ask.kind is AskKind.FIX and self._conditions(ask) and not holds(ask.kind, text):
            return "says nothing on what to do about it"
        if self._wants_referral(ask) and not advises(text):
            return "does not say whom to see, or when"
        if _SAFETY.search(ask.text) and not _SAFETY.search(text) and self._swallowed(things):
            return "says nothing on whether that is safe"
        return ""

    def _elsewhere_on_the_body(self, ask: Ask, profile: Profile) -> str:
        """About another body part, condition, symptom or setting than asked."""
        narrowing = sorted(name for name in ask.focus if self._profiles.narrows(name))
        parts = [n for n in narrowing if self._lexicon.category[n] is Category.BODY]
        if parts and not self._reaches(ask, parts, profile):
            return f"does not speak of {self._said(parts)}"
        if parts and self._hurts_only_there(ask, parts):
            symptoms = any(self._lexicon.category[name] in _COMPLAINTS for name in profile.own)
            if not (symptoms and any(name in profile.own for name in parts)):
                return f"does not speak of trouble with {self._said(parts)}"
        for name in narrowing:
            grave = self._lexicon.category[name] is Category.GRAVE
            if name not in parts and name not in (profile.section if grave else profile.own):
                return f"does not speak of {self._said([name])}"
        return ""

    def grave(self, ask: Ask, profile: Profile) -> bool:
        """Whether the ask is of a grave matter that the sentence's section says nothing of.

        A grave sign, or somebody for whom general advice may be wrong.
        """
        return any(
            (self._lexicon.category[name] is Category.GRAVE or name in _AT_RISK)
            and name not in profile.section
            for name in ask.focus
        )

    def figure_unsaid(self, ask: Ask, eligible: Sequence[Candidate]) -> bool:
        """Whether an amount, a price or the like is asked for and no sentence near holds one.

        A dose above all: whatever is quoted instead would be read as the answer.
        """
        return ask.kind in _FIGURES and all(c.doubt for c in eligible[:_NEAR])

    def other_part(self, ask: Ask, eligible: Sequence[Candidate]) -> bool:
        """Whether only parts above the lower leg are asked about and nothing near speaks of one."""
        named = [n for n in ask.focus if self._lexicon.category[n] is Category.BODY]
        if not named or "lower_leg" in self._lexicon.kinds_of(named):
            return False
        fit = [c for c in eligible[:_NEAR] if not c.doubt]
        spoken = (self._profiles[c.sentence.span].own for c in fit)
        return not any(set(named) & own for own in spoken)

    def _without_the_thing(self, ask: Ask, profile: Profile) -> str:
        """None of the things asked about is spoken of."""
        things = self._things(ask)
        if things and not any(name in profile.own or name in profile.around for name in things):
            return f"does not speak of {self._said(things)}"
        return ""

    def plainly_names(self, ask: Ask, eligible: Sequence[Candidate]) -> bool:
        """Whether sentences nothing speaks against name all that an ask is made of: a few things.

        "Do flip flops matter", "bananas or salt": too short for a vector to be sure of, yet
        nothing is left over.
        """
        if not self.only_things(ask) or eligible[0].doubt:
            return False
        spoken = (self._profiles[c.sentence.span].own for c in eligible if not c.doubt)
        return self._lexicon.narrowest(ask.focus) <= frozenset().union(*spoken)

    def only_things(self, ask: Ask) -> bool:
        """Whether an ask is made of named things and nothing else: "olive oil"."""
        return bool(ask.focus) and self._things(ask) == ask.focus and not ask.terms

    def elsewhere(self, ask: Ask) -> tuple[str, ...]:
        """Words of an ask about something else: two or more, none known, nothing of ours near."""
        ours = SCOPES | THINGS - {Category.INTAKE} | {Category.SYMPTOM}
        strange = tuple(sorted(self._profiles.unknown(ask.terms)))
        near = any(self._lexicon.category[name] in ours for name in ask.focus | ask.context)
        return () if near or len(strange) < max(2, len(ask.terms)) else strange

    def wants_explaining(self, ask: Ask) -> bool:
        """Whether only a sentence that says how, or why, answers; naming the thing does not."""
        things = bool(self._things(ask) - self._conditions(ask))
        return things and ask.kind in {AskKind.METHOD, AskKind.CAUSE, AskKind.DEFINITION}

    def explains(self, ask: Ask, candidate: Candidate) -> bool:
        """Whether a sentence tells how or why of the very thing asked about."""
        own = self._profiles[candidate.sentence.span].own
        things = self._things(ask)
        narrow = self._lexicon.narrowest(things)
        says = candidate.signals.kind == 1.0 or (
            ask.kind is AskKind.DEFINITION and holds(AskKind.METHOD, candidate.sentence.text) == 1.0
        )
        return says and (not narrow or bool(narrow & own))

    def _conditions(self, ask: Ask) -> frozenset[str]:
        return self._lexicon.of(ask.focus, {Category.CONDITION})

    def _parts(self, ask: Ask) -> frozenset[str]:
        """Body parts asked about that few sections speak of."""
        return frozenset(
            name
            for name in ask.focus
            if self._lexicon.category[name] is Category.BODY and self._profiles.narrows(name)
        )

    def _reaches(self, ask: Ask, parts: list[str], profile: Profile) -> bool:
        """Whether one of the parts is spoken of, or a thing asked about that is done to one."""
        if any(name in profile.section for name in parts):
            return True
        return any(
            self._lexicon.category[kind] is Category.BODY
            for name in self._things(ask) & profile.own
            for kind in self._lexicon.ancestors(name)
        )

    def _things(self, ask: Ask) -> frozenset[str]:
        return self._lexicon.of(ask.focus, THINGS)

    def _wants_referral(self, ask: Ask) -> bool:
        people = bool(self._lexicon.of(ask.focus, {Category.PERSON}))
        asks = ask.kind in {AskKind.WHEN, AskKind.WHO} or bool(_REFERRAL.search(ask.text))
        return people and asks and not self._things(ask)

    def _swallowed(self, things: frozenset[str]) -> bool:
        return bool(self._lexicon.of(things, _SWALLOWED))

    def _hurts_only_there(self, ask: Ask, parts: list[str]) -> bool:
        """Whether a part that few sections speak of is what hurts, and no other part is named."""
        named = [n for n in ask.focus if self._lexicon.category[n] is Category.BODY]
        complains = any(self._lexicon.category[n] in _COMPLAINTS for n in ask.focus)
        kin = self._lexicon.kinds_of(parts)
        return complains and "lower_leg" not in kin and set(named) <= set(parts)

    def _said(self, concepts: Iterable[str]) -> str:
        return " or ".join(sorted(self._lexicon.surface[name] for name in concepts))
