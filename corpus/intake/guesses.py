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


def short_title(title: str) -> str:
    """`title` in one line of at most `LONGEST_TITLE` characters."""
    title = one_line(title)
    if len(title) <= LONGEST_TITLE:
        return title
    return title[: LONGEST_TITLE - 1].rpartition(" ")[0].rstrip(" ,;:-–") + "…"
