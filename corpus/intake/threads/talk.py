"""What a paragraph says about who is speaking: asking, answering, coming back, going on.

The phrases are listed in `talk.toml`. Where a source names nobody these are all there is to go by,
so they err on the side of leaving words with whoever spoke before.
"""

import re
from functools import cache
from pathlib import Path

from corpus.datafile import DataModel, read_data
from corpus.intake.threads.lines import plain_words
from corpus.intake.threads.phrases import numberless, spell_out

_FIRST_SENTENCE = re.compile(r"[^.!?…:]*[.!?…:]?")
_AT_THE_BEGINNING = 12
"""Words among which somebody who comes back says so."""
_FRAGMENT = 3
_LONGEST_QUESTION = 500
"""Words of a post above which asking something in it says little about the whole."""
_BARE_THANKS = re.compile(
    r"(?:^|[.!?…]\s+)(?:many thanks|thanks|thank you|cheers)\s*[.!]", re.IGNORECASE
)
_THANKS_WITHIN = 80
"""Characters among which somebody says "Thanks." to all, without saying to whom or for what."""
_YOU = frozenset({"you", "your", "youre", "youve", "youll", "yours", "u", "ur"})
_I = frozenset({"i", "im", "ive", "id", "ill", "my", "me", "mine", "iv"})


class _TalkFile(DataModel):
    asks: tuple[str, ...]
    returns: tuple[str, ...]
    returns_first: tuple[str, ...]
    fillers: str
    me_too: tuple[str, ...]
    opens: tuple[str, ...]
    offers: tuple[str, ...]
    imperatives: str
    continues: tuple[str, ...]
    nobody: str


class Talk:
    """What is known of how people speak in threads. Every method takes a paragraph or a post."""

    def __init__(self, file: _TalkFile) -> None:
        self._asks = spell_out(file.asks)
        self._returns = spell_out(file.returns)
        self._returns_first = spell_out(file.returns_first)
        self._fillers = frozenset(file.fillers.split())
        self._me_too = spell_out(file.me_too)
        self._opens = spell_out(file.opens)
        self._offers = spell_out(file.offers)
        self._continues = spell_out(file.continues)
        self._imperatives = frozenset(file.imperatives.replace("'", "").split())
        self.nobody = frozenset(file.nobody.split())
        """Words that are nobody's name."""

    def asks(self, text: str) -> bool:
        """Whether the writer wants help of the others."""
        return self._asks.stands_in(plain_words(text))

    def asks_for_oneself(self, text: str) -> bool:
        """Whether it is a post of usual length whose writer speaks of themselves and asks."""
        short = len(text.split()) <= _LONGEST_QUESTION
        return short and self.speaks_of_oneself(text) and self.asks(text)

    def returns(self, text: str) -> bool:
        """Whether only whoever began the thread would begin like this."""
        words = plain_words(text).split()[: 2 * _AT_THE_BEGINNING]
        if self._me_too.stands_in(" ".join(words)):
            return False
        if _BARE_THANKS.search(text[:_THANKS_WITHIN]) and self.speaks_of_oneself(text):
            return True
        telling = [word for word in words[:_AT_THE_BEGINNING] if word not in self._fillers]
        return self._returns.stands_in(" ".join(telling)) or self._returns_first.begins(
            " ".join(words)
        )

    def opens(self, text: str) -> bool:
        """Whether it begins as an answer does, whoever spoke before."""
        return self._opens.begins(numberless(plain_words(text)))

    def offers(self, text: str) -> bool:
        """Whether it begins as an answer does, if something was just asked."""
        return self._offers.begins(numberless(plain_words(text)))

    def tells_to(self, text: str) -> bool:
        """Whether it begins by telling somebody to do something."""
        return not self._imperatives.isdisjoint(plain_words(text).split()[:1])

    def goes_on(self, text: str) -> bool:
        """Whether it begins like a further paragraph of the same post."""
        return self._continues.begins(plain_words(text))

    def is_fragment(self, text: str) -> bool:
        """Whether it begins with a sentence of a few words, such as "Potassium."."""
        first = _FIRST_SENTENCE.match(text.strip())
        return (
            first is not None and 1 <= len(first[0].split()) <= _FRAGMENT and first[0][-1] in ".!"
        )

    def speaks_to_somebody(self, text: str) -> bool:
        """Whether it says "you"."""
        return not _YOU.isdisjoint(plain_words(text).split())

    def speaks_of_oneself(self, text: str) -> bool:
        """Whether it says "I"."""
        return not _I.isdisjoint(plain_words(text).split())


@cache
def talk() -> Talk:
    """The phrases of `talk.toml`, spelled out once."""
    return Talk(read_data(Path(__file__).with_name("talk.toml"), _TalkFile))
