"""llama.cpp for real, with a model of 135 million weights: load, stream, stop, crash, give back."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

from assistant.models.local import open_local
from assistant.models.local import server as serving
from assistant.models.local.local_model import LocalModel
from assistant.models.local.server import ROOT, Served
from assistant.models.model import Failure, Form, ModelError, Prompt
from assistant.settings import LlmSettings
from tests.assistant.models.local.tiny_model import pieces, tiny_gguf, until, whole

SYSTEM = "You are a helpful assistant."
HELLO = Prompt(SYSTEM, "Say hello.", max_tokens=8)
LONG = Prompt(
    SYSTEM,
    "Count from one to five hundred.",
    schema=json.dumps(
        {
            "type": "object",
            "properties": {
                "numbers": {"type": "array", "items": {"type": "integer"}, "minItems": 500}
            },
            "required": ["numbers"],
        }
    ),
    max_tokens=1000,
)
"""Held to an object that long, so that it neither ends early nor is held back at its start."""
SCHEMA = {
    "type": "object",
    "properties": {"yes": {"type": "boolean"}},
    "required": ["yes"],
    "additionalProperties": False,
}


def settings(gguf: Path, **more: str) -> LlmSettings:
    # One thread: on a machine that is busy with other tests, more of them wait for each other.
    return LlmSettings.model_validate({"gguf": gguf, "context": 2048, "threads": 1, **more})


@pytest.fixture(scope="module")
def model() -> Iterator[LocalModel]:
    with closing(open_local(settings(tiny_gguf()))) as opened:
        yield opened


def served(model: LocalModel) -> Served:
    model._server.wake()
    where = model._server.wait(60)
    assert where
    return where


def asked(where: Served, path: str, key: str) -> tuple[int, Any]:
    address = urlsplit(where.base_url)
    connection = HTTPConnection(str(address.hostname), address.port or 0, timeout=60)
    with closing(connection):
        connection.request("GET", path, headers={"Authorization": f"Bearer {key}"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


def busy_slots(model: LocalModel) -> int:
    where = served(model)
    _, slots = asked(where, "/slots", where.key)
    return len([slot for slot in slots if slot["is_processing"]])


def gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has waited for yet, has."""
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def crash(model: LocalModel) -> None:
    pid = model._server.pid
    assert pid
    os.kill(pid, signal.SIGKILL)


def test_a_model_is_named_by_its_file_unless_the_settings_name_it(tmp_path: Path) -> None:
    assert open_local(settings(tmp_path / "Some-1B.Q4_K_M.gguf")).name == "Some-1B.Q4_K_M"
    assert open_local(settings(tmp_path / "a.gguf", model="Some 1B")).name == "Some 1B"


def test_the_forms_are_those_of_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "a.gguf"
    assert open_local(settings(path)).forms == (Form.JSON, Form.TAGGED)
    assert open_local(settings(path, form="tagged")).forms == (Form.TAGGED,)


def test_nothing_is_started_before_it_is_needed(tmp_path: Path) -> None:
    with closing(open_local(settings(tmp_path / "a.gguf"))) as opened:
        assert opened._server.pid is None


def test_a_draft_streams_and_is_counted(model: LocalModel) -> None:
    # An object: running text as short as this would be held back until its end.
    prompt = Prompt(SYSTEM, "Is water wet?", schema=json.dumps(SCHEMA), max_tokens=16)
    draft = model.start(prompt)
    came = pieces(draft)
    assert len(came) > 1
    assert "".join(came).strip()
    assert draft.usage.counted
    assert 0 < draft.usage.tokens_out <= 16
    assert draft.usage.tokens_in > 10


def test_the_same_prompt_has_the_same_draft(model: LocalModel) -> None:
    assert whole(model.start(HELLO)) == whole(model.start(HELLO))


def test_a_draft_is_held_to_its_schema(model: LocalModel) -> None:
    prompt = Prompt(SYSTEM, "Is water wet?", schema=json.dumps(SCHEMA), max_tokens=60)
    answer = json.loads(whole(model.start(prompt)))
    assert set(answer) == {"yes"}
    assert isinstance(answer["yes"], bool)


def test_stopped_the_server_stops_writing(model: LocalModel) -> None:
    draft = model.start(LONG)
    while not (text := draft.read(1.0)):
        assert text is not None
    assert busy_slots(model) == 1
    draft.stop()
    assert draft.read(1.0) is None
    assert until(lambda: busy_slots(model) == 0)


def test_stopped_while_the_prompt_is_read_nothing_is_written(model: LocalModel) -> None:
    draft = model.start(Prompt(SYSTEM, "One two three four. " * 60, max_tokens=900))
    assert until(lambda: busy_slots(model) == 1)
    draft.stop()
    assert draft.read(1.0) is None
    assert until(lambda: busy_slots(model) == 0)
    assert draft.usage.tokens_out == 0


def test_a_prompt_that_does_not_fit_is_said_to_be_too_long(model: LocalModel) -> None:
    # Few letters for many tokens, so that it is the server that finds out.
    draft = model.start(Prompt(SYSTEM, "1 2 3 4 5 6 7 8 9 " * 250, max_tokens=50))
    with pytest.raises(ModelError) as refused:
        whole(draft)
    assert refused.value.failure is Failure.TOO_LONG


