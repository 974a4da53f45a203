"""A draft through LlamaIndex's client, from a server that behaves."""

import json

import pytest

from assistant.models.model import Failure, Form, ModelError, Prompt, Usage
from assistant.models.openai_server import OpenAIServer
from tests.assistant.models.drafts import (
    KEY,
    PROMPT,
    SCHEMA,
    draft_of,
    model_at,
    read_all,
    server_at,
)
from tests.scripted_model import Line, ScriptedModel, chunk_of, refuses, says

SAID = "The calf is a muscle. [1]\nIt tires. [2]\n"


def test_the_text_comes_whole_and_the_tokens_are_counted() -> None:
    ended = draft_of(says(SAID, usage=(120, 34)))
    assert (ended.text, ended.usage, ended.error) == (SAID, Usage(120, 34), None)


def test_the_text_comes_as_it_is_written() -> None:
    first_read = [False]

    def act(line: Line) -> None:
        line.head()
        line.delta("[1] The calf")
        while not first_read[0]:
            line.wait(0.01)
        line.delta(" is a muscle.")
        line.finish()

    with ScriptedModel(act) as server, model_at(server.url) as model:
        generation = model.start(PROMPT)
        text = ""
        while not text:
            text = generation.read(0.1) or ""
        first_read[0] = True
        assert (text, read_all(generation).text) == ("[1] The calf", " is a muscle.")


def test_what_is_asked_is_two_messages_and_nothing_of_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-something-else")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-something-else")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://192.0.2.1/v1")
    with (
        ScriptedModel(says(SAID)) as server,
        model_at(server.url, temperature=0.25, seed=3) as model,
    ):
        read_all(model.start(Prompt("Be brief.", "Why?", max_tokens=90)))
        [call] = server.calls
    assert call.path == "/v1/chat/completions"
    assert call.body == {
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Why?"},
        ],
        "model": "scripted",
        "max_tokens": 90,
        "temperature": 0.25,
        "seed": 3,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    assert call.headers.pop("host").startswith("127.0.0.1:")
    assert int(call.headers.pop("content-length")) > 0
    assert call.headers == {
        "accept": "text/event-stream, application/json",
        "accept-encoding": "identity",
        "authorization": f"Bearer {KEY}",
        "connection": "keep-alive",
        "content-type": "application/json",
        "user-agent": "Soleus",
    }


def test_without_a_key_none_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-something-else")
    with ScriptedModel(says(SAID)) as server, model_at(server.url, key="") as model:
        assert read_all(model.start(PROMPT)).text == SAID
        assert "authorization" not in server.calls[0].headers


def test_a_near_server_is_called_without_the_proxy_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with (
        ScriptedModel(refuses(500)) as proxy,
        ScriptedModel(says(SAID)) as server,
        model_at(server.url, proxies=False) as near,
        model_at(server.url, proxies=True) as far,
    ):
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/v1"))
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert read_all(near.start(PROMPT)).text == SAID
        assert (len(proxy.calls), read_all(far.start(PROMPT)).failure) == (0, "server")
        assert len(proxy.calls) == 1


def test_json_is_held_to_the_schema_of_the_prompt() -> None:
    schema = {"type": "object", "properties": {"sentences": {"type": "array"}}}
    with ScriptedModel(says("{}")) as server, model_at(server.url) as model:
        read_all(model.start(Prompt("s", "u", json.dumps(schema))))
        assert server.calls[0].body["response_format"] == {
            "type": "json_schema",
            "json_schema": {"name": "draft", "strict": True, "schema": schema},
        }


@pytest.mark.parametrize(
    ("form", "forms"),
    [
        ("auto", (Form.JSON, Form.TAGGED)),
        ("json", (Form.JSON,)),
        ("tagged", (Form.TAGGED,)),
    ],
)
def test_the_forms_are_those_of_the_setting(form: str, forms: tuple[Form, ...]) -> None:
    model = OpenAIServer(server_at("http://127.0.0.1:9/v1"), form=form)  # type: ignore[arg-type]
    assert (model.forms, model.name) == (forms, "scripted")


def test_a_draft_cut_short_by_its_length_ends_as_others_do() -> None:
    ended = draft_of(says("The calf is a", reason="length"))
    assert (ended.text, ended.error) == ("The calf is a", None)


