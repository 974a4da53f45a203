"""A draft can be broken off at any moment, and the server sees it; many are written at once."""

import gc
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.models.model import Failure, ModelError
from tests.assistant.models.drafts import PROMPT, model_at, read_all
from tests.scripted_model import (
    PATIENCE,
    Act,
    Line,
    ScriptedModel,
    chunk_of,
    endless,
    says,
    silent,
)

ROOT = Path(__file__).resolve().parents[3]


def finished_and_hanging(line: Line) -> None:
    line.head()
    line.delta("The calf")
    line.event(chunk_of(delta={}, finish="stop"))
    line.wait()


@pytest.mark.parametrize(
    ("act", "read_first"),
    [
        (silent(), False),  # it is still reading the prompt
        (silent(""), False),
        (silent("[1] The calf"), True),
        (endless(), True),
        (finished_and_hanging, True),
    ],
    ids=["before its head", "before its first word", "between words", "amid words", "at its end"],
)
def test_stopped_the_server_is_hung_up_on(act: Act, read_first: bool) -> None:
    with ScriptedModel(act) as server, model_at(server.url) as model:
        generation = model.start(PROMPT)
        call = server.call()
        while read_first and not generation.read(0.1):
            continue
        generation.stop()
        assert call.gone.wait(PATIENCE)
        assert generation.read(PATIENCE) is None


def test_stopping_before_the_call_makes_none() -> None:
    with ScriptedModel() as server, model_at(server.url) as model:
        generation = model.start(PROMPT)
        generation.stop()
        generation.stop()
        assert generation.read(0.0) is None
        assert read_all(model.start(PROMPT)).error is None
        assert len(server.calls) <= 2


def test_stopping_after_the_end_changes_nothing() -> None:
    with ScriptedModel(says("Yes.")) as server, model_at(server.url) as model:
        generation = model.start(PROMPT)
        assert read_all(generation).text == "Yes."
        generation.stop()
        assert (generation.read(0.0), generation.usage.counted) == (None, True)


def test_a_read_that_waits_ends_with_a_stop_from_elsewhere() -> None:
    with ScriptedModel(silent()) as server, model_at(server.url) as model:
        generation = model.start(PROMPT)
        server.call()
        stopping = threading.Timer(0.1, generation.stop)
        stopping.start()
        assert generation.read(PATIENCE) is None
        stopping.join()


def test_a_read_returns_in_time_without_a_word() -> None:
    with ScriptedModel(silent()) as server, model_at(server.url) as model:
        generation = model.start(PROMPT)
        assert [generation.read(0.05), generation.read(0.0)] == ["", ""]
        generation.stop()


def test_a_draft_that_nobody_keeps_is_broken_off() -> None:
    with ScriptedModel(silent("[1] The calf")) as server, model_at(server.url) as model:
        generation = model.start(PROMPT)
        call = server.call()
        del generation
        gc.collect()
        assert call.gone.wait(PATIENCE)


def test_closing_ends_every_draft_and_a_later_one_starts_anew() -> None:
    with (
        ScriptedModel(silent(), silent(), says("Yes.")) as server,
        model_at(server.url) as model,
    ):
        drafts = [model.start(PROMPT) for _ in range(2)]
        calls = [server.call(number) for number in range(2)]
        model.close()
        model.close()
        assert [draft.read(PATIENCE) for draft in drafts] == [None, None]
        assert all(call.gone.wait(PATIENCE) for call in calls)
        assert read_all(model.start(PROMPT)).text == "Yes."


def test_a_model_that_nobody_keeps_ends_its_thread() -> None:
    def threads() -> int:
        return sum(thread.name == "language-model" for thread in threading.enumerate())

    before = threads()
    with ScriptedModel(says("Yes.")) as server:
        with model_at(server.url) as model:
            assert read_all(model.start(PROMPT)).text == "Yes."
            assert threads() == before + 1
        del model
        gc.collect()
    assert threads() == before


def test_twenty_drafts_at_once_do_not_mix() -> None:
    everybody = threading.Barrier(20)

    def act(line: Line) -> None:
        line.head()
        everybody.wait(PATIENCE)  # nobody is answered before all have called
        for word in line.call.body["messages"][1]["content"].split():
            line.delta(f"{word} ")
            line.wait(0.001)
        line.finish(usage=None)

    questions = [f"runner {number} asks {'again ' * 20}" for number in range(20)]
    with ScriptedModel(act) as server, model_at(server.url) as model:
        drafts = [
            model.start(type(PROMPT)(system="Repeat.", user=question)) for question in questions
        ]
        ended = [read_all(draft) for draft in drafts]
    assert [each.error for each in ended] == [None] * 20
    assert [each.text.split() for each in ended] == [each.split() for each in questions]


def test_stopping_one_of_many_leaves_the_others() -> None:
    go_on = threading.Event()

    def act(line: Line) -> None:
        line.head()
        line.delta("The calf")
        line.wait_for(go_on)
        line.delta(" tires.")
        line.finish()

    with ScriptedModel(act) as server, model_at(server.url) as model:
        drafts = [model.start(PROMPT) for _ in range(6)]
        server.call(5)
        for draft in drafts[::2]:
            draft.stop()
        go_on.set()
        assert [read_all(draft).text for draft in drafts[1::2]] == ["The calf tires."] * 3


def test_without_the_client_the_model_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [n for n in sys.modules if n.startswith("assistant.models.openai_call")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "llama_index.llms.openai_like", None)
    monkeypatch.delattr("assistant.models.openai_call", raising=False)
    with ScriptedModel() as server, model_at(server.url) as model:
        error = read_all(model.start(PROMPT)).error
    assert isinstance(error, ModelError)
    assert (error.failure, "make install" in str(error)) == (Failure.NO_RUNTIME, True)


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_a_program_ends_while_drafts_are_written() -> None:
    with ScriptedModel(silent("[1] The calf")) as server:
        code = (
            "from assistant.models.openai_server import OpenAIServer, Server\n"
            "from assistant.models.model import Prompt\n"
            f"model = OpenAIServer(Server({server.url!r}, 'm', 4096))\n"
            "draft = model.start(Prompt('s', 'u'))\n"
            "while not draft.read(1.0): pass\n"
            "print('ends')"
        )
        assert run(code) == "ends\n"
        assert server.call().gone.wait(PATIENCE)


def test_the_client_is_imported_only_when_a_draft_is_wanted() -> None:
    code = (
        "import sys\n"
        "import assistant.pipeline, assistant.models.opening, assistant.models.openai_server\n"
        "from assistant.models.opening import model_of\n"
        "from assistant.settings import LlmSettings\n"
        "model = model_of(LlmSettings(base_url='http://127.0.0.1:9/v1', model='m'))\n"
        "print(*(name for name in ('llama_index', 'openai', 'httpx') if name in sys.modules))"
    )
    assert run(code).split() == []