def test_two_readers_are_served_side_by_side(model: LocalModel) -> None:
    first = model.start(LONG)
    while not first.read(1.0):
        pass
    with ThreadPoolExecutor(1) as other:  # answered while the first is still being written
        assert other.submit(whole, model.start(HELLO)).result(60).strip()
    assert first.read(1.0) is not None
    first.stop()
    assert until(lambda: busy_slots(model) == 0)


def test_only_who_has_the_key_is_answered_and_no_argument_or_variable_holds_it(
    model: LocalModel,
) -> None:
    where = served(model)
    assert where.base_url.startswith("http://127.0.0.1:")
    assert asked(where, "/v1/models", "another")[0] == 401
    pid = model._server.pid
    assert pid
    process = psutil.Process(pid)
    shown = " ".join([*process.cmdline(), *process.environ().values(), repr(where), repr(model)])
    assert where.key not in shown


def test_after_a_crash_it_is_started_anew(model: LocalModel) -> None:
    before = served(model)
    crash(model)
    assert whole(model.start(HELLO)).strip()
    assert served(model) != before


def test_a_second_crash_in_a_row_is_told(model: LocalModel) -> None:
    for _ in range(2):
        served(model)
        crash(model)
        assert model._server.has_ended()
    with pytest.raises(ModelError, match=r"twice in a row.*smaller") as told:
        model.start(HELLO)
    assert told.value.failure is Failure.NO_RUNTIME
    assert whole(model.start(HELLO)).strip()  # whoever comes later gets another try


def test_closed_it_gives_its_memory_back() -> None:
    ours = psutil.Process()
    with closing(open_local(settings(tiny_gguf()))) as opened:
        assert whole(opened.start(HELLO))  # the client is imported by now
        before = ours.memory_info().rss
        pid = opened._server.pid
        assert pid
        assert psutil.Process(pid).memory_info().rss > tiny_gguf().stat().st_size / 2
        assert whole(opened.start(HELLO))
    assert gone(pid)
    assert ours.memory_info().rss - before < 20 * 2**20
    with pytest.raises(ModelError, match="closed"):
        opened.start(HELLO)


def test_a_parent_that_is_killed_takes_the_process_along() -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from assistant.models.local.server import LocalServer\n"
        "server = LocalServer(Path(sys.argv[1]), context=1024, threads=1, seed=1)\n"
        "server.wake()\n"
        "while not (server.wait(0.1) if sys.argv[2] == 'loaded' else server.pid): pass\n"
        "print(server.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    for when in ("loaded", "loading"):
        command = [sys.executable, "-c", code, str(tiny_gguf()), when]
        with subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as parent:
            assert parent.stdout
            pid = int(parent.stdout.readline())
            parent.kill()
        assert until(partial(gone, pid)), when


def test_stopped_before_it_is_loaded_a_draft_ends() -> None:
    with closing(open_local(settings(tiny_gguf()))) as opened:
        draft = opened.start(HELLO)
        draft.stop()
        assert draft.read(0.1) is None
        assert draft.usage.tokens_out == 0


def test_warmed_it_is_loaded_without_being_asked() -> None:
    with closing(open_local(settings(tiny_gguf()))) as opened:
        opened.warm()
        assert until(lambda: opened._server.pid is not None)
        assert opened._server.wait(60)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, r"absent\.gguf of \[llm\] gguf: no such file.*models list"),
        (b"<html>Sign in</html>", r"no GGUF model file"),
        (b"", r"no GGUF model file"),
        (b"GGUF", r"cut short.*models list"),
    ],
)
def test_a_file_that_is_no_model_is_told_with_the_remedy(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    tiny_gguf()
    path = tmp_path / "absent.gguf"
    if content is not None:
        path.write_bytes(content)
    with (
        closing(open_local(settings(path))) as opened,
        pytest.raises(ModelError, match=says) as told,
    ):
        whole(opened.start(HELLO))
    assert told.value.failure is Failure.NO_RUNTIME
    assert str(tmp_path) not in str(told.value)


def test_a_file_that_is_cut_short_is_told(tmp_path: Path) -> None:
    path = tmp_path / "half.gguf"
    path.write_bytes(tiny_gguf().read_bytes()[:40_000_000])
    with (
        closing(open_local(settings(path))) as opened,
        pytest.raises(ModelError, match=r"half\.gguf: the file is damaged or cut short"),
    ):
        whole(opened.start(HELLO))


def test_without_the_package_it_is_told_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xllamacpp.py").write_text("raise ImportError('not installed')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    path = tmp_path / "some.gguf"
    path.write_bytes(b"GGUF")
    with (
        closing(open_local(settings(path))) as opened,
        pytest.raises(ModelError, match=r"not installed.*make run LLM=local") as told,
    ):
        whole(opened.start(HELLO))
    assert told.value.failure is Failure.NO_RUNTIME


def test_keys_of_this_process_are_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOLEUS_SHELF_PASSWORD", "open sesame")
    assert "open sesame" not in serving._without_ours().values()
