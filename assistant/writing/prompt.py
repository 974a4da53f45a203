"""What a model is asked: the quoted sentences, numbered and fenced as data, and the question.

The fence marks what is only material (spotlighting, Hines et al. 2024, arXiv 2403.14720); it helps
a model that wants to obey, and nothing rests on it: the checker reads what comes back. The system
part never changes, so that a server keeps it in its prompt cache; the rest is as short as it can
be.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.compose import speaker_of
from assistant.models.model import Form, Prompt
from assistant.question import Question
from assistant.reply import Answer, AnswerItem, Citation, ItemKind

PROMPTS = Path(__file__).parent / "prompts"
FENCE = "####"
_ROUND = str.maketrans("[]", "()")
LONGEST_QUESTION = 200
"""Characters of the question that are sent: its end, where people ask."""
WORDED = frozenset({ItemKind.STATEMENT, ItemKind.DISAGREEMENT})
"""What a model may put into words. Steps are shown whole and in order or not at all, and a product
mention keeps its label, so both are always quoted."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One quoted sentence that a model may restate."""

    number: int
    """From 1, as the model cites it."""
    item: int
    """Which item of the quoting answer it stands in, from 0."""
    citation: Citation


def offered(answer: Answer) -> tuple[Offered, ...]:
    """The sentences of a quoting answer that a model may put into words, in its order."""
    places = (
        (at, citation)
        for at, item in enumerate(answer.items)
        if item.kind in WORDED
        for sentence in item.sentences
        for citation in sentence.citations
    )
    return tuple(Offered(number, at, it) for number, (at, it) in enumerate(places, start=1))


def prompt_for(question: Question, answer: Answer, form: Form, max_tokens: int) -> Prompt:
    """What to ask so that the model puts a quoting answer into words."""
    schema = prompt_file("schema.json") if form is Form.JSON else ""
    return Prompt(
        system=prompt_file("system.txt") + prompt_file(f"form_{form.value}.txt"),
        user=f"Question: {_asked(question, answer)}\n{FENCE}\n{material(answer)}\n{FENCE}",
        schema=json.dumps(json.loads(schema)) if schema else "",
        max_tokens=max_tokens,
    )


def material(answer: Answer) -> str:
    """The numbered sentences under a line that says who speaks."""
    return "\n".join(_lines(answer))


def _lines(answer: Answer) -> Iterator[str]:
    by_item: dict[int, list[Offered]] = {}
    for one in offered(answer):
        by_item.setdefault(one.item, []).append(one)
    group = ""
    for at, numbered in by_item.items():
        item = answer.items[at]
        if item.group != group and item.group:
            yield f"Our sources disagree about: {one_line(item.group)}"
        group = item.group
        yield _speaker(item)
        yield from (f"[{one.number}] {one_line(one.citation.quote)}" for one in numbered)


def _speaker(item: AnswerItem) -> str:
    who = speaker_of(item.sentences[0].citations[0].passage)
    return one_line(f"{who} ({item.attribution.rstrip(':')}):" if item.group else f"{who}:")


def _asked(question: Question, answer: Answer) -> str:
    """What was asked, as it was searched for: of a ramble, the part that asks."""
    return one_line(answer.why.read_as or question.text)[-LONGEST_QUESTION:]


def one_line(text: str) -> str:
    """On one line, without anything that could end the fence or pass for a number of ours."""
    return re.sub(r"#{2,}", " ", " ".join(text.split())).translate(_ROUND)


@cache
def prompt_file(name: str) -> str:
    """A file of `prompts/`, as it stands."""
    return (PROMPTS / name).read_text(encoding="utf-8")
