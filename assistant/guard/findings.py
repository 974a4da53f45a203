"""What the reader's turns say, as findings: a concept, of which body part, said how."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.guard.context import Context, read_context
from assistant.guard.lexicon import GuardLexicon
from assistant.guard.patterns import Match
from assistant.guard.tokens import Sentence, sentences_in

_AHEAD = 6
"""Words after a symptom in which the body part it belongs to is looked for first."""
_REMARK = 6
"""A sentence no longer than this may name its body part only afterwards."""
_BARE_QUESTION = 4
"""Words of a question that a "no" can answer by denying everything in it."""
_ASKED_AFTER = 6
"""The same when it asks after the sign: "is it red or hot?"."""
_TAKEN_FOR_GRANTED = frozenset("why how what when should can could will do does".split())
"""Words that begin a question which takes the sign in it for granted."""
_NO_ANSWER = 4
"""A sentence no longer than this, begun with "no", answers the question before it."""
_AFTERTHOUGHT = 9
"""A sentence no longer than this may say that what came before is gone."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing said."""

    concept: str
    turn: int
    sentence: int
    """Number of the sentence in the conversation."""
    start: int
    end: int
    words: str
    """As matched; for the record of why a rule fired, never for a log."""
    part: str | None
    """Body part it belongs to; None when nothing says."""
    denied: bool
    past: bool
    gone: bool
    supposed: bool
    other: bool
    """Said of somebody else."""


@dataclass(frozen=True, slots=True)
class _Place:
    turn: int
    sentence: int
    start: int
    end: int
    part: str


def find(turns: tuple[str, ...], lexicon: GuardLexicon) -> tuple[Finding, ...]:
    """Every finding of a conversation, in order. Deterministic; reads the reader's turns only."""
    sentences = sentences_in(turns)
    places: list[_Place] = []
    read: list[tuple[Context, list[Match]]] = []
    for number, sentence in enumerate(sentences):
        words = [lexicon.vocabulary.meant(word) for word in sentence.words]
        own = _longest(lexicon.parts.find(words, [frozenset()] * len(words)))
        named = [frozenset[str]()] * len(words)
        for match in own:
            named[match.end - 1] = frozenset({match.name})
        matches = lexicon.phrases.find(words, named)
        context = read_context(sentence, matches)
        places += [
            _Place(sentence.turn, number, m.start, m.end, m.name)
            for m in own
            if m.start not in context.void
        ]
        read.append((context, [m for m in matches if not m.name.startswith("cue:")]))
    found = [
        finding
        for number, (context, matches) in enumerate(read)
        for finding in _findings(number, context, matches, lexicon)
    ]
    placed = [
        _placed(finding, places, lexicon, short=len(sentences[finding.sentence]) <= _REMARK)
        for finding in found
    ]
    return _answered(placed, read, lexicon)


def _longest(matches: Sequence[Match]) -> list[Match]:
    """Matches that do not overlap, the longest first choice."""
    taken: set[int] = set()
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start, m.name)):
        words = set(range(match.start, match.end))
        if not words & taken:
            taken |= words
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def _findings(
    number: int, context: Context, matches: Sequence[Match], lexicon: GuardLexicon
) -> list[Finding]:
    sentence = context.sentence
    kept = []
    for match in sorted(matches, key=lambda m: (m.start, m.end, m.name)):
        words = range(match.start, match.end)
        if all(place in context.void for place in words):
            continue
        kept.append(
            Finding(
                concept=match.name,
                turn=sentence.turn,
                sentence=number,
                start=match.start,
                end=match.end,
                words=" ".join(sentence.words[match.start : match.end]),
                part=lexicon.concepts[match.name].part,
                denied=_is_denied(match, context),
                past=match.start in context.past,
                gone=match.start in context.gone,
                supposed=match.start in context.supposed,
                other=match.start in context.others,
            )
        )
    return kept


def _is_denied(match: Match, context: Context) -> bool:
    """Denied before it begins, or in one of its gaps: "foot isn't cold or blue"."""
    return match.start in context.denied or not match.skipped.isdisjoint(context.deniers)


