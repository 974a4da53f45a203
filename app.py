"""The front door: `python app.py` serves the page. Settings: settings.example.toml."""

from assistant.cli import app

if __name__ == "__main__":
    app(["serve"])
