"""The words behind a citation as a page of their own: what a link to a passage leads to."""

from html import escape

from assistant.ui.gate import LOOK
from assistant.ui.sources import passage_panel
from corpus import Provenance
from index import Passage


def render_passage(
    passage: Passage, marked: tuple[int, int], origin: Provenance | None, *, name: str, up: str
) -> str:
    """The whole page, ready to be sent. `marked`: from where to where in the passage's text.

    `name`: the assistant's; `up`: the way from the page's address to the server's root.
    """
    title = f"{passage.title} · {name}"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)}</title>"
        f'<link rel="icon" type="image/svg+xml" href="{up}{LOOK}/mark.svg">'
        f'<link rel="stylesheet" href="{up}{LOOK}/safety.css">'
        f'<link rel="stylesheet" href="{up}{LOOK}/passage.css"></head><body><main>'
        f'<p class="home"><a href="{up}/">{escape(name)}</a></p>'
        f"<article>{passage_panel(passage, marked, origin, 'h1')}</article>"
        '<p class="small">Soleus quotes from texts like this one. It is no medical advice.</p>'
        f'<p><a class="ask" href="{up}/">Ask a question</a></p></main></body></html>\n'
    )
