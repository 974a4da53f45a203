"""Loads the assistant behind a page that is already up, and lets questions wait for it.

Afterwards watches the index: when that was changed, an assistant over the new one is loaded beside
the old and takes its place between two questions. What is found and quoted comes from one of them
from beginning to end; a model that words it afterwards is given those very quotes, whatever was
loaded since. One that cannot be loaded leaves the old in place.
"""

import logging
from collections.abc import Callable, Generator, Iterator
from threading import Event, Thread
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, NotReadyError, kind_and_place
from assistant.question import Question
from assistant.reply import Answer, Reply
from assistant.writing.progress import Progress
from corpus import CorpusError, Provenance
from index import PassageIndexError

if TYPE_CHECKING:  # the page must not wait for what the pipeline imports
    from assistant.pipeline import Assistant

_log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between two looks at whether the index was changed."""


class Backstage:
    """One assistant, loaded once in a thread of its own. Shared by all visitors."""

    def __init__(
        self,
        load: "Callable[[Callable[[str], None]], Assistant]",
        stamp: Callable[[], str | None] | None = None,
        every: float = EVERY,
    ) -> None:
        """`load` builds the assistant and tells, in plain words, what it is doing.

        `stamp`: changes whenever the index does; without it, nothing is ever loaded anew.
        `every`: seconds between two looks at it.
        """
        self._load = load
        self._stamp = stamp
        self._every = every
        self._seen: str | None = None
        self._stopped = Event()
        self._started = Event()
        self._done = Event()
        self._stage = "Opening the shelf"
        self._error: str | None = None
        self._assistant: Assistant | None = None

    def start(self) -> None:
        """Begin loading. Call once, when the page is up."""
        self._started.set()
        Thread(target=self._run, name="backstage", daemon=True).start()

    def stop(self) -> None:
        """Look after the index no longer. What is loaded goes on answering."""
        self._stopped.set()

    def assistant(self) -> "Assistant | None":
        """The one that answers right now; None before the first is loaded."""
        return self._assistant

    def get(self, document_id: str, /) -> Provenance | None:
        """Where a document comes from that the present index knows (assistant/ui/sources.py)."""
        return self._assistant.shelf.texts.origin(document_id) if self._assistant else None

    def ask(self, question: Question) -> Reply:
        """Answer, once loaded. Raises NotReadyError before that, or when loading failed."""
        return self._present().ask(question)  # one and the same for the whole answer

    def ask_again(self, question: Question, reply: Reply) -> Generator[Reply]:
        """A second look at a follow-up that found nothing; the last reply counts. Raises
        NotReadyError as `ask` does.
        """
        return self._present().ask_again(question, reply)

    def write(self, question: Question, answer: Answer) -> Iterator[Progress]:
        """The answer in a language model's words, as it grows. Raises NotReadyError as `ask`
        does.
        """
        return self._present().write(question, answer)

    def ready(self) -> bool:
        """Whether questions can be answered now."""
        return self._assistant is not None

    def loading(self) -> bool:
        """Whether the first assistant is being loaded right now."""
        return self._started.is_set() and not self._done.is_set()

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

    def _present(self) -> "Assistant":
        assistant = self._assistant
        if assistant is None:
            raise NotReadyError(self._error or "Soleus is still loading. Ask again in a minute.")
        return assistant

    def _run(self) -> None:
        self._seen = self._look()  # before loading: a change meanwhile is seen afterwards
        self._load_first()
        while self._stamp is not None and not self._stopped.wait(self._every):
            now = self._look()
            if now is not None and now != self._seen:
                self._seen = now
                self._load_anew()

    def _look(self) -> str | None:
        """The index's stamp; None where there is none, or nobody can tell."""
        try:
            return self._stamp() if self._stamp else None
        except PassageIndexError:  # a database that is away for a moment
            return self._seen

    def _load_anew(self) -> None:
        try:
            self._assistant = self._load(self._tell)
            self._error = None
        except (AssistantError, CorpusError, PassageIndexError) as error:
            _log.error("The changed index was not taken over (%s): %s", type(error).__name__, error)
        except Exception as error:
            _log.error("The changed index was not taken over (%s)", kind_and_place(error))

    def _load_first(self) -> None:
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
