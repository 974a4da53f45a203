"""What the tests of the guard share: the shipped rules, words and contacts, read once."""

import pytest

from assistant.guard.contacts import read_contacts
from assistant.guard.guard import Guard, open_guard
from assistant.guard.lexicon import GuardLexicon, read_guard_lexicon


@pytest.fixture(scope="session")
def words() -> GuardLexicon:
    """The guard's lexicon that is shipped."""
    return read_guard_lexicon()


@pytest.fixture(scope="session")
def guard() -> Guard:
    """The guard as it is shipped, for the United Kingdom."""
    return open_guard(read_contacts("UK"))
