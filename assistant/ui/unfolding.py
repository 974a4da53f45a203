"""How a written answer unfolds before the reader: found, first sentences, the quotes where those
take too long, the whole. Every step says what is shown and what is announced.
"""

import logging
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from assistant.errors import kind_and_place
from assistant.question import Question
from assistant.reply import Answer, Writing
from assistant.turns import WriteCallable
from assistant.ui import words
from assistant.ui.plain import spoken_end, spoken_news
from assistant.ui.sources import citations_of
from assistant.ui.versions import Versions
from assistant.writing.progress import Progress

_log = logging.getLogger(__name__)

_BROKE = "Something on our side failed while the answer was being worded. These are the quotes."


@dataclass(frozen=True, slots=True)
class Step:
    """What is shown from now on, and everything announced so far."""

    versions: Versions
    say: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    """Bare texts of the sentences among `say`, in that order."""

    def on(self, progress: Progress, *, late: bool) -> "Step":
        """The next step; this very one where nothing is new."""
        was = self.versions
        written = progress.answer
        if written.writing is None:
            written = replace(written, writing=Writing(was.model))
        late = was.late or (late and not was.begun)
        now = replace(was, written=written, late=late, done=progress.done)
        if not progress.done and _shown(was) == _shown(now):
            return self
        return _announced(self, now)

    def broken(self) -> "Step":
        """The last step where the writer failed, or ended without saying so."""
        was = self.versions
        writing = Writing(was.model, failure=_BROKE)
        return _announced(
            self, replace(was, written=replace(was.quotes, writing=writing), done=True)
        )


def steps(
    write: WriteCallable, question: Question, quotes: Answer, model: str, deadline: float
) -> Generator[Step, None, None]:
    """Every step of one answer, some of them twice. Closing this stops the model.

    `deadline`: seconds until the quotes are shown if no checked sentence has come.
    """
    began = time.monotonic()
    versions = Versions(model, quotes)
    titles = ", ".join(dict.fromkeys(c.passage.title for c in citations_of(quotes)))
    step = Step(versions, (f"{versions.found()}: {titles}. {versions.working()}.",))
    yield step
    drafting: Iterator[Progress] = iter(())
    try:
        drafting = write(question, quotes)
        for progress in drafting:
            step = step.on(progress, late=time.monotonic() - began >= deadline)
            yield step
            if progress.done:
                return
    except Exception as failure:
        _log.error("an answer could not be worded: %s", kind_and_place(failure))
    finally:
        if isinstance(drafting, Generator):
            drafting.close()
    yield step.broken()


def _shown(versions: Versions) -> tuple[object, ...]:
    """What tells two steps apart for the reader."""
    written = () if versions.late or versions.written is None else versions.written.items
    return versions.late, written


def _announced(step: Step, now: Versions) -> Step:
    """The step with whatever of it was not heard yet: only what is in sight."""
    was = step.versions
    front = now.front
    lines: list[str] = []
    if now.done and now.written is not None and now.written.writing is not None:
        lines.append(now.written.writing.failure)
    if now.late and not was.late and not now.done:
        lines.append(f"{now.still()}.")
    if now.late and now.two:
        lines.append(f"The answer worded by {now.model} is ready: {words.SHOW_WRITTEN}.")
    seen = now.quotes_in_front or now.begun
    news = spoken_news(front, step.heard) if seen else ()
    if news and not was.begun and not now.quotes_in_front:
        lines.append(f"{words.author(front)}.")
    lines.extend(said for _, said in news)
    ended = was.quotes_in_front or not (now.quotes_in_front or now.done)
    lines.extend(() if ended else spoken_end(front))
    say = (*step.say, *(line for line in lines if line))
    return Step(now, say, (*step.heard, *(text for text, _ in news)))
