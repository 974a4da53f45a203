"""Small guesses about a text: its date, its title from a file's name. Unsure means nothing."""

import re
from datetime import date
from pathlib import PurePosixPath

from corpus.intake.tidy import one_line

LONGEST_TITLE = 150
"""Characters; a longer one is cut at a word."""
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_BASIC = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6}|T|\b)")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})\b")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_EARLIEST = 1900
_FIRST_WORDS = 10
_NO_TITLE = frozenset(
    """doc document download export file final image img index new page post posts scan text
    untitled version""".split()
)


def iso_date(text: str) -> str:
    """The first date in `text`, ISO, or "" where there is none or its order is open (3/4/2021)."""
    for pattern, order in (
        (_ISO, (1, 2, 3)),
        (_BASIC, (1, 2, 3)),
        (_DAY_FIRST, (3, 2, 1)),
        (_MONTH_FIRST, (3, 1, 2)),
    ):
        match = pattern.search(text)
        if match:
            year, month, day = (match.group(each) for each in order)
            return _checked(year, month, day)
    return ""


def _checked(year: str, month: str, day: str) -> str:
    number = int(month) if month.isdecimal() else _month(month)
    try:
        found = date(int(year), number, int(day))
    except ValueError:
        return ""
    return found.isoformat() if found.year >= _EARLIEST else ""


def _month(word: str) -> int:
    """Number of a month by its name or the beginning of it; 0 if it is none."""
    lowered = word.lower()
    return next((n for n, name in enumerate(_MONTHS, start=1) if name.startswith(lowered)), 0)


def title_of_name(name: str) -> str:
    """A title from a file's name: "calf-raises_2.pdf" is "Calf raises 2"."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    words = one_line(re.sub(r"[-_+.]+|%20", " ", stem))
    return words[:1].upper() + words[1:]


def is_a_title(name: str) -> bool:
    """Whether a file's name says something: "scan_0042" and a row of digits do not."""
    words = re.findall(r"[^\W\d_]{3,}", re.sub(r"\w*\d\w*", " ", name))
    return any(word.lower() not in _NO_TITLE for word in words)


def first_words(markdown: str) -> str:
    """The beginning of the first paragraph, as a title where there is no better one."""
    lines = (line.lstrip("-+> ") for line in markdown.split("\n") if not line.startswith("#"))
    words = next((line for line in lines if any(map(str.isalpha, line))), "").split()
    return " ".join(words[:_FIRST_WORDS]) + ("…" if len(words) > _FIRST_WORDS else "")


def short_title(title: str) -> str:
    """`title` in one line of at most `LONGEST_TITLE` characters."""
    title = one_line(title)
    if len(title) <= LONGEST_TITLE:
        return title
    return title[: LONGEST_TITLE - 1].rpartition(" ")[0].rstrip(" ,;:-–") + "…"


def is_a_program_s_title(title: str) -> bool:
    """Whether a title in a file's properties was put there by a program, or is a file's name."""
    return not title.strip() or bool(_PROGRAM_TITLE.match(title.strip()))


def is_a_program_s_name(name: str) -> bool:
    """Whether an author in a file's properties is that of a program, or of a whole office."""
    return one_line(name).lower() in _PROGRAM_NAMES


_PROGRAM_TITLE = re.compile(
    r"(?:untitled|document\s?\d*|microsoft (?:word|powerpoint)\b.*|slide \d+|powerpoint .*"
    r"|titel|title|word document|.*\.(?:docx?|pdf|odt|indd|pages|pptx?|qxd|tex|dvi|html?))\Z",
    re.IGNORECASE,
)
_PROGRAM_NAMES = frozenset(
    (
        "",
        "admin",
        "administrator",
        "author",
        "canva",
        "default",
        "guest",
        "microsoft office user",
        "owner",
        "python-docx",
        "un-named",
        "unknown",
        "user",
        "windows user",
        "office",
        "anonymous",
        "(anonymous)",
    )
)
