"""Where the public test data is, if it is here."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of public test data; without it the test is skipped."""
    beside = Path(__file__).resolve().parents[4] / "shared" / "bench"
    folder = Path(os.environ.get("SOLEUS_EVAL_DATA", beside))
    if not folder.is_dir():
        pytest.skip("no public test data: set SOLEUS_EVAL_DATA to its folder")
    return folder
