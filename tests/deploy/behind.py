"""Three processes behind nginx, by the very file that operators are given."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

import httpx

PROJECT = Path(__file__).resolve().parents[2]
CONFIG = (PROJECT / "docs" / "deploy" / "nginx.conf").read_text("utf-8")
CLUB = "https://club.example"
KEY = "a-key-that-nobody-guesses"
PROGRAM = {"authorization": f"Bearer {KEY}"}
CHAT = "/api/v1/chat"
_SHARED = {
    "SOLEUS_API_KEYS": KEY,
    "SOLEUS_TOKEN_SECRET": "what-both-of-them-sign-with",
    "SOLEUS_SERVER__ORIGINS": CLUB,
    "SOLEUS_SERVER__TRUSTED_PROXIES": "127.0.0.1",
}


@dataclass(frozen=True)
class House:
    """nginx and what stands behind it."""

    url: str
    processes: Mapping[str, "Popen[str]"]
    """By the address nginx knows them by."""

    @property
    def alive(self) -> set[str]:
        """Those that nobody has killed."""
        return {name for name, each in self.processes.items() if each.poll() is None}

    def ask(self, message: str, **more: object) -> httpx.Response:
        """As a program."""
        return self.post({"message": message, **more}, PROGRAM)

    def post(
        self, body: object, headers: Mapping[str, str], client: httpx.Client | None = None
    ) -> httpx.Response:
        send = client.post if client else httpx.post
        return send(f"{self.url}{CHAT}", json=body, headers=dict(headers), timeout=20)

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"{self.url}{path}", headers=PROGRAM, timeout=20)

    @contextmanager
    def stream(self, path: str, body: Mapping[str, object]) -> Iterator[httpx.Response]:
        """An answer as it comes."""
        headers = {**PROGRAM, "accept": "text/event-stream"}
        with httpx.stream(
            "POST", f"{self.url}{path}", json=dict(body), headers=headers, timeout=20
        ) as response:
            yield response


def landed_on(response: httpx.Response) -> str:
    """Which process answered; nginx names those it tried before, too."""
    return response.headers["x-process"].rpartition(", ")[2]


@contextmanager
def three_behind_nginx(folder: Path) -> Iterator[House]:
    """Until the block is left."""
    with ExitStack() as stack:
        trio = [stack.enter_context(_replica()) for _ in range(3)]
        processes = {f"127.0.0.1:{_port_of(each)}": each for each in trio}
        port, plain = _free_ports(2)
        text = as_tested(CONFIG, port, plain, tuple(processes))
        stack.enter_context(_nginx(folder, text, port))
        yield House(f"http://127.0.0.1:{port}", processes)


def as_tested(config: str, port: int, plain: int, processes: tuple[str, ...]) -> str:
    """The file with this machine's ports, without TLS, telling who answered.

    nginx is told to pass over what Soleus says about buffering: the file must do by itself.
    """
    servers = "".join(f"    server {each} fail_timeout=10s;\n" for each in processes)
    changed = re.sub(r"(?:    server 127\.0\.0\.1:\d+ .*\n)+", servers, config)
    changed = re.sub(r"    (?:listen \[::\]|ssl_).*\n", "", changed)
    changed = changed.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    changed = changed.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    told = (
        "add_header X-Process $upstream_addr always;\n    proxy_ignore_headers X-Accel-Buffering;"
    )
    return re.sub(r"error_log .*;", told, changed)


def whole_config(folder: Path, text: str) -> str:
    """What nginx is started with: the file as it is included, all it writes in a folder."""
    kinds = "client_body proxy fastcgi uwsgi scgi".split()
    places = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    return (
        f"daemon off;\nmaster_process off;\npid {folder}/nginx.pid;\nerror_log stderr crit;\n"
        f"events {{}}\nhttp {{\n{places}{text}\n}}\n"
    )


@contextmanager
def _replica() -> Iterator["Popen[str]"]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOLEUS_")}
    with Popen(
        [sys.executable, "-m", "tests.deploy.replica"],
        cwd=PROJECT,
        env={**kept, **_SHARED},
        stdout=PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _port_of(process: "Popen[str]") -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        held = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [each.getsockname()[1] for each in held]


@contextmanager
def _nginx(folder: Path, text: str, port: int) -> Iterator[None]:
    config = folder / "nginx.conf"
    config.write_text(whole_config(folder, text), "utf-8")
    command = ["nginx", "-e", "stderr", "-p", str(folder), "-c", str(config)]
    with Popen(command, stderr=DEVNULL) as process:
        try:
            while not _answers(port):
                assert process.poll() is None, "nginx has ended"
            yield
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except ConnectionRefusedError:
        return False
    return True


def refused_by_nginx(folder: Path, text: str) -> str:
    """What `nginx -t` has to say against a file; empty if nothing."""
    config = folder / "nginx.conf"
    config.write_text(whole_config(folder, text), "utf-8")
    command = ["nginx", "-t", "-e", "stderr", "-p", str(folder), "-c", str(config)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr
