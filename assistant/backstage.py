"""Loads the assistant behind a page that is already up, and lets questions wait for it."""

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, NotReadyError, kind_and_place
from assistant.question import Question
from assistant.reply import Reply
from corpus import CorpusError
from index import PassageIndexError

if TYPE_CHECKING:  # the page must not wait for what the pipeline imports
    from assistant.pipeline import Assistant

_log = logging.getLogger(__name__)


class Backstage:
    """One assistant, loaded once in a thread of its own. Shared by all visitors."""

    def __init__(self, load: "Callable[[Callable[[str], None]], Assistant]") -> None:
        """`load` builds the assistant and tells, in plain words, what it is doing."""
        self._load = load
        self._done = Event()
        self._stage = "Opening the shelf"
        self._error: str | None = None
        self._assistant: Assistant | None = None

    def start(self) -> None:
        """Begin loading. Call once, when the page is up."""
        Thread(target=self._run, name="backstage", daemon=True).start()

    def ask(self, question: Question) -> Reply:
        """Answer, once loaded. Raises NotReadyError before that, or when loading failed."""
        if self._assistant is None:
            raise NotReadyError(self._error or "Soleus is still loading. Ask again in a minute.")
        return self._assistant.ask(question)

    def ready(self) -> bool:
        """Whether questions can be answered now."""
        return self._assistant is not None

    def stage(self) -> str:
        """What is being done meanwhile, in plain words."""
        return self._stage

    def wait(self, timeout: float) -> bool:
        """Wait at most `timeout` seconds; whether questions can be answered then."""
        self._done.wait(timeout)
        return self.ready()

    def error(self) -> str | None:
        """Why it will never be ready, and what to run; None while there is hope."""
        return self._error

    def _run(self) -> None:
        try:
            self._assistant = self._load(self._tell)
        except (AssistantError, CorpusError, PassageIndexError) as error:
            self._fail(str(error), type(error).__name__)
        except Exception as error:
            words = "Loading failed unexpectedly. Run: python -m assistant doctor"
            self._fail(words, kind_and_place(error))
        finally:
            self._done.set()

    def _fail(self, words: str, kind: str) -> None:
        self._error = words
        _log.error("Soleus could not be loaded (%s): %s", kind, words)

    def _tell(self, stage: str) -> None:
        self._stage = stage
