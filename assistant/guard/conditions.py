"""Conditions that are only named: the calm signs to look for, in place of an alarm."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.guard.contacts import Contacts
from assistant.guard.lexicon import GuardLexicon, read_toml
from assistant.guard.patterns import Names, PhraseBook, parse_all
from assistant.guard.tokens import sentences_in
from assistant.reply import EvidenceNote, NoticeSource

CONDITIONS = Path(__file__).parent / "conditions.toml"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Source(_Data):
    organisation: str
    title: str
    checked: date
    tag: Literal["P", "M", "S"]
    address: str


class _Condition(_Data):
    id: Annotated[str, Field(pattern=r"^signs-[a-z-]+$")]
    about: str
    names: Annotated[tuple[str, ...], Field(min_length=1)]
    rules: Annotated[tuple[str, ...], Field(min_length=1)]
    text: str
    source: _Source


class _File(_Data):
    condition: Annotated[tuple[_Condition, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Conditions:
    """Names of conditions and what is said of each."""

    names: PhraseBook
    notes: dict[str, EvidenceNote]
    rules: dict[str, frozenset[str]]
    """Rules that say it already when they fire."""

    def named_in(
        self, text: str, fired: Collection[str], lexicon: GuardLexicon
    ) -> tuple[EvidenceNote, ...]:
        """A note for each condition that a message names, unless a warning says it already."""
        found: dict[str, None] = {}
        for sentence in sentences_in((text,)):
            words = [lexicon.vocabulary.meant(word) for word in sentence.words]
            for match in self.names.find(words, [frozenset()] * len(words)):
                found.setdefault(match.name)
        return tuple(self.notes[name] for name in found if self.rules[name].isdisjoint(fired))


def read_conditions(contacts: Contacts, path: Path = CONDITIONS) -> Conditions:
    """The conditions of the data file. Raises RulesError when it is not as it must be."""
    listed = read_toml(path, _File).condition
    return Conditions(
        names=PhraseBook(
            (each.id, phrase)
            for each in listed
            for name in each.names
            for phrase in parse_all(name, Names())
        ),
        notes={
            each.id: EvidenceNote(
                each.id,
                each.about,
                contacts.fill(each.text),
                (NoticeSource(**each.source.model_dump()),),
            )
            for each in listed
        },
        rules={each.id: frozenset(each.rules) for each in listed},
    )
