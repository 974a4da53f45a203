"""Print replies and checks in a terminal, with rich."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import assert_never

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from assistant.doctor import Check
from assistant.reply import (
    Abstention,
    Answer,
    AnswerItem,
    Clarification,
    Escalation,
    EvidenceNote,
    ItemKind,
    Level,
    NearbyTopic,
    Notice,
    Reply,
)
from assistant.ui import words
from assistant.ui.plain import author_lines, foreign_lines, marked
from assistant.why import Why
from corpus import DocumentKind, Wording
from index import Passage

_COLOURS: Mapping[Level, str] = MappingProxyType(
    {Level.EMERGENCY: "red", Level.URGENT: "yellow", Level.SEE_PROFESSIONAL: "green"}
)


def print_reply(reply: Reply, console: Console, *, with_why: bool = False) -> None:
    """Print a reply below its warning; an answer with its sources under it."""
    _print_above(reply, console)
    match reply:
        case Answer():
            _print_answer(reply, console)
        case Clarification():
            console.print(Text(reply.prompt))
            _print_topics(reply.choices, console)
        case Abstention():
            console.print(Text(reply.message))
            _print_notes(reply.notes, console)
            _print_topics(reply.nearby, console)
            if reply.ask:
                console.print(Text(reply.ask))
        case Escalation():
            return  # the warning is all there is
        case _:
            assert_never(reply)
    if with_why:
        _print_why(reply.why, console)


def _print_above(reply: Reply, console: Console) -> None:
    for notice in reply.alert.notices if reply.alert else ():
        _print_notice(notice, console)
    for line in foreign_lines(reply.foreign, reply.alert):
        console.print(Text(f"{line}\n"))


def _print_notice(notice: Notice, console: Console) -> None:
    said = Text.assemble((notice.act, "bold"))
    for line in notice.lines[1:]:
        said.append(f"\n{line}")
    for source in notice.sources:
        said.append(f"\n{words.source_line(source)}", style="dim")
    said.append(f"\n{words.review_line(notice.reviewed_by)}", style="dim")
    colour = _COLOURS.get(notice.level, "white")
    level = Text(words.level_words(notice.level), style=f"bold {colour}")
    console.print(Panel(said, title=level, title_align="left", border_style=colour))


def _print_notes(notes: Iterable[EvidenceNote], console: Console) -> None:
    for note in notes:
        said = Text.assemble((note.about, "bold"), f"\n{note.text}")
        for source in note.sources:
            said.append(f"\n{words.source_line(source)}", style="dim")
        console.print(Panel(said, title=Text(words.note_lead(note)), title_align="left"))


def _print_answer(answer: Answer, console: Console) -> None:
    for line in author_lines(answer):
        console.print(Text(line, style="bold"))
    group = ""
    for item in answer.items:
        if item.group and item.group != group:
            console.print(Text(f"\n{item.group}: the documents differ", style="bold"))
        group = item.group
        _print_item(item, console)
    _print_notes(answer.notes, console)
    for part in answer.uncovered:
        console.print(Text(f"\nNot covered by the documents: {part}", style="yellow"))
    _print_topics(answer.nearby, console)
    console.print(Text("\nSources", style="bold"))
    for passage, markers in _by_passage(answer).items():
        console.print(Text(f"  {_span_of(markers)} {_source(passage)}", style="dim"))


def _by_passage(answer: Answer) -> dict[Passage, set[int]]:
    """Every cited passage, in order of appearance, with its markers."""
    cited: dict[Passage, set[int]] = {}
    for item in answer.items:
        for sentence in item.sentences:
            for citation in sentence.citations:
                cited.setdefault(citation.passage, set()).add(citation.marker)
    return cited


def _span_of(markers: Iterable[int]) -> str:
    """Markers as readers write them, each once: "[2]-[10]" for a run, "[1] [4]" for others."""
    shown = sorted(set(markers))
    if len(shown) > 2 and shown[-1] - shown[0] == len(shown) - 1:
        return f"[{shown[0]}]-[{shown[-1]}]"
    return " ".join(f"[{marker}]" for marker in shown)


def _print_item(item: AnswerItem, console: Console) -> None:
    console.print(Text(f"\n{item.attribution}", style="italic"))
    for sentence in item.sentences:
        marks = "".join(f" [{citation.marker}]" for citation in sentence.citations)
        bullet = "- " if item.kind is ItemKind.PROCEDURE else ""
        console.print(Text(f"  {bullet}{marked(sentence)}{marks}"))


def _source(passage: Passage) -> str:
    wording = "our summary of " if passage.wording is Wording.OUR_SUMMARY else ""
    who = passage.speaker if passage.kind is DocumentKind.FORUM_THREAD else passage.section
    return f"{wording}“{passage.title}” ({passage.kind.value}: {who})"


def _print_topics(topics: Iterable[NearbyTopic], console: Console) -> None:
    for topic in topics:
        console.print(Text(f"  - {topic.question}", style="cyan"))


def _print_why(why: Why, console: Console) -> None:
    console.print(Text(f"\nRead as: {why.read_as}\nDecided: {why.decided_by}", style="dim"))
    if why.rewritten:
        console.print(Text(f"Reworded by the model as: {why.rewritten}", style="dim"))
    if why.drafted:
        drafts = Table("verdict", "drafted by the model", "reason", box=None)
        for one in why.drafted:
            said, reason = Text(words.drafted_text(one)), Text(one.reason)
            drafts.add_row(words.outcome(one.outcome), said, reason)
        console.print(drafts)
    table = Table("score", "used", "sentence", "reason", box=None)
    for used in why.used:
        table.add_row(f"{used.score:.2f}", "yes", Text(used.text), "")
    for rejected in why.rejected:
        table.add_row(f"{rejected.score:.2f}", "no", Text(rejected.text), Text(rejected.reason))
    console.print(table)


def print_checks(checks: Iterable[Check], console: Console) -> None:
    """Print what `doctor` found."""
    table = Table("check", "state", "remedy", box=None)
    for check in checks:
        mark = "[green]ok[/green]" if check.ok else "[red]mend[/red]"
        table.add_row(
            check.name, Text.from_markup(f"{mark} ") + Text(check.state), Text(check.remedy)
        )
    console.print(table)
