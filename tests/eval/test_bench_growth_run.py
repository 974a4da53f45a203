"""The growth run on the real index, and what it says of rivals that stop or are not there."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from threading import enumerate as enumerate_threads

import pytest

from eval.__main__ import main
from eval.bench.growth.measures import OURS
from eval.bench.growth.plan import Plan
from eval.bench.growth.result import read_growth
from eval.bench.growth.run import Limits, Runner, StoppedError
from eval.bench.memory import disk_bytes, memory_of
from eval.bench.process import running
from eval.commands.bench import _rivals, _sizes

LIMITS = Limits(120.0, 8_000_000_000)
HAS_RIVALS = bool(find_spec("chromadb"))


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    kept, told = tmp_path / "growth.json", list[str]()
    return Runner(kept, tmp_path / "work", LIMITS, 2, told.append, questions=10)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_ours_is_built_searched_changed_and_compared(runner: Runner) -> None:
    runner.run([150], ["chroma"])
    growth = runner.folder([150])
    ours = growth.cell(OURS, 150)
    assert ours is not None
    wanted = "build_s sync_s add_s change_s delete_s open_s cold_s start_s p50_ms p95_ms disk_mb"
    assert set(wanted.split()) <= set(ours.values)
    assert ours.values["recall"] == 1.0
    assert ours.values["sync_texts"] == ours.values["folder_sync_texts"] == 0
    assert {"folder_add_s", "folder_sync_s", "folder_change_s"} <= set(ours.values)
    assert 0 < ours.values["change_texts"] < ours.values["add_texts"]
    assert ours.values["peak_mb"] > ours.values["anon_mb"] > 0
    assert 100 < ours.passages < 200
    assert any("nothing is approximate" in note for note in ours.notes)
    chroma = growth.cell("Chroma", 150)
    assert chroma is not None
    if HAS_RIVALS:
        assert chroma.values["recall"] > 0.9
    else:
        assert chroma.notes == ("stopped: chromadb is not installed: pip install -e '.[rivals]'",)
    assert read_growth(runner.kept) == growth


def test_a_rival_that_stopped_is_not_tried_at_larger_sizes(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[tuple[str, int]] = []

    def measure(_self: Runner, who: str, plan: Plan, _steps: Sequence[str]) -> None:
        tried.append((who, plan.size))
        if who == "llama" and plan.size == 1000:
            raise StoppedError("not done within 9 s")

    monkeypatch.setattr(Runner, "_measure", measure)
    growth = runner.run([10_000, 200, 1000], ["llama"])
    assert tried == [
        ("ours", 200),
        ("llama", 200),
        ("ours", 1000),
        ("llama", 1000),
        ("ours", 10_000),
    ]
    notes = {each.size: each.notes for each in growth.cells}
    assert notes[1000] == ("stopped: not done within 9 s",)
    assert notes[10_000] == ("not tried: stopped at 1,000 passages (not done within 9 s)",)


def test_a_rival_that_takes_too_long_is_ended(runner: Runner) -> None:
    runner.limits = Limits(0.3, 1_000_000_000)
    with (
        running(["-c", "import time; time.sleep(60)"]) as process,
        pytest.raises(StoppedError, match="not done within 0 s"),
        runner._limited("llama", process),
    ):
        process.wait_for("done")


def test_a_rival_that_falls_over_is_said_to_have(runner: Runner) -> None:
    with (
        running(["-c", "pass"]) as process,
        pytest.raises(StoppedError, match="its process ended; it may allocate 8 GB"),
        runner._limited("llama", process),
    ):
        process.wait_for("done")


def test_memory_of_its_own_is_told_from_mapped_files(tmp_path: Path) -> None:
    file = tmp_path / "mapped"
    file.write_bytes(bytes(30_000_000))
    code = (
        "import mmap, sys\n"
        "own = bytearray(50_000_000)\n"
        "file = open(sys.argv[1], 'rb')\n"
        "held = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)\n"
        "seen = sum(held[place] for place in range(0, len(held), 4096))\n"
        'print(\'{"event": "held"}\', flush=True)\n'
        "input()"
    )
    with running(["-c", code, str(file)]) as process:
        process.wait_for("held")
        held = memory_of(process.process.pid)
        if not Path("/proc/self/status").exists():
            pytest.skip("only Linux tells memory of its own from mapped files")
        assert held.anonymous > 50_000_000
        assert held.file > 30_000_000
        assert held.peak >= held.anonymous
    assert disk_bytes(tmp_path) == 30_000_000


def test_the_command_measures_and_leaves_figures_and_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.eval.growth_cells import growth

    asked: list[object] = []

    def run(
        self: Runner, sizes: Sequence[int], rivals: Sequence[str], encoder: str = "made"
    ) -> object:
        from eval.bench.growth.result import write_growth

        asked.append((tuple(sizes), tuple(rivals), encoder))
        write_growth(self.kept, growth())
        return growth()

    monkeypatch.setattr(Runner, "run", run)
    kept = tmp_path / "growth.json"
    options = [
        "--only",
        "growth",
        "--sizes",
        "1k",
        "--rivals",
        "none",
        "--rate",
        "none",
        "--folder",
        "none",
    ]
    assert main(["bench", *options, "--kept", str(kept)]) == 0
    assert asked == [((1000,), (), "made"), ((), (), "real")]
    assert "How each grows" in capsys.readouterr().out
    assert "<svg" in kept.with_suffix(".html").read_text("utf-8")


def test_wrong_options_are_refused_before_anything_is_measured() -> None:
    assert _sizes("1k,10k") == (1000, 10_000)
    assert _rivals("none") == ()
    for options in (["--sizes", "lots"], ["--rivals", "grep"], ["--limit", "0"]):
        with pytest.raises(SystemExit):
            main(["bench", *options])


def test_a_time_limit_is_over_when_its_step_is(runner: Runner) -> None:
    code = 'print(\'{"event": "done"}\', flush=True)\ninput()'
    with running(["-c", code]) as process:
        with runner._limited("llama", process):
            process.wait_for("done")
        assert not any(isinstance(each, Timer) for each in enumerate_threads() if each.is_alive())
        assert process.process.poll() is None
