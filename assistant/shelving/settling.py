"""What was proposed, in the light of what happened to the shelf since it was proposed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.shelving.known import Known
from assistant.shelving.outcome import TAKEN, Outcome, State
from assistant.shelving.reading import is_same
from corpus.library.card import CardChange
from corpus.library.entry import new_id
from corpus.library.library import Library


def settled(library: Library, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Each outcome as it can still be had. The library must not change until they are put in."""
    known = Known(library.entries)
    for outcome in outcomes:
        fate = outcome
        if outcome.entry and outcome.state is State.REMOVED:
            fate = _removed(outcome, known)
        elif outcome.entry and outcome.state in TAKEN:
            fate = _placed(outcome, known)
            if fate.entry and fate.state in TAKEN:
                known.add(fate.entry)
        yield fate


def _removed(outcome: Outcome, known: Known) -> Outcome:
    entry = outcome.entry
    if entry is None or entry.id not in known.by_id:
        return replace(outcome, state=State.UNCHANGED, line="it was taken off already")
    known.drop(entry)
    return outcome


def _placed(outcome: Outcome, known: Known) -> Outcome:
    """A document that is to be put on the shelf, with an id that is its own."""
    entry = outcome.entry
    if entry is None:
        return outcome
    if old := known.by_id.get(entry.id) or known.at(entry.origin, entry.part):
        if (old.origin, old.part) == (entry.origin, entry.part) and is_same(old, entry):
            return replace(outcome, state=State.UNCHANGED, line=f"“{old.title}” is as it was")
        known.drop(old)
        return replace(outcome, state=State.CHANGED, entry=replace(entry, id=old.id))
    if outcome.text is None:
        line = f"“{entry.title}” was taken off meanwhile; add it again"
        return replace(outcome, state=State.REFUSED, line=line)
    if twin := known.with_words(entry.words_digest):
        line = f"duplicate of “{twin.title}” ({twin.id})"
        return replace(outcome, state=State.DUPLICATE, line=line, entry=twin)
    made = new_id(entry.title, entry.origin, entry.part, known.by_id)
    return replace(outcome, state=State.ADDED, entry=replace(entry, id=made))


def amended(outcome: Outcome, change: CardChange) -> Outcome:
    """What was proposed, with what the operator says of it instead of what was guessed.

    An outcome that leaves no document is returned as it is.

    Raises:
        InvalidCardError: a value that cannot be one.
    """
    if outcome.entry is None or outcome.state in (State.REMOVED, State.DUPLICATE) or not change:
        return outcome
    entry = change.applied_to(outcome.entry)
    if outcome.state is State.UNCHANGED:
        line = f"“{entry.title}”: what is said of it"
        return replace(outcome, state=State.CHANGED, line=line, entry=entry)
    return replace(outcome, entry=entry)
