"""From settings to a model, without calling anybody."""

import pytest

from assistant.models.breaker import Rested
from assistant.models.model import Failure, Form, ModelError
from assistant.models.opening import model_of, server_of
from assistant.settings import LlmSettings
from tests.assistant.models.drafts import KEY, PROMPT, read_all
from tests.scripted_model import ScriptedModel, refuses, says, silent


def test_no_model_where_none_is_wanted() -> None:
    assert model_of(LlmSettings()) is None


def test_a_server_is_called_as_the_settings_say() -> None:
    with ScriptedModel(says("Yes. [1]")) as scripted:
        llm = LlmSettings(base_url=scripted.url, model=" m ", form="tagged", seed=11)
        model = model_of(llm, KEY)
        assert model is not None
        assert (model.name, model.forms) == ("m", (Form.TAGGED,))
        assert read_all(model.start(PROMPT)).text == "Yes. [1]"
        model.close()
    [call] = scripted.calls
    assert (call.body["model"], call.body["seed"]) == ("m", 11)
    assert call.headers["authorization"] == f"Bearer {KEY}"


def test_a_model_that_failed_is_rested() -> None:
    with ScriptedModel(refuses(500)) as scripted:
        model = model_of(LlmSettings(base_url=scripted.url, model="m"))
        assert isinstance(model, Rested)
        assert read_all(model.start(PROMPT)).failure == "server"
        with pytest.raises(ModelError) as caught:
            model.start(PROMPT)
        model.close()
    assert (caught.value.failure, len(scripted.calls)) == (Failure.RESTING, 1)


def test_as_many_drafts_as_the_settings_say() -> None:
    with ScriptedModel(silent()) as scripted:
        model = model_of(LlmSettings(base_url=scripted.url, model="m", at_once=1))
        assert model is not None
        model.warm()
        generation = model.start(PROMPT)
        with pytest.raises(ModelError) as caught:
            model.start(PROMPT)
        generation.stop()
        model.close()
    assert caught.value.failure is Failure.BUSY


@pytest.mark.parametrize(
    ("address", "proxies"),
    [
        ("http://127.0.0.1:1/v1", False),
        ("http://gpu.lan/v1", False),
        ("https://api.example.org/v1", True),
    ],
)
def test_the_environments_proxy_is_for_far_servers(address: str, proxies: bool) -> None:
    assert server_of(LlmSettings(base_url=address, model="m"), "").proxies is proxies


def test_a_file_is_run_on_this_machine() -> None:
    model = model_of(LlmSettings.model_validate({"gguf": "models/calf-1.5b.gguf"}))
    assert model is not None
    assert model.name == "calf-1.5b"
