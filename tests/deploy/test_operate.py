"""docs/operate.md: its commands work, and what it names is there."""

import os
import re
import subprocess
from pathlib import Path

from assistant.server.health import Metrics
from corpus.library.changing import commit, stage
from corpus.library.library import Library
from tests.corpus.library.made_entries import put_of

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "operate.md").read_text("utf-8")
BACK_UP, RESTORE = re.findall(r"```bash\n(.*?)```", TEXT, re.DOTALL)


def run(command: str, data: Path, backup: Path) -> None:
    variables = {**os.environ, "DATA": str(data), "BACKUP": str(backup)}
    subprocess.run(["bash", "-c", command], env=variables, check=True)


def test_what_is_backed_up_comes_back_and_kept_chats_do_not(tmp_path: Path) -> None:
    data, fresh, backup = tmp_path / "data", tmp_path / "fresh", tmp_path / "backup.tar.gz"
    for name in ("index", "soleus/records", "soleus/models"):
        (data / name).mkdir(parents=True)
        (data / name / "a-file").touch()
    for what in ("calf", "records", "models"):
        library = Library(data / "soleus")
        commit(library, stage(library, [put_of(what)], set()))
    run(BACK_UP, data, backup)
    fresh.mkdir()
    run(RESTORE, fresh, backup)
    before, after = Library(data / "soleus"), Library(fresh / "soleus")
    assert after.entries == before.entries
    assert [after.text(e.id) for e in after.entries] == [before.text(e.id) for e in before.entries]
    assert len(after.entries) == 3
    assert sorted(path.name for path in fresh.rglob("a-file")) == []
    assert (fresh / "soleus" / "history").is_dir()


def test_every_metric_is_told_of() -> None:
    told = re.findall(r"^# TYPE (\w+) (\w+)$", Metrics().exposition().decode(), re.MULTILINE)
    names = {name for name, _ in told if not name.endswith("_created")}
    assert len(names) == 4
    assert [name for name in sorted(names) if f"| `{name}` |" not in TEXT] == []


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", TEXT)
    assert len(links) >= 7
    assert [link for link in links if not (DOCS / link).exists()] == []


def test_it_says_that_it_is_no_legal_advice() -> None:
    _, _, law = TEXT.partition("## Privacy and law")
    assert "No legal advice" in law
    asked = [line for line in re.split(r"\n- ", law)[1:]]
    assert len(asked) >= 10
    assert [line for line in asked if "?" not in line] == []
