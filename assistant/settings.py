"""Settings: one typed, frozen model, read once at the door.

Sources, strongest first: environment (`SOLEUS_SERVER__PORT=8080`), then the TOML file named by
`SOLEUS_SETTINGS` (default: `settings.toml` beside app.py, when it exists), then the defaults here.
Unknown keys are refused in both. Every setting is described in settings.example.toml.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator

from assistant.errors import SettingsError
from assistant.settings_folder import OwnFolder
from assistant.settings_folder import own_folder as own_folder  # found here by many
from assistant.settings_llm import LlmSettings as LlmSettings
from assistant.settings_part import ROOT as ROOT
from assistant.settings_part import Part
from assistant.settings_records import RECORDS_URL_VARIABLE, RecordsSettings
from assistant.settings_server import ServerSettings as ServerSettings
from index.postgres import URL_VARIABLE

PREFIX = "SOLEUS_"
FILE_VARIABLE = "SOLEUS_SETTINGS"
SHELF_PASSWORD_VARIABLE = "SOLEUS_SHELF_PASSWORD"  # noqa: S105  # a name, not a password
"""No setting, so that it stands in no file: whoever knows it may change the shelf at /shelf."""
LLM_KEY_VARIABLE = "SOLEUS_LLM_KEY"
"""No setting either: what the language model's server wants to see."""
API_KEYS_VARIABLE = "SOLEUS_API_KEYS"
"""Keys for programs, with spaces or commas between them."""
TOKEN_SECRET_VARIABLE = "SOLEUS_TOKEN_SECRET"  # noqa: S105  # a name
"""What tokens are signed with. Replicas must share it; a single server makes its own anew."""
REDIS_VARIABLE = "SOLEUS_REDIS_URL"
"""Where replicas share what was asked how often; it may hold a password."""
_NO_SETTINGS = {
    FILE_VARIABLE,
    SHELF_PASSWORD_VARIABLE,
    URL_VARIABLE,
    LLM_KEY_VARIABLE,
    RECORDS_URL_VARIABLE,
    API_KEYS_VARIABLE,
    TOKEN_SECRET_VARIABLE,
    REDIS_VARIABLE,
}
_SHORTEST_SECRET = 20
"""Characters of a key or secret that nobody guesses."""


class EncoderSettings(Part):
    """What turns text into vectors."""

    model: str = "bundled"
    """"bundled" (weights that came with the installation), a folder, or a hub name."""
    allow_download: bool = False
    """Whether a hub name may be fetched over the network."""
    path: Literal["auto", "fp32", "bf16", "onnx", "onnx-int8"] = "auto"
    """How it is run; "auto": the fastest that leaves every answer as it is, found by measuring
    when an index is built afresh (index/probe.py). An index keeps to the path it was built on."""


EngineName = Literal["faiss", "postgres"]
"""What keeps an index: files on this machine, or a PostgreSQL with pgvector (docs/postgres.md)."""


class IndexSettings(Part):
    """Where the built index lies."""

    engine: EngineName = "faiss"
    """What keeps it: files on this machine, or a PostgreSQL with pgvector (docs/postgres.md)."""
    folder: Path = Path("index/artifacts")
    """A relative path starts at the folder of app.py, wherever the program is run from."""
    postgres_schema: str = Field(default="soleus", pattern=r"^[a-z_][a-z0-9_]{0,39}$")
    """Where in the database its tables are. The database's address holds a password, and comes
    from the environment alone: SOLEUS_POSTGRES_URL."""

    @field_validator("folder")
    @classmethod
    def _from_root(cls, folder: Path) -> Path:
        return ROOT / folder


class ShelfSettings(Part):
    """Where a club's own documents are kept."""

    folder: OwnFolder = Path()
    """Outside the program's own folder, which an update may replace. Empty: the user's data
    folder, $XDG_DATA_HOME/soleus or ~/.local/share/soleus."""


class AnswerSettings(Part):
    """How much is quoted and how sure a quote must be."""

    passages: int = Field(default=24, ge=1, le=100)
    """Passages looked at for each thing asked."""
    max_items: int = Field(default=6, ge=1, le=12)
    """Points in an answer."""
    max_words: int = Field(default=140, ge=30, le=600)
    """Words quoted in an answer; a procedure is never cut and may overrun."""
    threshold: float = Field(default=0.4, ge=0.0, le=1.0)
    """How sure (0 to 1) Soleus must be that the shelf answers; below it, it says it does not."""


class OperatorSettings(Part):
    """Who runs this Soleus; shown to readers."""

    name: str = ""
    """Your club's name, as the page shows it."""
    contact: str = ""
    """Whom readers may ask when the shelf has no answer, e.g. "the club physio, phys@…"."""

    privacy_note: str = ""
    """Address of the privacy note, or the note itself in a sentence or two."""


