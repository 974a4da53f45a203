"""What `doctor` says of a language model: in words that name what to change."""

import itertools
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant import doctor_model
from assistant.doctor_model import Finding, examine_model
from assistant.models.model import Prompt, Usage
from assistant.settings import LlmSettings
from tests.assistant.models.made_list import LIST, PAGE, listing
from tests.scripted_model import ScriptedModel, page, refuses, refuses_schemas, says

KEY = "sk-made-up"


def found(base_url: str, model: str = "qwen2.5:7b", **more: int) -> list[Finding]:
    given = {"base_url": base_url, "model": model, "connect_timeout": 2, **more}
    return list(examine_model(LlmSettings.model_validate(given), KEY))


def test_without_a_model_answers_are_quotes_and_an_ollama_is_offered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assistant.doctor_model.ollama_offer", lambda: "An Ollama runs here.")
    [only] = examine_model(LlmSettings(), "")
    assert only == Finding(True, "no language model: answers are quotes", "An Ollama runs here.")


def test_a_model_that_answers_is_timed_and_tried_with_a_schema() -> None:
    with ScriptedModel(says("I am ready, as you see."), says('{"ready": true}')) as server:
        findings = found(server.url)
    assert [each.ok for each in findings] == [True, True, True]
    answers, room, schema = (each.state for each in findings)
    assert "qwen2.5:7b answers: first words after" in answers
    assert "tokens/s" in answers
    assert room == "3696 tokens to read in"
    assert schema == "JSON schemas are held to"


class Hesitant:
    """A draft whose first words are written at the third look, and handed on at the last."""

    def __init__(self) -> None:
        self.left: list[str | None] = ["", "", "", "I am ready.", None]
        self.stopped = False

    name, forms = "made up", ()

    @property
    def usage(self) -> Usage:
        return Usage(5, max(0, 3 - len(self.left)))

    def start(self, prompt: Prompt) -> "Hesitant":
        return self

    def read(self, timeout: float) -> str | None:
        return self.left.pop(0)

    def stop(self) -> None:
        self.stopped = True


def test_the_time_to_the_first_words_is_told_apart_from_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = itertools.count(10)  # looked at before, at the first words, and at the end
    ticking = SimpleNamespace(monotonic=lambda: float(next(clock)))
    monkeypatch.setattr("assistant.doctor_model.time", ticking)
    model = Hesitant()
    timed = doctor_model._draft(model, Prompt("", ""))
    assert (timed.text, timed.first, timed.whole) == ("I am ready.", 1.0, 2.0)
    assert str(timed) == "first words after 1.0 s, whole after 2.0 s, 2 tokens/s"
    assert model.stopped


@pytest.mark.parametrize(
    ("act", "says_so"),
    [
        (says("Yes, ready."), "taken but not held to"),
        (says("[1, 2]"), "taken but not held to"),
        (refuses_schemas(), "refused, so drafts come as tagged text"),
    ],
)
def test_a_server_that_does_not_hold_to_schemas_is_told(act: object, says_so: str) -> None:
    with ScriptedModel(says("I am ready."), act) as server:  # type: ignore[arg-type]
        last = found(server.url)[-1]
    assert last.ok
    assert says_so in last.state
    assert 'form = "tagged"' in last.remedy


def test_too_small_a_context_is_told() -> None:
    with ScriptedModel(says("I am ready."), says('{"ready": true}')) as server:
        room = found(server.url, context=1299)[1]
        enough = found(server.url, context=1300)[1]
    assert not room.ok
    assert room.state.startswith("only 899 tokens")
    assert enough.ok


def test_a_refused_key_is_told_and_not_shown() -> None:
    with ScriptedModel(refuses(401)) as server:
        [only] = found(server.url)
    assert not only.ok
    assert "SOLEUS_LLM_KEY" in only.remedy
    assert KEY not in str(only)


def test_where_nobody_answers_the_address_is_named() -> None:
    [only] = found("http://127.0.0.1:9/v1")
    assert not only.ok
    assert only.state.startswith("http://127.0.0.1:9/v1: ")
    assert "Start the server" in only.remedy


def test_a_name_the_server_does_not_know_is_answered_with_those_it_knows() -> None:
    with listing({"/v1/models": (200, LIST)}) as address:
        [only] = found(f"{address}/v1", model="gpt-5")
    assert not only.ok
    assert only.remedy == (
        "It has no model 'gpt-5'. Set [llm] model to one of: llama3.2:3b, qwen2.5:7b."
    )


def test_an_address_that_lacks_its_end_is_mended() -> None:
    with listing({"/v1/models": (200, LIST)}) as address:
        [only] = found(address)
    assert only.remedy == f'The address lacks its end: set [llm] base_url = "{address}/v1"'


def test_a_web_page_at_the_address_is_told() -> None:
    answers = {"/v1/chat/completions": (200, PAGE), "/v1/models": (200, PAGE)}
    with listing(answers) as address:
        [only] = found(f"{address}/v1")
    assert only.remedy.startswith("A web page answers there")


def test_a_page_where_a_draft_should_be_is_told_by_its_address() -> None:
    with ScriptedModel(page()) as server:
        [only] = found(server.url)
    assert not only.ok
    assert "base_url" in only.remedy


def test_a_model_that_says_nothing_is_told() -> None:
    with ScriptedModel(says("   ")) as server:
        [only] = found(server.url)
    assert not only.ok


def test_a_model_that_only_thinks_is_told_and_had_all_the_room_of_a_draft() -> None:
    with ScriptedModel(says("", thinks="Let me see.")) as server:
        [only] = found(server.url, max_tokens=300)
        asked = [call.body["max_tokens"] for call in server.calls]
    assert asked == [300]
    assert not only.ok
    assert "only thoughts" in only.state
    assert "max_tokens" in only.remedy


def test_a_missing_model_file_is_told_with_what_to_run(tmp_path: Path) -> None:
    [only] = examine_model(LlmSettings(gguf=tmp_path / "absent.gguf"), "")
    assert not only.ok
    assert "absent.gguf" in only.state
    assert "models list" in only.state
