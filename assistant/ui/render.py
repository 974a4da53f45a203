"""A reply as HTML, pure: every text is escaped here and nowhere else, so no text is ever markup."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import assert_never

from assistant.reply import (
    Abstention,
    Answer,
    AnswerItem,
    AnswerSentence,
    Clarification,
    Escalation,
    ItemKind,
    NearbyTopic,
    Origin,
    Reply,
)
from assistant.ui import words
from assistant.ui.alarm import render_above, render_notes
from assistant.ui.sources import (
    Shelf,
    citation_buttons,
    introduces,
    source_list,
    source_panels,
    speaks,
    with_before,
)
from assistant.ui.why import why_fold
from corpus import Wording

LONG_QUESTION = 320
"""Characters of a question shown before the rest is folded away."""
WARNED_QUESTION = 100
"""The same above a warning, which must not be pushed out of sight."""


def render_question(text: str, longest: int = LONG_QUESTION) -> str:
    """The reader's own words, as the heading of their turn; a long paste is folded."""
    shown = text.strip()
    heading = '<h2 class="asked" tabindex="-1"><span class="sr-only">You asked: </span>'
    if len(shown) <= longest:
        return f"{heading}{escape(shown)}</h2>"
    return (
        f"{heading}{escape(shown[:longest].rstrip())}…</h2>"
        f'<details class="askedmore"><summary>Show your whole message</summary>'
        f"<p>{escape(shown)}</p></details>"
    )


def render_waiting(message: str) -> str:
    """What is going on while there is nothing to read yet."""
    return (
        f'<p class="waiting"><span class="waiting__dots" aria-hidden="true">'
        f"<i></i><i></i><i></i></span>{escape(message)}</p>"
    )


def render_reply(reply: Reply, turn: str, shelf: Shelf, *, finished: bool = True) -> str:
    """One reply, below its warning. `turn` names it; an unfinished one has no foot yet."""
    below = render_below(reply, turn, shelf, finished=finished)
    return render_above(reply.alert, reply.foreign) + below


def render_below(reply: Reply, turn: str, shelf: Shelf, *, finished: bool = True) -> str:
    """One reply without its warning, for whoever shows that already."""
    match reply:
        case Answer():
            return _answer(reply, turn, shelf, finished=finished)
        case Clarification():
            return (
                f'<div class="card card--ask"><p class="lead">{escape(reply.prompt)}</p>'
                f"{render_topics(reply.choices, whole=True)}</div>"
                f"{render_foot(why_fold(reply.why, 'Why this question'))}"
            )
        case Abstention():
            return _abstention(reply)
        case Escalation():
            return render_foot("")  # the warning is all there is
        case _:
            assert_never(reply)


def render_topics(topics: Sequence[NearbyTopic], *, whole: bool = False) -> str:
    """Questions to click; `whole` shows the question itself below a name that says too little."""
    chips = "".join(f"<li>{_chip(topic, whole=whole)}</li>" for topic in topics)
    return f'<ul class="chips">{chips}</ul>' if chips else ""


def _chip(topic: NearbyTopic, *, whole: bool) -> str:
    sub = ""
    if whole and topic.question.strip().casefold() != topic.name.strip().casefold():
        sub = f'<span class="chip__sub">{escape(topic.question)}</span>'
    return (
        f'<button type="button" class="chip" data-ask="{escape(topic.question)}">'
        f'<span class="chip__name">{escape(topic.name)}</span>{sub}</button>'
    )


def _answer(answer: Answer, turn: str, shelf: Shelf, *, finished: bool) -> str:
    foot = render_foot(why_fold(answer.why)) if finished else ""
    head = f"{render_author(answer)}{render_trouble(answer)}"
    return f"{head}{render_body(answer, turn, shelf, finished=finished)}{foot}"


def render_author(answer: Answer) -> str:
    """Who worded an answer, above it."""
    return f'<p class="author">{escape(words.author(answer))}</p>'


def render_trouble(answer: Answer) -> str:
    """Why a language model that was asked has not worded it, in plain words."""
    failure = answer.writing.failure if answer.writing else ""
    return f'<p class="trouble">{escape(failure)}</p>' if failure else ""


def render_body(answer: Answer, turn: str, shelf: Shelf, *, finished: bool = True) -> str:
    """What an answer says and rests on, without its foot."""
    body = "".join(_blocks(answer.items, turn))
    shown = f'{source_panels(answer, turn, shelf)}<div class="answer">{body}</div>'
    if not finished:
        return shown
    sources = source_list(answer, turn) if answer.items else ""
    return (
        f"{shown}{render_notes(answer.notes)}{_uncovered(answer.uncovered)}"
        f"{_nearby(answer.nearby)}{sources}"
    )


def _blocks(items: Iterable[AnswerItem], turn: str) -> Iterator[str]:
    """Items in their order; neighbours of one disagreement, or of one speaker, stand together."""
    for (grouped, _, _), run in groupby(items, key=_block_key):
        if grouped:
            yield _disagreement(tuple(run), turn)
        else:
            yield _speaker(tuple(run), turn)


def _block_key(item: AnswerItem) -> tuple[bool, str, str]:
    grouped = item.kind is ItemKind.DISAGREEMENT
    passage = speaks(item)
    if grouped or passage is None:
        return (grouped, item.group, "")
    return (False, passage.span.document_id, passage.speaker)


