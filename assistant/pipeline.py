"""The way a question walks, from the reader's words to a reply. Read this file first.

guard -> read -> (clarify) -> search -> weigh -> release -> admit -> select -> quote (-> write)
  |emergency: fixed words only                             |else: abstain
"""

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, replace

from assistant import fixed_words, record
from assistant.admit import AdmitSettings, Verdict, admit
from assistant.bearing import Bearing
from assistant.below import below
from assistant.clarify import choices_for
from assistant.compose import quote
from assistant.errors import AssistantError
from assistant.evidence import Evidence
from assistant.guard.guard import Guard
from assistant.guard.guard import Verdict as Screened
from assistant.guard.instructions import uninstructed
from assistant.nearby import nearest_topics
from assistant.noted import notes_for
from assistant.question import Question
from assistant.reading.ask import Ask, Reading
from assistant.reading.lexicon import Lexicon
from assistant.reading.reader import Reader
from assistant.reading.smalltalk import small_talk_in
from assistant.reading.words import stems_in
from assistant.release import Release, Topics
from assistant.reply import (
    Abstention,
    AbstentionReason,
    Answer,
    Clarification,
    Escalation,
    Level,
    NearbyTopic,
    Reply,
)
from assistant.retrieve import Searcher, retrieve
from assistant.select import Known, Point, SelectSettings, merge, select
from assistant.shelf import Shelf
from assistant.writing.private import tells_private
from assistant.writing.progress import Progress
from assistant.writing.rewrite import Rewriter
from assistant.writing.writer import Writer
from corpus.disagreements import Disagreement
from corpus.products import ProductMention
from index import Hit, PassageIndexError

_log = logging.getLogger(__name__)

MOST_UNCOVERED = 3
"""Parts named as not covered; a ramble has more asides than a reader wants to see again."""
Stage = Callable[[str], AbstractContextManager[object]]
"""Wraps a named stage, for a benchmark's clock."""


def untimed(_name: str) -> AbstractContextManager[object]:
    """A stage nobody times."""
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Found:
    """What one ask came to: what was searched, how it was judged, whether it may be answered."""

    ask: Ask
    hits: tuple[Hit, ...]
    evidence: Evidence
    verdict: Verdict


