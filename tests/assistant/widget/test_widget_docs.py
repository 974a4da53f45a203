"""docs/widget.md: what it promises is there, and what is there it tells of."""

import re
from pathlib import Path

from assistant.widget.files import BUILT, widget_files
from assistant.widget.options import OPTIONS
from assistant.widget.snippet import frame_line, script_line

ROOT = Path(__file__).resolve().parents[3]
DOCS = (ROOT / "docs" / "widget.md").read_text("utf-8")
SOURCE = BUILT.parent / "source"
URL = "https://ask.club.example"


def source() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(SOURCE.rglob("*.[tc]s*")))


def test_its_lines_are_those_that_the_command_prints() -> None:
    files = widget_files()
    for line in (script_line(URL, files), script_line(URL, files, pinned=True), frame_line(URL)):
        assert line in DOCS


def test_every_attribute_is_told_of() -> None:
    for name in (*OPTIONS, "host", "bubble", "open"):
        assert f"| `{name}` |" in DOCS


def test_every_property_is_told_of_and_no_other() -> None:
    used = set(re.findall(r"--soleus-[a-z]+", source()))
    assert used == set(re.findall(r"--soleus-[a-z]+", DOCS))


def test_every_event_is_told_of() -> None:
    named = set(re.findall(r'emit\((?:this, )?"(\w+)"', source())) | {"open", "close"}
    assert named == set(re.findall(r"soleus-(open|close|asked|answered|failed)", DOCS))


def test_every_text_can_be_said_otherwise_by_its_name() -> None:
    assert "assistant/widget/source/strings/en.ts" in DOCS
    assert (SOURCE / "strings" / "en.ts").is_file()


def test_every_picture_is_there() -> None:
    pictures = re.findall(r"\]\((widget/[\w-]+\.png)\)", DOCS)
    assert len(pictures) >= 6
    for picture in pictures:
        assert (ROOT / "docs" / picture).is_file()
