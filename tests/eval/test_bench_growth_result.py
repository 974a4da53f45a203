"""Figures of a growth run are kept, added to and shown."""

import re
from base64 import b64encode
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from eval.bench.growth.measures import OURS, TARGETS, Target
from eval.bench.growth.result import Growth, ResultError, read_growth, write_growth
from eval.bench.growth.table import show_growth
from eval.report.growth import growth_page
from tests.eval.growth_cells import LLAMA, cell, growth


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "growth.json"
    write_growth(path, growth())
    read = read_growth(path)
    assert read.cells == growth().cells
    assert read.rate == growth().rate
    assert read.machine["cores"].isdigit()
    assert {"faiss-cpu", "numpy"} <= set(read.libraries)


def test_nothing_kept_yet_is_no_error(tmp_path: Path) -> None:
    assert read_growth(tmp_path / "none.json") == Growth()


@pytest.mark.parametrize("content", ["", "[]", '{"cells": [{"who": 1}]}'])
def test_a_file_that_is_something_else_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content)
    with pytest.raises(ResultError, match=r"other\.json cannot be read"):
        read_growth(path)


def test_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text('{"format": 99}')
    with pytest.raises(ResultError, match="format 99"):
        read_growth(path)


def test_a_cell_measured_again_replaces_itself_only() -> None:
    found = growth().with_cell(cell(size=10_000, p95_ms=1.0))
    assert len(found.cells) == len(growth().cells)
    again = found.cell(OURS, 10_000)
    assert again is not None
    assert again.value("p95_ms") == 1.0
    assert found.cell(OURS, 10_000, "real") is None


def test_ours_stands_first_whenever_it_was_measured() -> None:
    late = Growth().with_cell(cell("Another")).with_cell(cell("Zebra")).with_cell(cell())
    assert late.contestants() == (OURS, "Another", "Zebra")
    assert [each.who for each in late.cells] == [OURS, "Another", "Zebra"]


def test_a_target_is_for_its_size_and_its_side() -> None:
    most, least = Target("p95_ms", 30.0, 100_000), Target("recall", 0.97, at_least=True)
    assert [most.is_met(30.0), most.is_met(30.1)] == [True, False]
    assert [least.is_met(0.97), least.is_met(0.96)] == [True, False]
    assert [most.holds_at(100_000), most.holds_at(1_000)] == [True, False]
    assert least.holds_at(123)
    assert {target.key for target in TARGETS} >= {"p95_ms", "peak_mb", "add_s", "recall"}


def test_the_tables_show_figures_ratios_aims_and_who_stopped() -> None:
    screen = StringIO()
    show_growth(growth(), Console(file=screen, width=160))
    shown = screen.getvalue()
    [ratio] = [line for line in shown.splitlines() if "×4.00" in line]
    assert "2.5 s" in ratio
    [late] = [line for line in shown.splitlines() if "31 ms" in line]
    assert "missed" in late
    assert f"{LLAMA}: load 1.5; stopped: not done within 9 s" in shown
    [law] = [line for line in shown.splitlines() if "1.00 (1.00)" in line]
    assert "Building" in law
    assert "93% of the first (aim 90%, met)" in shown


def test_the_page_holds_all_of_it_and_asks_for_nothing() -> None:
    page = growth_page(growth())
    assert page.count("<svg") == 2  # what is building, and the slowest searches
    assert "n^1.00, n^1.00 between the two largest" in page
    assert "stopped: not done within 9 s" in page
    assert "100,000 passages" in page
    assert 'class="met met--no">missed' in page
    assert not re.search(r"https?://|<script|<link|<img", page)


def test_the_page_allows_its_own_style_and_no_other() -> None:
    page = growth_page(growth())
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page.replace("&#39;", "'")
    assert "style=" not in page
