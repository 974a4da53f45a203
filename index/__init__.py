"""Where to look: passages, their vectors and words, and the search over both."""

from corpus import Span
from index.errors import PassageIndexError
from index.passage import Hit, Passage, PassageSentence, Scope, SentenceHit

__all__ = ["Hit", "Passage", "PassageIndexError", "PassageSentence", "Scope", "SentenceHit", "Span"]
