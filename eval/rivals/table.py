"""The contest as lines for the terminal, and as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from textwrap import wrap

from eval.results import Figure
from eval.rivals.contest import Contest, Peer
from eval.rivals.losses import BARRED, MEASURES, Loss, losses_of

_NAME, _CELL, _WIDE = 38, 12, 100
NOTES = (
    "Soleus was tuned on the dev half; of the rivals only the bars were. Only sealed figures are"
    " free of that.",
    "Soleus also searches questions that its sentences are known to answer, and earlier turns; the"
    " rivals have the texts and the last message only.",
    "A figure of what was said counts only replies that say something: who never abstains is"
    " scored on more.",
    "A rival quotes word for word by how it is set up here, so its citations are exact; with a"
    " language model to word its answers they would not be for certain.",
    "Rankings are held against what each can find. LlamaIndex returns two nodes unless told"
    " otherwise, so its recall@5 is that of two; its nodes are long, and long units are easier to"
    " hit. The encoder reads only the beginning of them.",
    "Clear: the 95 % interval of the difference, paired by question, leaves out 0; for abstention,"
    " which is not paired, both intervals stand apart.",
    "Times and memory are of this machine, with whatever else it was doing.",
)


def lines_of(contest: Contest) -> tuple[str, ...]:
    """Losses first, then every figure, what each took, and what it cannot do."""
    return (
        *_losses(losses_of(contest)),
        *(line for half in contest.halves for line in _half(contest, half)),
        *_costs(contest),
        *_who(contest),
        "",
        *(line for note in NOTES for line in _wrapped(note)),
    )


def _losses(losses: tuple[Loss, ...]) -> Iterator[str]:
    yield "Where Soleus is worse"
    if not losses:
        yield "  nowhere in this run"
    for loss in losses:
        half = f" ({loss.half})" if loss.half else ""
        sure = "" if loss.clear else "; not clear"
        yield f"  {loss.measure}{half}: {loss_numbers(loss)}, against {loss.rival}{sure}"


def loss_numbers(loss: Loss) -> str:
    """Ours, then theirs."""
    if loss.unit:
        return f"{loss.ours:.3g} {loss.unit}, not {loss.theirs:.3g} {loss.unit}"
    return f"{loss.ours:.3f}, not {loss.theirs:.3f}"


def _half(contest: Contest, half: str) -> Iterator[str]:
    yield ""
    yield _line(f"{half} half", [peer.title for peer in contest.peers])
    for name in MEASURES:
        figures = [peer.figure(name, half) for peer in contest.peers]
        yield _line(f"  {name}{lower(figures)}", [_digits(figure) for figure in figures])
    if any(peer.barred for peer in contest.peers):
        yield "  with the bar that has the best F1 on dev (Soleus: its own)"
        for name in BARRED:
            figures = [peer.figure(name, half, barred=True) for peer in contest.peers]
            yield _line(f"    {name}", [_digits(figure) for figure in figures])


def lower(figures: list[Figure | None]) -> str:
    """Says so where less is better."""
    return " (less is better)" if any(one and one.better == "lower" for one in figures) else ""


def _costs(contest: Contest) -> Iterator[str]:
    yield ""
    yield _line("what it took", [peer.title for peer in contest.peers])
    for name, cells in cost_rows(contest.peers):
        yield _line(f"  {name}", cells)


def cost_rows(peers: tuple[Peer, ...]) -> tuple[tuple[str, list[str]], ...]:
    """Times and memory in words, one cell for each contestant."""
    return (
        ("a reply, p50 (ms)", [f"{peer.cost.p50:.1f}" for peer in peers]),
        ("a reply, p95 (ms)", [f"{peer.cost.p95:.1f}" for peer in peers]),
        ("build (s)", [f"{peer.cost.build_seconds:.1f}" for peer in peers]),
        ("memory growth, build (MB)", [f"{peer.cost.build_bytes / 1e6:.0f}" for peer in peers]),
        ("memory growth, answers (MB)", [f"{peer.cost.ask_bytes / 1e6:.0f}" for peer in peers]),
        ("units it can find", [str(peer.units) for peer in peers]),
        ("words of the middle unit", [f"{peer.unit_words:.0f}" for peer in peers]),
    )


def _who(contest: Contest) -> Iterator[str]:
    yield ""
    yield "who was asked, and what each cannot do"
    for peer in contest.peers:
        bar = "" if peer.bar is None else f" Bar: {peer.bar:.3f}."
        yield from _wrapped(f"{peer.title}: {peer.what}.{bar} It {peer.cannot}.")
    for out in contest.left_out:
        yield from _wrapped(f"{out.title}: not run: {out.reason}.")


def _wrapped(words: str) -> list[str]:
    return wrap(words, _WIDE, initial_indent="  ", subsequent_indent="      ")


def _line(name: str, cells: list[str]) -> str:
    return f"{name:{_NAME}} {''.join(f'{cell:>{_CELL}}' for cell in cells)}"


def _digits(figure: Figure | None) -> str:
    return "–" if figure is None or figure.value is None else f"{figure.value:.3f}"


def as_json(contest: Contest) -> Mapping[str, object]:
    """For keeping: figures with intervals. Neither questions nor replies."""
    return {
        "format": 1,
        "halves": contest.halves,
        "losses": [asdict(loss) for loss in losses_of(contest)],
        "peers": [_kept(peer) for peer in contest.peers],
        "not_run": [asdict(out) for out in contest.left_out],
        "notes": NOTES,
    }


def _kept(peer: Peer) -> Mapping[str, object]:
    return {
        "title": peer.title,
        "what": peer.what,
        "cannot": peer.cannot,
        "commit": peer.results.commit,
        "questions": peer.results.questions,
        "units": peer.units,
        "unit_words": peer.unit_words,
        "cost": asdict(peer.cost),
        "bar": peer.bar,
        "figures": [asdict(figure) for figure in peer.results.figures],
        "barred": [
            asdict(figure)
            for figure in (peer.barred.figures if peer.barred else ())
            if figure.name in BARRED
        ],
    }
