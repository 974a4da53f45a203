"""Words that say something which the cited words do not say."""

from collections.abc import Iterator, Sequence

from assistant.checking.lexis import Lexis, spelled, stems_of
from assistant.judge.reading import words_of

_PLAIN = frozenset(".,;:!?'\"’‘“”()-–—/%°…&")


def unsaid(
    sentence: str,
    cited: Sequence[str],
    lexis: Lexis,
    voice: frozenset[str],
    named: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """The telling words of a sentence that are neither in the cited words nor said otherwise there.

    `voice`: stems by which a sentence may name who speaks, whether the cited words do or not.
    `named`: words of phrases in which it does.
    """
    said, there = spelled(sentence), spelled("\n".join(cited))
    known = frozenset(stems_of(there))
    covered = excused(said, there, lexis)
    return tuple(
        word
        for word, stem in _telling(said)
        if stem not in known
        and stem not in lexis.function
        and stem not in voice
        and word not in covered
        and word not in named
    )


def strange_signs(sentence: str, cited: Sequence[str]) -> str:
    """The signs of a sentence that are neither words nor plain punctuation and not in the cited
    words: arrows, pictures, brackets of a markup. They say something too, and no word list sees
    them.
    """
    known = frozenset("".join(cited))
    return "".join(
        mark
        for mark in dict.fromkeys(sentence)
        if not (mark.isalnum() or mark.isspace() or mark in _PLAIN or mark in known)
    )


def _telling(said: str) -> Iterator[tuple[str, str]]:
    for word in words_of(said):
        if not word.number:
            yield word.text, stems_of(word.text)[0]


def respelled(sentence: str, cited: Sequence[str], lexis: Lexis) -> str:
    """The sentence with the cited words' own spelling wherever it says the same otherwise, so that
    who counts shared words is not misled by a synonym.
    """
    said, there = spelled(sentence), spelled("\n".join(cited))
    known = frozenset(stems_of(there))
    for group, theirs in lexis.held(there):
        said = group.sub(
            lambda ours, theirs=theirs: (  # type: ignore[misc]
                ours[0] if frozenset(stems_of(ours[0])) <= known else theirs
            ),
            said,
        )
    return said


def excused(said: str, there: str, lexis: Lexis) -> frozenset[str]:
    """Words of the sentence that stand in a spelling whose group the cited words hold as well."""
    return frozenset(
        word
        for group, _ in lexis.held(there)
        for found in group.finditer(said)
        for word in found[0].split()
    )