def _placed(
    finding: Finding, places: Sequence[_Place], lexicon: GuardLexicon, *, short: bool
) -> Finding:
    """The finding with its body part: named in it, right beside it, before it, or last spoken of.

    `places` are in order and do not overlap.
    """
    concept = lexicon.concepts[finding.concept]
    if concept.local or finding.part is not None or not places:
        return finding
    own = finding.sentence
    first = bisect_left(places, (own, finding.start), key=lambda p: (p.sentence, p.start))
    behind = places[first - 1] if first else None
    ahead = places[first] if first < len(places) else None
    beyond = bisect_left(places, (own, finding.end), key=lambda p: (p.sentence, p.start))
    later = places[beyond] if beyond < len(places) else None
    if ahead and ahead.sentence == own and ahead.end <= finding.end:
        chosen: _Place | None = places[beyond - 1]  # named within the phrase
    elif behind and behind.sentence == own and finding.start - behind.end <= 1:
        chosen = behind
    elif later and later.sentence == own and later.start < finding.end + _AHEAD:
        chosen = later
    elif behind and behind.sentence == own:
        chosen = behind
    else:
        ahead_at_all = later and (later.sentence == own or short or later.turn != finding.turn)
        chosen = behind or (later if ahead_at_all else None)
    return replace(finding, part=chosen.part) if chosen else finding


def _answered(
    findings: Sequence[Finding],
    read: Sequence[tuple[Context, list[Match]]],
    lexicon: GuardLexicon,
) -> tuple[Finding, ...]:
    """Denials and endings that stand in the sentence after: "swollen? no." "all gone by lunch."""
    refused = [_is_refused(number, read) for number in range(len(read))]
    ended = [_is_ended(number, read, lexicon) for number in range(len(read))]
    return tuple(
        replace(
            finding,
            denied=finding.denied
            or (refused[finding.sentence] and _asked_last(finding, read[finding.sentence][0])),
            gone=finding.gone or ended[finding.sentence],
        )
        for finding in findings
    )


def _asked_last(finding: Finding, context: Context) -> bool:
    """Whether the finding stands in a bare question: "swollen?", "any redness or heat?".

    In "why am I coughing blood? no idea" the question takes the sign for granted.
    """
    begin = max(context.sentence.breaks, default=0)
    words = context.sentence.words[begin:]
    bare = len(words) <= _BARE_QUESTION or (
        len(words) <= _ASKED_AFTER and words[0] in ("any", "is", "are", "was")
    )
    return bare and finding.start >= begin and words[0] not in _TAKEN_FOR_GRANTED


def _is_refused(number: int, read: Sequence[tuple[Context, list[Match]]]) -> bool:
    """Whether a sentence asks and the next one of the same turn answers no."""
    if number + 1 >= len(read) or not read[number][0].sentence.asks:
        return False
    following = read[number + 1][0]
    if following.sentence.turn != read[number][0].sentence.turn:
        return False
    no = following.named("afterwards_no")
    return bool(no) and no[0].start == 0 and _ends_answer(following.sentence, no[0])


def _is_ended(
    number: int, read: Sequence[tuple[Context, list[Match]]], lexicon: GuardLexicon
) -> bool:
    """Whether the next sentence of the turn says that it is over, and nothing else."""
    if number + 1 >= len(read):
        return False
    following, matches = read[number + 1]
    if following.sentence.turn != read[number][0].sentence.turn:
        return False
    if len(following.sentence) > _AFTERTHOUGHT:
        return False
    if any(not lexicon.concepts[match.name].setting for match in matches):
        return False
    hidden = {place for m in following.named("not_resolved") for place in range(m.start, m.end)}
    return any(m.start not in hidden for m in following.named("resolved"))


def _ends_answer(sentence: Sentence, no: Match) -> bool:
    """Whether the answer is the "no" itself, not "no one has answered me yet"."""
    return (
        len(sentence) <= no.end
        or no.end in sentence.breaks
        or (
            len(sentence) <= _NO_ANSWER
            and sentence.words[no.end] in ("not", "none", "nope", "thankfully")
        )
    )
