"""The guard: decides before anything else whether a warning must be shown, and which.

Rules decide, never a model: in AcuityBench (2026) free-form answers under-triaged the gravest
cases most. The guard needs no index, no encoder and no network, and is ready before they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.guard.conditions import Conditions, read_conditions
from assistant.guard.contacts import UNSET, Contacts
from assistant.guard.findings import Finding, find
from assistant.guard.languages import Language, Languages
from assistant.guard.lexicon import GuardLexicon, read_guard_lexicon
from assistant.guard.logic import holds
from assistant.guard.rules import NOBODY, Rule, read_rules
from assistant.question import Question
from assistant.reply import Alert, EvidenceNote, Level, Notice

ANY_NUMBER = "112 / 911"
"""In another language, for an operator who has named no country: numbers need no translation."""
FOREIGN_SIGN = "RF00"
"""Stands for a grave sign read in a language other than English."""


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired, how high, and on which words."""

    rule: Rule
    level: Level
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the guard says of a conversation."""

    alert: Alert | None
    withhold: frozenset[str]
    """Topics that must not be quoted below the alert."""
    foreign: str = ""
    """Fixed words in the reader's language, if it is not English; else empty."""
    information: tuple[EvidenceNote, ...] = ()
    """Calm signs to look for, of conditions that were only named."""

    @property
    def level(self) -> Level:
        """The level of the alert; self-care when there is none."""
        return Level.SELF_CARE if self.alert is None else self.alert.level


@dataclass(frozen=True)
class Guard:
    """Rules, words and contacts; no state. Safe to share between readers."""

    lexicon: GuardLexicon
    rules: tuple[Rule, ...]
    contacts: Contacts
    languages: Languages
    conditions: Conditions
    reviewed_by: str = NOBODY

    def screen(self, question: Question) -> Verdict:
        """The verdict on all of the reader's turns together; whatever they typed, it returns."""
        turns = (*question.earlier, question.text)
        fired = self.fired(turns)
        spoken = self.languages.spoken(question.text)
        notices = _said_once([self._notice(each) for each in fired])
        if (alarmed := self._alarmed(turns)) is not None:
            notices.insert(0, self._foreign_notice(alarmed))
        withhold = frozenset(topic for each in fired for topic in each.rule.withhold)
        named = [each.rule.id for each in fired]
        return Verdict(
            alert=Alert(tuple(notices)) if notices else None,
            withhold=withhold,
            foreign=self._foreign(spoken),
            information=self.conditions.named_in(question.text, named, self.lexicon),
        )

    def fired(self, turns: Sequence[str]) -> tuple[Fired, ...]:
        """Every rule that fires on a conversation, highest level first, then as in the file."""
        findings = find(tuple(turns), self.lexicon)
        fired = [each for rule in self.rules if (each := self._fires(rule, findings)) is not None]
        return tuple(sorted(fired, key=lambda each: -each.level.rank))

    def _fires(self, rule: Rule, findings: Sequence[Finding]) -> Fired | None:
        best: Fired | None = None
        for trigger in rule.triggers:
            if best is not None and trigger.level.rank <= best.level.rank:
                continue
            met = holds(trigger.condition, findings, self.lexicon.concepts, trigger.unless)
            if met:
                best = Fired(rule, trigger.level, met)
        return best

    def _notice(self, fired: Fired) -> Notice:
        rule = fired.rule
        act = rule.act.get(fired.level, rule.act[rule.level])
        fill = self.contacts.fill
        return Notice(
            rule=rule.id,
            level=fired.level,
            act=fill(act),
            because=fill(rule.because),
            avoid=fill(rule.avoid),
            meanwhile=fill(rule.meanwhile),
            calls=self.contacts.calls(f"{act} {rule.meanwhile}"),
            sources=rule.sources,
            reviewed_by=rule.reviewed_by if rule.reviewed_by != NOBODY else self.reviewed_by,
        )

    def _alarmed(self, turns: Sequence[str]) -> Language | None:
        """The language in which any of the turns raises an alarm."""
        spoken = [(self.languages.spoken(turn), turn) for turn in turns]
        return next((each for each, turn in spoken if each and each.alarmed(turn)), None)

    def _foreign(self, spoken: Language | None) -> str:
        """That the shelf is English, and whom to call, in the reader's language."""
        if spoken is None:
            return ""
        return f"{spoken.shelf}\n{self._in(spoken.emergency)}"

    def _foreign_notice(self, spoken: Language) -> Notice:
        """A grave sign in another language: the rules cannot weigh it, so it is an emergency."""
        return Notice(
            rule=FOREIGN_SIGN,
            level=Level.EMERGENCY,
            act=self._in(spoken.emergency),
            because=self._in(spoken.crisis),
            avoid="",
            meanwhile="",
            calls=self.contacts.calls("{emergency}"),
            sources=(),
            reviewed_by=self.reviewed_by,
        )

    def _in(self, text: str) -> str:
        known = self.contacts.country != UNSET
        return text.replace("{number}", self.contacts.emergency if known else ANY_NUMBER)


def _said_once(notices: Sequence[Notice]) -> list[Notice]:
    """The notices without what one above them says already; the action and the reason stay."""
    said: set[str] = set()
    kept = []
    for notice in notices:
        kept.append(
            replace(
                notice,
                avoid="" if notice.avoid in said else notice.avoid,
                meanwhile="" if notice.meanwhile in said else notice.meanwhile,
            )
        )
        said |= {notice.avoid, notice.meanwhile}
    return kept


def open_guard(contacts: Contacts, own: Path | None = None, reviewed_by: str = NOBODY) -> Guard:
    """The guard with the shipped rules and an operator's `own` file over them.

    Raises RulesError when anything it needs is missing or not as it must be: Soleus does not start
    without it.
    """
    lexicon = read_guard_lexicon()
    return Guard(
        lexicon=lexicon,
        rules=read_rules(lexicon, own=own),
        contacts=contacts,
        languages=Languages.read(),
        conditions=read_conditions(contacts),
        reviewed_by=reviewed_by,
    )
