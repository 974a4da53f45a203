"""Fetching a model: what broke off is gone on with, and nothing unverified gets its name."""

import hashlib
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.models.local.hub import Hub
from assistant.models.local.offers import Offer, PullError, newest_pulled, offer_named, pulled
from assistant.models.local.pull import SPARE, pull
from corpus.durable import take_lock
from tests.assistant.models.local.made_hub import FakeHub

OFFER = Offer(
    "tiny", "Tiny", "made-up/Tiny", "*Q4_K_M.gguf", "Apache-2.0", 0.1, 1, "Made up.", False
)


class Reports:
    """Remembers what was reported; may break off as Ctrl-C does."""

    def __init__(self, break_off_at: int | None = None) -> None:
        self.seen: list[tuple[str, int, int]] = []
        self.break_off_at = break_off_at

    def __call__(self, doing: str, done: int, total: int) -> None:
        self.seen.append((doing, done, total))
        if self.break_off_at is not None and done >= self.break_off_at:
            raise KeyboardInterrupt


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "DOWNLOAD_CHUNK_SIZE", 10_000)


def test_a_model_arrives_whole_under_its_own_name(fake_hub: FakeHub, tmp_path: Path) -> None:
    reports = Reports()
    path = pull(OFFER, tmp_path, reports, fake_hub.hub)
    assert path == tmp_path / "tiny" / "Tiny-Q4_K_M.gguf"
    assert path.read_bytes() == fake_hub.body
    assert files_in(tmp_path) == ["Tiny-Q4_K_M.gguf"]
    size = len(fake_hub.body)
    assert ("Fetching", size, size) in reports.seen
    assert reports.seen[-1] == ("Verifying", size, size)
    assert pulled(OFFER, tmp_path) == path


def test_a_model_that_is_there_is_not_fetched_again(fake_hub: FakeHub, tmp_path: Path) -> None:
    path = pull(OFFER, tmp_path, Reports(), fake_hub.hub)
    assert pull(OFFER, tmp_path, Reports(), Hub("http://127.0.0.1:9")) == path
    assert len(fake_hub.ranges) == 1


