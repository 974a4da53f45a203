"""Soleus itself, in this process."""

from dataclasses import dataclass

from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.retrieve import retrieve
from assistant.settings import Settings
from assistant.wire import open_assistant
from assistant.wire_format import as_payload
from corpus import Span
from eval.bench.clock import StageClock
from eval.providers.payload import read_reply
from eval.transcript import Transcript

_DEEP = 20
"""Passages ranked for a question; enough for every cut-off that is scored."""


@dataclass(frozen=True)
class Soleus:
    """The assistant as the page opens it. A `Provider` and a `Ranker`."""

    assistant: Assistant
    clock: StageClock
    name: str = "Soleus"

    @classmethod
    def open(cls, settings: Settings) -> "Soleus":
        """Over the built index. Raises CorpusError, PassageIndexError."""
        clock = StageClock()
        return cls(open_assistant(settings, stage=clock.stage), clock)

    def ask(self, question: Question) -> Transcript:
        """The reply, through the same JSON that goes over a wire."""
        with self.clock.question():
            reply = self.assistant.ask(question)
        return read_reply(as_payload(reply), self.clock.latest_ms())

    def rank(self, question: Question) -> tuple[Span, ...]:
        """Passages found for it; of a message that asks several things, by turns."""
        reading = self.assistant.reader.read(question)
        found = [
            [
                hit.passage.span
                for hit in retrieve(
                    ask, reading, self.assistant.searcher, _DEEP, self.clock.stage
                ).hits
            ]
            for ask in reading.asks
        ]
        by_turns = [ranked[n] for n in range(_DEEP) for ranked in found if n < len(ranked)]
        return tuple(dict.fromkeys(by_turns))
