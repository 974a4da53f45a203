"""The phrases that a book was made of."""

from assistant.guard.patterns import Phrase, PhraseBook


def phrases_in(book: PhraseBook) -> tuple[tuple[str, Phrase], ...]:
    """Name and phrase, each pair once, in the order of the book."""
    kinds = (book._by_word, book._by_prefix, book._by_part)
    listed = [pair for kind in kinds for pairs in kind.values() for pair in pairs]
    return tuple(dict.fromkeys((*listed, *book._by_number)))
