"""What an operator typed about a document, checked before anything of it is believed."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from assistant.ui.shelf_keeper import UNKNOWN, Details
from corpus import DocumentKind, TrustTier

FIELDS = ("title", "kind", "tier", "author", "published", "address")
REMEDIES: Mapping[str, str] = MappingProxyType(
    {
        "title": "Give it a title: one line of at most 300 characters.",
        "kind": "Choose what sort of text it is.",
        "tier": "Choose who wrote it.",
        "author": "One line of at most 300 characters, or nothing.",
        "published": "A whole date, as in 2019-05-31, or nothing.",
        "address": "An address that begins with https:// or http://, at most 300 characters; or"
        " nothing.",
    }
)


def _shown(typed: object) -> object:
    """Without what cannot be seen, which could make a line read as something else."""
    if not isinstance(typed, str):
        return typed
    return " ".join("".join(c if c.isprintable() else " " for c in typed).split())


def _or_unknown(typed: object) -> object:
    return _shown(typed) or UNKNOWN


class _Typed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    title: Annotated[str, BeforeValidator(_shown), StringConstraints(min_length=1, max_length=300)]
    kind: DocumentKind
    tier: TrustTier
    author: Annotated[str, BeforeValidator(_or_unknown), StringConstraints(max_length=300)]
    published: Annotated[Literal["unknown"] | date, BeforeValidator(_or_unknown)]
    address: Annotated[
        str,
        BeforeValidator(_or_unknown),
        StringConstraints(max_length=300, pattern=rf"^({UNKNOWN}|(?i:https?)://[^\s/?#@:]+.*)$"),
    ]


def details_of(
    form: Mapping[str, str], shown: Details, number: str = ""
) -> Details | Mapping[str, str]:
    """What was typed, or what is wrong with it: name of the field in the form to a remedy.

    `shown`: what the form was filled with; where it was left like that, nothing is wrong with it.
    `number`: ends the names of the fields where one form holds several documents ("title-3").
    """
    if all(form.get(name, "") == value for name, value in typed_of(shown, number)):
        return shown
    typed: dict[str, Any] = {name: form.get(name + number, "") for name in FIELDS}
    try:
        read = _Typed.model_validate(typed)
    except ValidationError as error:
        wrong = {str(item["loc"][0]) for item in error.errors(include_url=False)}
        return {name + number: REMEDIES[name] for name in FIELDS if name in wrong}
    return Details(read.title, read.kind, read.tier, read.author, str(read.published), read.address)


def typed_of(details: Details, number: str = "") -> Iterator[tuple[str, str]]:
    """The fields of a form that say what is known; what is not known is left empty."""
    for name in FIELDS:
        value = str(getattr(details, name))
        yield name + number, "" if value == UNKNOWN else value
