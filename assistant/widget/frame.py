"""A page that holds nothing but the chat, for websites that may show a frame but run no script."""

from collections.abc import Mapping
from html import escape

from assistant.widget.options import OPTIONS, WORDS

STYLE = (
    "html,body{margin:0;height:100%}"
    "soleus-chat{--soleus-height:100vh;--soleus-height:100dvh;--soleus-radius:0px}"
)
"""Of the page; allowed by its digest."""


def render_frame(asked: Mapping[str, str], *, framed: bool) -> str:
    """The page. `asked`: options by name, from anybody; what is none is passed over.

    `framed`: whether a website that may show it does so. Whoever only made a link to it, to this
    server's own address, could otherwise put words into its mouth: then it keeps to its own, and
    takes no more than its looks from the link.
    """
    taken = {
        name: asked[name]
        for name in OPTIONS
        if name in asked and name != "icon" and (framed or name not in WORDS)
    }
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in taken.items())
    title = escape(taken.get("title", "Soleus"))
    lang = escape(taken.get("lang", "en"))
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="referrer" content="no-referrer"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body>"
        f"<main><soleus-chat open{attributes}></soleus-chat></main>"
        "<noscript><p>This chat needs JavaScript, and cannot warn you without it. In an emergency,"
        " call your local emergency number.</p></noscript>"
        '<script src="../v1.js" async></script></body></html>'
    )
