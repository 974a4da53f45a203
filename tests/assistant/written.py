"""The shipped assistant with a scripted model behind a real connection."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from assistant.checking.check import Checker
from assistant.models.opening import model_of
from assistant.pipeline import Assistant
from assistant.question import Question
from assistant.reply import Answer, AnswerSentence, Origin, Writing
from assistant.settings import LlmSettings
from assistant.writing.prompt import FENCE
from assistant.writing.rewrite import Rewriter
from assistant.writing.writer import Writer
from tests.scripted_model import Act, Line, ScriptedModel, says

Material = list[tuple[int, str]]
"""The numbered sentences of a prompt."""


def asked(line: Line) -> str:
    """What varies in a prompt."""
    return str(line.call.body["messages"][-1]["content"])


def material_of(prompt: str) -> Material:
    """The numbered sentences between the fences of a prompt."""
    fenced = prompt.split(f"{FENCE}\n")[1]
    return [(int(n), text) for n, text in re.findall(r"^\[(\d+)\] (.*)$", fenced, re.MULTILINE)]


def drafts(make: Callable[[Material], str]) -> Act:
    """Draft what is made of the numbered sentences."""
    return lambda line: says(make(material_of(asked(line))))(line)


def told(text: str) -> str:
    """A quoted sentence as somebody else would tell it."""
    text = re.sub(r"\b(T|t)his (poster|runner)", lambda m: f"{'oO'[m[1] == 'T']}ne {m[2]}", text)
    text = re.sub(r"^One (poster|runner)'s (.)", r"One \1's \2", text)
    return text if "ne poster" in text or "ne runner" in text else f"One article says: {text}"


def honest(material: Material) -> str:
    """Every sentence told in nearly its own words."""
    return "\n".join(f"{told(text)} [{n}]" for n, text in material)


def honest_json(material: Material) -> str:
    """Likewise, in the form that is asked for first."""
    return json.dumps({"sentences": [{"text": told(t), "cites": [n]} for n, t in material]})


@contextmanager
def with_model(assistant: Assistant, url: str, **settings: Any) -> Iterator[Assistant]:  # noqa: ANN401
    """The assistant with the model at an address, patient enough for a busy machine."""
    llm = LlmSettings(base_url=url, model="scripted", connect_timeout=30.0, **settings)
    model = model_of(llm, "sk-not-for-anybody")
    assert model is not None
    checker = Checker.load()
    writer, rewriter = Writer(model, checker, llm.max_tokens), Rewriter(model, checker.words, 30.0)
    try:
        yield replace(assistant, writer=writer, rewriter=rewriter)
    finally:
        model.close()


@contextmanager
def served(
    assistant: Assistant,
    *acts: Act,
    **settings: Any,  # noqa: ANN401
) -> Iterator[tuple[Assistant, ScriptedModel]]:
    """The assistant and the server whose model it asks."""
    with ScriptedModel(*acts) as server, with_model(assistant, server.url, **settings) as worded:
        yield worded, server


def answered(assistant: Assistant, question: Question) -> Answer:
    """The quoting answer; there is one."""
    reply = assistant.ask(question)
    assert isinstance(reply, Answer)
    return reply


def write(assistant: Assistant, text: str, *earlier: str) -> tuple[Answer, Answer]:
    """The quoting answer to a question and the written one."""
    question = Question(text, earlier, model_may_read=True)
    quoting = answered(assistant, question)
    *before, last = assistant.write(question, quoting)
    assert last.done
    assert not any(each.done for each in before)
    return quoting, last.answer


def drafted(assistant: Assistant, act: Act, text: str) -> tuple[Answer, Answer]:
    """Likewise, with a model that does this."""
    with served(assistant, act) as (worded, _):
        return write(worded, text)


def written_in(reply: Answer) -> list[AnswerSentence]:
    """The sentences that a model worded."""
    return [s for item in reply.items for s in item.sentences if s.origin is Origin.WRITTEN]


def writing_of(reply: Answer) -> Writing:
    """How the model had a hand in it."""
    assert reply.writing is not None
    return reply.writing
