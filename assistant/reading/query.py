"""From a clause to what is searched: its content words, plain names, and a length that fits."""

from assistant.reading.lexicon import Lexicon
from assistant.reading.stopwords import is_filler
from assistant.reading.words import stems_in, words_in

_MOST_WORDS = 40
"""Longest query sent to the encoder, in words: more of a ramble only blurs the vector."""


def terms_of(text: str, lexicon: Lexicon) -> frozenset[str]:
    """Stems of the content words that no concept of the lexicon covers."""
    words = words_in(text)
    named = {at for m in lexicon.mentions(words) for at in range(m.first, m.last + 1)}
    return frozenset(
        word.stem
        for at, word in enumerate(words)
        if at not in named and not is_filler(word.text) and not word.text[0].isdigit()
    )


def query_of(text: str, focus: frozenset[str], lexicon: Lexicon) -> str:
    """The last words of a text that fit, with the plain name of what it names by another form."""
    query = " ".join(text.split()[-_MOST_WORDS:])
    stems = set(stems_in(query))
    names = [lexicon.surface[name] for name in sorted(focus)]
    return " ".join([query, *(name for name in names if not stems & set(stems_in(name)))])
