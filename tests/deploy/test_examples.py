"""The examples for operators are accepted by the programs they are for, where those are here."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import load_settings
from tests.deploy.behind import CONFIG, PROJECT, refused_by_nginx

HERE = PROJECT / "docs" / "deploy"
UNIT = (HERE / "soleus.service").read_text("utf-8")
UNBUFFERED = ("/api/v1/chat", "/v1/chat/completions", "/gradio_api/queue/data")


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


def ran(*command: str | Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )


@needs("nginx")
@needs("openssl")
def test_nginx_takes_its_file_as_it_stands(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "full.pem"
    options = "req -x509 -newkey ed25519 -nodes -days 1 -subj /CN=ask.club.example".split()
    assert ran("openssl", *options, "-keyout", key, "-out", certificate).returncode == 0
    text = CONFIG
    for name, path in (("fullchain", certificate), ("privkey", key)):
        text = re.sub(rf" \S+/{name}\.pem;", f" {path};", text)
    text = text.replace("/var/log/nginx", str(tmp_path))
    assert refused_by_nginx(tmp_path, text) == ""
    assert "unknown directive" in refused_by_nginx(tmp_path, text.replace("ip_hash", "ip_hush"))


@pytest.mark.parametrize("path", UNBUFFERED)
def test_nginx_holds_nothing_back_where_answers_stream(path: str) -> None:
    blocks = dict(re.findall(r"location (?:= )?(\S+) \{\n(.*?)\n    \}", CONFIG, re.DOTALL))
    nearest = max((prefix for prefix in blocks if path.startswith(prefix)), key=len)
    assert "proxy_buffering off;" in blocks[nearest]
    page = path.startswith("/gradio_api/")
    assert f"proxy_pass http://soleus_{'page' if page else 'interface'};" in blocks[nearest]


def test_neither_proxy_keeps_addresses() -> None:
    assert CONFIG.count("access_log off;") == CONFIG.count("\nserver {")
    assert not re.search(r"^\s*log\b", (HERE / "Caddyfile").read_text("utf-8"), re.MULTILINE)


@needs("caddy")
def test_caddy_takes_its_file(tmp_path: Path) -> None:
    where = {"HOME": str(tmp_path), "DOMAIN": "ask.club.example", "PROCESSES": "a:7860 b:7860"}
    command = ("caddy", "adapt", "--validate", "--adapter", "caddyfile", "--config")
    done = ran(*command, HERE / "Caddyfile", **where)
    assert done.returncode == 0, done.stderr
    assert '"dial":"a:7860"' in done.stdout
    assert '"policy":"ip_hash"' in done.stdout


@needs("systemd-analyze")
def test_systemd_takes_its_unit(tmp_path: Path) -> None:
    unit = tmp_path / "soleus.service"
    unit.write_text(UNIT.replace("/opt/soleus/.venv/bin/python", sys.executable), "utf-8")
    done = ran("systemd-analyze", "verify", "--man=no", unit)
    assert [line for line in done.stderr.splitlines() if "soleus" in line] == []


def test_the_unit_sets_what_soleus_knows() -> None:
    lines = re.findall(r"^Environment=(.*)$", UNIT, re.MULTILINE)
    said = dict(pair.split("=", 1) for line in lines for pair in line.split())
    ours = {n: v for n, v in said.items() if n.startswith("SOLEUS_") and n != "SOLEUS_SETTINGS"}
    settings = load_settings(PROJECT / "settings.example.toml", ours)
    assert settings.server.port == 7861
    assert str(settings.index.folder).startswith(said["XDG_DATA_HOME"])
    assert said["ORT_DISABLE_TELEMETRY"] == "1"


@needs("shellcheck")
def test_shellcheck_finds_nothing() -> None:
    assert ran("shellcheck", HERE / "start.sh").stdout == ""
