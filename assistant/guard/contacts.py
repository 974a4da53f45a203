"""Whom a warning tells people to call: by country, with the operator's own words over it.

Fails closed: an unknown country has no number to tap, and a sentence whose contact is not known is
left out. 111 is urgent advice in the United Kingdom and the emergency number in New Zealand, so no
number is ever shown that the chosen country does not support.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.errors import RulesError
from assistant.guard.lexicon import read_toml
from assistant.reply import Call

CONTACTS = Path(__file__).parent / "contacts.toml"
UNSET = "other"
"""The country of an operator who has named none."""
FREE_NUMBERS = frozenset("999 112 911 000 111".split())
"""Numbers that may stand without a source."""
_NUMBER = re.compile(r"(?<![\w+])\+?\d(?:[ -]?\d){2,14}(?!\w)")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SENTENCE = re.compile(r"[^.!?]+[.!?]+(?:\s+|$)")
Kind = Literal["emergency", "urgent", "crisis", "eating", "poison"]
KINDS: tuple[Kind, ...] = ("emergency", "urgent", "crisis", "eating", "poison")


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Source(_Data):
    kind: Kind = Field(alias="for")
    organisation: str
    title: str
    checked: date
    tag: Literal["P", "M", "S"]
    address: str


class _Country(_Data):
    name: str
    emergency: Annotated[str, Field(min_length=1)]
    urgent: Annotated[str, Field(min_length=1)]
    crisis: str = ""
    eating: str = ""
    poison: str = ""
    source: tuple[_Source, ...] = ()

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        """Every number but an emergency number needs a source for its kind."""
        backed = {source.kind for source in self.source}
        for kind in KINDS:
            bare = set(numbers_in(getattr(self, kind))) - FREE_NUMBERS
            if bare and kind not in backed:
                raise ValueError(f"{kind}: {sorted(bare)} needs a source")
        return self


class _File(_Data):
    country: dict[str, _Country]


@dataclass(frozen=True, slots=True)
class Contacts:
    """The words that fill a warning's placeholders; an empty one drops its sentence."""

    country: str
    emergency: str
    urgent: str
    crisis: str = ""
    eating: str = ""
    poison: str = ""

    def fill(self, text: str) -> str:
        """`text` with its placeholders filled; sentences that name an empty one are left out."""
        kept = []
        for sentence in _SENTENCE.findall(text) or [text]:
            named = _PLACEHOLDER.findall(sentence)
            if all(self._words(name) for name in named):
                kept.append(_PLACEHOLDER.sub(lambda found: self._words(found[1]), sentence))
        return "".join(kept).strip()

    def calls(self, text: str) -> tuple[Call, ...]:
        """The numbers that can be tapped in what `fill(text)` says."""
        if self.country == UNSET:
            return ()
        named = dict.fromkeys(_PLACEHOLDER.findall(text))
        numbers = dict.fromkeys(n for name in named for n in numbers_in(self._words(name)))
        return tuple(Call(number) for number in numbers)

    def _words(self, name: str) -> str:
        return str(getattr(self, name, ""))


def numbers_in(text: str) -> tuple[str, ...]:
    """Telephone numbers as they stand in a text: three digits or more, spaces and hyphens kept."""
    return tuple(_NUMBER.findall(text))


def countries(path: Path = CONTACTS) -> Mapping[str, str]:
    """Code and name of every country there are contacts for. Raises RulesError."""
    return {code: each.name for code, each in read_toml(path, _File).country.items()}


def read_contacts(
    country: str = "", own: Mapping[str, str] | None = None, path: Path = CONTACTS
) -> Contacts:
    """The contacts of a country, with the operator's `own` words, by kind, in place of ours.

    Raises RulesError for a country that is not listed, or a file that is not as it must be.
    """
    listed = read_toml(path, _File).country
    code = country or UNSET
    if code not in listed:
        raise RulesError(
            f"Country {code!r} is not known. Set safety.country to one of: "
            f"{', '.join(sorted(listed))}."
        )
    found = listed[code]
    contacts = Contacts(code, *(getattr(found, kind) for kind in KINDS))
    given = {kind: words for kind, words in (own or {}).items() if words}
    return replace(contacts, **given)
