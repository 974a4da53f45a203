"""The rules by name, in the order in which they are told to whoever asks why."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.advice import advised
from assistant.checking.denials import denied_otherwise
from assistant.checking.exchange import exchanged
from assistant.checking.lexis import Lexis, spelled, stems_of
from assistant.checking.limits import lost
from assistant.checking.novelty import excused, strange_signs, unsaid
from assistant.checking.roles import turned_round
from assistant.checking.voices import misattributed, named_in
from assistant.judge.departures import departures
from assistant.why import Fault

_STARTED = frozenset(stems_of("started asked original thread"))
"""How the runner who began a thread may be called."""


_PROMISES = re.compile(r"cure|prove|guarant")


@dataclass(frozen=True, slots=True)
class Source:
    """One cited span: its words and who speaks there."""

    words: str
    speaker: tuple[str, str]
    """Document and speaker: what two people say is never put together."""
    forum: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that may be wrong with a sentence."""

    name: str
    faults: Callable[[str, Sequence[Source], Lexis], Iterable[Fault]]
    """Of a sentence and what one speaker says: what is wrong; nothing if all is well."""


def _departures(sentence: str, sources: Sequence[Source], lexis: Lexis) -> Iterator[Fault]:
    cited = _words(sources)
    covered = excused(spelled(sentence), spelled("\n".join(cited)), lexis)
    for one in departures(sentence, cited):
        # "Completely" is no overstatement where the cited words say "altogether".
        if one.kind != "certainty" or one.text not in covered or _PROMISES.match(one.text):
            yield Fault(one.kind.replace("_", " "), one.text)


def _novelty(sentence: str, sources: Sequence[Source], lexis: Lexis) -> Iterator[Fault]:
    cited, forum = _words(sources), sources[0].forum
    voice = lexis.reporting | (lexis.forum_voice if forum else lexis.article_voice)
    if sources[0].speaker[1].startswith("original poster"):
        voice |= _STARTED
    named = named_in(sentence) if forum else frozenset[str]()
    if words := unsaid(sentence, cited, lexis, voice, named):
        yield Fault("not in what is cited", ", ".join(words))
    if signs := strange_signs(sentence, cited):
        yield Fault("signs that are not in what is cited", signs)


def _words(sources: Sequence[Source]) -> list[str]:
    return [source.words for source in sources]


RULES = (
    Rule("departures", _departures),
    Rule("novelty", _novelty),
    Rule("limits", lambda text, sources, lexis: lost(text, _words(sources), lexis)),
    Rule("denials", lambda text, sources, lexis: denied_otherwise(text, _words(sources), lexis)),
    Rule("advice", lambda text, sources, _: advised(text, _words(sources))),
    Rule("roles", lambda text, sources, lexis: turned_round(text, _words(sources), lexis)),
    Rule("exchange", lambda text, sources, lexis: exchanged(text, _words(sources), lexis)),
    Rule(
        "voices",
        lambda text, sources, _: misattributed(text, _words(sources), forum=sources[0].forum),
    ),
)
