"""The warning-sign rules: read, checked whole, and only ever made stricter by an operator."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.errors import RulesError
from assistant.guard.contacts import KINDS, numbers_in
from assistant.guard.lexicon import GuardLexicon, read_toml
from assistant.guard.logic import Condition, parse_condition
from assistant.reply import Level, NoticeSource

RULES = Path(__file__).parent / "rules.toml"
NOBODY = "none yet"
TOPICS = frozenset(
    "massage stretching running racing heat cold compression medicine fluids salt food strength"
    " everything".split()
)
"""What a rule may keep the shelf's texts from saying below its warning."""
_FIRING = ("emergency", "urgent", "see_professional")
_PLACEHOLDER = re.compile(r"\{([^}]*)\}")
_RAISED = {
    Level.URGENT: "Contact {urgent} today about this.",
    Level.EMERGENCY: "Call {emergency} now.",
}
_Line = Annotated[str, Field(min_length=1, max_length=400)]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Source(_Data):
    organisation: _Line
    title: _Line
    checked: date
    tag: Literal["P", "M", "S"]
    """K, general knowledge nobody has looked up, is not among them and reaches no reader."""
    address: str


class _When(_Data):
    condition: str = Field(alias="if")
    level: Literal["emergency", "urgent", "see_professional"] | None = None
    unless: tuple[str, ...] = ()


class _Words(_Data):
    act: _Line
    because: _Line
    avoid: str = ""
    meanwhile: str = ""
    act_emergency: str = ""
    act_urgent: str = ""


