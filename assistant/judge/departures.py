"""What a sentence states that the words it cites do not hold, named one by one.

Numbers with their units, durations, body parts, muscles, drugs, remedies, speakers, denials and
opposites: the small words by which a fluent sentence goes wrong. Shared words do not show them.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.judge.polarity import opposites, overstated, turned
from assistant.judge.quantities import absent, quantities_in
from assistant.judge.reading import plain, sentences_of, words_of
from assistant.judge.verbatim import verbatim

_LISTS = Path(__file__).with_name("departures.toml")


@dataclass(frozen=True, slots=True)
class Departure:
    """Something stated that is not in the evidence."""

    kind: str
    """`number`, `duration`, `body_part`, `muscle`, `drug`, `remedy`, `speaker`, `negation`,
    `opposite` or `certainty`."""
    text: str


def departures(sentence: str, evidence: Sequence[str]) -> tuple[Departure, ...]:
    """Every departure of a sentence from the words it cites, taken together.

    Words without a departure need not support the sentence: this looks at small words only.
    """
    cited = "\n".join(evidence)
    if verbatim(sentence, evidence):
        return ()
    return (*_quantities(sentence, cited), *_things(sentence, cited), *_turns(sentence, cited))


def likest_window(sentence: str, sentences: Sequence[str]) -> str:
    """The one or two neighbouring sentences that share the most words with another; may be ""."""
    said = {word.stem for word in words_of(sentence)}
    shared = [said & {word.stem for word in words_of(each)} for each in sentences]
    if len(sentences) < 2:
        return "".join(sentences)
    best = max(range(len(shared) - 1), key=lambda at: len(shared[at] | shared[at + 1]))
    # A neighbour that adds nothing only brings its own denials.
    kept = [at for at in (best, best + 1) if shared[at] - shared[best + (at == best)]]
    return " ".join(sentences[at] for at in kept or [best])


def _quantities(sentence: str, cited: str) -> Iterator[Departure]:
    for one in absent(quantities_in(sentence), quantities_in(cited)):
        yield Departure("duration" if one.dimension == "time" else "number", str(one))


def _things(sentence: str, cited: str) -> Iterator[Departure]:
    said, there = plain(sentence), plain(cited)
    for kind, things in _lists().items():
        for name, pattern in things.items():
            if pattern.search(said) and not pattern.search(there):
                yield Departure(kind, name)


def _turns(sentence: str, cited: str) -> Iterator[Departure]:
    window = likest_window(sentence, sentences_of(cited))
    if denied := turned(sentence, window):
        yield Departure("negation", f"only one of the two denies: {', '.join(denied)}")
    for ours, theirs in opposites(sentence, window):
        yield Departure("opposite", f"{ours}, where the words say {theirs}")
    for word in overstated(sentence, cited):
        yield Departure("certainty", word)


@cache
def _lists() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    read = tomllib.loads(_LISTS.read_text("utf-8"))
    return {
        kind: {line.split("|")[0]: re.compile(rf"\b(?:{line})\b") for line in lines}
        for kind, lines in read.items()
    }
