"""Choose what to quote: the sentences that answer, not all that are near."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer_types import HARD
from assistant.evidence import Candidate, Evidence
from assistant.reading.asks import AskKind
from assistant.reading.words import stems_in
from assistant.reply import ItemKind
from assistant.shelf import Place, Shelf
from corpus import DocumentKind
from corpus.disagreements import Disagreement
from index import Span

_WANTS_DOING = frozenset({AskKind.METHOD, AskKind.FIX, AskKind.PREVENT})
# Kinds of question that a procedure can answer; to "why?" it is no answer.
_WANTS_STEPS = _WANTS_DOING | {AskKind.OPEN, AskKind.WHETHER, AskKind.WHEN, AskKind.WHICH}
_OTHER_SIDE = 0.2  # share of the first side's score from which a second one is shown
_FIRST_STEP = 0.5  # share of the best score from which a first step calls for all
_NEAR_STEP = 0.4  # share of the best step's score from which another is called for
_SAME = 0.6  # Jaccard likeness of stems from which two sentences say the same


@dataclass(frozen=True, slots=True)
class SelectSettings:
    """How much is quoted, and how far below the best a sentence may score."""

    max_items: int = 6
    max_words: int = 140
    keep_ratio: float = 0.35
    """A sentence is kept when it scores at least this share of the best."""
    floor: float = 0.04
    """A sentence below this is never quoted."""
    lead_ratio: float = 0.9
    """An article that scores at least this share of the best goes before a forum post."""

    def bar(self, evidence: Evidence) -> float:
        """The score a sentence needs to be quoted for an ask."""
        best = max((candidate.score for candidate in evidence.eligible), default=1.0)
        return max(self.floor, self.keep_ratio * best)


DEFAULTS = SelectSettings()


@dataclass(frozen=True, slots=True)
class Known:
    """What the shelf's data says of the ask: nothing is plugged that was not asked for."""

    disputed: frozenset[str] = frozenset()
    """Ids of disagreements about the very thing asked."""
    products: frozenset[str] = frozenset()
    """Names of products the reader named."""


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to say: sentences quoted together, of one kind."""

    kind: ItemKind
    places: tuple[Place, ...]
    score: float
    group: str = ""
    label: str = ""
    """Fixed words: who takes a side of a disagreement, who speaks of a product; else empty."""

    @property
    def words(self) -> int:
        """Number of words quoted."""
        return sum(len(place.sentence.text.split()) for place in self.places)


def select(
    evidence: Evidence,
    shelf: Shelf,
    settings: SelectSettings,
    known: Known = NOTHING_KNOWN,
) -> tuple[Point, ...]:
    """Points that answer the ask, best first, within the limits; empty when nothing does.

    A procedure is one point, complete and in order; a known disagreement brings every side.
    """
    chosen = _distinct(_to_the_point(evidence, settings.bar(evidence)))
    scores = {candidate.sentence.span: candidate.score for candidate in evidence.candidates}
    blocks = [
        _points_for(candidate, evidence, shelf, scores, known, leads=at == 0)
        for at, candidate in enumerate(chosen)
    ]
    disputed = frozenset(d.about for d in shelf.disagreements if d.id in known.disputed)
    return _within(_ordered(_once(blocks), settings, evidence.ask.kind, disputed), settings)


def merge(
    parts: Iterable[tuple[Point, ...]], settings: SelectSettings = DEFAULTS
) -> tuple[Point, ...]:
    """Points of several asks in one answer: each ask's first point, then the rest, each once."""
    answers = [part for part in parts if part]
    if len(answers) < 2:
        return answers[0] if answers else ()
    blocks = [_blocks(part) for part in answers]
    leads = [part[0] for part in blocks]
    rest = [block for part in blocks for block in part[1:]]
    return _within(_once([*leads, *rest]), settings)


def _blocks(points: Iterable[Point]) -> list[tuple[Point, ...]]:
    """Points that stand or fall together: the sides of a disagreement, any other point alone.

    A disagreement stands where the first of its sides stood.
    """
    found: dict[tuple[str, int], tuple[Point, ...]] = {}
    for at, point in enumerate(points):
        key = (point.group, 0 if point.group else at)
        found[key] = (*found.get(key, ()), point)
    return list(found.values())


def _once(blocks: Iterable[tuple[Point, ...]]) -> list[Point]:
    """Every sentence once, every disagreement whole: a side is never lost to what was said before.

    Of two disagreements that share a sentence the first stays; a statement that is also a side
    gives way to the disagreement.
    """
    kept: list[tuple[Point, ...]] = []
    disputed: set[Span] = set()
    for block in blocks:
        spans = _spans(block)
        if block and block[0].group:
            if not spans & disputed:
                disputed |= spans
                kept.append(block)
        elif block:
            kept.append(block)
    said: set[Span] = set()
    points: list[Point] = []
    for block in kept:
        spans = _spans(block)
        alone = not block[0].group and block[0].kind is not ItemKind.PROCEDURE
        if spans <= said or (alone and spans & disputed):
            continue
        said |= spans
        points += block
    return points


def _spans(block: tuple[Point, ...]) -> set[Span]:
    return {place.sentence.span for point in block for place in point.places}


