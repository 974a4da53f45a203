"""The gate of a release: this build holds what eval/thresholds.toml enforces, on every case.

Of the sealed half nothing but the names of figures and the ids of harmful cases may show here; a
look by this gate tells pass or fail and is not counted as a scoring.
"""

import pytest

from assistant.pipeline import Assistant
from corpus import Document
from eval.bench.clock import StageClock
from eval.cases.case import Half, read_cases
from eval.providers.local import Soleus
from eval.results import Results
from eval.run.build import Build
from eval.run.evaluate import Contestant, digest_of, evaluate
from eval.run.gate import breaches, read_thresholds
from eval.run.yardstick import yardstick_of


@pytest.fixture(scope="module")
def results(assistant: Assistant, documents: tuple[Document, ...]) -> Results:
    """Every case of both halves, asked of the assistant as it is shipped."""
    soleus = Soleus(assistant, StageClock())
    passages = [passage.span for passage in assistant.shelf.passages]
    cases = [case for half in Half for case in read_cases(half)]
    return evaluate(
        Contestant(soleus, soleus), cases, yardstick_of(documents, passages), Build("this", "")
    )


def test_the_committed_table_is_of_these_cases() -> None:
    cases = [case for half in Half for case in read_cases(half)]
    assert read_thresholds().questions == digest_of(cases), "Run: python -m eval, then baseline"


def test_nothing_that_stops_a_release(results: Results) -> None:
    assert breaches(results, read_thresholds()) == ()


def test_every_citation_resolves_and_is_verbatim(results: Results) -> None:
    exact = [c.scores["quote exactness"] for c in results.cases if "quote exactness" in c.scores]
    assert len(exact) > 200
    assert set(exact) == {1.0}


def test_every_limit_has_a_figure_that_was_measured(results: Results) -> None:
    measured = {(f.half, f.name) for f in results.figures if f.value is not None}
    limits = {(limit.half, limit.name) for limit in read_thresholds().limit}
    assert limits
    assert limits <= measured
