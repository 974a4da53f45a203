"""The "why this answer" fold: what was read, used and left out, for the reader who asks."""

from collections.abc import Iterable
from html import escape

from assistant.ui import words
from assistant.why import Drafted, Rejected, Used, Why


def why_fold(why: Why, summary: str = "Why this answer") -> str:
    """The record behind a reply, closed until opened."""
    return (
        f'<details class="why"><summary>{escape(summary)}</summary><div class="why__body">'
        f"{_facts(why)}{_drafted(why.drafted)}{_used(why.used)}{_rejected(why.rejected)}"
        "</div></details>"
    )


def _facts(why: Why) -> str:
    rows = [("Read as", escape(why.read_as) or "—")]
    if why.rewritten:
        rows.append(("Reworded by the model as", escape(why.rewritten)))
    if why.carried:
        carried = "".join(f"<li>{escape(turn)}</li>" for turn in why.carried)
        rows.append(("Carried over from", f"<ul>{carried}</ul>"))
    rows.append(("Decided by", escape(why.decided_by) or "—"))
    cells = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
    return f"<dl>{cells}</dl>"


def _drafted(drafted: Iterable[Drafted]) -> str:
    """What became of the model's draft, sentence by sentence: the words of one that did not pass
    are not shown here either.
    """
    rows = "".join(
        f'<li class="draft"><p><span class="verdict verdict--{one.outcome.value}">'
        f"{escape(words.outcome(one.outcome))}</span> {escape(words.drafted_text(one))}</p>"
        f"{_failed(one)}</li>"
        for one in drafted
    )
    return f"<h4>Drafted by the model, and checked</h4><ol>{rows}</ol>" if rows else ""


def _failed(one: Drafted) -> str:
    reason = one.reason
    return f'<p class="why__reason">Not shown: {escape(reason)}</p>' if reason else ""


def _used(used: Iterable[Used]) -> str:
    rows = "".join(
        f"<li>{_evidence(one.score, one.title, one.text)}{_signals(one.signals)}</li>"
        for one in used
    )
    return f"<h4>Used</h4><ol>{rows}</ol>" if rows else ""


def _rejected(rejected: Iterable[Rejected]) -> str:
    rows = "".join(
        f"<li>{_evidence(one.score, one.title, one.text)}"
        f'<p class="why__reason">Left out: {escape(one.reason)}</p></li>'
        for one in rejected
    )
    return f"<h4>Looked at and left out</h4><ol>{rows}</ol>" if rows else ""


def _evidence(score: float, title: str, text: str) -> str:
    return (
        f'<p><span class="score">{score:.2f}</span> {escape(text)}'
        f' <span class="why__title">{escape(title)}</span></p>'
    )


def _signals(signals: Iterable[tuple[str, float]]) -> str:
    parts = " · ".join(f"{escape(name)} {value:.2f}" for name, value in signals)
    return f'<p class="why__signals">{parts}</p>' if parts else ""
