"""What a change came to, in a sentence: told by comparing the shelf before and after."""

from corpus.library.entry import Entry
from corpus.library.library import Library


def what_changed(before: Library, after: Library) -> str:
    """A change as the end of a sentence: "adding 3 documents, removing “Old news”"."""
    added, removed, changed = _differences(before, after)
    said = [
        f"{doing} {_named(entries)}"
        for doing, entries in (("adding", added), ("removing", removed), ("changing", changed))
        if entries
    ]
    return ", ".join(said) or "a change that changed nothing"


def undoing(before: Library, after: Library) -> str:
    """What an undo came to, as a sentence."""
    added, removed, changed = _differences(before, after)
    said = [
        f"{_named(entries)} {became}"
        for became, entries in (
            ("put back", added),
            ("taken off again", removed),
            ("as before", changed),
        )
        if entries
    ]
    return f"Undone: {', '.join(said) or 'nothing was different'}."


def _differences(
    before: Library, after: Library
) -> tuple[tuple[Entry, ...], tuple[Entry, ...], tuple[Entry, ...]]:
    """What is only after, only before, and in both but not the same."""
    return (
        tuple(entry for entry in after.entries if entry.id not in before.by_id),
        tuple(entry for entry in before.entries if entry.id not in after.by_id),
        tuple(e for e in after.entries if e.id in before.by_id and before.by_id[e.id] != e),
    )


def _named(entries: tuple[Entry, ...]) -> str:
    return f"“{entries[0].title}”" if len(entries) == 1 else f"{len(entries)} documents"
