"""A contestant in a process of its own, and the command that asks everybody."""

import argparse
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.question import Question
from assistant.settings import Settings
from corpus import Span
from eval.cases.case import Half, Level, read_cases
from eval.commands import peers
from eval.rivals import one
from eval.rivals.asking import Asked, ask_all
from eval.rivals.heard import Heard, questions_json, read_heard
from eval.rivals.reply import Found, Quoting, RivalError
from eval.rivals.roster import ROSTER, Entry, Opened
from eval.transcript import Ending, Transcript
from tests.eval.cases.made_up import ROW, write_rows
from tests.eval.rivals.shelf import HEELS, SHELF

WHOLE = Span("heels", 0, len(HEELS))
QUESTION = Question("how long?", ("my calf cramps",))


class Counting:
    """Counts how often it is searched."""

    units = (WHOLE,)

    def __init__(self) -> None:
        self.searched = 0

    def find(self, question: str) -> tuple[Found, ...]:
        self.searched += 1
        return (Found(WHOLE, 0.5),)

    def sure(self, best: float) -> float:
        return best


def made_up(finder: Counting) -> Entry:
    def build(settings: Settings, folder: Path) -> None:
        (folder / "built").write_text("yes", "utf-8")

    def opened(settings: Settings, folder: Path) -> Opened:
        rival = Quoting("X", finder, SHELF, shown=1)
        return Opened(rival, rival, finder.units)

    return Entry("X", "made up", "cannot", build, opened)


def told(monkeypatch: pytest.MonkeyPatch, step: str, folder: Path, *lines: str) -> list[str]:
    """Events of a step, run here with these lines on its standard input."""
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    monkeypatch.setattr(sys, "stdout", out)
    one.main("x", step, folder)
    monkeypatch.undo()
    return [json.loads(line)["event"] for line in out.getvalue().splitlines()]


def test_a_step_tells_when_it_is_ready_and_when_it_is_done(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    finder = Counting()
    monkeypatch.setitem(ROSTER, "x", made_up(finder))
    assert told(monkeypatch, "build", tmp_path, "go") == ["ready", "built"]
    assert (tmp_path / "built").exists()


def test_replies_are_timed_and_rankings_are_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    finder = Counting()
    monkeypatch.setitem(ROSTER, "x", made_up(finder))
    lines = (questions_json((QUESTION,)), "go", "go on")
    assert told(monkeypatch, "ask", tmp_path, *lines) == ["ready", "timed", "asked"]
    heard = read_heard(tmp_path / one.HEARD)
    assert heard.questions == (QUESTION,)
    assert heard.rankings == ((WHOLE,),)
    assert len(heard.milliseconds) == 1
    assert finder.searched == 3  # once to warm up, once timed, once for the ranking


@pytest.mark.slow
def test_a_real_rival_is_built_and_asked_in_processes_of_its_own(tmp_path: Path) -> None:
    asked = ask_all("bm25", (Question("how long do I hold the heel drop?"),), tmp_path)
    (said,) = asked.heard.replies
    assert said.sentences
    assert asked.build_seconds > 0
    assert asked.ask_bytes > 0
    assert (
        asked.build_bytes > asked.ask_bytes
    )  # cutting passages loads the encoder; asking does not


def quiet(name: str, questions: Sequence[Question], folder: Path) -> Asked:
    """Whoever is asked says nothing."""
    said = Transcript(Ending.NOT_COVERED, Level.SELF_CARE, sure=0.5)
    n = len(questions)
    return Asked(Heard(tuple(questions), (said,) * n, ((),) * n, (1.0,) * n, ()), 1.0, 1, 1)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Two made-up cases, nobody really asked; returns whose sealed runs were counted."""
    claims = {"claims": ["0-01"], "say": ["x"]}
    write_rows(tmp_path, Half.DEV, {**ROW, "facts": [claims], "also": []})
    write_rows(tmp_path, Half.SEALED, {**ROW, "id": "ans-2", "facts": [claims], "also": []})
    counted: list[str] = []

    def count(commit: str, provider: str, questions: str) -> int:
        counted.append(provider)
        return len(counted)

    monkeypatch.setattr(peers, "read_cases", lambda half: read_cases(half, tmp_path))
    monkeypatch.setattr(peers, "count_sealed_run", count)
    monkeypatch.setattr("eval.rivals.asking.ask_all", quiet)
    return counted


def chosen(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    peers.add(parser)
    return parser.parse_args(words)


def test_the_sealed_half_is_spared_unless_it_is_asked_for(
    few: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    peers.run(chosen("--json", str(tmp_path / "kept.json"), "--html", str(tmp_path / "page.html")))
    assert few == []
    out = capsys.readouterr().out
    assert out.startswith("Where Soleus is worse")
    assert "dev half" in out
    assert "sealed half  " not in out
    kept = json.loads((tmp_path / "kept.json").read_text("utf-8"))
    assert kept["halves"] == ["dev"]
    assert kept["peers"][0]["title"] == "Soleus"
    assert "<!doctype html>" in (tmp_path / "page.html").read_text("utf-8")


def test_a_look_at_the_sealed_half_is_counted_once_for_everybody(few: list[str]) -> None:
    found = peers.measure((Half.SEALED,), lambda words: None)
    assert few == ["peers"]
    assert found.ours.results.cases_asked == 1


def test_a_page_that_cannot_be_written_is_found_out_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        chosen("--html", "no-such-folder/page.html")
    assert "no file can be written" in capsys.readouterr().err


def test_a_rival_nobody_knows_cannot_be_asked() -> None:
    with pytest.raises(RivalError):
        one.ask("nobody", Path(), ())
