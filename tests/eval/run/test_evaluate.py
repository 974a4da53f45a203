"""One run over made-up cases: what is kept of it, and what of a sealed case never is."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.question import Question
from eval.bench.process import ROOT
from eval.cases.case import Case, Fact, Forbidden, Half, Wrong
from eval.results import Results, write_results
from eval.run.build import Build
from eval.run.evaluate import Contestant, digest_of, evaluate
from eval.run.verdict import Fault
from eval.transcript import Ending, ProviderError, Transcript
from tests.eval.cases.made_up import ABSTAIN, case_of
from tests.eval.run.replies import (
    BREATHE,
    HOLD,
    QUIET,
    SOCKS,
    YARDSTICK,
    Fake,
    answer,
    ended,
    place,
    quote,
)

BUILD = Build("0123456789ab", "2026-11-20T10:00:00+00:00")
TOLD = replace(answer(quote(HOLD), quote(SOCKS)), sure=0.9, uncovered=("price",))


def run(*cases: Case, says: Transcript = TOLD) -> Results:
    return evaluate(Contestant(Fake(otherwise=says)), cases, YARDSTICK, BUILD)


def test_a_case_that_may_be_read_is_kept_whole(tmp_path: Path) -> None:
    facts = [{"claims": ["1-01"], "say": ["60"]}, {"claims": ["1-02"], "say": ["breathe"]}]
    (kept,) = run(case_of(tmp_path, facts=facts, also=[])).cases
    assert (kept.id, kept.half, kept.passed) == ("ans-1", "dev", True)
    assert kept.tags == ("answerable", "one-liner")
    assert (kept.question, kept.expected, kept.ending) == (
        "how long do i hold it??",
        "answer",
        "answer",
    )
    assert kept.reasons == (f"beside the point: {SOCKS}",)
    assert [(one.text, one.bears) for one in kept.sentences] == [(HOLD, True), (SOCKS, False)]
    assert kept.sentences[0].quotes == (HOLD,)
    assert kept.sentences[0].documents == ("text",)
    assert kept.uncovered == ("price",)
    assert kept.missing == (BREATHE,)
    assert kept.scores["key facts"] == 0.5


def test_a_level_is_part_of_what_is_expected(tmp_path: Path) -> None:
    sign = {**ABSTAIN, "behaviour": "escalate", "level": "urgent", "tags": ["warning-sign"]}
    (kept,) = run(case_of(tmp_path, **sign), says=QUIET).cases
    assert kept.expected == "escalate, urgent"
    assert (kept.ending, kept.message) == ("not_covered", "Nothing on that.")


def test_of_a_sealed_case_only_totals_need_anything(tmp_path: Path) -> None:
    case = case_of(tmp_path, Half.SEALED, critical=True)
    (kept,) = run(case, says=answer(quote(SOCKS, "30 seconds of it."))).cases
    assert (kept.id, kept.half, kept.category, kept.behaviour) == (
        "ans-1",
        "sealed",
        "answerable",
        "answer",
    )
    assert kept.reasons == (Fault.FACTS, Fault.FORBIDDEN)
    assert (kept.critical, kept.harmful, kept.passed) == (True, True, False)
    assert kept.scores["key facts"] == 0.0
    rest = (kept.tags, kept.question, kept.earlier, kept.expected, kept.ending, kept.message)
    assert rest == ((), "", (), "", "", "")
    assert (kept.sentences, kept.uncovered, kept.missing) == ((), (), ())


# Letters that stand in no name of ours: found anywhere, they are somebody's words.
_words = st.text("ζηθλξψ", min_size=2, max_size=8)
_endings = st.sampled_from(list(Ending))


def sealed_case(case: Case, word: str) -> Case:
    """The case with the word wherever a case can hold one, and two categories' worth of tags."""
    pattern = re.compile(word, re.IGNORECASE)
    return replace(
        case,
        half=Half.SEALED,
        asked=Question(f"why {word}?", (word, f"{word} before")),
        facts=(Fact(("1-01",), (pattern,)), Fact(("1-02",), (pattern,))),
        must_not_say=(Forbidden(pattern, Wrong.DOSE),),
        uncovered=(word,),
        tags=frozenset({*case.tags, word}),
    )


@given(word=_words, ending=_endings, ordered=st.booleans(), critical=st.booleans())
@settings(max_examples=25)
def test_nothing_written_holds_a_word_of_a_sealed_case_or_of_what_was_said_to_it(
    base: Case, word: str, ending: Ending, ordered: bool, critical: bool
) -> None:
    case = replace(sealed_case(base, word), ordered=ordered, critical=critical)
    said = Transcript(
        ending,
        case.level,
        (quote(HOLD, f"{word} says it", attribution=word), quote(SOCKS, f"{word} buys")),
        (word,),
        message=word,
        choices=1,
        sure=0.4,
        stages={"read": 1.0},
    )
    found = run(case, says=said)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kept.json"
        write_results(found, path)
        written = path.read_text("utf-8")
    for held in (written, repr(found)):
        assert word not in held
        assert HOLD not in held
        assert SOCKS not in held
    (kept,) = found.cases
    assert set(kept.reasons) <= set(Fault)
    # The same case, had it not been sealed, would have been quoted: the search above can fail.
    assert word in repr(run(replace(case, half=Half.DEV), says=said))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return case_of(tmp_path_factory.mktemp("questions"))


