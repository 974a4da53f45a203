"""The lines a webmaster pastes, and what may keep them from working."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.widget.files import WidgetFiles


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that would keep the widget from answering on a website."""

    state: str
    """What was seen."""
    remedy: str
    """What to do about it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the widget comes from, and where it is to stand."""

    url: str
    """Where readers reach Soleus; empty where that is not set."""
    listed: Sequence[str]
    """The websites that may ask."""
    origin: str = ""
    """The website; empty where none is named."""


def script_line(url: str, files: WidgetFiles, *, pinned: bool = False) -> str:
    """The line for a page. `pinned`: good for just this version of the widget."""
    source = f'src="{url}/widget/v1.js"'
    if not pinned:
        return f"<script {source} async></script>"
    return (
        f'<script {source} integrity="{files.entry.digest}"\n  crossorigin="anonymous"'
        " async></script>"
    )


def frame_line(url: str) -> str:
    """The lines for a website that may not run scripts."""
    return (
        f'<iframe src="{url}/widget/v1/frame" title="Ask about calf pain"\n'
        '  style="width: 100%; height: 640px; border: 0"></iframe>'
    )


def policy_lines(url: str) -> str:
    """What a Content-Security-Policy has to allow, where a website has one."""
    return f"script-src {url}; connect-src {url}   (for the frame: frame-src {url})"


def obstacles(place: Place) -> Iterator[Obstacle]:
    """What would keep it from working; nothing where all is well."""
    if not place.url:
        yield Obstacle(
            "Soleus does not know under which address readers reach it.",
            'Set [server] public_url = "https://ask.your-club.example" (docs/configure.md).',
        )
    elif place.origin.startswith("https:") and place.url.startswith("http:"):
        yield Obstacle(
            "A page of https may load nothing over http, and browsers refuse it.",
            "Put TLS in front of Soleus, and its https address into [server] public_url"
            " (docs/operate.md).",
        )
    if place.origin and place.origin not in place.listed:
        yield Obstacle(
            f"{place.origin} is not on the list of websites that may ask.",
            f"Add it: [server] origins = {_listed((*place.listed, place.origin))}, and start Soleus"
            " anew.",
        )
    elif not place.listed:
        yield Obstacle(
            "No website is on the list yet.",
            'Name yours: [server] origins = ["https://your-club.example"], and start Soleus anew.',
        )


def _listed(origins: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{origin}"' for origin in origins) + "]"
