"""A message as sentences of words, with the breaks between them kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.guard.normalise import plain

_PIECE = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[.!?\n;]+|[^\w\s']")
_AUXILIARIES = frozenset(
    "is are was were do does did have has had can could will would should must need".split()
)
_PRONOUNS = frozenset("it he she that there what who how where here let one".split())
_ONE_WORD = {
    "cannot": "cant", "carnt": "cant", "kant": "cant", "cudnt": "couldnt", "dnt": "dont",
    "coudnt": "couldnt", "couldent": "couldnt", "dosent": "doesnt", "doesent": "doesnt",
    "dosnt": "doesnt", "didnt": "didnt", "havnt": "havent", "isint": "isnt", "wasent": "wasnt",
    "u": "you", "ur": "your", "n": "and", "&": "and", "+": "and", "w": "with", "coz": "because",
    "cos": "because", "cuz": "because", "bc": "because", "cause": "cause", "tho": "though",
    "nd": "and", "wiv": "with", "dint": "didnt", "wud": "would", "cud": "could", "wont": "wont",
    "iam": "im", "aint": "isnt", "didny": "didnt", "cannae": "cant", "canny": "cant",
    "dinnae": "dont", "doesnae": "doesnt", "isnae": "isnt", "wasnae": "wasnt", "nae": "no",
    "havnae": "havent", "ma": "my", "nowt": "nothing", "owt": "anything", "summat": "something",
    "mi": "my", "me": "me", "yday": "yesterday", "rite": "right", "tmrw": "tomorrow",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words up to a full stop, a question mark or the end of a line."""

    turn: int
    """Which of the reader's turns it stands in, from 0."""
    words: tuple[str, ...]
    breaks: frozenset[int]
    """Before which words (index) a comma, dash, bracket or picture stands."""
    asks: bool
    """Whether it ends in a question mark."""

    def __len__(self) -> int:
        return len(self.words)


def sentences_in(turns: tuple[str, ...]) -> tuple[Sentence, ...]:
    """Every sentence of every turn, in order. Linear in their length; loses no word."""
    return tuple(
        sentence for turn, text in enumerate(turns) for sentence in _sentences(turn, plain(text))
    )


def _sentences(turn: int, text: str) -> Iterator[Sentence]:
    words: list[str] = []
    breaks: set[int] = set()
    for found in _PIECE.finditer(text):
        piece = found.group()
        if piece[0] in ".!?\n;":
            if words:
                yield Sentence(turn, tuple(words), frozenset(breaks), "?" in piece)
            words, breaks = [], set()
        elif piece[0].isalnum() or piece in "&+":
            stem, mark, tail = piece.partition("'")
            if mark and tail == "s" and stem not in _PRONOUNS:
                words += [stem, "is"]  # "leg's" is no pair of legs
            else:
                _take(words, piece.replace("'", ""))
        else:
            breaks.add(len(words))
    if words:
        yield Sentence(turn, tuple(words), frozenset(breaks), asks=False)


def _take(words: list[str], word: str) -> None:
    """Add a word in its one spelling; "is not" becomes "isnt", so that one cue covers both."""
    word = _ONE_WORD.get(word, word)
    if word == "not" and words and words[-1] in _AUXILIARIES:
        joined = {"can": "cant", "will": "wont"}.get(words[-1], words[-1] + "nt")
        words[-1] = joined
        return
    words.append(word)
