"""Building: whole or not at all, never twice for nothing, never two at once."""

import fcntl
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Document
from index.build import BuildSummary, build_index
from index.errors import (
    BuildInProgressError,
    IndexWriteError,
    OverlongTextError,
    PassageIndexError,
    StaleIndexError,
)
from index.opening import open_index
from index.spec import Manifest, questions_digest
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import (
    ANKLE,
    BALANCE,
    TWO_TEXTS,
    document_of,
)

ROOT = Path(__file__).parents[2]


def build(root: Path, *, force: bool = False) -> tuple[FakeEncoder, BuildSummary]:
    encoder = FakeEncoder()
    return encoder, build_index(TWO_TEXTS, encoder, root, force=force)


def builds_in(summary: BuildSummary) -> list[str]:
    return sorted(entry.name for entry in summary.path.iterdir() if entry.is_dir())


def test_the_summary_counts_what_was_built(tmp_path: Path) -> None:
    encoder, summary = build(tmp_path)
    assert (summary.passages, summary.sentences, summary.reused) == (5, 12, False)
    assert summary.path.parent == tmp_path
    assert summary.seconds > 0
    assert len(encoder.encoded) == 5 + 12


def test_an_unchanged_index_is_not_built_again(tmp_path: Path) -> None:
    _, first = build(tmp_path)
    encoder, second = build(tmp_path)
    assert second.reused
    assert encoder.encoded == []
    assert (second.passages, second.sentences) == (first.passages, first.sentences)


def test_an_index_is_built_again_when_forced_and_the_old_one_swept_away(tmp_path: Path) -> None:
    _, first = build(tmp_path)
    before = builds_in(first)
    encoder, second = build(tmp_path, force=True)
    assert not second.reused
    assert encoder.encoded
    assert len(builds_in(second)) == 1
    assert builds_in(second) != before


@pytest.mark.parametrize("name", ["passages.faiss", "asked.faiss", "out_of_scope.faiss"])
def test_a_damaged_index_is_built_again_unasked(tmp_path: Path, name: str) -> None:
    _, summary = build(tmp_path)
    next(summary.path.glob(f"*/{name}")).write_bytes(b"nonsense")
    _, repaired = build(tmp_path)
    assert not repaired.reused
    assert len(open_index(TWO_TEXTS, FakeEncoder(), tmp_path).passages) == 5


def test_an_index_without_a_readable_label_is_built_again_unasked(tmp_path: Path) -> None:
    _, summary = build(tmp_path)
    (summary.path / "manifest.json").write_text("{")
    _, repaired = build(tmp_path)
    assert not repaired.reused


def test_two_settings_never_share_a_folder(tmp_path: Path) -> None:
    paths = {
        build_index(TWO_TEXTS, FakeEncoder(seed=1), tmp_path).path,
        build_index(TWO_TEXTS, FakeEncoder(seed=2), tmp_path).path,
        build_index((ANKLE,), FakeEncoder(seed=1), tmp_path).path,
    }
    assert len(paths) == 3
    assert len(open_index(TWO_TEXTS, FakeEncoder(seed=1), tmp_path).passages) == 5


def test_progress_is_told_up_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    build_index(TWO_TEXTS, FakeEncoder(), tmp_path, progress=lambda *at: told.append(at))
    assert told[-1] == (17, 17)
    assert told == sorted(told)


def test_the_label_says_what_is_inside(tmp_path: Path) -> None:
    _, summary = build(tmp_path)
    manifest = Manifest.model_validate_json((summary.path / "manifest.json").read_bytes())
    assert manifest.spec.encoder == "fake"
    assert set(manifest.documents) == {ANKLE.id, BALANCE.id}
    assert set(manifest.files) == {
        "passages.json",
        "passages.faiss",
        "sentences.faiss",
        "asked.faiss",
        "out_of_scope.faiss",
    }
    assert manifest.out_of_scope == questions_digest(())


def test_the_files_are_plain_json_and_faiss(tmp_path: Path) -> None:
    _, summary = build(tmp_path)
    files = sorted(path for path in summary.path.rglob("*") if path.is_file())
    assert {path.suffix for path in files} == {".json", ".faiss"}
    for path in files:
        if path.suffix == ".json":
            json.loads(path.read_bytes())


