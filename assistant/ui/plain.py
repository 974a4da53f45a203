"""A reply in plain words: what Copy puts on the clipboard, and what a screen reader hears."""

from collections.abc import Iterator
from typing import assert_never

from assistant.reply import (
    Abstention,
    Answer,
    AnswerItem,
    Clarification,
    Escalation,
    ItemKind,
    Reply,
)
from assistant.ui import words
from assistant.ui.sources import citations_of, introduces, with_before


def plain_text(question: str, reply: Reply) -> str:
    """Question, reply and numbered sources as text."""
    lines = [question.strip(), "", *_lines(reply), "", words.STANDING_LINE]
    return "\n".join(lines).strip() + "\n"


def _lines(reply: Reply) -> Iterator[str]:
    match reply:
        case Answer():
            yield from _answer_lines(reply)
        case Clarification():
            yield reply.prompt
            yield from (f"- {choice.question}" for choice in reply.choices)
        case Abstention():
            yield reply.message
            if reply.ask:
                yield reply.ask
        case Escalation():
            yield f"{words.level_words(reply.level)}: {reply.message}"
        case _:
            assert_never(reply)


def _answer_lines(answer: Answer) -> Iterator[str]:
    for before, item in with_before(answer.items):
        opening = _opening(item, before)
        if opening:
            yield from ("", *opening)
        for sentence in item.sentences:
            markers = "".join(f"[{citation.marker}]" for citation in sentence.citations)
            yield f"  {sentence.text} {markers}"
    yield ""
    for part in answer.uncovered:
        yield f"{words.UNCOVERED_LEAD}: {part}."
    yield "Sources:"
    for citation in citations_of(answer):
        passage = citation.passage
        yield (
            f"[{citation.marker}] {words.badge(passage)}, {words.wording(passage)}"
            f" “{passage.title}”: “{citation.quote}”"
        )


def spoken(reply: Reply) -> tuple[str, ...]:
    """Whole sentences in the order they are to be announced, each once.

    Of an `Answer` that is still growing this is a prefix of what the whole one says, so the page
    can announce the difference.
    """
    match reply:
        case Answer():
            return tuple(_answer_speech(reply))
        case Clarification():
            choices = "; ".join(choice.name for choice in reply.choices)
            return (reply.prompt, f"Choices: {choices}.")
        case Abstention():
            nearby = "; ".join(topic.name for topic in reply.nearby)
            said = [reply.message, reply.ask, f"{words.NEARBY_LEAD}: {nearby}." if nearby else ""]
            return tuple(sentence for sentence in said if sentence)
        case Escalation():
            return (f"{words.level_words(reply.level)}. {reply.message}",)
        case _:
            assert_never(reply)


def _answer_speech(answer: Answer) -> Iterator[str]:
    for before, item in with_before(answer.items):
        opening = _opening(item, before)
        for place, sentence in enumerate(item.sentences):
            yield " ".join([*(opening if place == 0 else ()), sentence.text])


def _opening(item: AnswerItem, before: AnswerItem | None) -> tuple[str, ...]:
    """What is said before an item's words; nothing when the item before it has just said so."""
    if not introduces(item, before):
        return ()
    said = [item.attribution]
    if item.kind is ItemKind.PRODUCT:
        said.insert(0, f"{words.PRODUCT_LABEL}.")
    if item.group and (before is None or before.group != item.group):
        said.insert(0, f"{words.DISAGREEMENT_LEAD}: {item.group}.")
    return tuple(said)


def spoken_end(reply: Reply) -> tuple[str, ...]:
    """What is announced once a reply is complete: what is missing, and how much it rests on."""
    if not isinstance(reply, Answer):
        return ()
    count = len(citations_of(reply))
    missing = tuple(f"{words.UNCOVERED_LEAD}: {part}." for part in reply.uncovered)
    return (*missing, f"End of answer. {count} {'source' if count == 1 else 'sources'}.")
