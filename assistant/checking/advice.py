"""Whether a sentence advises where the cited words only tell.

"Should" and "must" turn what happened, or what is so, into something to do. They may stand where
the cited words advise as well: by such a word, by a person who recommends, or in the imperative.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.checking.lexis import CLAUSE, spelled
from assistant.why import Fault

_OUGHT = re.compile(r"\b(?:should|must|ought|have to|has to|need to|needs to|better)\b")
_ADVISES = re.compile(
    r"\b(?:should|must|ought|have to|has to|need|needs|needed|better|advis\w+|recommend\w*"
    r"|suggest\w*|wants?|tells?|told|worth|important|best|tip|consider\w*)\b"
)
_IMPERATIVE = re.compile(
    r"(?:^|\b(?:and|then|so|instead|first|now|but|next) )(?:do not|don't|never|always|first)?\s*"
    r"(?:add|ask|avoid|begin|bend|build|check|consider|cut|do|drink|drop|ease|eat|find|follow|get|give|go"
    r"|have|help|hold|ice|keep|leave|lean|let|lift|look|make|massage|move|point|press|pull|push|put|reach"
    r"|relax|release|remember|repeat|rest|roll|run|see|sit|slow|squeeze|stand|start|stay|step|stop|straighten"
    r"|strengthen|stretch|switch|take|treat|try|turn|use|wait|walk|warm|watch|wear|work)\b"
)


def advised(sentence: str, cited: Sequence[str]) -> Iterator[Fault]:
    """Why a sentence may not advise; nothing when it may, or does not."""
    said, there = spelled(sentence), spelled("\n".join(cited))
    if _OUGHT.search(said) and not _ADVISES.search(there) and not _orders(there):
        yield Fault("it advises where the cited words only tell")


def _orders(text: str) -> bool:
    return any(
        _IMPERATIVE.match(clause.strip())
        for line in text.split("\n")
        for clause in CLAUSE.split(line)
    )
