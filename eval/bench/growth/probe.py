"""What runs inside a measured process: `python -m eval.bench.growth.probe WHO STEP PLAN`.

Says what it found out in JSON lines on standard output, and stays until standard input closes, so
that whoever started it can look at its memory.
"""

import resource
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict

from eval.bench.growth.contestant import (
    Contestant,
    MissingError,
    Said,
    WrongError,
    open_cold,
    search,
)
from eval.bench.growth.plan import Plan
from eval.bench.probe import tell

OURS, LLAMA, CHROMA = "ours", "llama", "chroma"


def main(who: str, step: str, argument: str) -> None:
    """One step of one contestant, reported; what it could not do is reported too."""
    plan = Plan.of_argument(argument)
    if who != OURS and plan.memory:
        resource.setrlimit(resource.RLIMIT_DATA, (plan.memory, plan.memory))
    try:
        tell("done", **asdict(STEPS[step](who, plan)))
    except MissingError as error:
        tell("stopped", why=str(error), missing=True)
    except WrongError as error:
        tell("stopped", why=str(error), missing=False)
    except MemoryError:
        tell("stopped", why=f"needed more than {plan.memory / 1e9:.0f} GB", missing=False)
    sys.stdin.read()


def _contestant(who: str, plan: Plan) -> Contestant:
    # Each brings libraries that the others must not pay for.
    if who == OURS:
        from eval.bench.growth.ours import Ours

        return Ours(plan)
    if who == LLAMA:
        from eval.bench.growth.llama_faiss import LlamaFaiss

        return LlamaFaiss(plan)
    from eval.bench.growth.chroma import Chroma

    return Chroma(plan)


def _build(who: str, plan: Plan) -> Said:
    return _contestant(who, plan).build()


def _grow(who: str, plan: Plan) -> Said:
    return _contestant(who, plan).grow()


def _search(who: str, plan: Plan) -> Said:
    return search(plan, _contestant(who, plan).open, lambda: tell("opened"))


def _cold(who: str, plan: Plan) -> Said:
    return open_cold(plan, plan.place(who), _contestant(who, plan).open)


def _reference(who: str, plan: Plan) -> Said:
    from eval.bench.growth.ours import Ours
    from eval.bench.growth.reference import write_reference

    written = write_reference(plan, Ours(plan).passages(), plan.open_encoder())
    return Said({key: float(value) for key, value in asdict(written).items()})


def _near(who: str, plan: Plan) -> Said:
    from eval.bench.growth.ours import Ours

    return Ours(plan).near()


def _fill(who: str, plan: Plan) -> Said:
    from eval.bench.growth.library import ClubFolder

    return ClubFolder(plan).fill()


def _sync(who: str, plan: Plan) -> Said:
    from eval.bench.growth.library import ClubFolder

    return ClubFolder(plan).sync()


def _rate(who: str, plan: Plan) -> Said:
    from eval.bench.growth.rate import measure_rate

    return measure_rate(plan)


STEPS: Mapping[str, Callable[[str, Plan], Said]] = {
    "build": _build,
    "grow": _grow,
    "search": _search,
    "cold": _cold,
    "reference": _reference,
    "near": _near,
    "fill": _fill,
    "sync": _sync,
    "rate": _rate,
}


if __name__ == "__main__":
    main(*sys.argv[1:4])
