"""Does what the Dockerfile says where there is no container engine, and starts what comes of it.

    python -m tests.deploy.rehearse EMPTY_FOLDER

As root on Linux: each stage gets a root folder of its own with this machine's /usr in it, and this
Python where the image has its own. What comes of it runs as the image's user, with nothing to write
but /data and /tmp, at http://127.0.0.1:7860, until Ctrl-C. Not a test: it takes minutes and fetches
packages. Settings (SOLEUS_…), pip's own (PIP_…) and TORCH_INDEX are taken from the environment;
folders that pip is to see are named in SHARE, with spaces between.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.dockerfile import Stage, read_dockerfile

PROJECT = Path(__file__).resolve().parents[2]
APART = "REHEARSED_APART"
_ETC = "passwd group shadow gshadow nsswitch.conf resolv.conf hosts ssl ld.so.cache ld.so.conf.d"
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_LIKE_ROOT = {"PATH": _PATH, "LD_LIBRARY_PATH": "/usr/local/lib"}


@dataclass(frozen=True, slots=True)
class Rootfs:
    """A folder that stands in for a stage's file system."""

    folder: Path

    def lay(self) -> None:
        """This machine's programs, read-only, and this Python under /usr/local."""
        for name in "usr etc dev proc tmp app data opt run var".split():
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        for name in "bin lib lib64 sbin".split():
            (self.folder / name).symlink_to(f"usr/{name}")
        for name in _ETC.split():
            _do("cp", "-a", f"/etc/{name}", f"{self.folder}/etc/")
        for source, target in (("/usr", "usr"), (sys.base_prefix, "usr/local")):
            _do("mount", "--bind", source, f"{self.folder}/{target}")
            _do("mount", "-o", "remount,bind,ro", f"{self.folder}/{target}")
        for name in ("dev", "proc"):
            _do("mount", "--rbind", f"/{name}", f"{self.folder}/{name}")

    def share(self, folder: str) -> None:
        """A folder of this machine under its own name."""
        (self.folder / folder.lstrip("/")).mkdir(parents=True, exist_ok=True)
        _do("mount", "--bind", folder, f"{self.folder}{folder}")

    def copy(self, rest: str, others: Mapping[str, "Rootfs"]) -> None:
        """One COPY: from the project as .dockerignore leaves it, or from an earlier stage."""
        words = rest.split()
        source = PROJECT
        if words[0].startswith("--from="):
            source = others[words.pop(0).removeprefix("--from=")].folder
        *names, last = words
        target = self.folder / (last.lstrip("/") if last.startswith("/") else f"app/{last}")
        for found in (source / name.lstrip("/") for name in names):
            if found.is_dir():
                shutil.copytree(found, target, symlinks=True, ignore=_left_out, dirs_exist_ok=True)
            else:
                shutil.copy(found, target)

    def run(self, command: str, environment: Mapping[str, str]) -> None:
        """One RUN."""
        _do(*_inside(self.folder, environment), "/bin/sh", "-c", f"cd /app && {command}")


def _left_out(folder: str, names: list[str]) -> set[str]:
    """As .dockerignore says: what is built is built anew."""
    ours = Path(folder).is_relative_to(PROJECT)
    return {name for name in names if ours and name in {"__pycache__", "artifacts"}}


def _inside(folder: Path, environment: Mapping[str, str], user: str = "0:0") -> tuple[str, ...]:
    pairs = (f"{name}={value.replace('$PATH', _PATH)}" for name, value in environment.items())
    return ("chroot", f"--userspec={user}", str(folder), "/usr/bin/env", "-i", *pairs)


def build(stage: Stage, folder: Path, others: Mapping[str, Rootfs]) -> Rootfs:
    """One stage."""
    root = Rootfs(folder)
    root.lay()
    for each in os.environ.get("SHARE", "").split():
        root.share(each)
    told = {n: v for n, v in os.environ.items() if n.startswith("PIP_") or n == "TORCH_INDEX"}
    environment = {**_LIKE_ROOT, **stage.environment, **told}
    for step in stage.steps:
        began = time.monotonic()
        if step.word == "COPY":
            root.copy(step.rest, others)
        elif step.word == "RUN":
            root.run(step.rest, environment)
        else:
            continue
        _say(f"{time.monotonic() - began:6.1f} s  {step.word} {step.rest[:70]}")
    return root


def start(stage: Stage, root: Rootfs) -> int:
    """What the image runs: its root read-only, its user, /data and /tmp to write to."""
    user = stage.all_of("USER")[0]
    _do("mount", "--rbind", str(root.folder), str(root.folder))
    data = root.folder.with_name("data")
    data.mkdir(exist_ok=True)
    os.chown(data, *map(int, user.split(":")))
    _do("mount", "-o", "remount,bind,ro", str(root.folder))
    _do("mount", "--bind", str(data), f"{root.folder}/data")
    _do("mount", "-t", "tmpfs", "-o", "size=256m,mode=1777", "tmpfs", str(root.folder / "tmp"))
    settings = {n: v for n, v in os.environ.items() if n.startswith("SOLEUS_")}
    environment = {**_LIKE_ROOT, **stage.environment, **settings}
    command = shlex.join(json.loads(stage.all_of("CMD")[0]))
    drop = ("setpriv", "--no-new-privs", "--bounding-set=-all")
    inside = _inside(root.folder, environment, user)
    return subprocess.call((*inside, *drop, "/bin/sh", "-c", f"cd /app && {command}"))


def _do(*command: str) -> None:
    subprocess.run(command, check=True)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _size(folder: Path) -> str:
    """What it takes on the disk, in MB; without what is mounted there."""
    done = subprocess.run(("du", "-sxm", folder), check=True, capture_output=True, text=True)
    return done.stdout.split()[0]


def main(folder: Path) -> int:
    """Both stages, their sizes, and the server; its exit status."""
    built: dict[str, Rootfs] = {}
    stages = read_dockerfile(PROJECT / "Dockerfile")
    for number, stage in enumerate(stages):
        built[stage.name] = build(stage, folder / f"{number}-{stage.name or 'image'}", built)
    last = built[stages[-1].name]
    for name in ("opt/soleus", "app"):
        _say(f"{_size(last.folder / name):>6} MB  /{name}")
    return start(stages[-1], last)


if __name__ == "__main__":
    if APART not in os.environ:  # mounts of our own, gone when we are
        here = (sys.executable, "-m", "tests.deploy.rehearse", *sys.argv[1:])
        os.environ[APART] = "yes"
        os.execvp("unshare", ("unshare", "--mount", *here))  # noqa: S606
    sys.exit(main(Path(sys.argv[1]).resolve()))
