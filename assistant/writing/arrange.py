"""Checked sentences put where they belong, and the quotes of whatever the draft did not say.

Who speaks and on which side is never left to the draft: sentences are put under the item of the
quoting answer whose words they cite. Items come in the order in which the draft first came to them;
of a disagreement every side is shown as soon as one is. What the draft left out, lost or said only
in part is appended as quotes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.checking.lexis import Lexis
from assistant.checking.novelty import respelled
from assistant.compose import speaker_of
from assistant.judge.reading import plain
from assistant.reply import Answer, AnswerItem, AnswerSentence, Citation, ItemKind, Origin, Writing
from assistant.why import Drafted, Fault, Outcome
from assistant.writing.prompt import Offered

_SAID = 0.5
"""Share of a cited sentence's telling words that stand in what was written of it: with less, the
quote is shown as well."""
_AGAIN = 0.6
"""Jaccard likeness of telling words from which a sentence repeats an earlier one."""
_STAND = frozenset({Outcome.PASSED, Outcome.COPIED})
_REPEATED = Fault("it says again what was said")
_CLAUSES = re.compile(r"[,;:()]|\b(?:but|and|though|although)\b", re.I)
_QUALIFIES = re.compile(
    r"(?:but|however|though|although|unless|except|only|still|yet|even so|that said|otherwise|if so"
    r"|in that case|not|never)\b",
    re.I,
)
_LEANS = re.compile(
    r"(?:this|that|these|those|it|they|he|she|so|then|also|instead|such|both|doing so|otherwise"
    r"|but|however|therefore|in that case|and)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence that stands: written, or quoted in the place of one that failed."""

    item: int
    sentence: AnswerSentence
    numbers: tuple[int, ...]