def _speaker(items: Sequence[AnswerItem], turn: str) -> str:
    body = "".join(
        _item(item, turn, introduced=introduces(item, before))
        for before, item in with_before(items)
    )
    passage = speaks(items[0])
    kind = f" speaker--{words.kind_class(passage)}" if passage else ""
    heading = _speaker_heading(items[0], "h3")
    return f'<section class="speaker{kind}">{heading}{body}</section>'


def _speaker_heading(item: AnswerItem, tag: str) -> str:
    passage = speaks(item)
    if passage is None:
        return ""
    kind = words.kind_class(passage)
    return (
        f'<{tag} class="who">'
        f'<span class="badge badge--{kind}">{escape(words.badge(passage))}</span>'
        f' <span class="who__of">{words.wording(passage)} <cite>{escape(passage.title)}</cite>'
        f"</span></{tag}>"
    )


def _disagreement(sides: Sequence[AnswerItem], turn: str) -> str:
    about = sides[0].group
    cards = "".join(
        f'<div class="side">{_speaker_heading(side, "h4")}'
        f"{_item(side, turn, introduced=True)}</div>"
        for side in sides
    )
    return (
        f'<section class="dispute"><h3 class="dispute__head">{words.DISAGREEMENT_LEAD}'
        f"{': ' if about else ''}{escape(about)}</h3>"
        f'<div class="sides">{cards}</div></section>'
    )


def _item(item: AnswerItem, turn: str, *, introduced: bool) -> str:
    said = _steps if item.kind is ItemKind.PROCEDURE else _running
    opening = _introduction(item) if introduced else ""
    more = "" if introduced else " item--more"
    return (
        f'<div class="item item--{item.kind.value}{more}">{opening}'
        f"{said(item.sentences, turn)}</div>"
    )


def _introduction(item: AnswerItem) -> str:
    label = ""
    if item.kind is ItemKind.PRODUCT:
        label = f'<p class="productlabel">{words.PRODUCT_LABEL}</p>'
    return f'{label}<p class="said">{escape(item.attribution)}</p>'


def _running(sentences: Iterable[AnswerSentence], turn: str) -> str:
    """Sentences as they follow on each other; quotes among a model's words keep their looks."""
    return "".join(
        _framed(origin, f"<p>{' '.join(_sentence(sentence, turn) for sentence in run)}</p>")
        for origin, run in groupby(sentences, key=lambda sentence: sentence.origin)
    )


def _steps(sentences: Sequence[AnswerSentence], turn: str) -> str:
    """A procedure as numbered steps; sentences of one step stay in one step."""
    numbered = groupby(enumerate(sentences, start=1), key=lambda pair: _step(*pair))
    rows = "".join(
        f"<li>{' '.join(_sentence(sentence, turn) for _, sentence in group)}</li>"
        for _, group in numbered
    )
    written = any(sentence.origin is Origin.WRITTEN for sentence in sentences)
    origin = Origin.WRITTEN if written else Origin.QUOTED
    return _framed(origin, f'<ol class="steps">{rows}</ol>')


def _framed(origin: Origin, words_in: str) -> str:
    """The shelf's words stand in a quotation, a language model's do not."""
    if origin is Origin.WRITTEN:
        return f'<div class="written">{words_in}</div>'
    return f'<blockquote class="quote">{words_in}</blockquote>'


def _step(position: int, sentence: AnswerSentence) -> tuple[str, int]:
    """The step a sentence stands in on the shelf; its own place where the shelf numbers none."""
    step = sentence.citations[0].step
    return ("place", position) if step is None else ("step", step)


def _sentence(sentence: AnswerSentence, turn: str) -> str:
    cites = f'<span class="cites">{citation_buttons(sentence.citations, turn)}</span>'
    own = all(c.passage.wording is Wording.AUTHORS_OWN for c in sentence.citations)
    shown = "s s--quoted" if own else "s"
    if sentence.origin is Origin.WRITTEN:
        shown = 's s--written" data-origin="written'
    return f'<span class="{shown}">{escape(sentence.text)}</span>{cites}'


def _uncovered(parts: Sequence[str]) -> str:
    if not parts:
        return ""
    rows = "".join(f"<li>{escape(part)}</li>" for part in parts)
    return (
        f'<div class="uncovered"><h3>{words.UNCOVERED_LEAD}</h3>'
        f"<p>You also asked about this, and nothing here answers it:</p><ul>{rows}</ul></div>"
    )


def _nearby(topics: Sequence[NearbyTopic]) -> str:
    if not topics:
        return ""
    return (
        f'<div class="nearby"><h3>{words.NEARBY_LEAD}</h3>{render_topics(topics, whole=True)}</div>'
    )


def _abstention(reply: Abstention) -> str:
    ask = f'<p class="askother">{escape(reply.ask)}</p>' if reply.ask else ""
    reason = escape(reply.reason.name.lower().replace("_", "-"))
    return (
        f'<div class="card card--none card--{reason}"><p class="lead">{escape(reply.message)}</p>'
        f"{ask}</div>{render_notes(reply.notes)}{_nearby(reply.nearby)}"
        f"{render_foot(why_fold(reply.why, 'Why no answer'))}"
    )


def render_foot(fold: str) -> str:
    """What can be done with a finished reply."""
    return (
        '<div class="foot"><div class="actions">'
        '<button type="button" class="act" data-act="copy">Copy</button>'
        '<button type="button" class="act" data-act="retry">Ask again</button>'
        f"</div>{fold}</div>"
    )
