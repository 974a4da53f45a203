"""Page and interface over the scripted assistant, in a process of its own: Gradio leaves event
loops behind that a test may not have.
"""

from tests.apart import serve

SAFETY = "<p>warnings</p>"


def main() -> None:
    """Serve until told to stop; prints the port once the socket is bound."""
    from assistant.server.app import build_server
    from assistant.ui.lean import gr
    from tests.assistant.server.served import SETTINGS, Behind, interface_of
    from tests.ui.writer import ScriptedWriter

    with gr.Blocks(analytics_enabled=False) as page:
        gr.HTML("a page")
    app = build_server(page, SAFETY, interface_of(Behind(), ScriptedWriter(pause=0.0)), SETTINGS)
    serve(app)


if __name__ == "__main__":
    main()
