"""Whatever a server does wrong has a name, comes soon, and takes nothing along."""

import json
import logging
import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.models.model import Failure, FormRefusedError, ModelError
from tests.assistant.models.drafts import (
    KEY,
    PROMPT,
    SCHEMA,
    draft_of,
    model_at,
    read_all,
    server_at,
)
from tests.scripted_model import (
    Act,
    Line,
    ScriptedModel,
    breaks_off,
    chunk_of,
    endless,
    endless_bytes,
    event_of,
    moves_to,
    page,
    raw,
    refuses,
    refuses_schemas,
    says,
    silent,
)


def event(data: object) -> bytes:
    return event_of(data) + b"data: [DONE]\n\n"


ACTS: dict[str, tuple[Act, Failure]] = {
    "401": (refuses(401), Failure.KEY),
    "403": (refuses(403), Failure.KEY),
    "403 page": (page(403), Failure.KEY),
    "404": (refuses(404), Failure.NO_MODEL),
    "404 page": (page(404), Failure.NO_MODEL),
    "408": (refuses(408), Failure.SLOW),
    "413": (refuses(413), Failure.TOO_LONG),
    "418": (refuses(418), Failure.REFUSED),
    "429": (refuses(429, retry_after="7"), Failure.BUSY),
    "500": (refuses(500), Failure.SERVER),
    "502 page": (page(502), Failure.SERVER),
    "503": (refuses(503), Failure.SERVER),
    "context of OpenAI": (
        refuses(
            400, "This model's maximum context length is 4096.", code="context_length_exceeded"
        ),
        Failure.TOO_LONG,
    ),
    "context of llama.cpp": (
        refuses(400, "the request exceeds the available context size", n_ctx=4096),
        Failure.TOO_LONG,
    ),
    "context and max_tokens": (
        refuses(400, "max_tokens is too large: the maximum context length is 512"),
        Failure.TOO_LONG,
    ),
    "elsewhere": (moves_to("http://192.0.2.1/v1"), Failure.GARBAGE),
    "page": (page(), Failure.GARBAGE),
    "nothing": (raw(b""), Failure.GARBAGE),
    "words": (raw(b"Good morning.\n\n"), Failure.GARBAGE),
    "an answer that is no stream": (
        raw(b'{"choices": [{"message": {"content": "Hello"}}]}', kind="application/json"),
        Failure.GARBAGE,
    ),
    "no JSON": (raw(b"data: {no\n\ndata: {}\n\n"), Failure.GARBAGE),
    "no UTF-8": (raw(b"data: \xff\xfe\n\ndata: {}\n\ndata: [DONE]\n\n"), Failure.GARBAGE),
    "no choices": (raw(event(chunk_of())), Failure.GARBAGE),
    "a list": (raw(event([1, 2])), Failure.GARBAGE),
    "choices of another sort": (raw(event({"choices": ["x"]})), Failure.GARBAGE),
    "text of another sort": (raw(event(chunk_of({"content": 5}))), Failure.GARBAGE),
    "packed": (lambda line: line.head(content_encoding="gzip"), Failure.GARBAGE),
    "no text": (says(""), Failure.EMPTY),
    "only thoughts": (says("", thinks="Let me see."), Failure.EMPTY),
    "only thoughts aloud": (says("<think>Let me see."), Failure.EMPTY),
    "an error for a stream": (raw(event({"error": {"message": "no"}})), Failure.SERVER),
    "429 for a stream": (raw(event({"error": {"message": "no", "code": 429}})), Failure.BUSY),
    "filtered": (says("I can", reason="content_filter"), Failure.REFUSED),
    "failed while writing": (says("I can", reason="error"), Failure.SERVER),
    "mid sentence": (breaks_off("[1] The calf is"), Failure.BROKE_OFF),
    "mid sentence, seen by HTTP": (breaks_off("[1] The calf is", chunked=True), Failure.BROKE_OFF),
    "mid character": (breaks_off("[1] The calf is", mid_character=True), Failure.BROKE_OFF),
    "mid character, seen by HTTP": (
        breaks_off("[1] The calf is", mid_character=True, chunked=True),
        Failure.BROKE_OFF,
    ),
    "gone without a word": (raw(b"", headed=False), Failure.UNREACHABLE),
    "no HTTP": (raw(b"SSH-2.0-OpenSSH_9.6\r\n", headed=False), Failure.UNREACHABLE),
    "endless": (endless(), Failure.ENDLESS),
    "endless thoughts": (says("Yes.", thinks="hm " * 3000), Failure.ENDLESS),
    "an endless line": (endless_bytes(), Failure.ENDLESS),
    "an endless page": (endless_bytes(b"<p>\n\n" * 9999), Failure.ENDLESS),
}


