"""One question from the terminal: quoted, or worded where the model may read it."""

from collections.abc import Iterator

import pytest

from assistant import asking, wire
from assistant.asking import ask_once
from assistant.errors import SettingsError
from assistant.models import opening
from assistant.models.model import Model
from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.reply import Abstention, Answer
from assistant.settings import LlmSettings, Settings
from index.errors import IndexNotBuiltError
from tests.assistant.conftest import Built
from tests.assistant.written import drafts, honest
from tests.scripted_model import PATIENCE, ScriptedModel, says

SALT = Question("does salt help against calf cramp?")


@pytest.fixture
def server() -> Iterator[ScriptedModel]:
    """A model on this machine that tells what it is given in nearly its own words."""
    with ScriptedModel(drafts(honest)) as made:
        yield made


@pytest.fixture
def settings(built: Built, server: ScriptedModel) -> Settings:
    """With that model."""
    llm = LlmSettings(base_url=server.url, model="scripted", connect_timeout=30.0)
    return built.settings.model_copy(update={"llm": llm})


@pytest.fixture(autouse=True)
def _one_encoder(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is opened for real but the encoder, which the tests share."""

    def opened(settings: Settings, *, model: Model | None = None) -> Assistant:
        return wire.open_assistant(settings, built.encoder, model=model)

    monkeypatch.setattr(asking, "open_assistant", opened)


def is_written(reply: object) -> bool:
    assert isinstance(reply, Answer)
    return reply.writing is not None and reply.writing.passed > 0


def asks_first(settings: Settings) -> Settings:
    """As where a server elsewhere reads the question."""
    llm = settings.llm.model_copy(update={"consent": "always"})
    return settings.model_copy(update={"llm": llm})


def test_a_model_on_this_machine_words_the_answer(
    settings: Settings, server: ScriptedModel
) -> None:
    assert is_written(ask_once(settings, SALT))
    assert is_written(ask_once(settings, SALT, worded=True))
    assert len(server.calls) == 2


def test_whoever_wants_the_quotes_has_them_and_nobody_reads_along(
    settings: Settings, server: ScriptedModel
) -> None:
    assert not is_written(ask_once(settings, SALT, worded=False))
    assert server.calls == []


def test_a_server_elsewhere_reads_a_question_only_when_told_to(
    settings: Settings, server: ScriptedModel
) -> None:
    careful = asks_first(settings)
    assert not is_written(ask_once(careful, SALT))
    assert server.calls == []
    assert is_written(ask_once(careful, SALT, worded=True))


def test_without_a_model_the_quotes_are_the_answer(built: Built) -> None:
    assert not is_written(ask_once(built.settings, SALT))
    with pytest.raises(SettingsError, match=r"\[llm\] in settings.example.toml"):
        ask_once(built.settings, SALT, worded=True)


def test_where_there_is_no_answer_nothing_is_worded(
    settings: Settings, server: ScriptedModel
) -> None:
    assert isinstance(ask_once(settings, Question("who won the chess world cup?")), Abstention)
    assert server.calls == []


def test_the_model_is_let_go_of_whatever_happens(
    settings: Settings, server: ScriptedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[None] = []
    real = opening.model_of

    def watched(llm: LlmSettings, key: str) -> object:
        model = real(llm, key)
        assert model is not None
        close = model.close
        monkeypatch.setattr(model, "close", lambda: closed.append(close()))
        return model

    monkeypatch.setattr(asking, "model_of", watched)
    server.acts = (says("Nothing of the kind."),)
    assert not is_written(ask_once(settings, SALT))
    assert server.call().over.wait(PATIENCE)
    assert len(closed) == 1
    broken = settings.model_copy(update={"index": built_nowhere(settings)})
    with pytest.raises(IndexNotBuiltError):
        ask_once(broken, SALT)
    assert len(closed) == 2


def built_nowhere(settings: Settings) -> object:
    """Where no index is."""
    return settings.index.model_copy(update={"folder": settings.index.folder / "nowhere"})