def test_uncounted_tokens_are_estimated() -> None:
    ended = draft_of(says("x" * 41, usage=None))
    letters = len(PROMPT.system) + len(PROMPT.user)
    assert ended.usage == Usage(letters // 4, 11, counted=False)


@pytest.mark.parametrize("usage", [{"prompt_tokens": "many"}, "none", {"prompt_tokens": -1}])
def test_a_count_that_is_none_is_passed_over(usage: object) -> None:
    def act(line: Line) -> None:
        line.head()
        line.delta("Yes.")
        line.event(chunk_of() | {"usage": usage})
        line.finish(usage=None)

    ended = draft_of(act)
    assert (ended.text, ended.usage.counted) == ("Yes.", False)


def test_a_server_that_only_says_done_has_ended() -> None:
    def act(line: Line) -> None:
        line.head()
        line.delta("Yes.")
        line.send(b"data: [DONE]\n\n")

    assert draft_of(act).error is None


def test_a_server_that_hangs_after_its_last_word_has_ended() -> None:
    def act(line: Line) -> None:
        line.head()
        line.delta("Yes.")
        line.event(chunk_of(delta={}, finish="stop"))
        line.wait()

    ended = draft_of(act)
    assert (ended.text, ended.error) == ("Yes.", None)


def test_comments_that_keep_a_line_open_are_passed_over() -> None:
    def act(line: Line) -> None:
        line.head()
        line.send(b": still thinking\n\n" * 3)
        line.delta("Yes.")
        line.finish()

    assert draft_of(act).text == "Yes."


def test_nobody_is_handed_a_models_thoughts() -> None:
    aloud = draft_of(says("<think>They are a runner.</think>The calf tires. [1]"))
    apart = draft_of(says("The calf tires. [1]", thinks="They are a runner."))
    assert (aloud.text, apart.text) == ("The calf tires. [1]",) * 2


@pytest.mark.parametrize(
    ("message", "gone", "instead"),
    [
        ("Unsupported parameter: 'max_tokens'.", "max_tokens", {"max_completion_tokens": 400}),
        ("Unsupported value: 'temperature' does not support 0.", "temperature", {}),
        ("seed: unknown field", "seed", {}),
        ("stream_options are not known here", "stream_options", {}),
    ],
)
def test_a_parameter_the_server_does_not_know_is_left_out_from_then_on(
    message: str, gone: str, instead: dict[str, int]
) -> None:
    acts = (refuses(400, message), says(SAID))
    with ScriptedModel(*acts) as server, model_at(server.url) as model:
        assert [read_all(model.start(PROMPT)).text for _ in range(2)] == [SAID, SAID]
        bodies = [call.body for call in server.calls]
    assert [gone in body for body in bodies] == [True, False, False]
    assert all(body.items() >= instead.items() for body in bodies[1:])


def test_several_refused_at_once_are_left_out_at_once() -> None:
    def act(line: Line) -> None:
        wrong = [
            {"loc": ["body", name], "msg": "Extra inputs are not permitted", "input": "temperature"}
            for name in ("seed", "stream_options")
        ]
        line.body(422, json.dumps({"detail": wrong}))

    with ScriptedModel(act, says(SAID)) as server, model_at(server.url) as model:
        assert read_all(model.start(PROMPT)).text == SAID
        assert [{"seed", "stream_options", "temperature"} - set(c.body) for c in server.calls] == [
            set(),
            {"seed", "stream_options"},
        ]


def test_leaving_out_what_does_not_help_is_not_kept_up() -> None:
    with (
        ScriptedModel(refuses(400, "seed is bad, and so are you")) as server,
        model_at(server.url) as model,
    ):
        assert [read_all(model.start(PROMPT)).failure for _ in range(2)] == ["refused"] * 2
        assert ["seed" in call.body for call in server.calls] == [True, False, True, False]


def test_what_cannot_fit_is_not_sent() -> None:
    with ScriptedModel() as server, model_at(server.url, context=1024) as model:
        with pytest.raises(ModelError, match=r"\[llm\] context") as caught:
            model.start(Prompt("s", "word " * 1200))
        assert (caught.value.failure, server.calls) == (Failure.TOO_LONG, [])


def test_a_prompt_with_a_schema_goes_the_same_way() -> None:
    ended = draft_of(says('{"sentences": []}'), SCHEMA)
    assert (ended.text, ended.error) == ('{"sentences": []}', None)
