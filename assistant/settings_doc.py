"""All settings as a page for whoever runs Soleus, made from the settings themselves."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from assistant.settings import Settings
from assistant.settings_part import ROOT

_HEAD = """# Configure

Made by `python -m assistant settings` from the settings themselves; a test compares. Settings stand
in `settings.toml` beside `app.py` (`settings.example.toml` has all of them), or in the environment
as `SOLEUS_SECTION__KEY`, which is stronger; a list has spaces between. What is unknown or out of
range is refused with a line that names it. Secrets stand in the environment only:

| variable | what it is |
|---|---|
| `SOLEUS_API_KEYS` | keys for programs, with spaces between them (at least 20 characters each) |
| `SOLEUS_TOKEN_SECRET` | what tokens for browsers are signed with; replicas must share it |
| `SOLEUS_LLM_KEY` | what the language model's server wants to see |
| `SOLEUS_SHELF_PASSWORD` | who knows it may change the documents at `/shelf` |
| `SOLEUS_POSTGRES_URL` | the database of an index in PostgreSQL |
| `SOLEUS_RECORDS_URL` | the database of kept chats, if not a file |
| `SOLEUS_REDIS_URL` | where replicas share how much was asked |
| `SOLEUS_SETTINGS` | another settings file |
"""


def settings_page() -> str:
    """The whole page, as Markdown."""
    sections = (_section(name, part) for name, part in Settings.model_fields.items())
    return "\n".join([_HEAD, *sections])


def _section(name: str, part: FieldInfo) -> str:
    model = part.annotation
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        raise TypeError(name)
    about = (model.__doc__ or "").strip()
    rows = "\n".join(_rows(model))
    return f"## [{name}]\n\n{about}\n\n| setting | default | what it is |\n|---|---|---|\n{rows}\n"


def _rows(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        about = " ".join((field.description or "").split()).replace("|", "\\|")
        yield f"| `{name}` | {_default(field)} | {about}{_bounds(field)} |"


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True)
    if isinstance(value, Path) and value.is_relative_to(ROOT):
        value = value.relative_to(ROOT)
    shown = "" if value in (None, "", ()) or str(value) == "." else str(value)
    return f"`{shown}`" if shown else "empty"


def _bounds(field: FieldInfo) -> str:
    named = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    found = [
        f"{words} {getattr(rule, key)}"
        for rule in field.metadata
        for key, words in named.items()
        if getattr(rule, key, None) is not None
    ]
    one_of = get_args(field.annotation)
    if one_of and all(isinstance(each, str) for each in one_of):
        found.append("one of " + ", ".join(f"`{each}`" for each in one_of))
    return f" ({', '.join(found)})" if found else ""
