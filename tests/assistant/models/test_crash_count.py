"""When crashes of the process on this machine stop counting, told with a stand-in for it."""

from typing import cast

import pytest

from assistant.models.local.local_model import Connect, Door, LocalModel
from assistant.models.local.server import LocalServer, Served
from assistant.models.model import Form, Prompt, Usage


class Draft:
    """Hands out what it is given, then nothing new."""

    usage = Usage()

    def __init__(self, texts: list[str | None]) -> None:
        self.texts = texts

    def read(self, timeout: float) -> str | None:
        return self.texts.pop(0)

    def stop(self) -> None:
        """Nothing is under way."""


class Running:
    """A process that runs, and how often it was said to do well; its own door."""

    def __init__(self, texts: list[str | None]) -> None:
        self.texts = texts
        self.well = 0

    def wake(self) -> None:
        """It runs."""

    def wait(self, timeout: float) -> Served:
        return Served("http://127.0.0.1:9/v1", "key")

    def went_well(self) -> None:
        self.well += 1

    def start(self, prompt: Prompt) -> Draft:
        return Draft(self.texts)


@pytest.mark.parametrize(
    ("texts", "well"),
    [(["", " \n"], False), (["", "The calf"], True), (["", None], True)],
)
def test_words_or_an_end_make_earlier_crashes_count_no_longer(
    texts: list[str | None], well: bool
) -> None:
    running = Running(list(texts))
    door: Connect = lambda _: cast(Door, running)  # noqa: E731
    model = LocalModel("made up", (Form.JSON,), cast(LocalServer, running), door)
    draft = model.start(Prompt("s", "u"))
    assert [draft.read(1.0) for _ in texts] == texts
    draft.stop()
    assert bool(running.well) is well