@dataclass
class Arrangement:
    """What has come of one draft so far. Not for two threads."""

    answer: Answer
    """The quoting answer."""
    numbered: tuple[Offered, ...]
    words: Lexis
    model: str
    _said: list[_Said] = field(default_factory=list, init=False)
    _drafted: list[Drafted] = field(default_factory=list, init=False)
    _lost: bool = field(default=False, init=False)
    """Whether the sentence before was left out or replaced."""

    def cited(self, numbers: Sequence[int]) -> tuple[Offered, ...]:
        """What numbers of a draft stand for; those that stand for nothing are left out."""
        by_number = {one.number: one for one in self.numbered}
        return tuple(by_number[number] for number in numbers if number in by_number)

    def leaning(self, text: str, cited: Sequence[Offered]) -> tuple[Fault, ...]:
        """Why a sentence cannot stand for what comes before it; empty when it can."""
        if not _LEANS.match(text):
            return ()
        if self._lost:
            return (Fault("it leans on a sentence that was left out"),)
        if not self._said or self._said[-1].item != cited[0].item:
            return (Fault("it leans on what somebody else said"),)
        return ()

    def repeats(self, text: str) -> bool:
        """Whether something very like it was written already."""
        stems = self._telling(text)
        return any(
            len(stems & earlier) >= _AGAIN * len(stems | earlier)
            for one in self._said
            if one.sentence.origin is Origin.WRITTEN
            and (earlier := self._telling(one.sentence.text))
        )

    def passed(self, text: str, cited: Sequence[Offered]) -> None:
        """Take a sentence that the checker passed. One that only copies its quote is that quote."""
        copied = next((one for one in cited if plain(one.citation.quote) == plain(text)), None)
        if copied is not None:
            self._copied(text, copied)
        else:
            sentence = AnswerSentence(text, tuple(one.citation for one in cited), Origin.WRITTEN)
            self._said.append(_Said(cited[0].item, sentence, tuple(one.number for one in cited)))
            self._note(text, cited, Outcome.PASSED)
        self._lost = False

    def _copied(self, text: str, one: Offered) -> None:
        if self._is_quoted(one):
            self._note(text, (one,), Outcome.DROPPED, _REPEATED)
        else:
            self._said.append(self._quote(one))
            self._note(text, (one,), Outcome.COPIED)

    def failed(self, text: str, cited: Sequence[Offered], *faults: Fault) -> None:
        """Take a sentence that was refused: what it cited is quoted in its place.

        One that cites nothing is dropped; if it qualified the one before, that one is replaced too.
        """
        # What qualifies is quoted although the rest of its source was told: it is the caution.
        qualifies = bool(_QUALIFIES.match(text))
        fresh = [one for one in cited if qualifies or not self._covered(one)]
        quoted = [self._quote(one) for one in fresh if not self._is_quoted(one)]
        self._said += quoted
        stands = any(self._is_quoted(one) for one in cited)
        self._note(text, cited, Outcome.REPLACED if stands else Outcome.DROPPED, *faults)
        if not cited and _QUALIFIES.match(text):
            self._take_back()
        self._lost = True

    def repeated(self, text: str, cited: Sequence[Offered]) -> None:
        """Take a sentence that says again what was said."""
        self._note(text, cited, Outcome.DROPPED, _REPEATED)
        self._lost = True  # what leans on it would lean on the one before it

    @property
    def worded(self) -> bool:
        """Whether anything stands in words of the model's own."""
        return any(one.sentence.origin is Origin.WRITTEN for one in self._said)

    @property
    def stands(self) -> bool:
        """Whether any sentence of the draft stands, be it a copy."""
        return any(each.outcome in _STAND for each in self._drafted)

    def so_far(self) -> Answer:
        """The answer as it may be shown while the draft goes on."""
        return self._built(self._items(whole=False), failure="")

    def whole(self, failure: str = "") -> Answer:
        """The answer at the end of the draft, with the quotes of all it did not say.

        Where nothing stands in words of the model's own, that is the quoting answer.
        """
        if not self.worded:
            kept = self._built(self.answer.items, failure)
            return replace(kept, quotes=())
        return self._built(self._items(whole=True), failure)

    def _built(self, items: tuple[AnswerItem, ...], failure: str) -> Answer:
        writing = Writing(
            self.model,
            passed=self._count(Outcome.PASSED),
            replaced=self._count(Outcome.REPLACED),
            dropped=self._count(Outcome.DROPPED),
            failure=failure,
        )
        why = replace(self.answer.why, drafted=tuple(self._drafted))
        return replace(
            self.answer,
            items=_renumbered(items),
            why=why,
            writing=writing,
            quotes=self.answer.items,
        )

    def _items(self, *, whole: bool) -> tuple[AnswerItem, ...]:
        worded = [at for one in self._said for at in self._block(one.item)]
        # Steps that open the quoting answer open this one too.
        order = list(dict.fromkeys((*self._opening(), *worded) if worded or whole else ()))
        rest = [at for at in range(len(self.answer.items)) if at not in order] if whole else []
        built = (
            self._item(at, whole=whole or self._disputed(at) or at in self._opening())
            for at in (*order, *rest)
        )
        return tuple(item for item in built if item.sentences)

    def _opening(self) -> tuple[int, ...]:
        """The items that are always quoted and stand before all that a model may word."""
        first = min((one.item for one in self.numbered), default=0)
        return tuple(range(first))

    def _block(self, at: int) -> tuple[int, ...]:
        """The item, and with it every side of the disagreement it belongs to."""
        if not self._disputed(at):
            return (at,)
        group = self.answer.items[at].group
        return tuple(
            place
            for place, item in enumerate(self.answer.items)
            if item.kind is ItemKind.DISAGREEMENT and item.group == group
        )

    def _disputed(self, at: int) -> bool:
        return self.answer.items[at].kind is ItemKind.DISAGREEMENT

    def _item(self, at: int, *, whole: bool) -> AnswerItem:
        item = self.answer.items[at]
        said = [one.sentence for one in self._said if one.item == at]
        if not said:
            return item if whole else replace(item, sentences=())
        if whole:
            said += [self._quote(one).sentence for one in self._unsaid(at)]
        return replace(item, sentences=tuple(said), attribution=_attribution(item, said))

    def _unsaid(self, at: int) -> Iterator[Offered]:
        for one in self.numbered:
            if one.item == at and not self._is_quoted(one) and not self._covered(one):
                yield one

    def _covered(self, one: Offered) -> bool:
        """Whether what was written of a cited sentence holds most of it, something of each of its
        clauses, and every number.
        """
        telling = self._telling(one.citation.quote)
        written: set[str] = set()
        for each in self._said:
            if one.number in each.numbers and each.sentence.origin is Origin.WRITTEN:
                # A synonym tells it as well: the same is not to be read twice.
                text = respelled(each.sentence.text, [one.citation.quote], self.words)
                written |= self._telling(text)
        numbers = {stem for stem in telling if stem[0].isdecimal()}
        enough = len(telling & written) >= _SAID * len(telling)
        clauses = (self._telling(clause) for clause in _CLAUSES.split(one.citation.quote))
        told = all(not clause or clause & written for clause in clauses)
        return bool(written) and enough and told and numbers <= written

    def _is_quoted(self, one: Offered) -> bool:
        return any(
            one.number in each.numbers and each.sentence.origin is Origin.QUOTED
            for each in self._said
        )

    def _quote(self, one: Offered) -> _Said:
        sentence = AnswerSentence(one.citation.quote, (one.citation,))
        return _Said(one.item, sentence, (one.number,))

    def _take_back(self) -> None:
        """Replace the last written sentence by its quotes: what qualified it could not stand."""
        for at in reversed(range(len(self._said))):
            last = self._said[at]
            if last.sentence.origin is Origin.WRITTEN:
                quotes = [self._quote(one) for one in self.cited(last.numbers)]
                self._said[at : at + 1] = [
                    each
                    for each, one in zip(quotes, self.cited(last.numbers), strict=True)
                    if not self._is_quoted(one)
                ]
                self._renote(last.sentence.text)
                return

    def _note(self, text: str, cited: Sequence[Offered], outcome: Outcome, *faults: Fault) -> None:
        spans = tuple(one.citation.span for one in cited)
        self._drafted.append(Drafted(text, spans, outcome, faults))

    def _renote(self, text: str) -> None:
        faults = (Fault("what qualified it was left out"),)
        self._drafted = [
            replace(each, outcome=Outcome.REPLACED, faults=faults)
            if each.text == text and each.outcome is Outcome.PASSED
            else each
            for each in self._drafted
        ]

    def _count(self, outcome: Outcome) -> int:
        return sum(each.outcome is outcome for each in self._drafted)

    def _telling(self, text: str) -> frozenset[str]:
        return frozenset(self.words.telling(text))


def _attribution(item: AnswerItem, said: Sequence[AnswerSentence]) -> str:
    """Fixed words before an item: written sentences are introduced as a digest, not as a quote."""
    if item.group or all(each.origin is Origin.QUOTED for each in said):
        return item.attribution
    who = speaker_of(said[0].citations[0].passage)
    return f"What {who[0].lower()}{who[1:]} says, in short:"


def _renumbered(items: Sequence[AnswerItem]) -> tuple[AnswerItem, ...]:
    """Markers counted up from 1 in the order of reading; the same words keep one marker."""
    numbers: dict[object, int] = {}

    def numbered(citation: Citation) -> Citation:
        return replace(citation, marker=numbers.setdefault(citation.span, len(numbers) + 1))

    return tuple(
        replace(
            item,
            sentences=tuple(
                replace(each, citations=tuple(numbered(one) for one in each.citations))
                for each in item.sentences
            ),
        )
        for item in items
    )