class _Rule(_Words):
    id: Annotated[str, Field(pattern=r"^[A-Z]{2,6}\d{2,3}$")]
    level: Literal["emergency", "urgent", "see_professional"]
    topic: _Line
    when: Annotated[tuple[str | _When, ...], Field(min_length=1)]
    unless: tuple[str, ...] = ()
    never_say: tuple[str, ...] = ()
    withhold: tuple[str, ...] = ()
    reviewed_by: _Line = NOBODY
    written_for: Literal["emergency", "urgent", "see_professional"] | None = None
    """The level its words were written for, once an operator has raised it."""
    source: Annotated[tuple[_Source, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _holds_to_itself(self) -> Self:
        said = " ".join(
            (
                self.act,
                self.because,
                self.avoid,
                self.meanwhile,
                self.act_emergency,
                self.act_urgent,
            )
        )
        if broken := [words for words in self.never_say if words in said.lower()]:
            raise ValueError(f"{self.id} says what it must never say: {broken}")
        if unknown := sorted({n for n in _PLACEHOLDER.findall(said) if n not in KINDS}):
            raise ValueError(f"{self.id}: nothing fills {unknown}")
        if bare := numbers_in(said):
            raise ValueError(f"{self.id}: {bare[0]} must come from the contacts")
        if unknown := sorted(set(self.withhold) - TOPICS):
            raise ValueError(f"{self.id}: nothing is called {unknown} in withhold")
        return self


class _Change(_Data):
    """What an operator's file says of a rule: a whole new rule, or a change to a shipped one."""

    id: str
    level: Literal["emergency", "urgent", "see_professional"] | None = None
    add_when: tuple[str | _When, ...] = ()
    off: bool = False
    unless: tuple[str, ...] | None = None
    act: str | None = None
    because: str | None = None
    avoid: str | None = None
    meanwhile: str | None = None
    reviewed_by: str = NOBODY


class _File(_Data):
    rule: Annotated[tuple[_Rule, ...], Field(min_length=1)]


class _OwnFile(_Data):
    rule: tuple[_Rule, ...] = ()
    change: tuple[_Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """One way in which a rule fires, and how high."""

    condition: Condition
    level: Level
    unless: frozenset[str]
    """Concepts that excuse a sentence."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One warning sign."""

    id: str
    level: Level
    topic: str
    """For the operator; never shown as what a reader has."""
    triggers: tuple[Trigger, ...]
    act: Mapping[Level, str]
    """What to do, by the level it fired at."""
    because: str
    avoid: str
    meanwhile: str
    never_say: tuple[str, ...]
    withhold: frozenset[str]
    sources: tuple[NoticeSource, ...]
    reviewed_by: str


def read_rules(
    lexicon: GuardLexicon, path: Path = RULES, own: Path | None = None
) -> tuple[Rule, ...]:
    """The shipped rules with the operator's own over them, in the order of the file.

    Raises RulesError: a file is missing or not as it must be, a condition names what no lexicon
    has, an id stands twice, or a change would weaken a rule and no reviewer is named.
    """
    shipped = read_toml(path, _File).rule
    rules = {rule.id: rule for rule in shipped}
    if len(rules) != len(shipped):
        raise RulesError(f"{path.name}: a rule id stands twice.")
    if own is not None:
        _lay_over(rules, read_toml(own, _OwnFile))
    return tuple(_built(rule, lexicon) for rule in rules.values())


def _lay_over(rules: dict[str, _Rule], own: _OwnFile) -> None:
    for rule in own.rule:
        if rule.id in rules:
            raise RulesError(f"Rule {rule.id} is shipped already: write a [[change]] for it.")
        rules[rule.id] = rule
    for change in own.change:
        if change.id not in rules:
            raise RulesError(f"[[change]] {change.id}: there is no such rule.")
        rule = rules[change.id]
        if (why := _weaker(rule, change)) and change.reviewed_by.strip().lower() in ("", NOBODY):
            raise RulesError(
                f"[[change]] {change.id} {why}. That may make the rule weaker, so it needs the name"
                " of a clinician who has looked at it: set reviewed_by."
            )
        if change.off:
            del rules[change.id]
        else:
            rules[change.id] = _changed(rule, change)


def _weaker(rule: _Rule, change: _Change) -> str:
    """How a change may weaken a rule, in words; empty when it can only make it stricter."""
    if change.off:
        return "switches the rule off"
    if change.level is not None and Level(change.level).rank < Level(rule.level).rank:
        return "lowers its level"
    if change.unless is not None and not set(change.unless) <= set(rule.unless):
        return "adds exceptions"
    if {change.act, change.because, change.avoid, change.meanwhile} != {None}:
        return "changes its words"
    return ""


def _changed(rule: _Rule, change: _Change) -> _Rule:
    """The rule with the change laid over it, checked again as if it had been shipped so."""
    given = change.model_dump(exclude_none=True, exclude={"id", "add_when", "off"})
    if change.reviewed_by == NOBODY:
        given.pop("reviewed_by")
    merged = {**rule.model_dump(by_alias=True), **given}
    if change.act is None:
        merged["written_for"] = rule.written_for or rule.level
    merged["when"] = [
        each.model_dump(by_alias=True) if isinstance(each, _When) else each
        for each in (*rule.when, *change.add_when)
    ]
    try:
        changed = _Rule.model_validate(merged)
    except ValidationError as error:
        found = "; ".join(each["msg"] for each in error.errors(include_url=False))
        raise RulesError(f"[[change]] {change.id}: {found}.") from None
    return changed


def _built(rule: _Rule, lexicon: GuardLexicon) -> Rule:
    level = Level(rule.level)
    triggers = tuple(_trigger(when, rule, lexicon) for when in rule.when)
    named = {name for trigger in triggers for name in trigger.unless}
    if unknown := sorted(named - lexicon.concepts.keys()):
        raise RulesError(f"Rule {rule.id}: no lexicon has {unknown} (unless).")
    return Rule(
        id=rule.id,
        level=level,
        topic=rule.topic,
        triggers=triggers,
        act={each: _act(rule, each) for each in Level if each.rank >= level.rank},
        because=rule.because,
        avoid=rule.avoid,
        meanwhile=rule.meanwhile,
        never_say=rule.never_say,
        withhold=frozenset(rule.withhold),
        sources=tuple(
            NoticeSource(s.organisation, s.title, s.checked, s.tag, s.address) for s in rule.source
        ),
        reviewed_by=rule.reviewed_by,
    )


def _act(rule: _Rule, level: Level) -> str:
    """What a rule says to do at a level; raised above its own words, the level's plain action."""
    own = {Level.EMERGENCY: rule.act_emergency, Level.URGENT: rule.act_urgent}.get(level, "")
    if own:
        return own
    return rule.act if level.rank <= Level(rule.written_for or rule.level).rank else _RAISED[level]


def _trigger(when: str | _When, rule: _Rule, lexicon: GuardLexicon) -> Trigger:
    given = _When.model_validate({"if": when}) if isinstance(when, str) else when
    own = Level(given.level) if given.level else Level(rule.level)
    level = max(own, Level(rule.level), key=lambda each: each.rank)
    return Trigger(
        parse_condition(given.condition, lexicon), level, frozenset((*rule.unless, *given.unless))
    )


def reviewers(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Everybody named as having checked a rule, in order; empty while nobody has."""
    named = dict.fromkeys(rule.reviewed_by for rule in rules if rule.reviewed_by != NOBODY)
    return tuple(named)