@pytest.mark.parametrize("name", ACTS)
def test_it_has_a_name(name: str) -> None:
    act, failure = ACTS[name]
    ended = draft_of(act)
    assert ended.failure == failure.value
    assert not isinstance(ended.error, FormRefusedError)


@pytest.mark.parametrize("name", ["mid sentence", "mid character", "failed while writing"])
def test_the_text_before_it_has_been_handed_on(name: str) -> None:
    assert draft_of(ACTS[name][0]).text in ("[1] The calf is", "I can")


def test_half_a_character_that_json_can_spell_is_not_handed_on() -> None:
    data = event_of(chunk_of({"content": "calf "})) + event(chunk_of({"content": "HALF"}))
    ended = draft_of(raw(data.replace(b"HALF", rb"\ud800")))
    assert (ended.text, ended.error) == ("calf \ufffd", None)


@pytest.mark.parametrize("act", [silent(), silent(""), silent("The calf")])
def test_a_server_without_a_word_is_slow(act: Act) -> None:
    assert draft_of(act, silence_timeout=0.3).failure == "slow"


def test_a_server_that_never_stops_writing_slowly_is_slow() -> None:
    ended = draft_of(says("word " * 500, pause=0.05), total_timeout=1.0)
    assert ended.failure == "slow"
    assert ("word " * 500).startswith(ended.text)


def test_nobody_there_is_unreachable() -> None:
    with socket.socket() as taken:  # bound, and not listened to
        taken.bind(("127.0.0.1", 0))
        with model_at(f"http://127.0.0.1:{taken.getsockname()[1]}/v1") as model:
            assert read_all(model.start(PROMPT)).failure == "unreachable"


def test_a_name_that_nobody_has_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with model_at("http://model.invalid/v1") as model:
        assert read_all(model.start(PROMPT)).failure == "unreachable"


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://127.0.0.1:99999/v1"])
def test_an_address_that_is_none_is_unreachable(url: str) -> None:
    with model_at(url) as model:
        assert read_all(model.start(PROMPT)).failure == "unreachable"


def test_tls_where_there_is_none_is_unreachable_and_says_so() -> None:
    with (
        ScriptedModel() as server,
        model_at(server.url.replace("http:", "https:")) as model,
    ):
        ended = read_all(model.start(PROMPT))
    assert (ended.failure, "TLS" in str(ended.error)) == ("unreachable", True)


def test_a_server_that_does_not_take_the_call_is_unreachable() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(4)]  # more than it queues
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        with model_at(f"http://127.0.0.1:{address[1]}/v1", connect_timeout=0.3) as model:
            ended = read_all(model.start(PROMPT))
        for one in waiting:
            one.close()
    assert ended.failure == "unreachable"


@pytest.mark.parametrize(
    "act",
    [
        refuses_schemas(),
        refuses(400, "failed to parse grammar"),
        refuses(400, "failed to parse grammar: number of repetitions exceeds what is sane"),
        refuses(400, "Failed to generate JSON", code="json_validate_failed"),
        refuses(422, "no", param="response_format"),
    ],
)
def test_a_server_without_schemas_says_that_running_text_may_do(act: Act) -> None:
    assert isinstance(draft_of(act, SCHEMA).error, FormRefusedError)
    assert type(draft_of(act, PROMPT).error) is ModelError


