"""Which commit is measured, in repositories made for the purpose."""

import re
import subprocess
from pathlib import Path

import pytest

from eval.run.build import UNKNOWN, Build, this_build

WHEN = "2026-11-20T10:00:00+00:00"


def git(folder: Path, *words: str) -> str:
    named = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", "-C", str(folder), *named, *words], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_AUTHOR_DATE", WHEN)
    monkeypatch.setenv("GIT_COMMITTER_DATE", WHEN)
    for name in ("code.py", "eval/results/old.json", "eval/questions/sealed_runs.json"):
        write(tmp_path, name, "before")
    write(tmp_path, "eval/questions/dev/cases.jsonl", "before")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--no-verify", "--message", "first")
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_clean_tree_is_its_commit(repository: Path) -> None:
    found = this_build(repository)
    assert found.commit == git(repository, "rev-parse", "HEAD")[:12]
    assert found.committed_at.startswith("2026-11-20T10:00:00")


@pytest.mark.parametrize("name", ["code.py", "new.py", "eval/questions/dev/cases.jsonl"])
def test_a_change_that_is_in_no_commit_makes_it_dirty(repository: Path, name: str) -> None:
    write(repository, name, "after")
    assert re.fullmatch(r"[0-9a-f]{12}-dirty", this_build(repository).commit)


@pytest.mark.parametrize(
    "name",
    ["eval/results/old.json", "eval/results/new.json", "eval/questions/sealed_runs.json"],
)
def test_what_the_evaluation_writes_is_no_change(repository: Path, name: str) -> None:
    write(repository, name, "after")
    assert re.fullmatch(r"[0-9a-f]{12}", this_build(repository).commit)


def test_outside_a_repository_nothing_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GIT_DIR", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert this_build(tmp_path) == Build(UNKNOWN, "")


def test_without_git_nothing_is_known(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    assert this_build(repository) == Build(UNKNOWN, "")
