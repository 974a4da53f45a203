"""Whether a sentence gives words to who said them."""

import re
from collections.abc import Iterator, Sequence

from assistant.checking.lexis import spelled
from assistant.why import Fault

_PERSON = re.compile(
    r"\b(?:one|a|an|another|this|that|the)(?: \w+){0,2}"
    r" (?:poster|runner|user|member|person|replier|reply)\b"
    r"|\b(?:someone|somebody)\b|\b(?:poster|runner|replier)'s\b"
    r"|\b(?:on|in) (?:the|a|one) (?:forum|thread)\b"
)
_FORUM = re.compile(
    r"\b(?:posters?|forums?|threads?|repl(?:y|ies|iers?))\b|\b(?:one|another) runner\b"
)
_ARTICLE = re.compile(r"\b(?:articles?|authors?|writers?)\b")
_YOURS = re.compile(
    r"\byou(?:'ve| have| are|'re| had| were| suffer| need)\b"
    r"|\byour (?:\w+ ){1,4}(?:is|are|was|were|comes?|came|shows?|means?|has|have|points?)\b"
)
_SUPPOSED = re.compile(
    r"\b(?:if|when|whenever|once|while|after|before|so that|where|until)\b[^,;.]*"
)
"""A case that is only put to the reader."""
_SENDS = re.compile(
    r"\b(?:visit|buy|order|purchase|shop|click|sign up|subscribe|download|go to|check out"
    r"|get yours?|website|web page|web site)\b"
)
_I = re.compile(r"\b(?:i|i'm|i've|my|me|we|our|us)\b")


def named_in(sentence: str) -> frozenset[str]:
    """The words by which a sentence names a person: "one forum poster", "the same runner"."""
    found = (match[0] for match in _PERSON.finditer(spelled(sentence)))
    return frozenset(word for phrase in found for word in phrase.split())


def misattributed(sentence: str, cited: Sequence[str], *, forum: bool) -> tuple[Fault, ...]:
    """What is wrong with whose words a sentence says these are. `forum`: a post is cited."""
    said, there = spelled(sentence), spelled("\n".join(cited))
    return tuple(_faults(said, there, forum=forum))


def _faults(said: str, there: str, *, forum: bool) -> Iterator[Fault]:
    if forum:
        if not _PERSON.search(said):
            yield Fault("one person's words are told as if they held for everybody")
        if _ARTICLE.search(said) and not _ARTICLE.search(there):
            yield Fault("a post is called an article")
    elif _FORUM.search(said) and not _FORUM.search(there):
        yield Fault("an article is called a post")
    if _YOURS.search(_SUPPOSED.sub(" ", said)) and not _YOURS.search(there):
        yield Fault("it says of the reader what the cited words do not")
    if _SENDS.search(said) and not _SENDS.search(there):
        yield Fault("it sends the reader somewhere")
    if _I.search(said) and not _I.search(there):
        yield Fault("it speaks of itself")
