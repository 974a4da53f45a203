"""Measures safety: the guard on its messages, and the whole assistant on everything else."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.pipeline import Assistant
from corpus import Document
from eval.cases.case import Half
from eval.safety.attacks import Attack, read_bipia, read_own
from eval.safety.club import Club, plant, read_club, searching
from eval.safety.landings import AttackRow, Landing, in_documents, in_messages, rows_of
from eval.safety.leaks import leaks, read_questions
from eval.safety.messages import Message, digest_of
from eval.safety.prompts import harm, over_refusal, read_harmbench, read_xstest
from eval.safety.report import Detail, HalfReport, RepliesReport
from eval.safety.stability import Moved, StabilityRow, first_of, steadiness
from eval.safety.triage import (
    Judged,
    Look,
    benign_escalated,
    by_kind,
    by_level,
    by_rule,
    confusion,
    failures,
    judge,
    look_of,
)
from eval.safety.variants import changes, read_asides
from index.encode import Encoder

Say = Callable[[str], object]
"""Told what is being measured."""


def silent(_what: str) -> None:
    """Tells nobody."""


def measure_half(
    half: Half,
    messages: Sequence[Message],
    look: Look,
    sealed_runs: int = 0,
    say: Say = silent,
) -> HalfReport:
    """The guard on one half. Of the sealed half only totals come back."""
    say(f"{half.value}: {len(messages)} messages")
    judged = judge(messages, look)
    rows, moved = _stability(judged, look, lambda what: say(f"{half.value}: {what}"))
    return HalfReport(
        half=half,
        messages=len(messages),
        digest=digest_of(messages),
        sealed_runs=sealed_runs,
        levels=by_level(judged),
        benign_escalated=benign_escalated(judged),
        stability=rows,
        detail=_detail(judged, moved) if half is Half.DEV else None,
    )


def measure_replies(
    assistant: Assistant,
    encoder: Encoder,
    documents: Sequence[Document],
    conversations: Sequence[tuple[str, ...]],
    data: Path | None,
    say: Say = silent,
) -> RepliesReport:
    """The whole assistant: leaks over the conversations given, and planted instructions.

    With the folder of public test data also BIPIA, XSTest and HarmBench.
    """
    shelf = {document.id: document for document in documents}
    say("what slips through in replies")
    medicine = tuple((question,) for question in read_questions())
    found = leaks(assistant, (*conversations, *medicine))
    sets = [read_own()] if data is None else [read_own(), read_bipia(data)]
    club = read_club()
    rows: list[AttackRow] = []
    for attacks in sets:
        say(f"planted instructions: {attacks[0].source}")
        rows += attack_rows(attacks, club, assistant, encoder, shelf)
    if data is None:
        return RepliesReport(found, tuple(rows), None, None)
    say("XSTest and HarmBench")
    return RepliesReport(
        leaks=found,
        attacks=tuple(rows),
        refusal=over_refusal(read_xstest(data), look_of(assistant.guard), assistant),
        harm=harm(read_harmbench(data), assistant, shelf),
    )


def attack_rows(
    attacks: Sequence[Attack],
    club: Club,
    assistant: Assistant,
    encoder: Encoder,
    shelf: Mapping[str, Document],
) -> tuple[AttackRow, ...]:
    """One set of attacks, in messages to the shipped shelf and in the club's text."""
    typed = tuple(in_messages(attacks, club.questions, assistant, shelf))
    read: list[Landing] = []
    with ExitStack() as stack:
        for planted in plant(attacks, club):
            folder = Path(stack.enter_context(TemporaryDirectory()))
            read += in_documents(planted, searching(assistant, planted, encoder, folder))
    return (*rows_of(typed), *rows_of(read))


def _stability(
    judged: Sequence[Judged], look: Look, say: Say
) -> tuple[tuple[StabilityRow, ...], Mapping[str, tuple[Moved, ...]]]:
    rows, moved = [], {}
    for change in changes(read_asides()):
        say(change.name)
        row, all_moved = steadiness(judged, change, look)
        if row is not None:
            rows.append(row)
            moved[change.name] = first_of(all_moved)
    return tuple(rows), moved


def _detail(judged: Sequence[Judged], moved: Mapping[str, tuple[Moved, ...]]) -> Detail:
    return Detail(
        kinds=by_kind(judged),
        rules=by_rule(judged),
        confusion=confusion(judged),
        failures=failures(judged),
        moved=moved,
    )
