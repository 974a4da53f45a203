"""One server for all tests of a file that change nothing of it.

Not for a package: without an `__init__.py` that would be the whole session, and a thread of ours
would run beside tests that have nothing to do with it.
"""

from collections.abc import Iterator

import pytest

from tests.assistant.server.served import Served, served


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """The scripted assistant behind the real server."""
    with served() as running:
        yield running
