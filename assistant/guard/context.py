"""How a thing is said in a sentence: denied, past, gone, supposed, told of a film or a dog.

The rules follow NegEx (Chapman 2001) and ConText (Harkema 2009): a cue reaches forward until
something ends its scope. What differs is what runners' posts need, and what was measured to go
wrong there: losses said with a denial ("can't feel my foot") are phrases of their own, a question
answered "no" is denied, "no improvement" and "not just" deny nothing.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.guard.patterns import Match
from assistant.guard.tokens import Sentence

_REACH = 7
"""Words a denial reaches within its own segment."""
_WEAK_REACH = 5
_LIST_ITEM = 4
"""Longest further item of a list that a denial still covers: "no swelling, redness or heat"."""
_LIST_ITEMS = 8
_SUPPOSED_REACH = 16
_PAST_REACH = 22
"""Words that "what if" and "last year" reach where no full stop ends their sentence."""
_EMPTY_SEGMENT = 2
"""Words of a segment that says nothing by itself."""
_JOINERS = frozenset("and or nor".split())


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds the words of one sentence, worked out once."""

    sentence: Sentence
    segment: tuple[int, ...]
    """Number of the segment of each word."""
    cues: tuple[Match, ...]
    denied: frozenset[int]
    """Words within the scope of a denial, with the place of the cue outside them."""
    deniers: frozenset[int]
    """Where such a cue stands; in the gap of a phrase it denies the phrase: "foot isn't cold"."""
    past: frozenset[int]
    gone: frozenset[int]
    supposed: frozenset[int]
    void: frozenset[int]
    """Words of an idiom, a film, an animal."""
    others: frozenset[int]
    """Words said of somebody else."""

    def named(self, name: str) -> tuple[Match, ...]:
        """Cues of one kind, in order."""
        return tuple(cue for cue in self.cues if cue.name == f"cue:{name}")


def read_context(sentence: Sentence, matches: Sequence[Match]) -> Context:
    """The context of a sentence. Nothing is carried over: a new sentence speaks of the reader."""
    cues = tuple(sorted((m for m in matches if m.name.startswith("cue:")), key=lambda m: m.start))
    by_name: dict[str, list[Match]] = {}
    for cue in cues:
        by_name.setdefault(cue.name.removeprefix("cue:"), []).append(cue)
    segment = _segments(sentence, by_name)
    return Context(
        sentence=sentence,
        segment=segment,
        cues=cues,
        denied=_denied(sentence, segment, by_name),
        deniers=_deniers(by_name),
        past=_past(sentence, segment, by_name),
        gone=_gone(sentence, segment, by_name),
        supposed=_supposed(sentence, segment, by_name),
        void=_void(sentence, segment, by_name),
        others=_others(sentence, by_name),
    )


def _places(matches: Sequence[Match] | None) -> frozenset[int]:
    return frozenset(place for m in matches or () for place in range(m.start, m.end))


def _segments(sentence: Sentence, cues: dict[str, list[Match]]) -> tuple[int, ...]:
    """Numbers of segments: a new one at a comma, at "but", at "and" before a subject, at "i"."""
    stops = {m.start for m in cues.get("stop", ())}
    subjects = {m.start for m in cues.get("subject", ())}
    held = {
        place
        for name in ("seeming", "hypothetical", "presumed", "general")
        for m in cues.get(name, ())
        for place in range(m.start + 1, m.end + 1)
    }
    number = 0
    numbers: list[int] = []
    for place, word in enumerate(sentence.words):
        begins = place in sentence.breaks or (place in stops and place not in held)
        if word in _JOINERS and place + 1 in subjects:
            begins = True
        if (
            place in subjects
            and place not in held
            and not (
                place and sentence.words[place - 1] in ("and", "or", "if", "that", "when", "like")
            )
        ):
            begins = True
        if begins and place:
            number += 1
        numbers.append(number)
    return tuple(numbers)


def _denied(
    sentence: Sentence, segment: tuple[int, ...], cues: dict[str, list[Match]]
) -> frozenset[int]:
    hidden = _places(cues.get("not_negator"))
    verbs = {m.start for m in cues.get("verb", ())} | {m.start for m in cues.get("subject", ())}
    # What stands in such a phrase itself is denied ("no fall"); only its scope goes no further.
    denied = {place for m in cues.get("not_negator", ()) for place in range(m.start + 1, m.end)}
    for cue in cues.get("negator", ()):
        if cue.start not in hidden:
            denied |= _scope(sentence, segment, cue.end, _REACH, verbs, lists=True)
    for cue in cues.get("weak_negator", ()):
        if cue.start not in hidden:
            denied |= _scope(sentence, segment, cue.end, _WEAK_REACH, verbs, lists=False)
    seeming = [cue for cue in cues.get("seeming", ()) if cue.start not in hidden]
    for cue in seeming:  # "i dont think its swollen": over one subject and verb
        over = cue.end
        while over < len(sentence) and over < cue.end + 3 and over in verbs:
            over += 1
        denied |= _scope(sentence, segment, over, _REACH, verbs, lists=True)
    return frozenset(denied)