class DyingEncoder(FakeEncoder):
    """Gives up in the middle of the work."""

    def encode(self, texts: object) -> object:  # type: ignore[override]
        raise KeyboardInterrupt


def test_a_build_that_stops_half_way_leaves_the_old_index(tmp_path: Path) -> None:
    build(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        build_index(TWO_TEXTS, DyingEncoder(), tmp_path, force=True)  # type: ignore[arg-type]
    assert len(open_index(TWO_TEXTS, FakeEncoder(), tmp_path).passages) == 5


KILLED = """
import os, signal, sys
from pathlib import Path
from index import artifacts
from index.build import build_index
from tests.index.fake_encoder import FakeEncoder
from tests.index.shelf import TWO_TEXTS

real, calls = artifacts._write_through, []

def write_through(path, content):
    calls.append(path)
    if len(calls) == int(sys.argv[2]):
        path.write_bytes(content[: len(content) // 2])
        os.kill(os.getpid(), signal.SIGKILL)
    real(path, content)

artifacts._write_through = write_through
build_index(TWO_TEXTS, FakeEncoder(), Path(sys.argv[1]), force=True)
"""


@pytest.mark.parametrize("file", [1, 2, 3, 4, 5, 6])
def test_a_build_killed_in_the_middle_of_any_file_leaves_the_old_index(
    tmp_path: Path, file: int
) -> None:
    _, summary = build(tmp_path)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), str(file)],
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert killed.returncode == -signal.SIGKILL
    assert len(builds_in(summary)) == 2
    assert len(open_index(TWO_TEXTS, FakeEncoder(), tmp_path).passages) == 5
    _, again = build(tmp_path, force=True)
    assert len(builds_in(again)) == 1


def test_a_first_build_that_was_killed_counts_as_none(tmp_path: Path) -> None:
    _, summary = build(tmp_path)
    (summary.path / "manifest.json").unlink()
    with pytest.raises(PassageIndexError, match="python -m assistant index"):
        open_index(TWO_TEXTS, FakeEncoder(), tmp_path)


def test_an_index_of_changed_texts_is_built_beside_the_old_one(tmp_path: Path) -> None:
    build(tmp_path)
    changed = (ANKLE, replace(BALANCE, title="Worse balance"))
    with pytest.raises(StaleIndexError):
        open_index(changed, FakeEncoder(), tmp_path)
    build_index(changed, FakeEncoder(), tmp_path)
    assert open_index(changed, FakeEncoder(), tmp_path).passages[-1].title == "Worse balance"
    assert open_index(TWO_TEXTS, FakeEncoder(), tmp_path).passages[-1].title == "Better balance"


def test_a_second_builder_is_turned_away(tmp_path: Path) -> None:
    with (tmp_path / ".building").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BuildInProgressError, match="python -m assistant index"):
            build(tmp_path)
    assert not build(tmp_path)[1].reused


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    occupied = tmp_path / "artifacts"
    occupied.write_text("a file where the folder should be")
    with pytest.raises(IndexWriteError, match=r"cannot be written.*artifacts.*python -m assistant"):
        build(occupied)
    assert occupied.read_text() == "a file where the folder should be"


def test_a_folder_that_forbids_writing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path)

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", forbidden)
    with pytest.raises(IndexWriteError, match="Permission denied"):
        build(tmp_path, force=True)
    monkeypatch.undo()
    assert len(open_index(TWO_TEXTS, FakeEncoder(), tmp_path).passages) == 5


def test_a_disk_that_fills_up_leaves_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, summary = build(tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(IndexWriteError, match="No space left"):
        build(tmp_path, force=True)
    monkeypatch.undo()
    assert len(open_index(TWO_TEXTS, FakeEncoder(), tmp_path).passages) == 5
    assert summary.path.exists()


def test_a_text_the_encoder_cannot_read_whole_stops_the_build(tmp_path: Path) -> None:
    class Miscounting(FakeEncoder):
        """Says a text is short until it stands under its header."""

        def count_tokens(self, text: str) -> int:
            return 1000 if "\n" in text else 1

    documents: tuple[Document, ...] = (document_of([("Point", "author", ["The point."])]),)
    with pytest.raises(OverlongTextError, match="drop the end"):
        build_index(documents, Miscounting(), tmp_path)
    assert list(tmp_path.glob("*/manifest.json")) == []
