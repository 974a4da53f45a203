"""Page and interface over the scripted assistant, in a process of its own: Gradio leaves event
loops behind that a test may not have.
"""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SAFETY = "<p>warnings</p>"


@contextmanager
def whole() -> Iterator[str]:
    """Its address, as long as the block runs."""
    command = [sys.executable, "-m", "tests.assistant.server.serve_whole"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            port = server.stdout.readline().strip()
            assert port.isdigit(), "it did not start"
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def main() -> None:
    """Serve until told to stop; prints the port once the socket is bound."""
    import uvicorn

    from assistant.server.app import build_server
    from assistant.ui.lean import gr
    from tests.assistant.server.served import SETTINGS, Behind, interface_of
    from tests.ui.writer import ScriptedWriter

    with gr.Blocks(analytics_enabled=False) as page:
        gr.HTML("a page")
    app = build_server(page, SAFETY, interface_of(Behind(), ScriptedWriter(pause=0.0)), SETTINGS)
    listening = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