@dataclass(frozen=True)
class Assistant:
    """Answers questions from one shelf. Holds no conversation; safe to share between readers."""

    reader: Reader
    searcher: Searcher
    bearing: Bearing
    shelf: Shelf
    lexicon: Lexicon
    admit_settings: AdmitSettings
    select_settings: SelectSettings
    top_k: int
    guard: Guard
    topics: Topics
    contact: str = ""
    stage: Stage = untimed
    writer: Writer | None = None
    """Puts answers into words; None where no language model is set up."""
    rewriter: Rewriter | None = None
    """Rewords a follow-up that finds nothing by itself; None where nothing may."""

    def ask(self, question: Question) -> Reply:
        """Answer one turn. Never raises for anything a reader types; failures become a reply."""
        with self.stage("guard"):
            screened = self.guard.screen(question)
        if screened.alert is not None and screened.level is Level.EMERGENCY:
            return Escalation(screened.alert, screened.foreign)
        try:
            reply = self._reply(question, screened)
        except (AssistantError, PassageIndexError) as error:
            _log.error("no answer: %s", type(error).__name__)  # nothing anybody typed
            reply = self._abstain(AbstentionReason.UNAVAILABLE, fixed_words.UNAVAILABLE)
        return below(screened, reply)

    def ask_again(self, question: Question, reply: Reply) -> Generator[Reply]:
        """A second look at a follow-up that found nothing, as a language model rewords it.

        Yields the reply as it is, several times a second, while the model writes, and last what
        came of it; nothing where there is nothing to look for again. Closing it stops the model.
        Raises nothing of the model's.
        """
        screened = self.guard.screen(question)
        may = question.model_may_read and question.earlier and not _grave(screened)
        if self.rewriter is None or not may or not _found_nothing(reply):
            return
        text = ""
        with closing(self.rewriter.rewrite(uninstructed(question))) as rewriting:
            for said in rewriting:
                text = said
                yield reply
        if text:
            yield self._reworded(text, question, reply, screened)

    def write(self, question: Question, answer: Answer) -> Iterator[Progress]:
        """A quoting answer to the question in a language model's words, as it grows; the last one
        is done. The quotes stay where no model may read the question or an earlier turn the answer
        leans on, or where a warning is urgent.

        Closing the iterator stops the model. Raises nothing of the model's.
        """
        screened = self.guard.screen(question)
        may = question.model_may_read and not tells_private(question, answer)
        if self.writer is None or not may or _grave(screened):
            yield Progress(answer, done=True)
            return
        yield from self.writer.write(
            uninstructed(question), answer, Release(self.topics, screened.withhold)
        )

    def _reply(self, question: Question, screened: Screened) -> Reply:
        asked = uninstructed(question)
        if not asked.text and question.text.strip():
            return self._abstain(AbstentionReason.INSTRUCTION, fixed_words.INSTRUCTION)
        release = Release(self.topics, screened.withhold)
        return self._noted(self._answered(asked, release), question, screened)

    def _reworded(self, text: str, question: Question, reply: Reply, screened: Screened) -> Reply:
        """The answer to a follow-up as a model reworded it; the reply where that finds none."""
        try:
            found = self._answered(Question(text), Release(self.topics, screened.withhold))
        except (AssistantError, PassageIndexError) as error:
            _log.error("no answer to a reworded question: %s", type(error).__name__)
            return reply
        if not isinstance(found, Answer):
            return reply
        why = replace(found.why, carried=question.earlier[-1:], rewritten=text)
        return below(screened, self._noted(replace(found, why=why), question, screened))

    def _answered(self, question: Question, release: Release) -> Reply:
        if (talk := small_talk_in(question.text)) is not None:
            return self._abstain(AbstentionReason.SMALL_TALK, fixed_words.SMALL_TALK[talk])
        with self.stage("read"):
            reading = self.reader.read(question)
        if not reading.asks or (reading.bare and not reading.asks_something):
            return self._abstain(AbstentionReason.EMPTY, fixed_words.EMPTY)
        if reading.bare:
            return self._clarify(reading)
        reading, found = self._find_all(reading, question, release)
        with self.stage("select"):
            parts = [self._points(one, reading) for one in found if one.verdict.admitted]
            points = release.kept(merge(parts, self.select_settings))
        if not points:
            return self._not_covered(reading, found)
        with self.stage("compose"):
            return self._answer(reading, found, points)

    def _noted(self, reply: Reply, question: Question, screened: Screened) -> Reply:
        """The reply with the notes that what it quotes, or what was asked, calls for."""
        if not isinstance(reply, Answer | Abstention):
            return reply
        notes = notes_for(question.text, reply, self.shelf.notes)
        return replace(reply, notes=(*screened.information, *notes))

    def _find_all(
        self, reading: Reading, question: Question, release: Release
    ) -> tuple[Reading, tuple[Found, ...]]:
        """What each ask comes to; of a follow-up that says too little, with the turn before it."""
        found = self._agreed(tuple(self._find(ask, reading, release) for ask in reading.asks))
        alone = not question.earlier or reading.carried
        if alone or any(one.verdict.admitted for one in found):
            return reading, found
        joined = replace(reading, carried=question.earlier[-1:])
        again = self._agreed(tuple(self._find(ask, joined, release) for ask in joined.asks))
        if any(one.verdict.admitted for one in again):
            return joined, again
        return reading, found

    def _agreed(self, found: tuple[Found, ...]) -> tuple[Found, ...]:
        """No sentence that was refused as an answer to "how much" answers the ask beside it."""
        refused = {
            one.evidence.eligible[0].sentence.span
            for one in found
            if one.evidence.eligible
            and self.bearing.rulings.figure_unsaid(one.ask, one.evidence.eligible)
        }
        return tuple(
            replace(one, verdict=Verdict(False, "the amount asked for beside it is not there"))
            if one.verdict.admitted and one.evidence.eligible[0].sentence.span in refused
            else one
            for one in found
        )

    def _find(self, ask: Ask, reading: Reading, release: Release) -> Found:
        found = retrieve(ask, reading, self.searcher, self.top_k, self.stage)
        with self.stage("select"):
            evidence = release.sayable(self.bearing.weigh(ask, found))
            return Found(
                ask, found.hits, evidence, admit(evidence, self.bearing, self.admit_settings)
            )

    def _points(self, found: Found, reading: Reading) -> tuple[Point, ...]:
        asked = f" {' '.join(stems_in(reading.message))} "
        known = Known(
            disputed=frozenset(
                disagreement.id
                for disagreement in self.shelf.disagreements
                if self.bearing.speaks_of(found.ask, _named_in(disagreement))
            ),
            products=frozenset(
                product.name
                for product in self.shelf.products
                if any(f" {' '.join(stems_in(name))} " in asked for name in _names(product))
            ),
        )
        return select(found.evidence, self.shelf, self.select_settings, known)

    def _answer(self, reading: Reading, found: Sequence[Found], points: Sequence[Point]) -> Answer:
        refused = tuple(one.ask.text for one in found if not one.verdict.admitted)
        quoted = [place.sentence.span for point in points for place in point.places]
        missing = tuple(
            name
            for one in found
            if one.verdict.admitted
            for name in self.bearing.left_out(one.evidence, quoted)
        )
        uncovered = tuple(dict.fromkeys(refused + missing))[:MOST_UNCOVERED]
        why = record.of_answer(reading, found, points)
        return Answer(quote(points), why, uncovered, self._nearby(found) if uncovered else ())

    def _clarify(self, reading: Reading) -> Clarification:
        choices = choices_for(reading, self.shelf.topics)
        why = record.of_nothing(reading, "the question names nothing to look for")
        return Clarification(fixed_words.CLARIFY, choices, why)

    def _not_covered(self, reading: Reading, found: Sequence[Found]) -> Abstention:
        why = record.of_abstention(reading, found)
        return Abstention(
            AbstentionReason.NOT_COVERED,
            fixed_words.NOT_COVERED,
            self._nearby(found),
            fixed_words.ask_whom(self.contact),
            why,
        )

    def _nearby(self, found: Sequence[Found]) -> tuple[NearbyTopic, ...]:
        hits = [hit for one in found for hit in one.hits]
        return nearest_topics([one.ask for one in found], hits, self.shelf.topics, self.lexicon)

    def _abstain(self, reason: AbstentionReason, message: str) -> Abstention:
        return Abstention(reason, message, (), "", record.of_nothing(None, reason.value))


def _grave(screened: Screened) -> bool:
    """Whether a warning is so urgent that no language model comes near the conversation."""
    return screened.level.rank >= Level.URGENT.rank or "everything" in screened.withhold


def _found_nothing(reply: Reply) -> bool:
    if isinstance(reply, Abstention):
        return reply.reason is AbstentionReason.NOT_COVERED
    return isinstance(reply, Clarification)


def _names(product: ProductMention) -> tuple[str, ...]:
    return (product.name.lower(), *product.aliases)


def _named_in(known: Disagreement) -> str:
    """The fixed words of a disagreement: what it is about and who says what."""
    return " ".join([known.about, *(side.label for side in known.sides)])
