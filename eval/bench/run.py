"""One benchmark from beginning to end."""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.bench.measure import Bench
from eval.bench.report import Runs

Tell = Callable[[str], None]


def run_bench(questions: Sequence[str], starts: int, tell: Tell) -> Runs:
    """Measure both sides in turn, `starts` times each, so that neither has the quieter machine.

    Raises BenchError, PageError.
    """
    served, ours, theirs = [], [], []
    with TemporaryDirectory(prefix="soleus-bench-") as name:
        bench = Bench(Path(name) / "ours", Path(name) / "peer")
        tell("building both indexes")
        build_ours, build_theirs = bench.build("ours"), bench.build("peer")
        for count in range(1, starts + 1):
            tell(f"start {count} of {starts}: the page")
            served.append(bench.serve(questions))
            tell(f"start {count} of {starts}: Soleus without the page")
            ours.append(bench.open("ours", questions))
            tell(f"start {count} of {starts}: LlamaIndex")
            theirs.append(bench.open("peer", questions))
    return Runs(build_ours, build_theirs, served, ours, theirs)
