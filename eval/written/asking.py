"""Asks one question twice: for a checked answer, and for the same draft unchecked."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.compose import speaker_of
from assistant.guard.instructions import uninstructed
from assistant.models.model import FormRefusedError, ModelError
from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.reply import Answer, AnswerItem, ItemKind, Origin
from assistant.why import Drafted, Outcome
from assistant.wire_format import as_payload
from assistant.writing.prompt import offered, prompt_for
from eval.cases.case import Case, Half
from eval.measures.answers import forbidden_in, key_facts
from eval.providers.payload import read_reply
from eval.run.evaluate import digest_of
from eval.run.scoring import Yardstick
from eval.transcript import Transcript
from eval.written.case_run import Came, CaseRun, Sentences, Times, Versions
from eval.written.watched import Watched

WAIT = 0.2
"""Seconds of one read of the unchecked draft."""


@dataclass(frozen=True, slots=True)
class Asker:
    """An assistant with a watched model, and what its answers are held against."""

    assistant: Assistant
    model: Watched
    by: Yardstick
    max_tokens: int

    def ask(self, case: Case, *, raw_first: bool) -> CaseRun:
        """What the case came to. Raises nothing of the model's: failures are in what it gives."""
        self.model.forget()
        first: Literal["raw", "checked"] = "raw" if raw_first else "checked"
        question = replace(case.asked, model_may_read=True)
        found = self.assistant.ask(question)
        *_, reply = found, *self.assistant.ask_again(question, found)
        bare = CaseRun(case.id, digest_of([case]), case.half, case.category, Came.NOT_ASKED, first)
        if not isinstance(reply, Answer) or not offered(reply):
            return bare
        rewriting = self.model.usage
        self.model.forget()
        raw = self._raw(question, reply) if raw_first else None
        self.model.forget()
        answer, times = self._checked(question, reply)
        if not self.model.drafts and not self.model.failure:
            return bare  # a warning that allows quotes only
        used, failure = self.model.usage, self.model.failure
        self.model.forget()
        raw = raw or self._raw(question, reply)
        run = replace(
            bare,
            came=Came.WORDED if _wrote(answer) else Came.QUOTES,
            sentences=self._sentences(answer),
            times=replace(times, raw_first=raw.first, raw_end=raw.end),
            key_facts=Versions(self._facts(case, reply), self._facts(case, answer)),
            forbidden=Versions(_forbidden(case, reply), _forbidden(case, answer)),
            words=Versions(_length(reply.items), _length(answer.items)),
            tokens_in=used.tokens_in + rewriting.tokens_in,
            tokens_out=used.tokens_out + rewriting.tokens_out,
            tokens_counted=used.counted,
            failure=failure,
            raw_failure=raw.failure,
        )
        return _with_words(run, case, reply, answer) if case.half is Half.DEV else run

    def _checked(self, question: Question, reply: Answer) -> tuple[Answer, Times]:
        """The answer as a reader gets it, and when."""
        clock = self.model.clock
        started, last = clock(), reply
        shown: float | None = None
        first: float | None = None
        for step in self.assistant.write(question, reply):
            last, now = step.answer, clock() - started
            if shown is None and last.items and not step.done:
                shown = now
            if first is None and last.writing is not None and last.writing.passed:
                first = now
        return last, Times(shown, first, clock() - started, self.model.waited, None, None)

    def _raw(self, question: Question, reply: Answer) -> "_Raw":
        """The same prompt, read to its end and not looked at."""
        clock = self.model.clock
        started, first = clock(), None
        try:
            for text in self._pieces(question, reply):
                if first is None and text:
                    first = clock() - started
        except ModelError as error:
            return _Raw(None, None, error.failure.value)
        return _Raw(first, clock() - started, "")

    def _pieces(self, question: Question, reply: Answer) -> Iterator[str]:
        asked = uninstructed(question)
        forms = self.model.forms
        for form in forms:
            draft = self.model.start(prompt_for(asked, reply, form, self.max_tokens))
            try:
                while (text := draft.read(WAIT)) is not None:
                    yield text
                return
            except FormRefusedError:
                if form is forms[-1]:
                    raise
            finally:
                draft.stop()

    def _sentences(self, answer: Answer) -> Sentences:
        drafted = answer.why.drafted
        outcomes = Counter(one.outcome for one in drafted)
        shown = [sentence for item in answer.items for sentence in item.sentences]
        written = [one for one in shown if one.origin is Origin.WRITTEN]
        beside = [(one.text, [cited.quote for cited in one.citations]) for one in written]
        return Sentences(
            passed=outcomes[Outcome.PASSED],
            replaced=outcomes[Outcome.REPLACED],
            dropped=outcomes[Outcome.DROPPED],
            reasons=reasons_of(drafted),
            drafted_supported=sum(self._supported(one) for one in drafted),
            written=len(written),
            written_supported=sum(self.by.supports(*one) for one in beside),
            copied=outcomes[Outcome.COPIED],
            quoted=len(shown) - len(written),
        )

    def _supported(self, one: Drafted) -> bool:
        """Whether the support judge believes a drafted sentence."""
        cited = [self.by.texts[span.document_id][span.start : span.end] for span in one.cited]
        return bool(cited) and self.by.supports(one.text, cited)

    def _facts(self, case: Case, answer: Answer) -> float | None:
        return key_facts(_said(answer), case, self.by.claims)


@dataclass(frozen=True, slots=True)
class _Raw:
    first: float | None
    end: float | None
    failure: str


def reasons_of(drafted: Sequence[Drafted]) -> Mapping[str, int]:
    """How often sentences were refused for what, most often first, without what they said."""
    found = Counter(kind for one in drafted for kind in dict.fromkeys(f.kind for f in one.faults))
    return dict(found.most_common())


def _said(answer: Answer) -> Transcript:
    return read_reply(as_payload(answer), {})


def _forbidden(case: Case, answer: Answer) -> float:
    return float(bool(forbidden_in(_said(answer), case)))


def _wrote(answer: Answer) -> bool:
    return any(one.origin is Origin.WRITTEN for item in answer.items for one in item.sentences)


def _length(items: Sequence[AnswerItem]) -> float:
    return float(sum(len(one.text.split()) for item in items for one in item.sentences))


def _with_words(run: CaseRun, case: Case, reply: Answer, answer: Answer) -> CaseRun:
    return replace(
        run,
        question=" … ".join((*case.asked.earlier, case.asked.text)),
        quotes_shown=as_text(reply.items),
        words_shown=as_text(answer.items),
    )


def as_text(items: Sequence[AnswerItem]) -> str:
    """An answer as it reads, without a sign of who worded it: speakers are introduced alike."""
    blocks, group = [], ""
    for item in items:
        if item.group and item.group != group:
            blocks.append(f"Our sources disagree about: {item.group}")
        group = item.group
        said = " ".join(
            f"{one.text} {''.join(f'[{cited.marker}]' for cited in one.citations)}"
            for one in item.sentences
        )
        blocks.append(f"{_introduced(item)} {said}")
    return "\n\n".join(blocks)


def _introduced(item: AnswerItem) -> str:
    if item.group or item.kind is not ItemKind.STATEMENT:
        return item.attribution
    return f"{speaker_of(item.sentences[0].citations[0].passage)}:"
