"""Labelled sentences over a made-up shelf, and runs of a model that nobody made."""

import json
from pathlib import Path
from typing import Any, Literal

from assistant.checking.rules import Source
from eval.cases.case import Half
from eval.written.case_run import Came, CaseRun, Sentences, Times, Versions
from eval.written.labelled import Kept, Labelled
from eval.written.levels import Looked

ICE = Source("Ice a sore calf for 20 minutes.", ("ice", "author"), forum=False)
SALT = Source("Salt against calf cramp is worth a try.", ("salt", "reply 2"), forum=True)
LIE: dict[str, Any] = {
    "id": "d-1",
    "kind": "number",
    "supported": False,
    "cites": [{"document": "heels", "quote": "Heels down for sixty seconds."}],
    "sentence": "Put your heels down for ten seconds.",
    "note": "ten for sixty",
}
DRAFT: dict[str, Any] = {
    "id": "q-1",
    "model": "small",
    "case": "ans-1",
    "half": "dev",
    "text": "Then walk about.",
    "cites": [
        {"document": "heels", "quote": "Then walk about.", "speaker": "author", "kind": "article"}
    ],
    "supported": True,
    "note": "",
}


def write_rows(path: Path, *rows: dict[str, Any]) -> Path:
    """A file with these lines; the folder it is in."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path.parent


def labelled(
    sentence: str,
    *sources: Source,
    supported: bool = True,
    name: str = "d-1",
    kept: Kept = Kept.LIES,
    half: Half = Half.DEV,
    group: str = "paraphrase",
) -> Labelled:
    """One sentence."""
    return Labelled(name, kept, half, group, sentence, sources, supported)


def looked(
    *against: str, supported: bool, likely: float = 0.9, half: Half = Half.DEV, name: str = "d-1"
) -> Looked:
    """One sentence with what speaks against it; the checker's word is that of all rules at 0.3."""
    item = labelled("x", ICE, supported=supported, half=half, name=name)
    return Looked(item, frozenset(against), likely, passed=not against and likely >= 0.3)


def sentences(passed: int = 2, replaced: int = 1, dropped: int = 1) -> Sentences:
    """Some were drafted."""
    drafted = passed + replaced + dropped
    return Sentences(
        passed=passed,
        replaced=replaced,
        dropped=dropped,
        reasons={"number": replaced + dropped} if replaced + dropped else {},
        drafted_supported=min(passed, drafted),
        written=passed,
        written_supported=passed,
        copied=0,
        quoted=replaced + 1,
    )


def times(end: float = 4.0, shown: float | None = 2.0) -> Times:
    """Ten parts of waiting, one of our own work."""
    return Times(shown, shown, end, end / 1.1, 1.0, end)


def ran(
    name: str = "ans-1",
    half: Half = Half.DEV,
    came: Came = Came.WORDED,
    counted: Sentences | None = None,
    took: Times | None = None,
    failure: str = "",
    first: Literal["raw", "checked"] = "checked",
) -> CaseRun:
    """What one question came to."""
    if came is Came.NOT_ASKED:
        return CaseRun(name, "0" * 12, half, "answerable", came, first)
    return CaseRun(
        name,
        "0" * 12,
        half,
        "answerable",
        came,
        first,
        sentences=counted or sentences(),
        times=took or times(),
        key_facts=Versions(1.0, 0.5),
        forbidden=Versions(0.0, 0.0),
        words=Versions(40.0, 30.0),
        tokens_in=500,
        tokens_out=100,
        failure=failure,
        question="" if half is Half.SEALED else "how long?",
        quotes_shown="" if half is Half.SEALED else "Quoted words.",
        words_shown="" if half is Half.SEALED else "Worded words.",
    )
