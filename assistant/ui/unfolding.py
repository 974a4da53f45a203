"""How a written answer unfolds before the reader: found, first sentences, the quotes where those
take too long, the whole. Every step says what is shown and what is announced.
"""

from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace

from assistant.reply import Answer, Writing
from assistant.turns import Drafted
from assistant.ui import words
from assistant.ui.plain import spoken_end, spoken_news
from assistant.ui.sources import citations_of
from assistant.ui.versions import Versions
from assistant.writing.progress import Progress


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


def begun(quotes: Answer, model: str) -> Step:
    """The first step: what was found, and that a model is at work."""
    versions = Versions(model, quotes)
    titles = ", ".join(dict.fromkeys(c.passage.title for c in citations_of(quotes)))
    return Step(versions, (f"{versions.found()}: {titles}. {versions.working()}.",))


def steps(drafting: Iterable[Drafted], quotes: Answer, model: str) -> Generator[Step, None, None]:
    """Every step of one answer, some of them twice."""
    step = begun(quotes, model)
    yield step
    for drafted in drafting:
        step = step.on(drafted.progress, late=drafted.late)
        yield step


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