def test_halves_are_added_up_apart_and_one_not_asked_is_in_no_figure(tmp_path: Path) -> None:
    dev = case_of(tmp_path)
    sealed = replace(dev, half=Half.SEALED)
    contestant = Contestant(Fake(otherwise=TOLD))
    found = evaluate(contestant, [dev, sealed], YARDSTICK, BUILD, sealed_runs=4)
    values = {(f.half, f.name): f for f in found.figures}
    assert values["dev", "key facts"].scored == values["sealed", "key facts"].scored == 1
    assert (found.cases_asked, found.sealed_runs, found.provider) == (2, 4, "fake")
    assert (found.commit, found.committed_at) == (BUILD.commit, BUILD.committed_at)
    assert {f.half for f in run(dev).figures} == {"dev"}


def test_curves_come_with_probabilities_only(tmp_path: Path) -> None:
    near = case_of(tmp_path, **ABSTAIN)
    assert run(near, says=QUIET).curves == ()
    (curve,) = run(near, says=replace(QUIET, sure=0.1)).curves
    assert curve.half == "dev"


def test_stages_are_percentiles_over_the_cases_that_went_through_them(tmp_path: Path) -> None:
    # 10 and 20 ms: the middle is 15, and 95 % of the way from one to the other is 19.5.
    cases = [case_of(tmp_path, question=text) for text in ("one", "two")]
    replies = {
        "one": replace(QUIET, stages={"read": 10.0}),
        "two": replace(QUIET, stages={"read": 20.0, "search": 3.0}),
    }
    found = evaluate(Contestant(Fake(replies)), cases, YARDSTICK, BUILD)
    stages = [(stage.name, stage.p50, stage.p95) for stage in found.stages]
    assert stages == [("read", 15.0, 19.5), ("search", 3.0, 3.0)]
    assert run(*cases).stages == ()


def test_rankings_are_scored_with_and_without_distractors(tmp_path: Path) -> None:
    contestant = Contestant(
        Fake(),
        Fake(ranked=(place(HOLD),)),
        Fake(ranked=(place(SOCKS), place(HOLD))),
    )
    (kept,) = evaluate(contestant, [case_of(tmp_path)], YARDSTICK, BUILD).cases
    assert kept.scores["nDCG@10"] == 1.0
    assert kept.scores["nDCG@10 among distractors"] == pytest.approx(0.6309, abs=1e-4)  # 1/log2(3)
    (bare,) = run(case_of(tmp_path)).cases
    assert "recall@5" not in bare.scores


def test_progress_is_told_after_each_case(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    evaluate(
        Contestant(Fake()),
        [case_of(tmp_path), case_of(tmp_path)],
        YARDSTICK,
        BUILD,
        progress=lambda *step: told.append(step),
    )
    assert told == [(1, 2), (2, 2)]


def test_no_reply_stops_the_run(tmp_path: Path) -> None:
    class Broken(Fake):
        def ask(self, question: Question) -> Transcript:
            raise ProviderError("out of order")

    with pytest.raises(ProviderError, match="out of order"):
        evaluate(Contestant(Broken()), [case_of(tmp_path)], YARDSTICK, BUILD)


CHANGES: list[Callable[[Case], Case]] = [
    lambda case: replace(case, version=2),
    lambda case: replace(case, asked=Question("another?", ())),
    lambda case: replace(case, asked=Question(case.asked.text, ("before",))),
    lambda case: replace(case, facts=(Fact(("1-02",), case.facts[0].say),)),
    lambda case: replace(case, facts=(Fact(("1-01",), (re.compile("61|sixty"),)),)),
    lambda case: replace(case, must_not_say=()),
    lambda case: replace(case, tags=case.tags | {"another"}),
    lambda case: replace(case, attribution=frozenset()),
    lambda case: replace(case, critical=True),
    lambda case: replace(case, half=Half.SEALED),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_label_changes_the_digest(base: Case, change: Callable[[Case], Case]) -> None:
    assert digest_of([change(base)]) != digest_of([base])


def test_a_change_at_the_end_of_a_long_pattern_is_seen(base: Case) -> None:
    def held(end: str) -> Case:
        return replace(base, facts=(Fact(("1-01",), (re.compile("x" * 400 + end),)),))

    assert digest_of([held("a")]) != digest_of([held("b")])


def test_the_order_of_cases_is_nothing_to_the_digest(base: Case) -> None:
    other = replace(base, id="ans-2")
    assert digest_of([base, other]) == digest_of([other, base])
    assert digest_of([base]) != digest_of([base, other])


def test_another_process_finds_the_same_digest(tmp_path: Path) -> None:
    case = case_of(tmp_path, tags=["answerable", "one", "two", "three", "four"])
    code = (
        "import sys; from pathlib import Path\n"
        "from eval.cases.case import Half, read_cases\n"
        "from eval.run.evaluate import digest_of\n"
        "print(digest_of(read_cases(Half.DEV, Path(sys.argv[1]))))"
    )
    for seed in ("1", "2"):
        found = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        )
        assert found.stdout.strip() == digest_of([case])


def test_a_clarification_leaves_nothing_to_quote(tmp_path: Path) -> None:
    (kept,) = run(case_of(tmp_path), says=ended(Ending.CLARIFICATION)).cases
    assert (kept.sentences, kept.missing) == ((), (HOLD,))
