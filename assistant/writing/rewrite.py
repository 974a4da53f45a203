"""A follow-up said so that it can be searched for alone. Made of the reader's own words or not
used; synonyms that the checker knows count as their own words.

The guard has read what the reader wrote, and what it holds back stays held back: a rewritten
question is only ever searched for.
"""

import re
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from assistant.checking.lexis import Lexis
from assistant.checking.novelty import unsaid
from assistant.guard.instructions import instructs
from assistant.models.model import Model, ModelError, Prompt
from assistant.question import Question
from assistant.writing.prompt import FENCE, one_line, prompt_file

REWRITE_SECONDS = 3.0
"""After so long a rewriting is given up: the reader is only told then that nothing was found."""
_TOKENS = 60
_LONGEST = 240
"""Characters a rewritten question may have."""
_TURNS = 3
"""Earlier turns that are sent, the latest of those that a model may read."""
_TICK = 0.2
_ASKING = frozenset("how what when why which who where should can could do does is are".split())


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Asks the model; safe to share between readers."""

    model: Model
    words: Lexis
    seconds: float = REWRITE_SECONDS
    """After so long it is given up."""
    clock: Callable[[], float] = time.monotonic

    def rewrite(self, question: Question) -> Generator[str]:
        """Yields "" while the model writes, several times a second; last of all the last turn as a
        question that stands alone. That is empty where it failed in any way, where it holds a
        telling word that the reader's own turns neither hold nor have a synonym of, and where there
        is no earlier turn that a model may read.

        Closing the iterator stops the model. Raises nothing of the model's.
        """
        earlier = question.earlier[question.earlier_private :][-_TURNS:]
        if not earlier:
            yield ""
            return
        turns, written = (*earlier, question.text), ""
        try:
            for so_far in self._asked(turns):
                written = so_far
                yield ""
        except ModelError:
            written = ""
        yield self._usable(written, turns)

    def _usable(self, written: str, turns: tuple[str, ...]) -> str:
        """The first line of what was written, if it may be searched for."""
        line = next((each.strip(" \"'*->") for each in written.splitlines() if each.strip()), "")
        line = re.sub(r"^(?:question|rewritten):\s*", "", line, flags=re.I)
        usable = re.search(r"\w", line) and len(line) <= _LONGEST and not instructs(line)
        if not usable or not _numbers(line) <= _numbers(" ".join(turns)):
            return ""
        return "" if unsaid(line, turns, self.words, _ASKING) else line

    def _asked(self, turns: tuple[str, ...]) -> Iterator[str]:
        """What is written so far, in the end all of it, or nothing where it took too long."""
        *before, last = (one_line(turn)[-_LONGEST * 2 :] for turn in turns)
        earlier = "\n".join(f"Earlier: {turn}" for turn in before)
        user = f"{FENCE}\n{earlier}\nLast: {last}\n{FENCE}"
        prompt = Prompt(prompt_file("rewrite.txt"), user, max_tokens=_TOKENS)
        until = self.clock() + self.seconds
        generation, written = self.model.start(prompt), ""
        try:
            while (piece := generation.read(_TICK)) is not None and "\n" not in written.strip():
                written += piece
                if self.clock() > until:
                    yield ""
                    return
                yield written
        finally:
            generation.stop()


def _numbers(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", text))
