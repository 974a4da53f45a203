"""What a container runs, with a Python that only says how it was called."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "deploy" / "start.sh"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it is for Linux's mv")


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """A program's folder with an index that came along, and a volume."""
    seed = tmp_path / "app" / "index" / "artifacts"
    seed.mkdir(parents=True)
    (seed / "manifest.json").write_text("of the image")
    (tmp_path / "data").mkdir()
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text(
        '#!/bin/sh\necho "$3 ${SOLEUS_SETTINGS:-}"\n[ "$3" != index ] || exit "${FAILS:-0}"\n'
    )
    python.chmod(0o755)
    return tmp_path


def started(image: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        "PATH": f"{image / 'bin'}:{os.environ['PATH']}",
        "XDG_DATA_HOME": str(image / "data"),
        "SOLEUS_INDEX__FOLDER": str(image / "data" / "index"),
        **more,
    }
    return subprocess.run(
        ["sh", SCRIPT],
        cwd=image / "app",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_first_start_takes_the_index_that_came_along(image: Path) -> None:
    done = started(image)
    assert done.stdout.split() == ["index", "serve"]
    assert (image / "data" / "index" / "manifest.json").read_text() == "of the image"
    assert [path.name for path in (image / "data").iterdir()] == ["index"]


def test_an_index_that_is_there_stays(image: Path) -> None:
    (image / "data" / "index").mkdir()
    (image / "data" / "index" / "manifest.json").write_text("the club's")
    assert started(image).stdout.split() == ["index", "serve"]
    assert (image / "data" / "index" / "manifest.json").read_text() == "the club's"


def test_settings_on_the_volume_are_read_unless_others_are_named(image: Path) -> None:
    there = image / "data" / "settings.toml"
    there.touch()
    assert started(image).stdout.split() == ["index", str(there), "serve", str(there)]
    named = started(image, SOLEUS_SETTINGS="another.toml").stdout.split()
    assert named == ["index", "another.toml", "serve", "another.toml"]


def test_without_an_index_nothing_is_served(image: Path) -> None:
    done = started(image, FAILS="3")
    assert (done.returncode, done.stdout.split()) == (3, ["index"])


def test_a_volume_that_cannot_be_written_ends_it_in_plain_words(image: Path) -> None:
    (image / "data").rmdir()
    done = started(image)
    assert done.returncode != 0
    assert done.stdout == ""
    assert str(image / "data") in done.stderr
