"""One question from the terminal, answered whole: quoted, or worded where a model may read it."""

from dataclasses import replace

from assistant.errors import SettingsError
from assistant.models.card import card_of
from assistant.models.opening import model_of
from assistant.question import Question
from assistant.reply import Answer, Reply
from assistant.settings import Settings, llm_key
from assistant.wire import open_assistant


def ask_once(settings: Settings, question: Question, worded: bool | None = None) -> Reply:
    """The reply to a question. `worded`: whether the language model may read it; None: where it
    runs on this machine or the local network.

    Raises what `open_assistant` does, and SettingsError where `worded` and no model is set up.
    """
    card = card_of(settings.llm)
    if worded and card is None:
        raise SettingsError("No language model is set up: see [llm] in settings.example.toml.")
    may_read = card is not None and (not card.asks_consent if worded is None else worded)
    model = model_of(settings.llm, llm_key()) if may_read else None
    asked = replace(question, model_may_read=may_read)
    try:
        assistant = open_assistant(settings, model=model)
        found = assistant.ask(asked)
        *_, reply = found, *assistant.ask_again(asked, found)
        if isinstance(reply, Answer) and model is not None:
            *_, last = assistant.write(asked, reply)
            return last.answer
        return reply
    finally:
        if model is not None:
            model.close()
