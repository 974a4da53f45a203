"""`python -m eval --llm`, over HTTP through LlamaIndex to a server that says what it is told to."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from assistant.admit import AdmitSettings
from assistant.bearing import Bearing
from assistant.checking.check import Checker
from assistant.guard.contacts import read_contacts
from assistant.guard.guard import open_guard
from assistant.models.model import Model
from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.reading.lexicon import read_lexicon
from assistant.reading.reader import Reader
from assistant.reading.spelling import Speller
from assistant.release import read_topics
from assistant.select import SelectSettings
from assistant.settings import LlmSettings, Settings
from assistant.shelf import Shelf
from assistant.texts import HeldTexts
from assistant.weights import Weights
from assistant.writing.writer import Writer
from eval.__main__ import main
from eval.cases.case import Case, Half
from eval.cases.seal import count_sealed_run, sealed_runs
from eval.run.build import Build
from eval.run.scoring import Yardstick
from eval.written.asking import Asker
from eval.written.case_run import Came
from eval.written.model_report import ModelReport
from eval.written.report import checker_digest
from tests.assistant.made import FakeSearcher, hit, passage
from tests.eval.cases.made_up import case_of
from tests.scripted_model import Act, ScriptedModel, refuses, refuses_schemas, says

ROOT = Path(__file__).parents[3]
RUNS = ROOT / "eval" / "written" / "runs"

ICE = passage("Ice a sore calf for 20 minutes.", "Rest a sore calf for a day.", document="ice")
ASKED, HIDDEN = "how do I treat a sore calf?", "what do I do about a sore calf, pray?"
HONEST = json.dumps(
    {"sentences": [{"text": "You can ice a sore calf for 20 minutes.", "cites": [1]}]}
)
LIAR = json.dumps(
    {"sentences": [{"text": "You can ice a sore calf for 40 minutes.", "cites": [1]}]}
)
NAME = "tiny-1b"


def assistant_of(model: Model) -> Assistant:
    lexicon = read_lexicon()
    return Assistant(
        reader=Reader(lexicon, Speller(lexicon.words)),
        searcher=FakeSearcher((hit(ICE),)),
        bearing=Bearing((ICE,), lexicon, Weights()),
        shelf=Shelf(HeldTexts((ICE,)), (), (), ()),
        lexicon=lexicon,
        admit_settings=AdmitSettings(0.0),
        select_settings=SelectSettings(),
        top_k=5,
        guard=open_guard(read_contacts("UK")),
        topics=read_topics(),
        writer=Writer(model, Checker.load()),
    )


YARD = Yardstick(
    claims={"1-01": (ICE.sentences[0].span,), "1-02": (ICE.sentences[1].span,)},
    texts={"ice": ICE.text},
    passages=(),
    supports=lambda sentence, evidence: any(sentence in each for each in evidence),
)
"""A judge that believes only what stands there."""


@dataclass
class Bench:
    """Where everything lies, and who is asked."""

    folder: Path
    server: ScriptedModel
    cases: dict[Half, tuple[Case, ...]]
    opened: list[Model] = field(default_factory=list)

    def run(self, *options: str) -> int:
        return main(["--llm", *options])

    @property
    def kept(self) -> ModelReport:
        path = self.folder / "runs" / f"{NAME}.json"
        return TypeAdapter(ModelReport).validate_json(path.read_bytes())


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    fact = [{"claims": ["1-01"], "say": ["20"]}]
    asked = [
        case_of(tmp_path, id=f"ans-{n}", question=ASKED, facts=fact, must_not_say=[])
        for n in range(3)
    ]
    sealed = case_of(
        tmp_path, Half.SEALED, id="ans-9", question=HIDDEN, facts=fact, must_not_say=[]
    )
    with ScriptedModel(says(HONEST)) as server:
        made = Bench(tmp_path, server, {Half.DEV: tuple(asked), Half.SEALED: (sealed,)})
        llm = LlmSettings(base_url=server.url, model=NAME, price_in=1.0, price_out=2.0)

        def opened(_settings: Settings, *, model: Model) -> Assistant:
            made.opened.append(model)
            return assistant_of(model)

        def count(commit: str, provider: str, questions: str) -> int:
            return count_sealed_run(commit, provider, questions, tmp_path)

        for name, stand_in in {
            "load_settings": lambda: Settings(llm=llm),
            "this_build": lambda: Build("0123456789ab", ""),
            "read_cases": lambda half: made.cases[half],
            "count_sealed_run": count,
            "sealed_runs": lambda: sealed_runs(tmp_path),
            "open_assistant": opened,
            "documents_of": lambda _settings: (),
            "yardstick_of": lambda *_: YARD,
            "GOING": tmp_path / "going",
        }.items():
            monkeypatch.setattr(f"eval.commands.llm.{name}", stand_in)
        monkeypatch.setattr("eval.written.model_report.RUNS", tmp_path / "runs")
        yield made


def test_every_question_is_asked_twice_with_the_same_prompt_after_one_to_wake_it(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.run("--half", "dev") == 0
    wake, *calls = [call.body["messages"] for call in bench.server.calls]
    assert len(calls) == 6
    assert all(call == calls[0] for call in calls)
    assert wake[0] == calls[0][0]  # what is the same in every prompt is in the server's cache
    (half,) = bench.kept.halves
    assert half.worded is not None
    assert (half.worded.k, half.worded.n) == (3, 3)
    assert half.drafting is not None
    assert (half.drafting.passed.k, half.drafting.passed.n) == (3, 3)
    assert half.drafting.before.k == 0  # this judge believes quotes only
    assert [run.first for run in bench.kept.cases] == ["raw", "checked", "raw"]
    assert half.tokens_in is not None
    assert half.tokens_in.value == 50
    assert half.cost_per_1000 == pytest.approx(1000 * (50 * 1 + 20 * 2) / 1e6)
    assert half.key_facts.worded is not None
    assert half.key_facts.worded.value == 1.0
    for run in bench.kept.cases:
        assert run.times is not None
        assert run.times.first is not None
        assert run.times.raw_end is not None
        assert 0 < run.times.first <= run.times.end
        assert 0 <= run.times.waiting <= run.times.end
    assert "1 quoted" not in (told := capsys.readouterr().out)
    assert f"{NAME}, checker" in told


def test_a_liar_is_replaced_by_quotes(bench: Bench) -> None:
    bench.server.acts = [says(LIAR)]
    assert bench.run("--half", "dev", "--questions", "1") == 0
    (run,) = bench.kept.cases
    assert run.came is Came.QUOTES
    assert run.sentences is not None
    assert (run.sentences.passed, run.sentences.replaced, run.sentences.written) == (0, 1, 0)
    assert run.sentences.quoted == 2
    assert run.sentences.reasons == {"duration": 1}  # and not how long
    assert run.words.quoted == run.words.worded


def test_what_was_done_is_not_asked_again_unless_that_is_wanted(bench: Bench) -> None:
    assert bench.run("--half", "dev", "--questions", "2") == 0
    assert len(bench.server.calls) == 1 + 4
    assert bench.run("--half", "dev", "--questions", "3") == 0
    assert len(bench.server.calls) == 1 + 4 + 1 + 2
    assert bench.run("--half", "dev", "--questions", "3") == 0
    assert len(bench.server.calls) == 8
    assert len(bench.kept.cases) == 3
    assert bench.run("--half", "dev", "--questions", "1", "--anew") == 0
    assert len(bench.server.calls) == 8 + 3


def test_stopped_by_the_keyboard_it_keeps_what_is_done_and_says_so(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = Asker.ask
    asked: list[str] = []

    def stopped(self: Asker, case: Case, *, raw_first: bool) -> object:
        if asked:
            raise KeyboardInterrupt
        asked.append(case.id)
        return ask(self, case, raw_first=raw_first)

    monkeypatch.setattr(Asker, "ask", stopped)
    assert bench.run("--half", "dev") == 1
    assert "What is done is kept" in capsys.readouterr().err
    monkeypatch.setattr(Asker, "ask", ask)
    before = len(bench.server.calls)
    assert bench.run("--half", "dev") == 0
    assert len(bench.server.calls) == before + 1 + 4


def test_the_sealed_half_is_counted_once_and_no_word_of_it_is_kept(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.run() == 0
    assert bench.run() == 0
    assert sealed_runs(bench.folder) == 1
    assert bench.kept.sealed_runs == 1
    assert [half.half for half in bench.kept.halves] == list(Half)
    written = [
        path.read_text("utf-8")
        for name in ("going", "runs")
        for path in (bench.folder / name).iterdir()
    ]
    told = capsys.readouterr()
    assert len(written) == 2
    for held in (told.out, told.err, *written):
        assert HIDDEN not in held
    assert ASKED in written[0]


def test_failures_are_counted_and_the_reader_has_the_quotes(bench: Bench) -> None:
    bench.server.acts = [says("ready"), refuses(500), says(HONEST), refuses(500)]
    assert bench.run("--half", "dev", "--questions", "2") == 0
    raw_failed, checked_failed = bench.kept.cases
    assert (raw_failed.raw_failure, raw_failed.failure) == ("server", "")
    assert raw_failed.times is not None
    assert raw_failed.times.raw_end is None
    assert (checked_failed.came, checked_failed.failure) == (Came.QUOTES, "server")
    (half,) = bench.kept.halves
    assert half.failures == {"server": 1}


def test_a_server_that_knows_no_schemas_is_asked_for_running_text(bench: Bench) -> None:
    tagged = says("You can ice a sore calf for 20 minutes. [1]")
    bench.server.acts = [says("ready"), refuses_schemas(), tagged]
    assert bench.run("--half", "dev", "--questions", "1") == 0
    (run,) = bench.kept.cases
    assert (run.came, run.failure, run.raw_failure) == (Came.WORDED, "", "")


@pytest.mark.parametrize("acts", [(refuses(401),), (says("ready"), refuses(401))])
def test_a_model_that_cannot_be_asked_stops_the_run_and_says_what_to_do(
    bench: Bench, capsys: pytest.CaptureFixture[str], acts: tuple[Act, ...]
) -> None:
    bench.server.acts = acts
    assert bench.run("--half", "dev") == 1
    assert "python -m assistant doctor" in capsys.readouterr().err
    assert not (bench.folder / "runs").exists()


def test_answers_are_written_to_be_read_blind(bench: Bench) -> None:
    place = bench.folder / "read.md"
    assert bench.run("--half", "dev", "--side-by-side", "2", str(place)) == 0
    text = place.read_text("utf-8")
    key = json.loads((bench.folder / "read.key.json").read_text("utf-8"))
    assert sorted(key) == ["1", "2"]
    for number in ("1", "2"):
        assert {key[number]["A"], key[number]["B"]} == {"quotes", "model"}
    assert text.count("### A") == text.count("### B") == 2
    assert "You can ice a sore calf for 20 minutes. [1]" in text
    for telling in ("quotes", "model", NAME, "written", "in short", "says:"):
        assert telling not in text


def test_answers_that_only_repeat_the_quotes_are_not_read_side_by_side(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.server.acts = [says("ready"), says(f"{ICE.sentences[0].text} [1]")]
    place = bench.folder / "read.md"
    assert bench.run("--half", "dev", "--side-by-side", "2", str(place)) == 1
    assert "--questions 60" in capsys.readouterr().err
    assert not place.exists()
    (half,) = bench.kept.halves
    assert half.drafting is not None
    assert (half.drafting.copied.k, half.drafting.written) == (3, 0)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--side-by-side", "none", "x.md"), "wants a number and a file"),
        (("--side-by-side", "2", "/nowhere/x.md"), "no file can be written"),
        (("--half", "sealed", "--side-by-side", "2", "x.md"), "--half dev"),
    ],
)
def test_wrong_use_is_found_out_before_anybody_is_asked(
    bench: Bench, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    assert bench.run(*options) == 1
    assert said in capsys.readouterr().err
    assert bench.server.calls == []


def test_without_a_model_it_says_what_to_set(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.commands.llm.load_settings", Settings)
    assert bench.run() == 1
    told = capsys.readouterr().err
    assert "[llm]" in told
    assert "SOLEUS_LLM_KEY" in told
    assert sealed_runs(bench.folder) == 0


def test_an_answer_nobody_may_word_is_not_asked_for(bench: Bench) -> None:
    # A warning that is urgent: quotes only, and the model hears nothing of it.
    grave = "my calf is hot, red and swollen after a long flight, how do I treat a sore calf?"
    sound = bench.cases[Half.DEV][0]
    bench.cases[Half.DEV] = (replace(sound, asked=Question(grave)),)
    assert bench.run("--half", "dev") == 0
    (run,) = bench.kept.cases
    assert run.came is Came.NOT_ASKED
    assert all("hot, red" not in call.words for call in bench.server.calls)


def test_the_guide_to_models_says_which_checker_they_were_measured_with() -> None:
    guide = (ROOT / "docs" / "models.md").read_text("utf-8")
    runs = [json.loads(path.read_text("utf-8")) for path in sorted(RUNS.glob("*.json"))]
    assert len(runs) >= 3
    [measured] = {run["checker"] for run in runs}
    assert f"checker {measured}" in guide
    # Whoever changes the checker measures anew, or says that it was not.
    assert (measured == checker_digest()) != ("an earlier checker" in guide)