def _points_for(
    candidate: Candidate,
    evidence: Evidence,
    shelf: Shelf,
    scores: dict[Span, float],
    known: Known,
    *,
    leads: bool,
) -> tuple[Point, ...]:
    place = Place(candidate.passage, candidate.sentence)
    one_sided = False
    for disagreement in shelf.disagreements_at(candidate.sentence.span):
        sides = _sides(disagreement, evidence, shelf, scores)
        near = sum(side.score >= _OTHER_SIDE * candidate.score for side in sides)
        if len(sides) > 1 and (leads or near > 1 or disagreement.id in known.disputed):
            return sides
        one_sided = one_sided or len(sides) > 1
    if one_sided and evidence.ask.kind not in HARD:
        return ()  # beside the point asked, and one side alone would mislead
    product = shelf.product_at(candidate.sentence.span)
    if product is not None and product.promotional:
        if product.name not in known.products:
            return ()
        return (Point(ItemKind.PRODUCT, (place,), candidate.score, label=product.speaker_note),)
    steps = shelf.procedure_at(place)
    if len(steps) > 1 and evidence.ask.kind not in HARD and _wants_all(steps, candidate, scores):
        return (Point(ItemKind.PROCEDURE, steps, candidate.score),)
    return (Point(ItemKind.STATEMENT, (place,), candidate.score),)


def _wants_all(steps: Sequence[Place], candidate: Candidate, scores: dict[Span, float]) -> bool:
    """Whether a whole procedure is called for, not the one step that was asked about.

    A lone step can mislead, so it stands alone only where it is known what people ask to be told
    it, and few steps come near the best: the same for every step, so that none is said twice.
    """
    if not candidate.sentence.asked:
        return True
    if candidate.sentence.span == steps[0].sentence.span:
        return candidate.score >= _FIRST_STEP * max(scores.values())
    judged = [scores.get(step.sentence.span, 0.0) for step in steps]
    return 2 * sum(score >= _NEAR_STEP * max(judged) for score in judged) >= len(judged)


def _sides(
    disagreement: Disagreement, evidence: Evidence, shelf: Shelf, scores: dict[Span, float]
) -> tuple[Point, ...]:
    """One point a side, each quoting the side's sentence that bears best on the ask."""
    barred: set[Span] = set()
    if evidence.ask.kind in HARD:  # a side without the time or amount asked for is no answer
        barred = {c.sentence.span for c in evidence.candidates if c.veto}
    points: list[Point] = []
    for side in disagreement.sides:
        places = [p for p in shelf.places_at(side.spans) if p.sentence.span not in barred]
        if places:
            best = max(places, key=lambda place: scores.get(place.sentence.span, 0.0))
            points.append(
                Point(
                    ItemKind.DISAGREEMENT,
                    (best,),
                    scores.get(best.sentence.span, 0.0),
                    group=disagreement.about,
                    label=side.label,
                )
            )
    return tuple(points)


def _to_the_point(evidence: Evidence, bar: float) -> list[Candidate]:
    """Candidates above the bar; for "what do I do", only from passages that say what to do."""
    good = [candidate for candidate in evidence.eligible if candidate.score >= bar]
    if good and good[0].sentence.asked:
        # What people ask to be told it is known: better than what kind of thing it is.
        return [each for each in good if not _mixes(good[0], each)]
    if evidence.ask.kind not in _WANTS_STEPS | set(HARD):
        good = [c for c in good if c.sentence.step is None] or good
    if evidence.ask.kind not in _WANTS_DOING:
        return good
    doing = [c for c in good if c.signals.kind == 1.0 and not c.signals.asks_itself]
    beside = {c.passage.id for c in doing}
    return [c for c in good if c.passage.id in beside] or good


def _mixes(lead: Candidate, other: Candidate) -> bool:
    """Whether two steps are of different procedures: side by side they would read as one."""
    both = None not in (lead.sentence.step, other.sentence.step)
    return both and lead.passage.section != other.passage.section


def _distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates less those that repeat a better one."""
    kept: list[tuple[Candidate, frozenset[str]]] = []
    for candidate in candidates:
        stems = frozenset(stems_in(candidate.sentence.text))
        if all(len(stems & other) < _SAME * len(stems | other) for _, other in kept):
            kept.append((candidate, stems))
    return [candidate for candidate, _ in kept]


def _ordered(
    points: list[Point], settings: SelectSettings, kind: AskKind, disputed: frozenset[str]
) -> list[Point]:
    """The direct answer first; then articles before posts; sides of a disagreement together.

    To "is it ok?" the direct answer is what the shelf says for and against the very thing.
    """
    if not points:
        return []
    best = max(point.score for point in points)

    def weight(point: Point) -> tuple[bool, float]:
        article = point.places[0].passage.kind is DocumentKind.ARTICLE
        return (not (article and point.score >= settings.lead_ratio * best), -point.score)

    groups: dict[str, float] = {}
    for point in points:
        if point.group:
            groups[point.group] = max(groups.get(point.group, 0.0), point.score)
    said = [point for point in points if point.kind is not ItemKind.PROCEDURE]
    said = [point for point in said if point.group in disputed] or said
    lead = min(said if said and kind is AskKind.WHETHER else points, key=weight)
    rest = [point for point in points if point is not lead]
    rest.sort(
        key=lambda point: (
            point.group != lead.group if lead.group else False,
            point.places[0].passage.kind is not DocumentKind.ARTICLE if not point.group else False,
            -groups.get(point.group, point.score),
        )
    )
    return [point for block in _blocks([lead, *rest]) for point in block]


def _within(points: list[Point], settings: SelectSettings) -> tuple[Point, ...]:
    """As many points as the limits allow; never half a disagreement."""
    kept: list[Point] = []
    words = 0
    for block in _blocks(points):
        cost = sum(point.words for point in block)
        # A procedure is never cut, so it may overrun; what would come after it then may not.
        fits = words + cost <= settings.max_words or (
            block[0].kind is ItemKind.PROCEDURE and words <= settings.max_words // 2
        )
        if kept and (len(kept) + len(block) > settings.max_items or not fits):
            continue
        kept += block
        words += cost
    return tuple(kept)
