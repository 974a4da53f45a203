"""What holds for every test: nothing leaves this machine, and CI repeats itself exactly."""

import fcntl
import gc
import json
import os
import sys
from collections.abc import Generator, Iterator, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import hypothesis
import numpy as np
import pytest

from corpus import load_documents, load_out_of_scope
from index.build import build_index
from index.encode import Vectors
from index.encoders import SentenceTransformerEncoder
from tests.postgres_server import PostgresServer, running_server

os.environ.update(
    HF_HUB_OFFLINE="1",
    TRANSFORMERS_OFFLINE="1",
    GRADIO_ANALYTICS_ENABLED="False",
    TOKENIZERS_PARALLELISM="false",
    # Whoever runs the tests may keep documents of their own: none are seen, none can be written.
    XDG_DATA_HOME="/dev/null/nobody",
    # Several processes share the cores: threads of one would only stand in the others' way.
    OMP_NUM_THREADS="1",
    # Measuring which way of encoding is fastest takes half a minute and is tested by itself.
    SOLEUS_ENCODER__PATH="fp32",
)


class NotOfflineError(RuntimeError):
    """A test tried to reach another machine. No OSError, so that no library shrugs it off."""


def _is_this_machine(host: str) -> bool:
    if host in ("", "localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse_other_machines(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        # A local socket's address is a path, an internet one's begins with the host.
        host = arguments[1][0] if isinstance(arguments[1], tuple) else None
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if isinstance(name, str) and not _is_this_machine(name):
        raise NotOfflineError(f"tests run offline, but this one asked for {name!r} ({event})")


# A hook of the interpreter itself: no library can go around it or put it back.
sys.addaudithook(_refuse_other_machines)

# No deadline: no test may depend on how fast the machine is. On CI the examples are always the
# same ones, so that a failure there is about the change; elsewhere they are drawn afresh.
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


class RememberingEncoder(SentenceTransformerEncoder):
    """The bundled encoder, which encodes nothing twice, however many tests want it.

    One text and many are remembered apart: a batch rounds a little differently than one alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self._alone: dict[str, Vectors] = {}
        self._among: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As the bundled encoder does; every caller has a copy of its own."""
        known = self._alone if len(texts) == 1 else self._among
        new = tuple(dict.fromkeys(text for text in texts if text not in known))
        if new:
            known.update(zip(new, super().encode(new), strict=True))
        rows = [known[text] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.dimension)

    def save(self, folder: Path) -> None:
        """Writes down what was encoded among others, for the other processes of a run."""
        folder.mkdir()
        (folder / "texts.json").write_text(json.dumps(list(self._among)), encoding="utf-8")
        np.save(folder / "vectors.npy", np.stack(list(self._among.values())))

    def read(self, folder: Path) -> None:
        """Takes over what another process wrote down."""
        texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
        self._among.update(zip(texts, np.load(folder / "vectors.npy"), strict=True))


@pytest.fixture(scope="session")
def remembering_encoder() -> RememberingEncoder:
    """The bundled encoder, loaded once in each process of a run."""
    return RememberingEncoder()


@pytest.fixture(scope="session")
def real_artifacts(
    remembering_encoder: RememberingEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The bundled shelf, indexed once by the bundled encoder. Copy it before changing anything."""
    beside = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        beside = beside.parent  # which the processes of one run share
    root, vectors = beside / "real-artifacts", beside / "real-vectors"
    with (beside / "real-artifacts.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # who comes second waits, and then finds it there
        if vectors.exists():
            remembering_encoder.read(vectors)
        else:
            questions = load_out_of_scope()
            build_index(load_documents(), remembering_encoder, root, out_of_scope=questions)
            remembering_encoder.save(vectors)
    return root


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL with pgvector, started for these tests."""
    with running_server() as server:
        yield server


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of collected tests are no garbage: looking for some took a third of the time.

    Frozen afterwards, so that no later look goes through all of them again.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files in the order in which several processes are done soonest; each file is one's alone.

    Tests in the browser come last: its event loop keeps running, and no other may beside it. The
    index of the real shelf takes most of a minute: the first file that wants it makes it, and the
    others that do come when it is there, instead of waiting for it. What takes long begins early.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    in_browser = {item.path for item in items if item.get_closest_marker("browser")}
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    shelf = [item.path for item in items if "real_artifacts" in getattr(item, "fixturenames", ())]
    wanting = set(shelf)
    makes_it = next((path for path in shelf if path not in in_browser), None)
    items.sort(
        key=lambda item: (
            item.path in in_browser,
            item.path != makes_it,
            item.path in wanting,
            item.path not in slow,
            item.get_closest_marker("browser") is not None,
        )
    )
