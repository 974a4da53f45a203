"""Soleus as a contestant."""

from collections.abc import Callable, Iterator, Sequence
from statistics import median

from eval.bench.growth.contestant import Find, Said, given_of, see_found, see_gone, summed
from eval.bench.growth.plan import TOP, Plan
from eval.bench.growth.reference import read_exact, read_questions
from eval.bench.growth.timed import Lap, Stopwatch, TimedEncoder, lap, timed_source
from index.build import sync_index
from index.encode import Vectors
from index.engine import Terms
from index.faiss_engine import FaissEngine
from index.opening import open_live
from index.passage import Passage
from index.shelf_index import POOL
from index.sources import Source


class Ours:
    """Builds from documents, not from passages: cutting them is part of its figures."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._engine = FaissEngine(plan.place("ours"), exact_passages=plan.exact)
        self._encoder = TimedEncoder(plan.open_encoder())
        self._making = Stopwatch()
        self._sources = [self._source(n) for n in range(plan.shelf.documents)]

    def build(self) -> Said:
        """The whole index, new."""
        self._warm_up()
        [only] = self._timed(lambda: None, 1)
        label = self._engine.label()
        values = {"build_s": only.beyond, "passages": float(label.passages if label else 0)}
        return Said(values, [f"encoded {only.texts} texts"])

    def grow(self) -> Said:
        """An unchanged sync, then documents added, changed and deleted."""
        self._warm_up()
        [sync] = self._timed(lambda: None, 1)
        said = Said({"sync_s": sync.seconds, "sync_texts": sync.texts})
        first, repeats = self._plan.shelf.documents, self._plan.repeats
        numbers = iter(range(first, first + repeats))
        added = self._timed(lambda: self._sources.append(self._source(next(numbers))), repeats)
        self._see(first, 0)
        places = iter(range(repeats))
        changed = self._timed(lambda: self._change(next(places)), repeats)
        self._see(0, 1)
        deleted = self._timed(lambda: self._sources.pop(), repeats)
        self._see_gone(first)
        for what, laps in {"add": added, "change": changed, "delete": deleted}.items():
            said.values.update(summed(what, laps))
            if what != "delete":
                said.values[f"{what}_texts"] = median(each.texts for each in laps)
        return said

    def open(self) -> Find:
        """What `build` left, opened as the server does; the encoder is never asked to encode."""
        opened = open_live((), self._encoder, self._engine)

        def find(question: str, vector: Vectors) -> Sequence[str]:
            hits = opened.search_encoded([question], vector.reshape(1, -1), TOP)
            return [hit.passage.id for hit in hits]

        return find

    def near(self) -> Said:
        """What the approximate part alone brings of the passages nearest in meaning."""
        opened = self._engine.open(thoroughly=False)
        if opened.label.passages <= self._plan.exact:
            return Said(notes=["so small that everything is compared: nothing is approximate"])
        _, exact = read_exact(self._plan.reference)
        said = Said()
        for key, size in {"near_recall": TOP, "pool_recall": POOL}.items():
            shares = []
            for (_, vector), best in zip(self._asked(), exact, strict=True):
                pool = opened.pool([Terms(vector, ())], size)
                found = {each.id for each in opened.passages(pool.keys)}
                shares.append(len(found.intersection(best.ids[:TOP])) / min(TOP, len(best.ids)))
            said.values[key] = sum(shares) / len(shares)
        return said

    def passages(self) -> Iterator[Passage]:
        """Every passage that stands in it."""
        yield from self._engine.open(thoroughly=False).every_passage()

    def _asked(self) -> Iterator[tuple[str, Vectors]]:
        return read_questions(self._plan.reference).timed

    def _warm_up(self) -> None:
        """Loads what a first document would have to wait for: the table and the splitter."""
        given_of(self._plan, 0, 0, self._encoder)

    def _source(self, number: int, edition: int = 0) -> Source:
        return timed_source(self._plan.shelf.source(number, edition), self._making)

    def _change(self, place: int) -> None:
        self._sources[place] = self._source(place, 1)

    def _timed(self, step: Callable[[], object], count: int) -> list[Lap]:
        """Something about the documents changes and the index follows, so many times."""
        laps: list[Lap] = []
        for _ in range(count):
            step()
            with lap(self._encoder, self._making, laps):
                sync_index(self._engine, self._sources, self._encoder)
        return laps

    def _see(self, number: int, edition: int) -> None:
        """Raises WrongError unless a document is found by its own words."""
        new = given_of(self._plan, number, edition, self._encoder.inner)
        at = new.differing(given_of(self._plan, number, 0, self._encoder.inner)) if edition else 0
        see_found(self.open()(new.texts[at], new.vectors[at]), new.ids[at])

    def _see_gone(self, number: int) -> None:
        """Raises WrongError if a document is still found."""
        gone = given_of(self._plan, number, 0, self._encoder.inner)
        see_gone(self.open()(gone.texts[0], gone.vectors[0]), self._source(number).id)
