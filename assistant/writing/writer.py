"""Asks the model, reads its draft as it comes, checks every sentence, and hands on what stands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from assistant.checking.check import Checker
from assistant.checking.rules import Source
from assistant.models.model import FormRefusedError, Generation, Model, ModelError, Prompt
from assistant.models.words import said_of
from assistant.question import Question
from assistant.release import Release
from assistant.reply import Answer, Writing
from assistant.why import Fault
from assistant.writing.arrange import Arrangement
from assistant.writing.draft import DraftReader, DraftSentence
from assistant.writing.progress import Progress
from assistant.writing.prompt import Offered, offered, prompt_for
from corpus import DocumentKind

TICK = 0.2
"""Seconds after which who waits is heard from again, though nothing is new."""
NOTHING_STOOD = (
    "Nothing the language model wrote held up against the texts, so these are their own words."
)
COPIED = "The language model only repeated the texts, so these are their own words."
MOST_SENTENCES = 12
"""Sentences of a draft that are looked at: one that rambles on is broken off."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Puts quoting answers into words. Holds no conversation; safe to share between readers."""

    model: Model
    checker: Checker
    max_tokens: int = 400

    def write(self, question: Question, answer: Answer, release: Release) -> Iterator[Progress]:
        """The answer as it grows; the last one is done. Raises nothing of the model's.

        Yields at least every `TICK` seconds. Closing the iterator stops the model.
        """
        arrangement = Arrangement(answer, offered(answer), self.checker.words, self.model.name)
        if not arrangement.numbered:
            yield Progress(answer, done=True)
            return
        try:
            yield from self._drafted(question, arrangement, release)
        except ModelError as error:
            yield Progress(
                arrangement.whole(said_of(error.failure, worded=arrangement.worded)), done=True
            )

    def _drafted(
        self, question: Question, arrangement: Arrangement, release: Release
    ) -> Iterator[Progress]:
        forms = self.model.forms
        for form in forms:
            prompt = prompt_for(question, arrangement.answer, form, self.max_tokens)
            try:
                yield from self._of_form(prompt, arrangement, release)
                return
            except FormRefusedError:
                if form is forms[-1]:
                    raise

    def _of_form(
        self, prompt: Prompt, arrangement: Arrangement, release: Release
    ) -> Iterator[Progress]:
        generation = self.model.start(prompt)
        try:
            yield from self._read(generation, arrangement, release)
        finally:
            generation.stop()

    def _read(
        self, generation: Generation, arrangement: Arrangement, release: Release
    ) -> Iterator[Progress]:
        reader, left = DraftReader(), MOST_SENTENCES
        while left and (text := generation.read(TICK)) is not None:
            for sentence in islice(reader.feed(text), left):
                left -= 1
                self._take(sentence, arrangement, release)
            yield Progress(_with_usage(arrangement.so_far(), generation))
        for sentence in islice(reader.close(), left):
            self._take(sentence, arrangement, release)
        failure = "" if arrangement.worded else COPIED if arrangement.stands else NOTHING_STOOD
        whole = arrangement.whole(failure)
        yield Progress(_with_usage(whole, generation), done=True)

    def _take(self, sentence: DraftSentence, arrangement: Arrangement, release: Release) -> None:
        cited = arrangement.cited(sentence.cites)
        if faults := self._refusal(sentence, cited, arrangement, release):
            arrangement.failed(sentence.text, cited, *faults)
        elif arrangement.repeats(sentence.text):
            arrangement.repeated(sentence.text, cited)
        else:
            arrangement.passed(sentence.text, cited)

    def _refusal(
        self,
        sentence: DraftSentence,
        cited: tuple[Offered, ...],
        arrangement: Arrangement,
        release: Release,
    ) -> tuple[Fault, ...]:
        """Why a sentence may not be read; empty when it may."""
        if not cited:
            return (Fault("it cites nothing"),)
        if reason := release.refusal(sentence.text):
            return (Fault(reason),)
        verdict = self.checker.check(sentence.text, [_source(one) for one in cited])
        if not verdict.passed:
            return verdict.faults
        return arrangement.leaning(sentence.text, cited)


def _source(one: Offered) -> Source:
    passage = one.citation.passage
    return Source(
        one.citation.quote,
        (passage.span.document_id, passage.speaker),
        forum=passage.kind is not DocumentKind.ARTICLE,
    )


def _with_usage(answer: Answer, generation: Generation) -> Answer:
    writing, usage = answer.writing, generation.usage
    if not isinstance(writing, Writing):
        return answer
    counted = replace(writing, tokens_in=usage.tokens_in, tokens_out=usage.tokens_out)
    return replace(answer, writing=counted)
