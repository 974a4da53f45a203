"""ONNX Runtime, kept to itself: since 1.32 it tells its makers of every session, unless told not to
before it is loaded. It writes an id of the machine into the home folder and calls a host of theirs.
"""

import os

_QUIET = "ORT_DISABLE_TELEMETRY"
"""Read once, when the library is loaded. `disable_telemetry_events()` comes too late for the id."""


def keep_to_itself() -> None:
    """Call before every import of onnxruntime."""
    os.environ[_QUIET] = "1"
