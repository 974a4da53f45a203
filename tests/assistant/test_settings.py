"""Settings: the example file tells the truth, and whatever is wrong is refused in plain words."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from assistant.errors import SettingsError
from assistant.guard.contacts import countries
from assistant.settings import (
    ROOT,
    Settings,
    api_keys,
    llm_key,
    load_settings,
    redis_url,
    token_secret,
)
from assistant.settings_doc import settings_page

EXAMPLE = ROOT / "settings.example.toml"
SECRETIVE = re.compile(r"key|token(?!s)|secret|password|credential", re.I)


def example_switched_on() -> dict[str, dict[str, Any]]:
    """The example file with every setting it describes uncommented."""
    text = EXAMPLE.read_text(encoding="utf-8")
    return tomllib.loads(re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE))


def keys_of(model: type[BaseModel]) -> dict[str, set[str]]:
    """Sections of the settings and the keys in each."""
    found = {}
    for name, field in model.model_fields.items():
        assert isinstance(field.annotation, type)
        assert issubclass(field.annotation, BaseModel)
        found[name] = set(field.annotation.model_fields)
    return found


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_describes_every_setting_and_no_other() -> None:
    assert {name: set(keys) for name, keys in example_switched_on().items()} == keys_of(Settings)


def test_the_example_shows_the_defaults() -> None:
    shown = example_switched_on()
    shown["index"]["folder"] = ROOT / shown["index"]["folder"]
    assert shown["llm"].pop("gguf") != Settings().llm.gguf  # a file, by way of example
    for made_up in ("operator", "safety"):  # a club and its clinician, by way of example
        assert shown.pop(made_up) != getattr(Settings(), made_up).model_dump()
    assert Settings.model_validate(shown) == Settings()


def test_the_example_as_it_stands_changes_nothing() -> None:
    assert load_settings(EXAMPLE, {}) == Settings()


def test_the_example_switched_on_is_accepted(tmp_path: Path) -> None:
    text = re.sub(r"^# (\w+ = )", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    read = load_settings(written(tmp_path, text), {})
    assert read.operator.name == "Anytown Harriers"
    assert read.safety.country == "UK"
    assert read.safety.reviewed_on == date(2026, 11, 1)
    assert read.safety.rules == ROOT / "own-rules.toml"


def test_the_example_names_every_country_there_is() -> None:
    line = next(line for line in EXAMPLE.read_text("utf-8").splitlines() if "country" in line)
    offered = line.partition(":")[2].split()
    assert set(offered) == set(countries())


def test_own_documents_lie_in_the_data_folder_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere/data")
    assert load_settings(None, {}).shelf.folder == Path("/somewhere/data/soleus")
    monkeypatch.setenv("XDG_DATA_HOME", "not/absolute")
    assert Settings().shelf.folder == Path.home() / ".local" / "share" / "soleus"
    monkeypatch.delenv("XDG_DATA_HOME")
    assert Settings().shelf.folder == Path.home() / ".local" / "share" / "soleus"


def test_own_documents_may_lie_anywhere_but_in_the_program(tmp_path: Path) -> None:
    def folder(named: str) -> Path:
        return load_settings(written(tmp_path, f"[shelf]\nfolder = {named!r}\n"), {}).shelf.folder

    assert folder("../beside") == ROOT / "../beside"
    assert folder(str(tmp_path / "own")) == tmp_path / "own"
    assert folder("~/own") == Path.home() / "own"
    assert folder("") == Settings().shelf.folder
    for inside in ("own", "corpus/texts", str(ROOT), f"../{ROOT.name}/own"):
        with pytest.raises(
            SettingsError, match=r"shelf\.folder: .*outside the folder of the program"
        ):
            folder(inside)


def test_out_of_the_box_nobody_has_reviewed_anything_and_no_country_is_assumed() -> None:
    safety = Settings().safety
    assert (safety.country, safety.reviewed_by, safety.reviewed_on, safety.rules) == (
        "",
        "",
        None,
        None,
    )
    assert {safety.urgent_line, safety.crisis, safety.eating, safety.poison} == {""}


def test_the_safety_settings_come_from_the_environment_too(tmp_path: Path) -> None:
    path = written(tmp_path, '[safety]\ncountry = "IE"\nreviewed_on = 2025-01-02\n')
    read = load_settings(
        path,
        {"SOLEUS_SAFETY__COUNTRY": "NZ", "SOLEUS_SAFETY__REVIEWED_BY": "Dr A. Example"},
    ).safety
    assert (read.country, read.reviewed_by) == ("NZ", "Dr A. Example")
    assert read.reviewed_on == date(2025, 1, 2)


def test_a_rules_file_starts_at_the_folder_of_the_program(tmp_path: Path) -> None:
    near = load_settings(written(tmp_path, '[safety]\nrules = "own.toml"\n'), {}).safety
    assert near.rules == ROOT / "own.toml"
    elsewhere = tmp_path / "own.toml"
    far = load_settings(written(tmp_path, f"[safety]\nrules = {str(elsewhere)!r}\n"), {}).safety
    assert far.rules == elsewhere


def test_no_model_is_asked_unless_a_server_or_a_file_is_named(tmp_path: Path) -> None:
    assert not Settings().llm.wanted
    assert not load_settings(written(tmp_path, '[llm]\nmodel = "a"\n'), {}).llm.wanted
    server = load_settings(None, {"SOLEUS_LLM__BASE_URL": "http://a/v1", "SOLEUS_LLM__MODEL": "a"})
    assert server.llm.wanted
    assert load_settings(written(tmp_path, '[llm]\ngguf = "a.gguf"\n'), {}).llm.wanted


def test_a_server_address_is_kept_without_what_surrounds_it(tmp_path: Path) -> None:
    path = written(tmp_path, '[llm]\nbase_url = " http://a/v1/ "\nmodel = "a"\n')
    assert load_settings(path, {}).llm.base_url == "http://a/v1"


def test_a_model_file_starts_at_the_folder_of_the_program(tmp_path: Path) -> None:
    def gguf(named: str) -> Path | None:
        return load_settings(written(tmp_path, f"[llm]\ngguf = {named!r}\n"), {}).llm.gguf

    assert gguf("a.gguf") == ROOT / "a.gguf"
    assert gguf(str(tmp_path / "a.gguf")) == tmp_path / "a.gguf"
    assert gguf("~/a.gguf") == Path.home() / "a.gguf"


def test_the_key_of_a_model_server_comes_from_the_environment_alone() -> None:
    assert llm_key({}) == ""
    assert llm_key({"SOLEUS_LLM_KEY": " sk-made-up\n"}) == "sk-made-up"
    read = load_settings(EXAMPLE, {"SOLEUS_LLM_KEY": "sk-made-up"})
    assert read == Settings()
    assert "sk-made-up" not in repr(read)


def test_no_setting_is_a_secret() -> None:
    names = [key for keys in keys_of(Settings).values() for key in keys]
    assert [name for name in names if SECRETIVE.search(name)] == []


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, '[server]\nport = 1\nhost = "::1"\n')
    read = load_settings(path, {"SOLEUS_SERVER__PORT": "8080"})
    assert (read.server.port, read.server.host) == (8080, "::1")


def test_the_environment_may_name_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "[answer]\nmax_items = 3\n")
    assert load_settings(None, {"SOLEUS_SETTINGS": str(path)}).answer.max_items == 3


def test_a_file_asked_for_wins_over_the_one_the_environment_names(tmp_path: Path) -> None:
    path = written(tmp_path, "[answer]\nmax_items = 3\n")
    assert load_settings(path, {"SOLEUS_SETTINGS": "nowhere.toml"}).answer.max_items == 3


def test_variables_of_other_programs_are_none_of_our_business() -> None:
    assert load_settings(EXAMPLE, {"PATH": "x", "SOLEUSX": "y"}) == Settings()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[server]\nprot = 1\n", "server.prot: unknown setting"),
        ("[sever]\nport = 1\n", "sever: unknown setting"),
        ("[server]\nport = 70000\n", "server.port"),
        ('[server]\nport = "many"\n', "server.port"),
        ("[answer]\nmax_words = 5\n", "answer.max_words"),
        ("[answer]\nthreshold = 1.5\n", "answer.threshold"),
        ("[safety]\ncounty = 1\n", "safety.county: unknown setting"),
        ("[safety]\ncountry = 44\n", "safety.country"),
        ('[safety]\nreviewed_on = "last spring"\n', "safety.reviewed_on"),
        ('[llm]\nbase_url = "127.0.0.1:8080/v1"\nmodel = "a"\n', "begin with http:// or https://"),
        ('[llm]\nbase_url = "ftp://a/v1"\nmodel = "a"\n', "begin with http:// or https://"),
        ('[llm]\nbase_url = "http://me:pass@a/v1"\nmodel = "a"\n', "SOLEUS_LLM_KEY"),
        ('[llm]\nbase_url = "http://a/v1"\n', "base_url needs model"),
        ('[llm]\nbase_url = "http://a/v1"\nmodel = " "\n', "base_url needs model"),
        ('[llm]\nbase_url = "http://a"\nmodel = "a"\ngguf = "b"\n', "base_url or gguf, not both"),
        ("[llm]\ncontext = 100\n", "llm.context"),
        ('[llm]\nform = "xml"\n', "llm.form"),
        ('[llm]\nconsent = "never"\n', "llm.consent"),
        ('[llm]\nllm_key = "a"\n', "llm.llm_key: unknown setting"),
        ("server = 3\n", "server"),
        ("[server\n", "not valid TOML"),
    ],
)
def test_a_faulty_file_is_refused_and_the_fault_is_named(
    tmp_path: Path, text: str, says: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings(written(tmp_path, text), {})
    assert says in str(refused.value)
    assert "pydantic" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SOLEUS_SERVER__PROT", "1", "server.prot: unknown setting"),
        ("SOLEUS_SEVER__PORT", "1", "sever: unknown setting"),
        ("SOLEUS_SERVER__PORT", "many", "server.port"),
        ("SOLEUS_PORT", "1", "SOLEUS_SECTION__KEY"),
        ("SOLEUS_SERVER__PORT__X", "1", "SOLEUS_SECTION__KEY"),
    ],
)
def test_a_faulty_variable_is_refused_and_the_fault_is_named(
    name: str, value: str, says: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings(EXAMPLE, {name: value})
    assert says in str(refused.value)


def test_a_variable_over_something_that_is_no_section_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="must be a section"):
        load_settings(written(tmp_path, "server = 3\n"), {"SOLEUS_SERVER__PORT": "1"})


@pytest.mark.parametrize("named_by", ["argument", "variable"])
def test_a_missing_file_is_refused_by_its_name(tmp_path: Path, named_by: str) -> None:
    path = tmp_path / "nowhere.toml"
    given = (path, {}) if named_by == "argument" else (None, {"SOLEUS_SETTINGS": str(path)})
    with pytest.raises(SettingsError, match=r"nowhere\.toml: No such file") as refused:
        load_settings(*given)
    assert str(tmp_path) not in str(refused.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "binary.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="not valid TOML"):
        load_settings(path, {})


def test_settings_once_read_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Settings().server.port = 1


def test_the_page_of_all_settings_is_made_from_them_and_leaves_none_unexplained() -> None:
    kept = (ROOT / "docs" / "configure.md").read_text("utf-8")
    assert kept == settings_page(), "python -m assistant settings > docs/configure.md"
    rows = [line for line in kept.splitlines() if line.startswith("| `") and "SOLEUS" not in line]
    assert len(rows) > 40
    assert not [row for row in rows if len(row.split("|")[3].split("(")[0].strip()) < 8]


def test_a_key_or_secret_that_could_be_guessed_is_refused() -> None:
    assert api_keys({}) == ()
    assert api_keys({"SOLEUS_API_KEYS": f"{'a' * 20}, {'b' * 30}"}) == ("a" * 20, "b" * 30)
    with pytest.raises(SettingsError, match="SOLEUS_API_KEYS: at least 20 characters"):
        api_keys({"SOLEUS_API_KEYS": f"{'a' * 20} short"})
    with pytest.raises(SettingsError, match="SOLEUS_TOKEN_SECRET: at least 20 characters"):
        token_secret({"SOLEUS_TOKEN_SECRET": "short"})
    assert token_secret({"SOLEUS_TOKEN_SECRET": "a" * 20}) == "a" * 20
    assert token_secret({}) != token_secret({})
    assert redis_url({"SOLEUS_REDIS_URL": " redis://here "}) == "redis://here"


@pytest.mark.parametrize("said", ["self https://club.example", "self, https://club.example,"])
def test_a_list_in_the_environment_is_words_apart(tmp_path: Path, said: str) -> None:
    read = load_settings(written(tmp_path, ""), {"SOLEUS_SERVER__ORIGINS": said})
    assert read.server.origins == ("self", "https://club.example")
