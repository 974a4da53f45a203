"""Measured processes are heard, measured and ended."""

import os

import pytest

from eval.bench.memory import peak_memory
from eval.bench.process import BenchError, running

REPORTS = """
import sys
print("a library's chatter")
print('{"event": "other"}')
print('{"event": "answered", "count": 2}', flush=True)
print(input(), file=sys.stderr)
"""


def test_a_report_is_heard_through_the_chatter_of_libraries() -> None:
    with running(["-c", REPORTS]) as process:
        assert process.wait_for("answered") == {"event": "answered", "count": 2}
        assert process.age > 0


def test_a_process_that_ends_too_early_is_an_error() -> None:
    with (
        running(["-c", "print('bye')"]) as process,
        pytest.raises(BenchError, match="before it was answered"),
    ):
        process.wait_for("answered")


def test_a_process_is_ended_even_if_it_would_go_on() -> None:
    code = 'print(\'{"event": "up"}\', flush=True)\nimport time\ntime.sleep(600)'
    with running(["-c", code]) as measured:
        measured.wait_for("up")
    assert measured.process.returncode is not None


def test_the_settings_of_a_measured_process_reach_it_and_it_stays_offline() -> None:
    code = (
        "import json, os\n"
        "print(json.dumps({'event': 'env', 'got': os.environ['SOLEUS_X'],"
        " 'offline': os.environ['HF_HUB_OFFLINE']}), flush=True)"
    )
    with running(["-c", code], {"SOLEUS_X": "seen"}) as process:
        report = process.wait_for("env")
    assert (report["got"], report["offline"]) == ("seen", "1")


def test_the_peak_includes_what_was_let_go_and_the_children() -> None:
    fifty = 50_000_000
    code = f'b = bytearray({fifty})\nprint(\'{{"event": "held"}}\', flush=True)\ninput()'
    with running(["-c", code]) as process:
        process.wait_for("held")
        assert process.peak > fifty
        assert peak_memory(os.getpid()) > process.peak  # this process is its parent
