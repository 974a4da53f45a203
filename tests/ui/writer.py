"""A scripted model: words the scripted answers, slowly or not at all, as the question says."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from threading import Event

from assistant.question import Question
from assistant.reply import Answer, AnswerItem, AnswerSentence, ItemKind, Origin, Writing
from assistant.why import Drafted, Fault, Outcome
from assistant.writing.progress import Progress
from index import Passage
from tests.ui import scripted
from tests.ui.scripted import KERB_AGAINST, KERB_FOR, RELEASE, SALT, cite

FAILURE = "The model did not answer in time, so these are the quotes."


def worded(text: str, marker: int, source: Passage, words: str) -> AnswerSentence:
    """A sentence of the model's own that rests on these words."""
    return AnswerSentence(text, (cite(marker, source, words),), Origin.WRITTEN)


FIRST = worded(
    "Do not stretch yet: let the muscle finish tightening first.",
    1,
    RELEASE,
    RELEASE.sentences[0].text,
)
SECOND = worded(
    "Pulled on halfway, a fibre can tear, the author warns.", 2, RELEASE, RELEASE.sentences[1].text
)
QUOTED = scripted.says(3, RELEASE, RELEASE.sentences[2].text)
"""In place of a sentence that failed the check."""
POSTER = worded(
    "Adding salt seemed to help this runner, who was not sure of it.",
    4,
    SALT,
    SALT.sentences[0].text,
)
SENTENCES = (FIRST, SECOND, QUOTED, POSTER)
WRITTEN = (
    AnswerItem(ItemKind.STATEMENT, "One article says:", (FIRST, SECOND, QUOTED)),
    AnswerItem(ItemKind.STATEMENT, "One forum poster (reply 1) says:", (POSTER,)),
)
SIDES = (
    AnswerItem(
        ItemKind.DISAGREEMENT,
        "One article says:",
        (
            worded(
                "Heel drops off a kerb pull too hard unless slow.",
                1,
                KERB_AGAINST,
                KERB_AGAINST.text,
            ),
        ),
        group="heel drops off a kerb",
    ),
    AnswerItem(
        ItemKind.DISAGREEMENT,
        "One forum poster (reply 3) says:",
        (scripted.says(2, KERB_FOR, KERB_FOR.sentences[0].text),),
        group="heel drops off a kerb",
    ),
)
DRAFTED = (
    Drafted(FIRST.text, (RELEASE.sentences[0].span,), Outcome.PASSED),
    Drafted(SECOND.text, (RELEASE.sentences[1].span,), Outcome.PASSED),
    Drafted(
        "Losing an hour is worth it.",
        (RELEASE.sentences[2].span,),
        Outcome.REPLACED,
        (Fault("time", "an hour"),),
    ),
    Drafted("Take 400 mg of magnesium.", (), Outcome.DROPPED, (Fault("cites nothing"),)),
)


def growing(items: tuple[AnswerItem, ...]) -> Iterator[tuple[AnswerItem, ...]]:
    """The items one sentence longer each time."""
    for last, item in enumerate(items):
        for count in range(1, len(item.sentences) + 1):
            yield (*items[:last], replace(item, sentences=item.sentences[:count]))


@dataclass
class ScriptedWriter:
    """Words an answer sentence by sentence. "slowly": once let go; "fails": not at all; "halts":
    stops after the first sentence until closed; "broken": raises. Counts what is open and closed.
    """

    model: str = "qwen2.5:7b"
    pause: float = 0.1
    """Seconds between two reports, at most 0.25."""
    read: list[Question] = field(default_factory=list)
    open: int = 0
    closed: int = 0
    held: Event = field(default_factory=Event)

    def __call__(self, question: Question, quotes: Answer) -> Iterator[Progress]:
        assert question.model_may_read, "the reader has not agreed"
        self.read.append(question)
        self.open += 1
        try:
            yield from self._draft(question.text, quotes)
        finally:
            self.open -= 1
            self.closed += 1

    def _draft(self, text: str, quotes: Answer) -> Iterator[Progress]:
        so_far = replace(quotes, items=(), quotes=quotes.items, writing=Writing(self.model))
        yield Progress(so_far)
        if "broken" in text:
            raise RuntimeError("scripted failure of the writer")
        if "fails" in text:
            writing = Writing(self.model, failure=FAILURE)
            yield Progress(replace(quotes, writing=writing), done=True)
            return
        while "slowly" in text and not self.held.is_set():
            time.sleep(self.pause)
            yield Progress(so_far)
        self.held.clear()
        items = SIDES if quotes is scripted.DISPUTE or "kerb" in text else WRITTEN
        for part in growing(items):
            time.sleep(self.pause)
            so_far = replace(so_far, items=part)
            yield Progress(so_far)
            while "halts" in text:
                time.sleep(self.pause)
                yield Progress(so_far)
        writing = Writing(self.model, passed=3, replaced=1, dropped=1)
        why = replace(quotes.why, drafted=DRAFTED)
        yield Progress(replace(so_far, writing=writing, why=why), done=True)
