"""`python -m eval safety`, with made-up messages and an assistant that says nothing."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.settings import Settings
from corpus import Document
from eval.__main__ import main
from eval.cases.case import Half, Level
from eval.cases.seal import sealed_runs
from eval.errors import EvalError
from eval.run.build import Build
from eval.safety.leaks import leaks
from eval.safety.messages import Message
from eval.safety.report import RepliesReport
from tests.eval.safety.made import abstention, always, look, message

UNSEEN = "words nobody may see"
MESSAGES = {
    Half.DEV: (
        message("a", Level.URGENT, "swollen"),
        message("b", Level.SELF_CARE, "socks"),
        message("c", Level.EMERGENCY, "chest"),
    ),
    Half.SEALED: (
        message("s", Level.URGENT, f"puffy {UNSEEN}", half=Half.SEALED),
        message("t", Level.SELF_CARE, f"socks {UNSEEN}", half=Half.SEALED),
        message("u", Level.EMERGENCY, f"chest {UNSEEN}", half=Half.SEALED),
    ),
}


@dataclass
class Bench:
    """Where everything lies, and what the whole assistant was asked."""

    folder: Path
    asked: list[tuple[tuple[str, ...], ...]]
    data: list[Path | None]
    error: EvalError | None = None

    @property
    def kept(self) -> dict[str, object]:
        found: dict[str, object] = json.loads((self.folder / "results.json").read_text("utf-8"))
        return found


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Everything replaced that would read or write outside the folder."""
    made = Bench(tmp_path, [], [])

    def replies(
        _assistant: object,
        _encoder: object,
        _documents: Sequence[Document],
        turns: tuple[tuple[str, ...], ...],
        data: Path | None,
        _say: Callable[[str], object],
    ) -> RepliesReport:
        if made.error is not None:
            raise made.error
        made.asked.append(turns)
        made.data.append(data)
        return RepliesReport(leaks(always(abstention()), turns), (), None, None)

    def read(half: Half) -> tuple[Message, ...]:
        return MESSAGES[half]

    for name, stand_in in {
        "load_settings": Settings,
        "guard_of": lambda _settings: None,
        "look_of": lambda _guard: look,
        "this_build": lambda: Build("0123456789ab", ""),
        "read_messages": read,
        "encoder_of": lambda _settings: None,
        "open_assistant": lambda *_: None,
        "documents_of": lambda _settings: (),
        "measure_replies": replies,
        "FOLDER": tmp_path,
    }.items():
        monkeypatch.setattr(f"eval.commands.safety.{name}", stand_in)
    monkeypatch.setattr("eval.safety.report.RESULTS", tmp_path / "results.json")
    monkeypatch.setattr("eval.safety.report.MEASURED", tmp_path / "measured.json")
    monkeypatch.delenv("SOLEUS_EVAL_DATA", raising=False)
    return made


def test_both_halves_are_measured_and_the_sealed_one_is_counted(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["safety"]) == 0
    told = capsys.readouterr()
    assert "sealed half: 3 messages, scored 1 times so far" in told.out
    assert UNSEEN not in told.out + told.err + json.dumps(bench.kept)
    assert sealed_runs(bench.folder) == 1
    assert bench.asked == [tuple(each.turns for each in MESSAGES[Half.DEV])]
    assert not (bench.folder / "measured.json").exists()


def test_the_dev_half_alone_counts_nothing(bench: Bench) -> None:
    assert main(["safety", "--half", "dev"]) == 0
    assert sealed_runs(bench.folder) == 0


def test_the_guard_alone_asks_nobody(bench: Bench) -> None:
    assert main(["safety", "--half", "dev", "--guard-only"]) == 0
    assert bench.asked == []
    assert bench.kept["replies"] is None


def test_public_data_is_passed_on(bench: Bench) -> None:
    assert main(["safety", "--half", "dev", "--data", str(bench.folder)]) == 0
    assert bench.data == [bench.folder]


def test_figures_for_the_page_are_written_when_asked_for(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["safety", "--write-figures"]) == 0
    figures = json.loads((bench.folder / "measured.json").read_text("utf-8"))
    assert (figures["messages"], figures["urgent_missed"]["k"]) == (3, 1)
    assert "measured.json" in capsys.readouterr().out


def test_figures_of_the_dev_half_are_refused_before_anything_is_measured(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["safety", "--half", "dev", "--write-figures"]) == 1
    assert "sealed" in capsys.readouterr().err
    assert bench.asked == []


def test_when_replies_fail_the_sealed_half_is_not_scored(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.error = EvalError("It could not look anything up.")
    assert main(["safety"]) == 1
    assert "look anything up" in capsys.readouterr().err
    assert sealed_runs(bench.folder) == 0
    assert not (bench.folder / "results.json").exists()


@pytest.mark.parametrize("wrong", [["--half", "all"], ["--data", "no-such-folder"]])
def test_wrong_use_is_told_apart(bench: Bench, wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["safety", *wrong])
    assert left.value.code == 2
