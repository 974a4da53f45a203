"""One server for all tests that change nothing of it."""

from collections.abc import Iterator

import pytest

from tests.assistant.server.served import Served, served


@pytest.fixture(scope="package")
def server() -> Iterator[Served]:
    """The scripted assistant behind the real server."""
    with served() as running:
        yield running