def test_a_prompt_too_long_is_so_with_a_schema_too() -> None:
    act = refuses(400, "the request exceeds the available context size")
    assert draft_of(act, SCHEMA).failure == "too long"


def later(seconds: int) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("7", 7, 7),
        ("0.5", 0.5, 0.5),
        ("", 0, 0),
        ("soon", 0, 0),
        ("nan", 0, 0),
        ("inf", 0, 0),
        ("-3", 0, 0),
        ("99999999", 3600, 3600),
        (later(1000), 1, 1000),
        (later(-1000), 0, 0),
    ],
    # Named here: a date in a name would differ from one process to the next.
    ids="seconds half none words nan inf past long date gone".split(),
)
def test_the_wait_a_server_asks_for_is_known(said: str, least: float, most: float) -> None:
    error = draft_of(refuses(429, retry_after=said)).error
    assert error is not None
    assert least <= error.retry_after <= most


def chained(error: BaseException | None) -> list[BaseException]:
    """The exception and everything it carries along."""
    if error is None:
        return []
    return [error, *chained(error.__cause__), *chained(error.__context__)]


def repeats_the_call(status: int) -> Act:
    def act(line: Line) -> None:
        said = f"{line.call.words} {line.call.headers['authorization']}"
        line.body(status, json.dumps({"error": {"message": said}, "detail": said}))

    return act


@pytest.mark.parametrize("status", [400, 401, 404, 422, 429, 500])
def test_no_words_and_no_key_in_errors_or_logs(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ended = draft_of(repeats_the_call(status))
    frames = []
    assert ended.error is not None
    for each in chained(ended.error):
        trace = each.__traceback__
        while trace:
            frames.append(repr(trace.tb_frame.f_locals))
            trace = trace.tb_next
    told = " ".join([caplog.text, repr(ended), str(ended.error), *frames])
    assert [word for word in (KEY, "sore calf", "from the passages") if word in told] == []


def test_no_words_in_the_logs_of_a_draft_that_went_well(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    ended = draft_of(says("The soleus tires. [1]"))
    told = [word for word in (KEY, "sore calf", "soleus") if word in caplog.text]
    assert (ended.error, told) == (None, [])


def test_a_key_is_in_no_repr() -> None:
    server = server_at("http://127.0.0.1:9/v1")
    assert KEY not in repr(server)


@pytest.mark.parametrize("key", ["schlüssel", "two\nlines", "nul\0"])
def test_a_key_that_cannot_be_one_is_not_sent(key: str) -> None:
    with (
        model_at("http://127.0.0.1:9/v1", key=key) as model,
        pytest.raises(ModelError, match="SOLEUS_LLM_KEY") as caught,
    ):
        model.start(PROMPT)
    assert caught.value.failure is Failure.KEY
    assert key not in str(caught.value)


some_bytes = st.one_of(
    st.binary(max_size=300),
    st.lists(
        st.sampled_from(
            [
                b"data: ",
                b"\n\n",
                b"\r\n",
                b"[DONE]",
                b"{}",
                b"null",
                b"event: error\n",
                b"event: thread.x\n",
                b"\xc2",
                b"\xf0\x9f",
                b'{"choices":[{"delta":{"content":"Calf"}}]}',
                b'{"choices":[{"delta":null}]}',
                b'{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}',
                b'{"choices":[{"delta":{"tool_calls":[{}]}}]}',
                b'{"choices":[{}]}',
                b'{"choices":{}}',
                b'{"choices":null,"usage":7}',
                b'{"error":"x"}',
                b'{"error":{"code":"y"}}',
                b"9" * 5000,
                b"[" * 3000,
            ]
        ),
        max_size=12,
    ).map(b"".join),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=some_bytes, headed=st.sampled_from([True, True, True, False]))
def test_any_bytes_give_text_or_a_named_failure(data: bytes, headed: bool) -> None:
    ended = draft_of(raw(data, headed=headed))
    assert ended.error is not None or ended.text
