"""The commands in docs/api.md are run as they stand, and its tables are complete."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.guard.contacts import read_contacts
from assistant.guard.guard import open_guard
from assistant.records.retention import Retention
from assistant.records.sql.sql_records import SqlRecords
from assistant.records.sql.sqlite_place import SqlitePlace
from assistant.server.asked import Asked
from assistant.server.events import Kind
from assistant.server.memory import Memory
from tests.assistant.server.served import KEY, Behind, Served, served
from tests.ui import scripted

DOCS = (Path(__file__).parents[3] / "docs" / "api.md").read_text("utf-8")
COMMANDS = re.findall(r"```bash\n(.*?)```", DOCS, re.DOTALL)
REAL = "cramp-release-article:1260-1369?start=1260&end=1300"


@pytest.fixture(scope="module")
def keeping(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of a club that keeps chats."""
    records = SqlRecords(SqlitePlace(tmp_path_factory.mktemp("kept")))
    memory = Memory(records, open_guard(read_contacts("UK")), Retention(30))
    with served(Behind(memory=memory)) as server:
        yield server


@pytest.mark.parametrize("command", [c for block in COMMANDS for c in block.split("\ncurl ") if c])
def test_every_command_runs(keeping: Served, command: str) -> None:
    whole = command if command.startswith("curl") else f"curl {command}"
    run = whole.replace(REAL, scripted.RELEASE.id).replace("curl ", "curl -w '%{http_code}' ")
    chat = keeping.post("/api/v1/chats", {}).json()["chat"]
    turn = keeping.ask("calf", chat=chat).json()["turn"]
    done = subprocess.run(
        ["bash", "-c", run],
        env={**os.environ, "SOLEUS": keeping.url, "KEY": KEY, "TURN": turn, "CHAT": chat},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert re.search(r"20[014]$", done.stdout)


def test_every_event_and_field_is_told_of() -> None:
    for name in (*(kind.value for kind in Kind), *Asked.model_fields):
        assert f"| `{name}` |" in DOCS


def test_every_code_of_a_refusal_is_told_of() -> None:
    room = Path(__file__).parents[3] / "assistant" / "server"
    code = "\n".join(path.read_text("utf-8") for path in room.glob("*.py"))
    named = set(re.findall(r"\d{3},\s*\"(\w+)\"", code)) | {"key", "token", "origin"}
    assert len(named) >= 10
    assert [name for name in sorted(named) if f"`{name}`" not in DOCS] == []
