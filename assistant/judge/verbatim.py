"""Whether a sentence stands in the words it cites as it is, give or take how it is typed."""

import re
from collections.abc import Sequence

from assistant.judge.reading import plain

_CONNECTIVE = re.compile(
    r"(?:also|and|but|by contrast|finally|first|for example|however|in addition|instead|lastly|next"
    r"|on the other hand|then)[,:]? "
)
"""What may join a quoted sentence to the one before it without stating anything."""
_EDGE = "\"'()[]*_-.!?;:… "
_OPENS = re.compile(r"(?:^[*•-]?|[.!?…][\"')\]]* [*•]?) ?[\"'(\[]*$")
_CLOSES = re.compile(r"^[\"')\]]*(?:[.!?…]+[\"')\]]*(?: |$)|$)")
"""Where a sentence begins and ends: a dash within one, or the point of "2.5", does neither."""


def verbatim(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether it is a whole sentence, or some in a row, of one of the cited texts.

    Case, quotation marks, dashes, spaces and marks at either end do not count, nor does one joining
    word in front. Part of a sentence is not enough: it may have lost its "do not".
    """
    said = plain(sentence).strip(_EDGE)
    wanted = {said, _CONNECTIVE.sub("", said, count=1)} - {""}
    return any(_whole(each, plain(cited)) for each in wanted for cited in evidence)


def _whole(said: str, cited: str) -> bool:
    return any(
        _OPENS.search(cited[: found.start()]) and _CLOSES.search(cited[found.end() :])
        for found in re.finditer(re.escape(said), cited)
    )
