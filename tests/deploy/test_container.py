"""The image and the compose file keep to what docs/operate.md promises of them."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.guarding import require_details
from assistant.settings import api_keys, load_settings, redis_url, token_secret
from tests.deploy.dockerfile import Stage, read_dockerfile

PROJECT = Path(__file__).resolve().parents[2]
FILE = PROJECT / "Dockerfile"
COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
SECRETIVE = re.compile(r"KEY|TOKEN|SECRET|PASSWORD|_URL$")


def stages() -> tuple[Stage, ...]:
    return read_dockerfile(FILE)


def example(tmp_path: Path) -> dict[str, str]:
    """.env.example with every line it offers switched on."""
    text = (PROJECT / ".env.example").read_text("utf-8")
    made_up = re.sub(r"^#(\w+=)$", r"\1a-secret-of-twenty-characters", text, flags=re.MULTILINE)
    switched_on = re.sub(r"^#(\w+=)", r"\1", made_up, flags=re.MULTILINE)
    lines = [line for line in switched_on.splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def given(service: str, variables: dict[str, str]) -> dict[str, str]:
    """What a service finds in its environment: its file of secrets, and what is said here. Raises
    KeyError where compose would ask for something.
    """

    def filled(found: re.Match[str]) -> str:
        name, how, rest = found.groups()
        if how == ":?" and not variables.get(name):
            raise KeyError(name)
        return variables.get(name) or (rest if how == ":-" else "")

    said = SERVICES[service].get("environment", {})
    filled_in = {n: re.sub(r"\$\{(\w+)(?:(:[-?])([^}]*))?\}", filled, t) for n, t in said.items()}
    return {**(variables if "env_file" in SERVICES[service] else {}), **filled_in}


def test_two_stages_and_what_is_built_with_stays_in_the_first() -> None:
    first, last = stages()
    assert first.base == last.base
    assert all(step.rest.startswith("--from=") for step in last.steps if step.word == "COPY")
    assert "pip install" not in " ".join(last.all_of("RUN"))
    assert "--constraint constraints.txt" in " ".join(first.all_of("RUN"))


def test_it_runs_as_nobody_in_particular_and_writes_to_one_folder() -> None:
    last = stages()[-1]
    assert [int(part) for part in last.all_of("USER")[0].split(":")] == [10001, 10001]
    assert last.all_of("VOLUME") == ("/data",)
    written = {n: v for n, v in last.environment.items() if v.startswith("/") and n != "PATH"}
    assert set(written) == {"HOME", "XDG_DATA_HOME", "SOLEUS_INDEX__FOLDER"}
    assert all(place.startswith(("/data", "/tmp")) for place in written.values())  # noqa: S108
    assert last.all_of("STOPSIGNAL") == ("SIGINT",)
    assert last.all_of("EXPOSE") == (last.environment["SOLEUS_SERVER__PORT"],)


def test_no_secret_is_baked_in() -> None:
    named = {name for stage in stages() for name in stage.environment}
    assert [name for name in sorted(named) if SECRETIVE.search(name)] == []
    for name in ("compose.yaml", ".env.example"):
        text = (PROJECT / name).read_text("utf-8")
        assert re.findall(r"^\W*\w*(?:KEYS?|SECRET|PASSWORD|RECORDS_URL)[=:] *\S", text, re.M) == []


def test_a_filled_in_example_stays_out_of_git() -> None:
    assert ".env" in (PROJECT / ".gitignore").read_text("utf-8").splitlines()


def test_only_what_is_named_goes_into_a_build() -> None:
    ignored = (PROJECT / ".dockerignore").read_text("utf-8").splitlines()
    lines = [line for line in ignored if line and not line.startswith("#")]
    assert lines[0] == "*"
    copied = {name for rest in stages()[0].all_of("COPY") for name in rest.split()[:-1]}
    assert {line[1:] for line in lines if line.startswith("!")} == copied
    assert [name for name in copied if not (PROJECT / name).exists()] == []


def test_both_health_checks_ask_the_same() -> None:
    _, _, command = stages()[-1].all_of("HEALTHCHECK")[0].partition("CMD ")
    assert SERVICES["soleus"]["healthcheck"]["test"] == ["CMD", *json.loads(command)]
    compile(json.loads(command)[-1], "the health check", "exec")


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_service_has_the_least_it_needs(service: str) -> None:
    how = SERVICES[service]
    assert how["cap_drop"] == ["ALL"]
    assert how["security_opt"] == ["no-new-privileges:true"]
    assert how["read_only"] is True
    assert how["tmpfs"]
    assert {"mem_limit", "cpus", "pids_limit", "healthcheck", "logging", "networks"} <= set(how)
    assert "privileged" not in how
    assert not [each for each in how.get("volumes", ()) if "docker.sock" in each]


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    for name, how in SERVICES.items():
        if name != "proxy":
            assert all(str(port).startswith("127.0.0.1:") for port in how.get("ports", ()))
    assert COMPOSE["networks"]["back"]["internal"] is True
    assert SERVICES["redis"]["networks"] == ["back"]
    assert "back" not in SERVICES["proxy"]["networks"]
    assert {n for n, how in SERVICES.items() if "profiles" not in how} == {"soleus"}


def test_the_compose_file_and_its_example_let_strangers_in(tmp_path: Path) -> None:
    variables = given("soleus", example(tmp_path))
    ours = {name: value for name, value in variables.items() if name.startswith("SOLEUS_")}
    image = {n: v for n, v in stages()[-1].environment.items() if n.startswith("SOLEUS_")}
    nothing = tmp_path / "settings.toml"
    nothing.touch()
    settings = load_settings(nothing, {**image, **ours})
    require_details(settings)
    assert settings.server.host == "0.0.0.0"  # noqa: S104
    assert settings.server.public_url == "https://ask.club.example"
    assert settings.server.origins == ("self",)
    assert settings.server.trusted_proxies == ("172.31.77.0/24",)
    assert settings.llm.base_url == "http://ollama:11434/v1"
    assert api_keys(ours)
    assert token_secret(ours)
    assert redis_url(ours) == "redis://redis:6379/0"


@pytest.mark.parametrize(
    "name", ["DOMAIN", *(n for n in SERVICES["soleus"]["environment"] if "OPERATOR" in n)]
)
def test_without_what_is_needed_compose_says_what(name: str, tmp_path: Path) -> None:
    variables = example(tmp_path)
    del variables[name]
    with pytest.raises(KeyError, match=name):
        given("soleus", variables)


@pytest.mark.skipif(shutil.which("hadolint") is None, reason="hadolint is not installed")
def test_hadolint_finds_nothing() -> None:
    done = subprocess.run(["hadolint", FILE], capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""
