"""The page as built, looked at in a process of its own: Gradio leaves event loops behind."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
import inspect, json, sys
find = inspect.getfile
from assistant.turns import Turns
from assistant.ui.about import PageInfo
from assistant.ui.page import build_page
from assistant.ui.serve import build_app
from tests.ui.scripted import EXAMPLES, ScriptedAssistant, screen
page = build_page(
    Turns(ScriptedAssistant(), None), screen, EXAMPLES, PageInfo(name="Our <club>")
)
app = build_app(page, "")
print(json.dumps({
    "title": page.title,
    "restored": inspect.getfile is find,
    "heavy": sorted({"torch", "faiss", "llama_index", "sentence_transformers", "bm25s"}
                    & set(sys.modules)),
    "analytics": page.analytics_enabled,
    "queue": page._queue.max_size,
    "at_once": page._queue.default_concurrency_limit,
    "visits": page.state_holder.capacity,
    "shows_errors": page.show_error,
    "monitored": page.enable_monitoring,
    "history": page.run_history,
    "footer": page.footer_links,
    "api": sorted({str(fn.api_visibility) for fn in page.fns.values()}),
}))
"""


@cache
def built() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return dict(json.loads(done.stdout))


def test_everything_that_leaks_or_phones_home_is_off() -> None:
    page = built()
    for name in ("analytics", "shows_errors", "monitored", "history"):
        assert page[name] is False, name
    assert page["footer"] == []
    assert page["api"] == ["private"]


def test_a_crowd_cannot_fill_the_server() -> None:
    page = built()
    assert 0 < page["at_once"] <= 32  # of the 40 threads that all of the server has
    assert 0 < page["queue"] <= 100
    assert 0 < page["visits"] <= 1000


def test_the_page_loads_no_encoder_and_puts_back_what_it_borrowed() -> None:
    assert built()["heavy"] == []
    assert built()["restored"]


def test_the_page_is_called_what_the_operator_calls_it() -> None:
    assert built()["title"] == "Our <club>"
