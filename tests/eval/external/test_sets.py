"""Every set on a made-up handful of rows, and the lightest one on its real data."""

import gzip
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from eval.external import medquad, mtrag, rgb_en_fact, trec_cast, xquad_en
from eval.external.report import ExternalError, ExternalReport, lines_of
from tests.index.fake_encoder import FakeEncoder

ROOFS = "A tin roof leaks at the nails. Paint keeps the rust away for five years."
BOATS = "A wooden boat is caulked with tar. The tar must be warm."
BREAD = "Bread rises for one hour. Knead the dough before that."


def write(path: Path, rows: Sequence[object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def value(report: ExternalReport, method: str, measure: str) -> float:
    [found] = [
        row
        for row in report.rows
        if (row.method, row.measure, row.published) == (method, measure, False)
    ]
    return found.value


@pytest.mark.parametrize(
    "run", [medquad.run, mtrag.run, rgb_en_fact.run, trec_cast.run, xquad_en.run]
)
def test_a_folder_without_the_set_is_said_plainly(
    run: Callable[[Path], ExternalReport], tmp_path: Path
) -> None:
    with pytest.raises(ExternalError, match="--data DIR"):
        run(tmp_path)


def test_xquad(tmp_path: Path) -> None:
    passages = zip(("r", "b", "d"), (ROOFS, BOATS, BREAD), strict=True)
    write(tmp_path / "xquad_en/passages.jsonl", [{"pid": p, "text": t} for p, t in passages])
    asked = [
        ("Where does a tin roof leak?", "r", "at the nails"),
        ("What is a wooden boat caulked with?", "b", "tar"),
    ]
    write(
        tmp_path / "xquad_en/questions.jsonl",
        [{"question": q, "pid": p, "answers": [{"text": a}]} for q, p, a in asked],
    )
    report = xquad_en.run(tmp_path, FakeEncoder())
    assert value(report, "BM25 alone", "nDCG@10") == 1.0
    assert value(report, "our search", "MRR@10") == 1.0
    assert value(report, "likest sentence by BM25", "answer in 1st") == 1.0
    # Without its passage a question shares no word with what is left but by chance.
    assert value(report, "BM25 alone", "AUROC, gone") == 1.0
    assert any(row.published and "[P]" in row.source for row in report.rows)
    assert any("answered all the same" in note for note in report.notes)
    assert lines_of(report)


def test_medquad_counts_every_copy_of_an_answer_as_right(tmp_path: Path) -> None:
    pairs = [
        ("How long does bread rise?", BREAD),
        ("When is dough kneaded?", BREAD),
        ("What leaks at the nails?", ROOFS),
    ]
    rows = [{"question": q, "answer": a} for q, a in pairs]
    write(tmp_path / "medquad/sample_2048.jsonl.gz", rows)
    report = medquad.run(tmp_path, FakeEncoder())
    # With one copy alone counted right, the other would push it to rank 2 for one question.
    assert value(report, "BM25 alone", "nDCG@10") == 1.0
    assert any(note.startswith("2 questions share") for note in report.notes)


def test_a_long_answer_is_cut_at_the_end_of_a_sentence() -> None:
    sentence = "One two three four five six seven eight nine ten."
    nine = " ".join([sentence] * 9)
    assert medquad.beginning(nine) == " ".join([sentence] * 8)
    endless = " ".join(["word"] * 200) + "."
    assert medquad.beginning(endless) == endless


def test_mtrag(tmp_path: Path) -> None:
    def task(turns: list[str], contexts: list[str], kind: str) -> dict[str, object]:
        said = [{"role": "user", "text": text} for text in turns]
        said.insert(1, {"role": "agent", "text": "The agent's words are never read: bread."})
        held = [{"id": text[:8], "text": text} for text in contexts]
        return {"turns": said, "contexts": held, "answerability": [kind]}

    write(
        tmp_path / "mtrag/tasks.jsonl",
        [
            task(["Tell me of a tin roof.", "Does it leak?"], [ROOFS], "ANSWERABLE"),
            task(["What is a wooden boat caulked with?"], [BOATS, BREAD], "PARTIAL"),
            task(["How far is the moon?", "And Mars?"], [], "UNANSWERABLE"),
        ],
    )
    rewrite = {
        "last_turn": "|user|: Does it leak?",
        "llm_rewrite": "|user|: Does a tin roof leak?",
        "all_questions": "|user|: Is a tin roof cheap?\n|user|: Does it leak?",
    }
    whole = {
        "last_turn": "|user|: Are slates heavy?",
        "llm_rewrite": "|user|: Are slates heavy?",
        "all_questions": "|user|: Hello.\n|user|: Are slates heavy?",
    }
    write(tmp_path / "mtrag/query_rewrite.jsonl", [rewrite, whole])
    report = mtrag.run(tmp_path, FakeEncoder())
    assert value(report, "our search, last two turns", "R@5") == 1.0
    assert value(report, "last two turns", "words recovered") == 1.0
    assert 0.0 <= value(report, "our gate, as shipped", "AUROC, answerable") <= 1.0
    # One task of the three is unanswerable; how many of it are answered is said in any case.
    assert any(note.startswith("Unanswerable: Soleus would answer") for note in report.notes)


def test_trec_cast(tmp_path: Path) -> None:
    turns = [
        ((), "Is a tin roof cheap?", "Is a tin roof cheap?", ""),
        (("Is a tin roof cheap?",), "Does it leak?", "Does a tin roof leak?", "Does tin leak?"),
        (("Is a tin roof cheap?", "Does it leak?"), "Are slates heavy?", "Are slates heavy?", ""),
    ]
    fields = ("history", "raw", "manual", "automatic")
    rows = [{"year": 2020, **dict(zip(fields, row, strict=True))} for row in turns]
    rows[2]["automatic"] = rows[2]["raw"]
    write(tmp_path / "trec_cast/turns.jsonl", rows)
    report = trec_cast.run(tmp_path)
    assert value(report, "last turn", "words recovered") == 0.0
    assert value(report, "last two turns", "words recovered") == 1.0
    assert value(report, "last two turns", "changed for nothing") == 1.0
    assert value(report, "our follow-up reading", "changed for nothing") == 0.0
    # The model's rewrite has one of the two words that the turn lacks.
    assert value(report, "the organisers' model, 2020 turns alone", "words recovered") == 0.5
    fewer = [note for note in report.notes if "changed for nothing" in note]
    assert any(note.startswith("Better") and "Lower is better" in note for note in fewer)


def test_rgb_gives_each_side_as_many_snippets(tmp_path: Path) -> None:
    row = {
        "query": "Where does a tin roof leak?",
        "positive": [ROOFS],
        "negative": [BREAD, BOATS, ROOFS],
        "positive_wrong": [ROOFS.replace("nails", "gutter")],
    }
    write(tmp_path / "rgb_en_fact/en_fact.jsonl", [row, row])
    report = rgb_en_fact.run(tmp_path, FakeEncoder())
    # Only the first snippet beside the point (bread) is looked at: the third would draw level.
    assert value(report, "BM25 alone", "AUROC, answers") == 1.0
    # "Gutter" for "nails" shares as many words with the question: level, which counts half.
    assert value(report, "BM25: wrong above right", "share") == 0.5


def test_trec_cast_on_its_real_turns() -> None:
    named = os.environ.get("SOLEUS_EVAL_DATA")
    bench = Path(named) if named else Path(__file__).parents[4] / "shared" / "bench"
    if not (bench / "trec_cast").is_dir():
        pytest.skip("no public test data: set SOLEUS_EVAL_DATA to its folder")
    report = trec_cast.run(bench)
    recovered = value(report, "our follow-up reading", "words recovered")
    needless = value(report, "our follow-up reading", "changed for nothing")
    assert recovered > value(report, "last turn", "words recovered")
    assert needless < value(report, "last two turns", "changed for nothing")
