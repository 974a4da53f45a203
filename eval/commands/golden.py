"""`python -m eval golden`: the older question sets, with the right replies counted."""

import argparse
from datetime import UTC, datetime

from eval.commands.files import add_json, write_json
from eval.golden import DEV, SEALED, path_of, read_golden


def add(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    names = (*DEV, SEALED, "all")
    parser.add_argument("file", nargs="?", choices=names, default=DEV[0], help="dev unless given")
    add_json(parser)


def run(chosen: argparse.Namespace) -> None:
    """Scores each file apart; prints, and keeps if asked to."""
    from assistant.settings import load_settings
    from assistant.wire import documents_of, open_assistant
    from corpus import load_claims
    from eval.score import as_json, lines_of, score

    settings = load_settings()
    claims = load_claims(documents_of(settings))
    assistant = open_assistant(settings)
    report: dict[str, object] = {}
    for name in (*DEV, SEALED) if chosen.file == "all" else (chosen.file,):
        found = score(read_golden(path_of(name)), assistant.ask, claims, sealed=name == SEALED)
        print(*lines_of(name, found), "", sep="\n")
        report[name] = as_json(found)
    if chosen.json:
        measured = datetime.now(UTC).isoformat(timespec="seconds")
        write_json(chosen.json, {"format": 1, "measured_at": measured, "files": report})