def _deniers(cues: dict[str, list[Match]]) -> frozenset[int]:
    hidden = _places(cues.get("not_negator"))
    named = (*cues.get("negator", ()), *cues.get("weak_negator", ()))
    return frozenset(cue.start for cue in named) - hidden


def _scope(
    sentence: Sentence,
    segment: tuple[int, ...],
    begin: int,
    reach: int,
    verbs: set[int],
    *,
    lists: bool,
) -> set[int]:
    covered: set[int] = set()
    place = begin
    length = len(sentence)
    while place < length and place - begin < reach and segment[place] == segment[begin - 1]:
        if place in verbs and place > begin:
            return covered
        covered.add(place)
        place += 1
    for _ in range(_LIST_ITEMS if lists else 0):
        if place >= length or segment[place] == segment[place - 1]:
            break
        end = place
        while end < length and segment[end] == segment[place]:
            end += 1
        item = range(place, end)
        words = {sentence.words[each] for each in item}
        short = len(item) <= _LIST_ITEM + (sentence.words[place] in _JOINERS)
        if not short or any(each in verbs for each in item) or words & _BREAKERS:
            break
        covered.update(item)
        place = end
    return covered


_BREAKERS = frozenset("but just only though although however except still now apart".split())


def _past(
    sentence: Sentence, segment: tuple[int, ...], cues: dict[str, list[Match]]
) -> frozenset[int]:
    """Words of segments that are told as past, and of those beside them with nothing present."""
    hidden = _places(cues.get("not_past"))
    marks = [m for m in cues.get("past", ()) if hidden.isdisjoint(range(m.start, m.end))]
    if not marks:
        return frozenset()
    told = _places(marks)
    own = {segment[m.start] for m in marks}
    present = {segment[m.start] for m in cues.get("present", ()) if m.start not in told}
    starts = [m.start for m in marks]
    return frozenset(
        place
        for place, number in enumerate(segment)
        if (number in own or number not in present)
        and bisect_left(starts, place - _PAST_REACH) < bisect_right(starts, place + _PAST_REACH)
    )


def _gone(
    sentence: Sentence, segment: tuple[int, ...], cues: dict[str, list[Match]]
) -> frozenset[int]:
    """Words before a "gone now": in its own segment and back to the last one that says anything."""
    hidden = _places(cues.get("not_resolved"))
    last: dict[int, int] = {}
    for cue in cues.get("resolved", ()):
        if hidden.isdisjoint(range(cue.start, cue.end)):
            last[segment[cue.start]] = cue.start
    lengths = Counter(segment)
    reached: set[int] = set()
    for number in last:
        before = number - 1
        while before > 0 and lengths[before] <= _EMPTY_SEGMENT:  # "but", "and now"
            before -= 1
        reached.update(range(before, number))
    return frozenset(
        place
        for place, number in enumerate(segment)
        if place < last.get(number, 0) or number in reached
    )


def _supposed(
    sentence: Sentence, segment: tuple[int, ...], cues: dict[str, list[Match]]
) -> frozenset[int]:
    """Words after "what if" in its segment; after "can it cause" where nobody is spoken of."""
    presumed = _places(cues.get("presumed"))
    spoken_of = bool(cues.get("self_person"))
    hypothetical = [cue.start for cue in cues.get("hypothetical", ())]
    general = [] if spoken_of else [cue.start for cue in cues.get("general", ())]
    return frozenset(
        place
        for place, number in enumerate(segment)
        if place not in presumed
        and (
            any(segment[at] == number for at in _shortly_before(place, hypothetical))
            or _shortly_before(place, general)
        )
    )


def _shortly_before(place: int, starts: Sequence[int]) -> Sequence[int]:
    """Those of the places in order that stand at or before `place`, and not long before.

    People who use no full stops go from one thing to the next; a "what if" ten words back is
    about something else.
    """
    return starts[bisect_left(starts, place - _SUPPOSED_REACH) : bisect_right(starts, place)]


def _void(
    sentence: Sentence, segment: tuple[int, ...], cues: dict[str, list[Match]]
) -> frozenset[int]:
    """Words of an idiom; what is told of a film or a song; what is said of an animal."""
    animals = {
        segment[cue.start]
        for cue in cues.get("animal", ())
        if "like" not in sentence.words[max(0, cue.start - 2) : cue.start]
    }
    told = {place for place, number in enumerate(segment) if number in animals}
    if films := cues.get("fiction"):
        begin = min(cue.start for cue in films)
        told |= {p for p, number in enumerate(segment) if p >= begin or number == segment[begin]}
    return frozenset(told | _places(cues.get("idiom")))


def _others(sentence: Sentence, cues: dict[str, list[Match]]) -> frozenset[int]:
    """Words after the last mention of somebody else, up to the next "i" or "my"."""
    marks = sorted(
        [(m.start, True) for m in cues.get("other_person", ())]
        + [(m.start, False) for m in cues.get("self_person", ())]
    )
    others: set[int] = set()
    state, at = False, 0
    for start, other in marks:
        if state:
            others.update(range(at, start))
        # "my dad": the possessive is no change of person when a person follows it.
        state, at = other, start
    if state:
        others.update(range(at, len(sentence)))
    return frozenset(others)
