"""A reply in plain words: what Copy puts on the clipboard, and what a screen reader hears."""

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from assistant.reply import (
    Abstention,
    Alert,
    Answer,
    AnswerItem,
    AnswerSentence,
    Clarification,
    Escalation,
    EvidenceNote,
    ItemKind,
    Origin,
    Reply,
)
from assistant.turns import Warned
from assistant.ui import words
from assistant.ui.sources import citations_of, introduces, with_before


def plain_text(question: str, reply: Reply) -> str:
    """Question, warning, reply and numbered sources as text."""
    above = warning_lines(reply)
    body = (*above, *([""] if above else []), *below_lines(reply))
    lines = [question.strip(), "", *body, "", words.STANDING_LINE]
    return "\n".join(lines).strip() + "\n"


def warning_lines(warned: Reply | Warned) -> tuple[str, ...]:
    """The warning above a reply, with its words in the reader's own language."""
    return (*_alert_lines(warned.alert), *foreign_lines(warned.foreign, warned.alert))


def below_lines(reply: Reply) -> Iterator[str]:
    """The reply itself, with its numbered sources."""
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
            yield from _note_lines(reply.notes)
        case Escalation():
            return  # the warning is all there is
        case _:
            assert_never(reply)


def _alert_lines(alert: Alert | None) -> Iterator[str]:
    for notice in alert.notices if alert else ():
        head, *more = notice.lines
        yield f"{words.level_words(notice.level)}: {head}"
        yield from more
        yield from (f"  {words.source_line(source)}" for source in notice.sources)
        yield f"  {words.review_line(notice.reviewed_by)}"


def foreign_lines(foreign: str, alert: Alert | None) -> tuple[str, ...]:
    """Fixed words in the reader's own language, less what the warning has said in it already."""
    said = {notice.act for notice in alert.notices} if alert else set()
    return tuple(line for line in foreign.splitlines() if line.strip() and line not in said)


def _note_lines(notes: Iterable[EvidenceNote]) -> Iterator[str]:
    for note in notes:
        yield f"{words.note_lead(note)}: {note.about}. {note.text}"
        yield from (f"  {words.source_line(source)}" for source in note.sources)


def _answer_lines(answer: Answer) -> Iterator[str]:
    yield from author_lines(answer)
    for before, item in with_before(answer.items):
        opening = _opening(item, before)
        if opening:
            yield from ("", *opening)
        for sentence in item.sentences:
            markers = "".join(f"[{citation.marker}]" for citation in sentence.citations)
            yield f"  {marked(sentence)} {markers}"
    yield ""
    yield from _note_lines(answer.notes)
    for part in answer.uncovered:
        yield f"{words.UNCOVERED_LEAD}: {part}."
    yield "Sources:"
    for citation in citations_of(answer):
        passage = citation.passage
        yield (
            f"[{citation.marker}] {words.badge(passage)}, {words.wording(passage)}"
            f" “{passage.title}”: “{citation.quote}”"
        )


WRITTEN_MARK = "~"
"""Put before every sentence in a language model's words, where there is no other way to show it."""


def author_lines(answer: Answer) -> tuple[str, ...]:
    """Who worded an answer, and how its sentences tell; nothing where no model was asked."""
    if answer.writing is None:
        return ()
    how = f" (those marked {WRITTEN_MARK}; others are quoted)" if words.is_written(answer) else ""
    failure = (answer.writing.failure,) if answer.writing.failure else ()
    return (*failure, f"{words.author(answer)}{how}.")


def marked(sentence: AnswerSentence) -> str:
    """A sentence as plain text shows it."""
    written = sentence.origin is Origin.WRITTEN
    return f"{WRITTEN_MARK} {sentence.text}" if written else sentence.text


def spoken_above(alert: Alert | None, foreign: str) -> tuple[str, ...]:
    """A warning as one announcement, then the words in the reader's own language."""
    warning = " ".join(
        " ".join((f"{words.level_words(notice.level)}.", *notice.lines))
        for notice in (alert.notices if alert else ())
    )
    return tuple(said for said in (warning, " ".join(foreign_lines(foreign, alert))) if said)


def spoken(reply: Reply) -> tuple[str, ...]:
    """Whole sentences below the warning in the order they are to be announced, each once.

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
            topics = f"{words.NEARBY_LEAD}: {nearby}." if nearby else ""
            said = (reply.message, reply.ask, *_note_speech(reply.notes), topics)
            return tuple(sentence for sentence in said if sentence)
        case Escalation():
            return ()
        case _:
            assert_never(reply)


def _answer_speech(answer: Answer) -> Iterator[str]:
    for text, opening, _ in _said(answer):
        yield " ".join((*opening, text))
    yield from _note_speech(answer.notes)


def spoken_news(answer: Answer, heard: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What an answer says that was not `heard` (by its bare text, in that order) before: pairs of
    the bare text and its announcement.

    A sentence that does not follow on what was heard last is announced with who says it.
    """
    known = set(heard)
    last = heard[-1] if heard else ""
    previous, news = "", []
    for text, opening, whole in _said(answer):
        if text not in known:
            news.append((text, " ".join((*(opening if previous == last else whole), text))))
            known.add(text)
            last = text
        previous = text
    notes = zip(answer.notes, _note_speech(answer.notes), strict=True)
    return (*news, *((note.text, said) for note, said in notes if note.text not in known))


def _said(answer: Answer) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Each sentence, what is said before it where it follows on the one before, and elsewhere."""
    for before, item in with_before(answer.items):
        opening, whole = _opening(item, before), _opening(item, None)
        for place, sentence in enumerate(item.sentences):
            yield sentence.text, opening if place == 0 else (), whole


def _note_speech(notes: Iterable[EvidenceNote]) -> Iterator[str]:
    for note in notes:
        named = ", ".join(source.organisation for source in note.sources)
        yield f"{words.note_lead(note)}: {note.about}. {note.text} Source: {named}."


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
