"""The benchmark asks the real page the way a browser does."""

from collections.abc import Iterator

import pytest

from eval.bench.page import Page, free_port
from eval.bench.process import running


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The real page over a scripted assistant, in a process of its own."""
    port = free_port()
    with running(["-m", "tests.ui.serve_scripted", str(port)]) as process:
        assert process.process.stdout is not None
        process.process.stdout.readline()  # it says when it listens
        yield port


def test_the_page_answers_with_the_id_and_the_words_the_benchmark_looks_for(port: int) -> None:
    page = Page(port)
    assert page.is_up()
    assert page.seconds_to_first_sentence("What helps against a calf cramp?") > 0


def test_a_page_that_is_not_there_is_not_up() -> None:
    assert not Page(free_port()).is_up()
