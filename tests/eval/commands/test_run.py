"""`python -m eval` itself, with somebody made up who replies, and questions made up too."""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.question import Question
from assistant.settings import Settings
from corpus import load_claims, load_documents
from eval.__main__ import main
from eval.cases.case import Case, Half
from eval.cases.seal import count_sealed_run, sealed_runs
from eval.commands.run import CACHE, earlier_than, soleus
from eval.results import read_results, write_results
from eval.run.build import Build
from eval.run.evaluate import Contestant, digest_of
from eval.transcript import ProviderError, Transcript
from tests.eval.cases.made_up import case_of
from tests.eval.report.made import case, run
from tests.eval.run.replies import HOLD, SOCKS, YARDSTICK, Fake, answer, place, quote

COMMIT = "0123456789ab"
OPEN, SECRET = "how long do i hold it??", "ζητημα that nobody may see"
SAYS = replace(answer(quote(HOLD, f"{HOLD} {SOCKS}")), stages={"total": 12.0})


@dataclass(frozen=True)
class Bench:
    """Where everything lies, and what has happened so far."""

    questions: Path
    out: Path
    halves: list[Half]

    def run(self, *options: str) -> int:
        return main([*options, "--out", str(self.out)])

    @property
    def kept(self) -> Path:
        return self.out / f"{COMMIT}.json"

    @property
    def counted(self) -> int:
        return sealed_runs(self.questions)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Half a case each, and Soleus replaced; nothing is read or written outside the folder."""
    made = Bench(tmp_path / "questions", tmp_path / "out", [])
    cases = {
        Half.DEV: case_of(made.questions, Half.DEV),
        Half.SEALED: case_of(made.questions, Half.SEALED, id="ans-2", question=SECRET),
    }

    def read_cases(half: Half) -> tuple[Case, ...]:
        made.halves.append(half)
        return (cases[half],)

    def count(commit: str, provider: str, questions: str) -> int:
        return count_sealed_run(commit, provider, questions, made.questions)

    fake = Fake(otherwise=SAYS, ranked=(place(HOLD),))
    for name, stand_in in {
        "load_settings": Settings,
        "this_build": lambda: Build(COMMIT, "2026-11-20T10:00:00+00:00"),
        "read_cases": read_cases,
        "count_sealed_run": count,
        "soleus": lambda *_: Contestant(fake, fake),
        "documents_of": lambda _settings: (),
        "passages_of": lambda _settings: (),
        "yardstick_of": lambda *_: YARDSTICK,
    }.items():
        monkeypatch.setattr(f"eval.commands.run.{name}", stand_in)
    monkeypatch.delenv("SOLEUS_EVAL_DATA", raising=False)
    return made


def test_without_a_command_everything_is_asked_printed_and_kept(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.run() == 0
    assert bench.halves == [Half.DEV, Half.SEALED]
    kept = read_results(bench.kept)
    assert (kept.commit, kept.cases_asked, kept.sealed_runs) == (COMMIT, 2, 1)
    assert {(figure.half) for figure in kept.figures} == {"dev", "sealed"}
    assert {each.name for each in bench.out.iterdir()} == {f"{COMMIT}.json", f"{COMMIT}.html"}
    told = capsys.readouterr().out
    assert "key facts" in told
    assert f"{COMMIT}.html" in told
    page = bench.kept.with_suffix(".html").read_text("utf-8")
    assert COMMIT in page
    assert OPEN in bench.kept.read_text("utf-8")


def test_of_a_sealed_case_no_word_is_printed_or_kept(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.run("--half", "sealed") == 0
    told = capsys.readouterr()
    written = [path.read_text("utf-8") for path in bench.out.iterdir()]
    assert len(written) == 2
    for held in (told.out, told.err, *written):
        for word in (SECRET, "ζητημα", HOLD, SOCKS):
            assert word not in held


@pytest.mark.parametrize(("half", "counted"), [("dev", 0), ("sealed", 1), ("both", 1)])
def test_a_look_at_the_sealed_half_is_counted_and_only_that(
    bench: Bench, half: str, counted: int
) -> None:
    assert bench.run("--half", half) == 0
    assert bench.counted == counted
    assert read_results(bench.kept).sealed_runs == counted


def test_looks_add_up_and_say_who_looked(bench: Bench) -> None:
    for _ in range(2):
        assert bench.run("--half", "sealed") == 0
    assert bench.run("--half", "dev") == 0
    assert bench.counted == 2
    assert read_results(bench.kept).sealed_runs == 0  # in this run nobody looked
    (_, latest) = json.loads((bench.questions / "sealed_runs.json").read_text("utf-8"))["runs"]
    assert (latest["commit"], latest["provider"]) == (COMMIT, "fake")
    sealed = case_of(bench.questions, Half.SEALED, id="ans-2", question=SECRET)
    assert latest["questions"] == digest_of([sealed])


def test_a_record_that_cannot_be_read_stops_before_anything_is_asked(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    (bench.questions / "sealed_runs.json").write_text("{", "utf-8")
    assert bench.run() == 1
    assert "sealed_runs.json is not the record" in capsys.readouterr().err
    assert not bench.kept.exists()
    assert bench.run("--half", "dev") == 0


def test_a_provider_that_fails_leaves_nothing_but_the_count(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Broken(Fake):
        def ask(self, question: Question) -> Transcript:
            raise ProviderError("Nobody there. Is it running?")

    monkeypatch.setattr("eval.commands.run.soleus", lambda *_: Contestant(Broken()))
    assert bench.run() == 1
    assert "Is it running?" in capsys.readouterr().err
    assert not bench.out.exists()
    assert bench.counted == 1  # it may have been heard before it failed


def test_another_server_is_asked_with_its_key_and_soleus_is_not_opened(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, str]] = []

    def server(address: str, key: str) -> Fake:
        opened.append((address, key))
        return Fake(name="elsewhere")

    monkeypatch.setattr("eval.providers.http.HttpProvider", server)
    monkeypatch.delattr("eval.commands.run.soleus")
    monkeypatch.setenv("SOLEUS_EVAL_KEY", "k")
    assert bench.run("--half", "dev", "--url", "http://localhost:9/ask") == 0
    assert opened == [("http://localhost:9/ask", "k")]
    kept = read_results(bench.kept)
    assert kept.provider == "elsewhere"
    assert "recall@5" not in kept.cases[0].scores


def test_a_run_of_the_same_commit_is_replaced_and_others_stand_beside_it(bench: Bench) -> None:
    bench.out.mkdir()
    write_results(run(case(), commit="earlier"), bench.out / "earlier.json")
    assert bench.run() == bench.run() == 0
    assert len(list(bench.out.glob("*.json"))) == 2


def test_earlier_runs_come_oldest_first_without_this_commit_or_what_is_unreadable(
    tmp_path: Path,
) -> None:
    for commit, day in (("aaa", 3), ("bbb", 1), ("ccc", 2)):
        write_results(
            run(commit=commit, committed_at=f"2026-11-0{day}T10:00:00+00:00"),
            tmp_path / f"{commit}.json",
        )
    (tmp_path / "old.json").write_text('{"format": 0}', "utf-8")
    found = earlier_than(run(commit="aaa"), tmp_path)
    assert [one.commit for one in found] == ["bbb", "ccc"]
    assert earlier_than(run(commit="aaa"), tmp_path / "none") == ()


Opens = Callable[[Path | None], tuple[Contestant, list[object]]]


@pytest.fixture
def opens(monkeypatch: pytest.MonkeyPatch) -> Opens:
    """Opens Soleus with a folder of public data; what is said, and what is mixed in."""
    fake = Fake()

    def among(*given: object) -> Fake:
        _, _, distractors, _, cache, _ = given
        assert cache == CACHE
        assert isinstance(distractors, tuple)
        return replace(fake, name=f"among {len(distractors)}")

    monkeypatch.setattr("eval.providers.local.Soleus.open", lambda _settings: fake)
    monkeypatch.setattr("eval.commands.run.among_distractors", among)

    def open_with(data: Path | None) -> tuple[Contestant, list[object]]:
        said: list[object] = []
        return soleus(Settings(), data, said.append), said

    return open_with


def test_without_public_data_there_are_no_distractors(opens: Opens, tmp_path: Path) -> None:
    bare, said = opens(None)
    assert bare.ranker is not None
    assert (bare.ranker.name, bare.among, said) == ("fake", None, [])
    without, told = opens(tmp_path)
    assert without.among is None
    assert "No MedQuAD sample" in str(told[0])


def test_with_public_data_soleus_is_also_asked_among_distractors(
    opens: Opens, tmp_path: Path
) -> None:
    path = tmp_path / "medquad" / "sample_2048.jsonl.gz"
    path.parent.mkdir()
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for n in range(2001):
            file.write(json.dumps({"focus": f"Made up {n}", "answer": f"Answer {n}."}) + "\n")
    contestant, _ = opens(tmp_path)
    assert contestant.among is not None
    assert contestant.among.name == "among 2000"


def test_the_made_up_claims_are_not_those_of_the_shelf() -> None:
    # Guards the tests above: a case here must not be scored against the shelf's own words.
    assert load_claims(load_documents())["1-01"] != YARDSTICK.claims["1-01"]