class SafetySettings(Part):
    """What the warnings say, and who stands behind them."""

    country: str = ""
    """Whose telephone numbers warnings show: UK, IE, US, CA, AU, NZ, EU or other. While it is
    empty they say "your local emergency number"."""
    urgent_line: str = ""
    """Whom to contact the same day, in place of the country's own words."""
    crisis: str = ""
    """Whom somebody in a crisis can reach, likewise."""
    eating: str = ""
    """Who helps with worries about food and weight, likewise."""
    poison: str = ""
    """Who helps when too much of a medicine was taken, likewise."""
    reviewed_by: str = ""
    """The clinician who has reviewed the rules; the page says "none yet" while it is empty."""
    reviewed_on: date | None = None
    """When; after a year the page asks for another look."""
    rules: Path | None = None
    """A file of the operator's own rules (docs/own-rules.md)."""

    @field_validator("rules")
    @classmethod
    def _from_root(cls, rules: Path | None) -> Path | None:
        return None if rules is None else ROOT / rules


class Settings(Part):
    """All settings."""

    encoder: EncoderSettings = EncoderSettings()
    index: IndexSettings = IndexSettings()
    shelf: ShelfSettings = Field(default_factory=ShelfSettings)
    answer: AnswerSettings = AnswerSettings()
    operator: OperatorSettings = OperatorSettings()
    safety: SafetySettings = SafetySettings()
    llm: LlmSettings = LlmSettings()
    records: RecordsSettings = Field(default_factory=RecordsSettings)
    server: ServerSettings = ServerSettings()


def load_settings(
    path: Path | None = None, environment: Mapping[str, str] | None = None
) -> Settings:
    """Read the settings from a TOML file and the environment (default: this process's).

    Raises SettingsError when the file is missing though named, does not parse, or a key is
    unknown or its value out of range.
    """
    variables = os.environ if environment is None else environment
    values = _from_file(path or _named_file(variables))
    for name, text in sorted(variables.items()):
        if name.startswith(PREFIX) and name not in _NO_SETTINGS:
            _put(values, name.removeprefix(PREFIX).lower().split("__"), text, name)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_plain(error)) from None


def shelf_password(environment: Mapping[str, str] | None = None) -> str:
    """The operator's password for the page /shelf, from the environment (default: this process's);
    empty where there is none, and nothing can be changed on that page.
    """
    variables = os.environ if environment is None else environment
    return variables.get(SHELF_PASSWORD_VARIABLE, "")


def llm_key(environment: Mapping[str, str] | None = None) -> str:
    """The key for the language model's server, from the environment (default: this process's);
    empty where there is none.
    """
    variables = os.environ if environment is None else environment
    return variables.get(LLM_KEY_VARIABLE, "").strip()


def api_keys(environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The keys for programs, from the environment (default: this process's); none where there are
    none, and no program may ask. Raises SettingsError when one is short enough to be guessed.
    """
    variables = os.environ if environment is None else environment
    keys = tuple(variables.get(API_KEYS_VARIABLE, "").replace(",", " ").split())
    if any(len(key) < _SHORTEST_SECRET for key in keys):
        raise SettingsError(f"{API_KEYS_VARIABLE}: {_LONGER}")
    return keys


def token_secret(environment: Mapping[str, str] | None = None) -> str:
    """What tokens are signed with, from the environment (default: this process's); made anew where
    it is not set, so that a restart ends the tokens of before. Raises SettingsError as `api_keys`.
    """
    variables = os.environ if environment is None else environment
    secret = variables.get(TOKEN_SECRET_VARIABLE, "").strip()
    if secret and len(secret) < _SHORTEST_SECRET:
        raise SettingsError(f"{TOKEN_SECRET_VARIABLE}: {_LONGER}")
    return secret or secrets.token_hex(32)


def redis_url(environment: Mapping[str, str] | None = None) -> str:
    """Where replicas share their counts, from the environment (default: this process's); empty
    where each counts for itself.
    """
    variables = os.environ if environment is None else environment
    return variables.get(REDIS_VARIABLE, "").strip()


_LONGER = (
    f"at least {_SHORTEST_SECRET} characters each, e.g. what this prints:"
    ' python -c "import secrets; print(secrets.token_urlsafe(32))"'
)


def _named_file(variables: Mapping[str, str]) -> Path | None:
    if named := variables.get(FILE_VARIABLE):
        return Path(named)
    default = ROOT / "settings.toml"
    return default if default.is_file() else None


def _from_file(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise SettingsError(f"Settings file {path.name}: {reason}. Check the path.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"Settings file {path.name} is not valid TOML: {error}.") from None


def _put(values: dict[str, Any], keys: list[str], text: str, name: str) -> None:
    """Lay one environment variable over the values of the file."""
    if len(keys) != 2:
        raise SettingsError(f"{name}: expected {PREFIX}SECTION__KEY, e.g. {PREFIX}SERVER__PORT.")
    section = values.setdefault(keys[0], {})
    if not isinstance(section, dict):
        raise SettingsError(f"[{keys[0]}] in the settings file must be a section.")
    section[keys[1]] = text


def _plain(error: ValidationError) -> str:
    """pydantic's findings, one a line, in words an operator can act on."""
    lines = [
        f"{'.'.join(map(str, item['loc']))}: "
        + ("unknown setting" if item["type"] == "extra_forbidden" else item["msg"])
        for item in error.errors(include_url=False, include_input=False)
    ]
    return "Settings: " + "; ".join(lines) + ". See settings.example.toml."
