"""Examine the installation: what is checked, its state, and the remedy."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import AssistantError
from assistant.settings import Settings, llm_key, load_settings
from corpus import CorpusError, load_documents
from index import PassageIndexError

_OURS = (AssistantError, CorpusError, PassageIndexError)


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. `state` says what was seen; `remedy` what to do, empty when all is well."""

    name: str
    ok: bool
    state: str
    remedy: str = ""


def examine(path: Path | None) -> Iterator[Check]:
    """Settings, shelf, encoder, index and one question, in that order; stops where it must."""
    try:
        settings = load_settings(path)
    except AssistantError as error:
        yield Check("settings", False, str(error), "Mend the settings file or the variable named.")
        return
    yield Check("settings", True, "read")
    yield _shelf()
    yield _own(settings)
    yield _encoder(settings)
    yield from _index(settings)
    yield _operator(settings)
    yield from _model(settings)


def _shelf() -> Check:
    try:
        documents = load_documents()
    except CorpusError as error:
        return Check("shelf", False, str(error), "Restore corpus/ from the repository.")
    return Check("shelf", True, f"{len(documents)} documents, every digest as cataloged")


def _own(settings: Settings) -> Check:
    """The club's own documents: the list, and every text on it."""
    from assistant.documents import library_of

    try:
        library = library_of(settings)
        for entry in library.entries:
            library.text(entry.id)
    except CorpusError as error:
        return Check("own documents", False, str(error), "Do what it says; docs/own-documents.md")
    if not library.entries:
        return Check("own documents", True, "none yet", "To add some: docs/own-documents.md")
    return Check("own documents", True, f"{len(library.entries)}, every text as it was written")


def _encoder(settings: Settings) -> Check:
    from assistant.wire import encoder_of

    encoder = encoder_of(settings)
    try:
        size = len(encoder.encode(["calf"])[0])
    except PassageIndexError as error:
        return Check("encoder", False, str(error), "Run: make install")
    return Check("encoder", True, f"{encoder.name}, {size} dimensions, weights verified")


def _index(settings: Settings) -> Iterator[Check]:
    from assistant.question import Question
    from assistant.reply import Abstention
    from assistant.wire import open_assistant

    try:
        assistant = open_assistant(settings)
    except _OURS as error:
        yield Check("index", False, str(error), "Run: python -m assistant index")
        return
    yield Check("index", True, f"{assistant.shelf.texts.count} passages, every file sound")
    topic = assistant.shelf.topics[0]
    reply = assistant.ask(Question(topic.question))
    answered = not isinstance(reply, Abstention)
    yield Check(
        "a question",
        answered,
        f"“{topic.question}” " + ("answered" if answered else "not answered"),
        "" if answered else "Run: python -m assistant index --force",
    )


def _operator(settings: Settings) -> Check:
    if settings.operator.contact:
        return Check("operator", True, "contact set")
    return Check(
        "operator", True, "no contact set", "Readers see one if [operator] contact is set."
    )


def _model(settings: Settings) -> Iterator[Check]:
    from assistant.doctor_model import examine_model

    for found in examine_model(settings.llm, llm_key()):
        yield Check("language model", found.ok, found.state, found.remedy)
