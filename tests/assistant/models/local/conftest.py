"""What the tests of local models share."""

from collections.abc import Iterator

import pytest

from tests.assistant.models.local.made_hub import FakeHub, running_hub


@pytest.fixture
def fake_hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """A hub that may be asked although the tests are offline: it is on this machine."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    with running_hub() as fake:
        yield fake
