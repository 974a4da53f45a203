"""Where the public test data is, if it is here, and a small folder in its form."""

import json
import os
from pathlib import Path

import pytest

_THINGS = "salt water rest ice heat sleep massage shoes socks tape milk rice".split()


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of public test data; without it the test is skipped."""
    beside = Path(__file__).resolve().parents[4] / "shared" / "bench"
    folder = Path(os.environ.get("SOLEUS_EVAL_DATA", beside))
    if not folder.is_dir():
        pytest.skip("no public test data: set SOLEUS_EVAL_DATA to its folder")
    return folder


@pytest.fixture
def made_up(tmp_path: Path) -> Path:
    """Both sets, each claim with one that its evidence does not hold."""
    for name in ("wice", "begin"):
        (tmp_path / name).mkdir()
    pairs = [
        (thing, said, thing == said)
        for n, thing in enumerate(_THINGS)
        for said in (thing, _THINGS[n - 1])
    ]
    (tmp_path / "wice" / "claims.jsonl").write_text(
        "".join(
            json.dumps(
                {
                    "claim": f"The calf needs {said}.",
                    "evidence": ["A page.", f"It is {thing} that the calf needs."],
                    "label": "supported" if true else "partially_supported",
                    "title": thing,
                }
            )
            + "\n"
            for thing, said, true in pairs
        ),
        "utf-8",
    )
    (tmp_path / "begin" / "wow.jsonl").write_text(
        "".join(
            json.dumps(
                {
                    "response": f"Calves like {said}",
                    "knowledge": f"Calves like {thing}. So it is.",
                    "begin_label": "Fully attributable" if true else "Generic",
                }
            )
            + "\n"
            for thing, said, true in pairs
        ),
        "utf-8",
    )
    return tmp_path
