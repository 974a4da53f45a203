"""The public test sets by name; a set's code is imported when it is asked for."""

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from eval.external.report import ExternalError, ExternalReport

NAMES = ("wice", "begin", "mtrag", "trec_cast", "xquad_en", "medquad", "rgb_en_fact")


class ExternalSet(Protocol):
    """What every set's file holds."""

    def run(self, data: Path) -> ExternalReport:
        """Measures. Raises ExternalError when its data is not in the folder."""
        ...


def module_of(name: str) -> ExternalSet:
    """The code of one set. Raises ExternalError for a name that is none."""
    if name not in NAMES:
        raise ExternalError(f"No public test set is called {name}. There are: {', '.join(NAMES)}")
    return cast(ExternalSet, import_module(f"eval.external.{name}"))
