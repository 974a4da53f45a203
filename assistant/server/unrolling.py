"""A reply that grows, as sentences a client can add to what it shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.reply import Answer, AnswerItem
from assistant.server.events import Event, Kind, Version
from assistant.wire_format import as_item, as_passage


@dataclass
class Unrolling:
    """What a client was told of one version of an answer. For one thread."""

    version: Version
    _told: list[Mapping[str, Any]] = field(default_factory=list, init=False)

    def to(self, items: Sequence[AnswerItem]) -> Iterator[Event]:
        """What there is to be told for the client to show these items."""
        now = list(self._sentences(items))
        kept = len(self._told)
        if now[:kept] != self._told:
            yield Event(Kind.RESTART, {"version": self.version.value})
            kept = 0
        for data in now[kept:]:
            yield Event(Kind.SENTENCE, data)
        self._told = now

    def _sentences(self, items: Sequence[AnswerItem]) -> Iterator[Mapping[str, Any]]:
        for place, item in enumerate(items):
            told = dict(as_item(item))
            for sentence in told.pop("sentences"):
                yield {"version": self.version.value, "item": place, **told, **sentence}


def passages_of(answer: Answer) -> list[Mapping[str, Any]]:
    """The passages an answer quotes, each once, in its order: who speaks where, not what."""
    found = {
        citation.passage.id: citation.passage
        for item in answer.items
        for sentence in item.sentences
        for citation in sentence.citations
    }
    return [
        {"document": passage.span.document_id, **as_passage(passage)} for passage in found.values()
    ]
