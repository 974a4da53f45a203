"""The commands in docs/api.md are run as they stand, and its tables are complete."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from assistant.server.asked import Asked
from assistant.server.events import Kind
from tests.assistant.server.served import KEY, Served
from tests.ui import scripted

DOCS = (Path(__file__).parents[3] / "docs" / "api.md").read_text("utf-8")
COMMANDS = re.findall(r"```bash\n(.*?)```", DOCS, re.DOTALL)
REAL = "cramp-release-article:1260-1369?start=1260&end=1300"


@pytest.mark.parametrize("command", [c for block in COMMANDS for c in block.split("\ncurl ") if c])
def test_every_command_runs(server: Served, command: str) -> None:
    whole = command if command.startswith("curl") else f"curl {command}"
    run = whole.replace(REAL, scripted.RELEASE.id).replace("curl ", "curl --fail ")
    done = subprocess.run(
        ["bash", "-c", run],
        env={**os.environ, "SOLEUS": server.url, "KEY": KEY},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert done.stdout.strip()


def test_every_event_and_field_is_told_of() -> None:
    for name in (*(kind.value for kind in Kind), *Asked.model_fields):
        assert f"| `{name}` |" in DOCS


def test_every_code_of_a_refusal_is_told_of() -> None:
    room = Path(__file__).parents[3] / "assistant" / "server"
    code = "\n".join(path.read_text("utf-8") for path in room.glob("*.py"))
    named = set(re.findall(r"\d{3},\s*\"(\w+)\"", code)) | {"key", "token", "origin"}
    assert len(named) >= 10
    assert [name for name in sorted(named) if f"`{name}`" not in DOCS] == []
