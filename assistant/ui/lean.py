"""The door to gradio: imported here alone, quiet, and without the work it does for people who write
components with it. `from assistant.ui.lean import gr`.
"""

import inspect
import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_editor_stubs() -> Iterator[None]:
    """While this lasts, gradio writes no editor stubs beside its own components.

    On import it parses the source of every component it has and rewrites a .pyi file for each, in
    the installation: two fifths of the import (measured, 6.31), and a write we never asked for. It
    leaves out classes whose file cannot be found, so it is told that of its own.
    """
    find = inspect.getfile

    def lost(thing: object) -> str:
        if isinstance(thing, type) and thing.__module__.startswith("gradio."):
            raise OSError("no stub, please")
        return find(thing)  # type: ignore[arg-type]  # whatever inspect accepts

    inspect.getfile = lost  # type: ignore[assignment]  # put back below
    try:
        yield
    finally:
        inspect.getfile = find


# Read once, while gradio is being imported: nothing of ours calls home.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
with without_editor_stubs():
    import gradio as gr

__all__ = ["gr", "without_editor_stubs"]
