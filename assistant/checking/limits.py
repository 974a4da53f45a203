"""What a sentence may not lose: hedges, limits, conditions."""

from collections.abc import Iterator, Sequence

from assistant.checking.lexis import CLAUSE, Lexis, spelled, stems_of


def lost(sentence: str, cited: Sequence[str], lexis: Lexis) -> tuple[str, ...]:
    """What of the cited words' caution the sentence does not keep, in plain words."""
    said = spelled(sentence)
    return tuple(reason for one in cited for reason in _lost_of(said, spelled(one), lexis))


def _lost_of(said: str, there: str, lexis: Lexis) -> Iterator[str]:
    for kind, words in (*lexis.hedges.items(), *lexis.limits.items()):
        held, more = words.search(there), lexis.answers.get(kind)
        if held and not words.search(said) and not (more and more.search(said)):
            yield f"it leaves out “{held[0]}”"
    for marker, clause in _conditions(there, lexis):
        telling = [stem for stem in stems_of(clause) if stem not in lexis.function]
        kept = sum(stem in stems_of(said) for stem in telling)
        if telling and 3 * kept < len(telling) and not _otherwise(clause, said, lexis):
            yield f"it leaves out “{marker} …”"


def _conditions(there: str, lexis: Lexis) -> Iterator[tuple[str, str]]:
    """Each condition as its marker and the words it holds."""
    for clause in CLAUSE.split(there):
        found = lexis.conditions.search(clause)
        if found:
            yield found[0], clause[found.end() :]


def _otherwise(clause: str, said: str, lexis: Lexis) -> bool:
    """Whether the sentence says something telling of the clause in other words."""
    return any(
        (found := group.search(clause))
        and not frozenset(stems_of(found[0])) <= lexis.function
        and group.search(said)
        for group in lexis.same
    )
