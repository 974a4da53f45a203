"""Paragraphs of a length that can be cut into sentences without waiting.

The time that takes grows with the square of a paragraph's sentences. Nobody writes paragraphs of
thousands of words, but a lost line break makes one, and so does whoever wants us to hang.
"""

import re

LONGEST = 5_000
"""Characters."""
_SENTENCE_END = re.compile(r"[.!?…][\"”’)]*\s+")


def with_breaks(text: str) -> str:
    """`text` with an empty line wherever a paragraph gets too long: if it can be, after a sentence,
    else between words.
    """
    if max(map(len, text.split("\n\n")), default=0) <= LONGEST:
        return text
    broken: list[str] = []
    for paragraph in text.split("\n\n"):
        broken.extend(_broken(paragraph))
    return "\n\n".join(part for part in broken if part)


def _broken(paragraph: str) -> list[str]:
    parts: list[str] = []
    at = 0
    while len(paragraph) - at > LONGEST:
        piece = paragraph[at : at + LONGEST]
        ends = [match.end() for match in _SENTENCE_END.finditer(piece, LONGEST // 2)]
        end = ends[-1] if ends else max(piece.rfind("\n"), piece.rfind(" ")) + 1
        end = end or LONGEST
        parts.append(piece[:end].strip())
        at += end
    return [*parts, paragraph[at:].strip()]
