"""What a sentence may not lose: hedges, limits, denials, conditions."""

import re
from collections.abc import Iterator, Sequence

from assistant.checking.lexis import Lexis, spelled, stems_of

_CLAUSE = re.compile(r"[,;:.!?()]|\b(?:but|and then)\b")
_DENIAL = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot|without|hardly|\w+n't|dont|doesnt"
    r"|didnt|wont|cant|no longer|barely)\b"
)
_HALF_DENIAL = re.compile(
    r"\b(?:avoid\w*|against|prevent\w*|lack\w*|unable|impossible|rather than|instead of|few|little"
    r"|rarely|seldom|free of|except|unless|stop\w*|fail\w*|refus\w*|unused|unhelpful|only|gone"
    r"|unaffected|un(?!der|til|less|ion|it|iq)\w{4,})\b"
)
_NOT_ONLY = re.compile(r"\bnot (?:the )?only\b")
_HARMLESS = re.compile(r"\b(?:no matter|no doubt|why not|or not|not necessarily|no more than)\b")


def lost(sentence: str, cited: Sequence[str], lexis: Lexis) -> tuple[str, ...]:
    """What of the cited words' caution the sentence does not keep, in plain words."""
    said = spelled(sentence)
    return tuple(reason for one in cited for reason in _lost_of(said, spelled(one), lexis)) + tuple(
        _denials(said, spelled("\n".join(cited)))
    )


def _lost_of(said: str, there: str, lexis: Lexis) -> Iterator[str]:
    for _, words in (*lexis.hedges.items(), *lexis.limits.items()):
        held = words.search(there)
        if held and not words.search(said):
            yield f"it leaves out “{held[0]}”"
    for marker, clause in _conditions(there, lexis):
        telling = [stem for stem in stems_of(clause) if stem not in lexis.function]
        kept = sum(stem in stems_of(said) for stem in telling)
        if telling and 3 * kept < len(telling) and not _otherwise(clause, said, lexis):
            yield f"it leaves out “{marker} …”"


def _conditions(there: str, lexis: Lexis) -> Iterator[tuple[str, str]]:
    """Each condition as its marker and the words it holds."""
    for clause in _CLAUSE.split(there):
        found = lexis.conditions.search(clause)
        if found:
            yield found[0], clause[found.end() :]


def _otherwise(clause: str, said: str, lexis: Lexis) -> bool:
    """Whether the sentence says what stands in the clause in other words."""
    return any(group.search(clause) and group.search(said) for group in lexis.same)


def _denials(said: str, there: str) -> Iterator[str]:
    ours, theirs = _denied(said), _denied(there)
    # "Avoid it" answers "do not do it"; "do not avoid it" turns it round.
    half_ours, half_theirs = set(_HALF_DENIAL.findall(said)), set(_HALF_DENIAL.findall(there))
    if ours and not theirs and not half_theirs - half_ours:
        yield "it denies something where the cited words do not"
    if theirs and not ours and not half_ours - half_theirs:
        yield "the cited words deny something and it does not"
    if bool(_NOT_ONLY.search(said)) != bool(_NOT_ONLY.search(there)):
        yield "“only” and “not only” are not the same"


def _denied(text: str) -> bool:
    return bool(_DENIAL.search(_NOT_ONLY.sub(" ", _HARMLESS.sub(" ", text))))
