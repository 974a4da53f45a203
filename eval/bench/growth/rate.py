"""How much of its encoder's own speed a build keeps."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from eval.bench.growth.contestant import Said
from eval.bench.growth.plan import WARM_UP, Plan
from eval.bench.growth.timed import Stopwatch, timed_source
from eval.bench.summary import percentile
from index.build import build_index
from index.chunk import split_document
from index.encode import passage_text, sentence_text, spec_for
from index.encoders import SentenceTransformerEncoder

_ROUNDS = 3
"""Each is measured so often, in turn, so that none has the quieter machine."""


def measure_rate(plan: Plan) -> Said:
    """Texts a second: model alone, our encoder alone, whole build; and what one question takes."""
    encoder = SentenceTransformerEncoder()
    model = encoder.load()
    texts = _texts(plan, encoder)

    def raw() -> None:
        model.encode(texts, normalize_embeddings=True, convert_to_numpy=True)

    times: dict[str, list[float]] = {"raw": [], "own": [], "build": []}
    encoder.encode(texts[:WARM_UP])
    for _ in range(_ROUNDS):
        times["raw"].append(_timed(raw))
        times["own"].append(_timed(lambda: encoder.encode(texts)))
        times["build"].append(_build(plan, encoder))
    asked = [1000 * _timed(partial(encoder.encode, [q])) for q in plan.shelf.queries(WARM_UP)]
    said = Said({name: len(texts) / median(took) for name, took in times.items()})
    said.values["texts"] = len(texts)
    said.values["search_encode_p50_ms"] = percentile(asked, 50)
    said.values["search_encode_p95_ms"] = percentile(asked, 95)
    return said


def _texts(plan: Plan, encoder: SentenceTransformerEncoder) -> Sequence[str]:
    """All that a build of the shelf encodes."""
    spec = spec_for(encoder)
    passages = [
        passage
        for source in plan.shelf.sources()
        for passage in split_document(source.load(), encoder, spec.passage_budget)
    ]
    return [
        *(passage_text(each, encoder) for each in passages),
        *(
            sentence_text(passage, each, spec.sentence_context, encoder)
            for passage in passages
            for each in passage.sentences
        ),
    ]


def _build(plan: Plan, encoder: SentenceTransformerEncoder) -> float:
    """Seconds of a build from nothing, the making of the documents taken off."""
    making = Stopwatch()
    sources = [timed_source(each, making) for each in plan.shelf.sources()]
    with TemporaryDirectory(prefix="soleus-rate-", dir=plan.folder) as root:
        took = _timed(lambda: build_index(sources, encoder, Path(root)))
    return took - making.seconds


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
