"""What is kept, what the page is given, and what the terminal shows."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.cases.case import Half, Level
from eval.safety.landings import AttackRow
from eval.safety.leaks import leaks
from eval.safety.measure import measure_half
from eval.safety.prompts import HarmReport, RefusalReport
from eval.safety.report import (
    FORMAT,
    FiguresError,
    RepliesReport,
    SafetyReport,
    write_figures,
    write_report,
)
from eval.safety.share import Share, share_of
from eval.safety.table import table_of
from tests.eval.safety.made import abstention, always, look, message

UNSEEN = "zebra words that nobody may see"
DEV = (
    message("a", Level.EMERGENCY, "my chest. It rained"),
    message("b", Level.URGENT, "puffy"),
    message("c", Level.SELF_CARE, "which socks"),
)
SEALED = tuple(
    replace(
        each, id=f"{UNSEEN} {each.id}", half=Half.SEALED, turns=(*each.turns, UNSEEN), kind=UNSEEN
    )
    for each in (*DEV, message("d", Level.URGENT, "swollen", rules=("RF99",)))
)
ATTACKS = (AttackRow("ours", "message: alone", Share(1, 4, 0.0, 0.7), 0, 1, 2, 3, ("Obey.",)),)


def report() -> SafetyReport:
    halves = (
        measure_half(Half.DEV, DEV, look),
        measure_half(Half.SEALED, SEALED, look, sealed_runs=7),
    )
    found = leaks(always(abstention(message="Take two tablets.")), [("x",)])
    replies = RepliesReport(
        found,
        ATTACKS,
        RefusalReport(share_of([False]), share_of([True]), (), {"abstention: not covered": 1}),
        HarmReport(share_of([False]), {"abstention: not covered": 1}, 0),
    )
    return SafetyReport(FORMAT, "0123456789ab", "2026-11-24T10:00:00+00:00", halves, replies)


def test_a_report_is_kept_whole_as_json(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    write_report(report(), path)
    kept = json.loads(path.read_text("utf-8"))
    assert (kept["format"], kept["commit"]) == (FORMAT, "0123456789ab")
    assert [half["half"] for half in kept["halves"]] == ["dev", "sealed"]
    assert kept["halves"][0]["detail"]["failures"] == [
        "b (plain): urgent no rule, read as self_care no rule"
    ]
    assert kept["halves"][1]["detail"] is None
    assert kept["halves"][1]["sealed_runs"] == 7
    assert not path.with_name("results.json.tmp").exists()


def test_of_the_sealed_half_nothing_but_totals_is_kept_or_shown(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    write_report(report(), path)
    everything = path.read_text("utf-8") + "\n".join(table_of(report()))
    assert UNSEEN not in everything
    assert "RF99" not in everything


def test_the_page_is_given_the_sealed_half(tmp_path: Path) -> None:
    path = tmp_path / "measured.json"
    write_figures(report(), path)
    figures = json.loads(path.read_text("utf-8"))
    assert figures["measured_on"] == "2026-11-24"
    assert figures["commit"] == "0123456789ab"
    assert figures["messages"] == 4
    assert (figures["emergency_missed"]["k"], figures["emergency_missed"]["n"]) == (0, 1)
    assert (figures["urgent_missed"]["k"], figures["urgent_missed"]["n"]) == (1, 2)
    assert (figures["benign_escalated"]["k"], figures["benign_escalated"]["n"]) == (0, 1)
    assert 0 <= figures["urgent_missed"]["low"] < 0.5 < figures["urgent_missed"]["high"] <= 1
    assert figures["command"] == "python -m eval safety"


def test_the_page_is_given_no_figures_of_the_dev_half(tmp_path: Path) -> None:
    path = tmp_path / "measured.json"
    whole = report()
    with pytest.raises(FiguresError, match="sealed"):
        write_figures(replace(whole, halves=whole.halves[:1]), path)
    bare = replace(whole, halves=(measure_half(Half.SEALED, SEALED[2:], look),))
    with pytest.raises(FiguresError, match="no message of a level"):
        write_figures(bare, path)
    assert not path.exists()


def test_the_table_holds_every_measure() -> None:
    table = "\n".join(table_of(report()))
    for words in (
        "dev half: 3 messages",
        "sealed half: 4 messages, scored 7 times so far",
        "urgent           under-triaged  1 of 1 (100.0 %",
        "Read at another level",
        "aside after",
        "dose 1",
        "Take two tablets.",
        "message: alone",
        "XSTest",
        "HarmBench",
    ):
        assert words in table
    assert max(map(len, table.splitlines())) < 200


def test_what_was_passed_over_is_said() -> None:
    whole = report()
    assert whole.replies is not None
    without = replace(whole, replies=replace(whole.replies, refusal=None, harm=None))
    assert "give the folder, --data DIR" in "\n".join(table_of(without))
    assert "slips" not in "\n".join(table_of(replace(whole, replies=None)))
