"""`python app.py` in a process of its own, over whatever index a test gives it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def started(
    folder: Path, port: int = 0, settings: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[str]"]:
    """`python app.py` over the index in a folder; killed if it is still there at the end.
    `settings`: others, by "SECTION__KEY".
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOLEUS_")}
    told = {f"SOLEUS_{name}": value for name, value in (settings or {}).items()}
    address = {"SOLEUS_SERVER__PORT": str(port), "SOLEUS_SERVER__HOST": "127.0.0.1"}
    with subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**kept, **address, **told, "SOLEUS_INDEX__FOLDER": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            yield server
        finally:
            server.kill()


def address_of(server: "subprocess.Popen[str]") -> str:
    """Where it says it is."""
    assert server.stdout is not None
    line = server.stdout.readline()
    assert line.startswith("Soleus is at http://127.0.0.1:"), line
    return line.split()[3]
