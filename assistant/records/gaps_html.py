"""The gaps as one HTML file that asks for nothing: no server, no script, no font from elsewhere."""

import base64
import hashlib
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.records.gaps import Gaps

_PAGE = Path(__file__).resolve().parent / "page"


def html_of(gaps: Gaps, made_on: date, operator: str = "") -> str:
    """The whole page; `operator`: whose Soleus it is."""
    style = (_PAGE / "gaps.css").read_text("utf-8")
    made = Environment(
        loader=FileSystemLoader(_PAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(day=_day)
    return made.get_template("gaps.html.jinja").render(
        policy=f"default-src 'none'; style-src '{_digest(style)}'; base-uri 'none';"
        " form-action 'none'",
        style=Markup(style),  # noqa: S704 (our own file)
        gaps=gaps,
        made_on=made_on,
        operator=operator,
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _digest(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