def test_no_account_of_this_machine_is_told_to_the_hub(
    fake_hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_of_this_machine")
    pull(OFFER, tmp_path, Reports(), fake_hub.hub)
    assert fake_hub.accounts == []


def test_what_broke_off_is_gone_on_with(
    fake_hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_small_pieces(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        pull(OFFER, tmp_path, Reports(break_off_at=40_000), fake_hub.hub)
    [part] = (tmp_path / "tiny").iterdir()
    have = part.stat().st_size
    assert 40_000 <= have < len(fake_hub.body)
    assert pulled(OFFER, tmp_path) is None
    path = pull(OFFER, tmp_path, Reports(), fake_hub.hub)
    assert path.read_bytes() == fake_hub.body
    assert fake_hub.ranges == ["", f"bytes={have}-"]
    assert files_in(tmp_path) == ["Tiny-Q4_K_M.gguf"]


def test_a_part_of_another_file_of_that_name_is_not_gone_on_with(
    fake_hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_small_pieces(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        pull(OFFER, tmp_path, Reports(break_off_at=40_000), fake_hub.hub)
    fake_hub.body = fake_hub.body[::-1]
    fake_hub.sha256 = hashlib.sha256(fake_hub.body).hexdigest()
    assert pull(OFFER, tmp_path, Reports(), fake_hub.hub).read_bytes() == fake_hub.body
    assert fake_hub.ranges == ["", ""]


def test_a_part_that_is_too_long_is_begun_anew(fake_hub: FakeHub, tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    part = folder / f"{fake_hub.file}.{str(fake_hub.sha256)[:12]}.part"
    part.write_bytes(b"x" * (len(fake_hub.body) + 1))
    assert pull(OFFER, tmp_path, Reports(), fake_hub.hub).read_bytes() == fake_hub.body


def test_what_is_not_as_its_publisher_states_is_thrown_away(
    fake_hub: FakeHub, tmp_path: Path
) -> None:
    fake_hub.sha256 = "0" * 64
    with pytest.raises(PullError, match=r"SHA-256 differs.*thrown away"):
        pull(OFFER, tmp_path, Reports(), fake_hub.hub)
    assert files_in(tmp_path) == []


def test_a_file_without_a_stated_digest_is_not_fetched(fake_hub: FakeHub, tmp_path: Path) -> None:
    fake_hub.sha256 = None
    with pytest.raises(PullError, match="states no SHA-256"):
        pull(OFFER, tmp_path, Reports(), fake_hub.hub)
    assert fake_hub.ranges == []


@pytest.mark.parametrize("others", [("Tiny-v2-Q4_K_M.gguf",), ("a/other-q4_k_m.gguf",)])
def test_two_files_that_fit_are_one_too_many(
    fake_hub: FakeHub, tmp_path: Path, others: tuple[str, ...]
) -> None:
    fake_hub.others = others
    with pytest.raises(PullError, match=r"2 files like \*Q4_K_M\.gguf"):
        pull(OFFER, tmp_path, Reports(), fake_hub.hub)


def test_a_disk_without_room_is_seen_before_anything_is_fetched(
    fake_hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = SPARE + len(fake_hub.body) - 1
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    with pytest.raises(PullError, match=r"free, and .* needed.*--folder"):
        pull(OFFER, tmp_path, Reports(), fake_hub.hub)
    assert fake_hub.ranges == []


def test_a_disk_that_fills_up_meanwhile_is_said_and_gone_on_with_afterwards(
    fake_hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_small_pieces(monkeypatch)

    def full(doing: str, done: int, total: int) -> None:
        if done >= 40_000:
            raise OSError(28, os.strerror(28))

    with pytest.raises(PullError, match=r"disk of .* is full.*goes on"):
        pull(OFFER, tmp_path, full, fake_hub.hub)
    assert pull(OFFER, tmp_path, Reports(), fake_hub.hub).read_bytes() == fake_hub.body
    assert fake_hub.ranges[-1].startswith("bytes=")


def test_a_folder_that_cannot_be_written_is_named(fake_hub: FakeHub, tmp_path: Path) -> None:
    (tmp_path / "tiny").write_text("a file where the folder belongs")
    with pytest.raises(PullError, match=r"tiny: .*--folder"):
        pull(OFFER, tmp_path, Reports(), fake_hub.hub)


def test_two_commands_do_not_fetch_the_same_model_at_once(
    fake_hub: FakeHub, tmp_path: Path
) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    lock = take_lock(folder / f"{fake_hub.file}.{str(fake_hub.sha256)[:12]}.part")
    try:
        with pytest.raises(PullError, match="already"):
            pull(OFFER, tmp_path, Reports(), fake_hub.hub)
    finally:
        os.close(lock)


def test_offline_it_fails_at_once_and_says_what_to_do_instead(tmp_path: Path) -> None:
    with pytest.raises(PullError, match=r"HF_HUB_OFFLINE.*copy it here.*\[llm\] gguf"):
        pull(OFFER, tmp_path, Reports(), Hub("http://127.0.0.1:9"))  # as every test is: offline
    assert files_in(tmp_path) == []


def test_a_hub_that_nobody_answers_for_is_said_with_the_way_round(
    fake_hub: FakeHub, tmp_path: Path
) -> None:
    with pytest.raises(PullError, match=r"cannot be reached.*copy it here.*made-up/Tiny"):
        pull(OFFER, tmp_path, Reports(), Hub("http://127.0.0.1:9"))


@pytest.mark.parametrize("status", [401, 404, 500])
def test_a_hub_that_refuses_is_said_with_its_number(
    fake_hub: FakeHub, tmp_path: Path, status: int
) -> None:
    fake_hub.status = status
    with pytest.raises(PullError, match=f"answered {status}.*copy it here"):
        pull(OFFER, tmp_path, Reports(), fake_hub.hub)


def test_a_name_that_is_not_offered_is_answered_with_those_that_are() -> None:
    with pytest.raises(PullError, match=r"'gpt'.*smollm3-3b"):
        offer_named("gpt")
    assert offer_named("SmolLM3-3B").name == "smollm3-3b"


def test_of_several_models_the_one_fetched_last_is_taken(tmp_path: Path) -> None:
    assert newest_pulled(tmp_path) is None
    for age, name in enumerate(["qwen3-8b", "smollm3-3b"]):
        (tmp_path / name).mkdir()
        path = tmp_path / name / "a.gguf"
        path.touch()
        os.utime(path, (age, age))
    (tmp_path / "qwen2.5-1.5b").mkdir()
    (tmp_path / "qwen2.5-1.5b" / "half.gguf.part").touch()
    assert newest_pulled(tmp_path) == tmp_path / "smollm3-3b" / "a.gguf"
