"""What a sentence denies, and whether the cited words deny the same.

By scope, after NegEx (Chapman et al. 2001): a denial reaches the few telling words behind it in its
clause. Words that answer a denial without being one ("avoid", "prevent") may stand for one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.checking.lexis import CLAUSE, Lexis, spelled, stems_of
from assistant.why import Fault

_DENIAL = re.compile(
    r"\b(?:not|non|never|no|none|nobody|nothing|neither|nor|cannot|without|hardly|\w+n't|dont|doesnt"
    r"|didnt|wont|cant|no longer|barely)\b"
)
_HALF_DENIAL = re.compile(
    r"\b(?:avoid\w*|against|prevent\w*|lack\w*|unable|impossible|rather than|instead of"
    r"|(?<!a )few|(?<!a )little"
    r"|rarely|seldom|free of|except|unless|stop\w*|fail\w*|refus\w*|unused|unhelpful|only|gone"
    r"|unaffected|warn\w*|eliminat\w*|insufficient|swap\w*|ditch\w*|un(?!der|til|less|ion|it|iq)\w{4,})\b"
)
_KEPT = re.compile(
    r"\b(?:avoid\w*|against|prevent\w*|lack\w*|unable|impossible|rather than|instead of|rid of"
    r"|rarely|seldom|free of|fail\w*|refus\w*|give up|gave up|too little)\b"
)
"""Half denials that must be answered: without them the sentence says the opposite."""
_NOT_ONLY = re.compile(r"\bnot (?:the )?(?:only|just)\b")
_NEED_NOT = re.compile(
    r"\b(?:need not|no need|not (?:have|need|necessary) to|not necessary|not needed"
    r"|without having to)\b"
)
"""Leaves open what a denial forbids: "you need not stop" is not "do not stop"."""
_HARMLESS = re.compile(
    r"\b(?:not long ago|no matter|no doubt|why not|or not|not necessarily|no more than)\b"
)
_REACH = 3
_MORE = "it denies what the cited words do not"
_LESS = "the cited words deny what it does not"


def denied_otherwise(sentence: str, cited: Sequence[str], lexis: Lexis) -> tuple[Fault, ...]:
    """What only one of the two denies."""
    said, there = spelled(sentence), spelled("\n".join(cited))
    return tuple(
        dict.fromkeys(
            [*_there_or_not(said, there), *_turned(said, there, lexis), *_lost(said, there)]
        )
    )


def _there_or_not(said: str, there: str) -> Iterator[Fault]:
    ours, theirs = _denies(said), _denies(there)
    # "Avoid it" answers "do not do it"; "do not avoid it" turns it round.
    half_ours, half_theirs = set(_HALF_DENIAL.findall(said)), set(_HALF_DENIAL.findall(there))
    if ours and not theirs and not half_theirs - half_ours:
        yield Fault(_MORE)
    if theirs and not ours and not half_ours - half_theirs:
        yield Fault(_LESS)
    if bool(_NOT_ONLY.search(said)) != bool(_NOT_ONLY.search(there)):
        yield Fault("“only” and “not only” are not the same")
    if bool(_NEED_NOT.search(said)) != bool(_NEED_NOT.search(there)):
        yield Fault("“need not” and “do not” are not the same")


def _turned(said: str, there: str, lexis: Lexis) -> Iterator[Fault]:
    """Where both deny something, whether it is the same thing."""
    ours, theirs = list(_scopes(said, lexis)), list(_scopes(there, lexis))
    if not ours or not theirs:
        return
    known = frozenset(stems_of(there))
    for scope in ours:
        if scope & known and not any(scope & other for other in theirs):
            yield Fault(_MORE, _named(scope & known))
    everything = frozenset(stems_of(said))
    for scope in theirs:
        if scope & everything and not any(scope & other for other in ours):
            yield Fault(_LESS, _named(scope & everything))


def _lost(said: str, there: str) -> Iterator[Fault]:
    """Half denials that are neither kept nor answered by another one that is new."""
    held = set(_KEPT.findall(there)) - set(_KEPT.findall(said))
    fresh = set(_HALF_DENIAL.findall(said)) - set(_HALF_DENIAL.findall(there))
    if held and not fresh and not (_denies(said) and not _denies(there)):
        yield Fault("it leaves out a word of warning", min(held))


def _denies(text: str) -> bool:
    return bool(_DENIAL.search(_plain(text)))


def _scopes(text: str, lexis: Lexis) -> Iterator[frozenset[str]]:
    """The telling words that each denial reaches: those behind it in its clause, and the one before
    it, which it may deny as well ("running is not possible").
    """
    for clause in CLAUSE.split(_plain(text)):
        for found in _DENIAL.finditer(clause):
            behind = lexis.telling(clause[found.end() :])[:_REACH]
            before = lexis.telling(clause[: found.start()])[-1 if behind else -_REACH :]
            near = [*before, *behind]
            if near:
                yield frozenset(near)


def _named(stems: Iterable[str]) -> str:
    return " ".join(sorted(stems))


def _plain(text: str) -> str:
    return _NOT_ONLY.sub(" ", _HARMLESS.sub(" ", text))
