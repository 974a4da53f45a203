"""What the operator sees of work under way: its progress, its preview, what became of it."""

from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType

from assistant.ui.shelf_door import Draft, Preview, Told
from assistant.ui.shelf_forms import render_details
from assistant.ui.shelf_html import button, form, hidden, items, pager, pages_of, several, to
from assistant.ui.shelf_keeper import Became, Fate, Proposal
from assistant.ui.shelf_passages import PASSAGES_A_PAGE, render_passages
from assistant.ui.shelf_work import Step

MOST_EDITABLE = 40
"""Documents of one preview that can be edited in it: what is typed must fit into one request."""
MOST_SHOWN = 120
"""Passages on one preview page, of all its documents together."""

BECAME: Mapping[Became, tuple[str, str]] = MappingProxyType(
    {
        Became.ADDED: ("will be added", "added"),
        Became.CHANGED: ("will be changed", "changed"),
        Became.UNCHANGED: ("is as it was", "as it was"),
        Became.REMOVED: ("will be removed", "removed"),
        Became.DUPLICATE: ("is here already", "left out: here already"),
        Became.REFUSED: ("cannot be added", "refused"),
    }
)
ALIVE = frozenset({Became.ADDED, Became.CHANGED})
"""What a preview can put on the shelf."""
TAKEN = ALIVE | {Became.REMOVED}
"""What would change the shelf."""


def render_work(step: Step) -> str:
    """What is being done right now."""
    known = f' max="{step.total}" value="{step.done}"' if step.total else ""
    count = f"{step.done:,} of {step.total:,}" if step.total else ""
    return (
        '<section class="work" id="work"><p role="status" id="work-line">'
        f'{escape(step.line)}</p><progress id="work-bar" aria-labelledby="work-line"{known}>'
        f'</progress><p class="small" id="work-count">{count}</p>'
        '<p class="small">The page answers questions meanwhile. You may leave this view; the'
        " work goes on.</p></section>"
    )


def render_told(told: Told) -> str:
    """What the last action came to, with a row for everything that was brought."""
    kind = "told" if told.good else "told told--bad"
    table = render_fates(told.fates, done=True) if told.fates else ""
    return (
        f'<p class="{kind}" role="status">{escape(told.head)}</p>{table}'
        f'<p><a class="button button--main" href="{to()}">Back to the shelf</a></p>'
    )


def render_fates(fates: Sequence[Fate | Proposal], *, done: bool) -> str:
    """What becomes of every file, one line each."""
    rows = "".join(
        f'<tr><th scope="row">{escape(each.name)}</th><td><span class="fate fate--{each.became}">'
        f"{BECAME[each.became][done]}</span></td><td>{escape(each.line)}</td></tr>"
        for each in fates
    )
    return (
        '<table class="fates"><caption class="sr-only">What becomes of every file</caption><thead>'
        '<tr><th scope="col">File or address</th><th scope="col">Outcome</th><th scope="col">Why'
        f"</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def render_preview(preview: Preview, draft: Draft | None, csrf: str) -> str:
    """Everything that was brought, and each document as it would stand on the shelf."""
    alive = [(n, each) for n, each in enumerate(preview.proposals) if each.became in ALIVE]
    table = render_fates(preview.proposals, done=False)
    discard = form("discard", csrf, hidden("preview", preview.id) + button("Throw this away"))
    if not any(each.became in TAKEN for each in preview.proposals):
        return f"<p>None of this can be added.</p>{table}{discard}"
    each = max(2, min(20, MOST_SHOWN // max(len(alive), 1)))
    shown = "".join(
        _proposed(number, proposal, draft, each) for number, proposal in alive[:MOST_EDITABLE]
    )
    rest = len(alive) - MOST_EDITABLE
    more = (
        f'<p class="note">{several(rest, "more document")} will be added as guessed; each can be'
        " edited afterwards.</p>"
        if rest > 0
        else ""
    )
    wrong = (
        '<p class="told told--bad" role="alert">Nothing was added yet: some fields need another'
        " look.</p>"
        if draft and draft.wrong
        else ""
    )
    head = "<h2>As they would stand on the shelf</h2>" if alive else ""
    accept = form(
        "accept",
        csrf,
        f"{hidden('preview', preview.id)}{shown}{more}"
        f'<p class="stay">{button("Put on the shelf" if alive else "Do this", "button--main")}</p>',
    )
    return (
        f"{wrong}<p>Nothing has changed yet. Look through it, mend what was guessed wrong, and"
        f" leave out what you do not want.</p>{table}{head}"
        f'<div class="decide">{accept}{discard}</div>'
    )


def _proposed(number: int, proposal: Proposal, draft: Draft | None, most: int) -> str:
    document = proposal.document
    if document is None:
        return ""
    ending = f"-{number}"
    kept = draft is None or draft.typed.get(f"keep{ending}") == "yes"
    passages = proposal.passages
    whole = (
        f'<p><a href="{to(show="proposed", number=number)}">All'
        f" {several(len(passages), 'passage')}</a></p>"
        if len(passages) > most
        else ""
    )
    return (
        f'<fieldset class="card"><legend>{escape(proposal.name)}</legend><p class="keep">'
        f'<label><input type="checkbox" name="keep{ending}" value="yes"'
        f"{' checked' if kept else ''}> Put it on the shelf</label></p>"
        f"{items(document.remarks, 'remarks')}{render_details(document.details, draft, ending)}"
        f"<details><summary>{several(len(passages), 'passage')}, as the index would see them"
        f"</summary>{render_passages(passages[:most], links=False)}{whole}</details></fieldset>"
    )


def render_proposed(proposal: Proposal, number: int, page: int) -> str:
    """Every passage of one proposed document."""
    pages = pages_of(len(proposal.passages), PASSAGES_A_PAGE)
    page = min(max(page, 1), pages)
    start = (page - 1) * PASSAGES_A_PAGE
    return (
        f'<p class="back"><a href="{to(show="preview")}">Back to the preview</a></p>'
        f"{render_passages(proposal.passages[start : start + PASSAGES_A_PAGE], links=False)}"
        f"{pager(page, pages, show='proposed', number=number)}"
    )
