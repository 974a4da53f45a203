"""Who else would read a question, and whether the reader agrees: asked before the first one.

What they say is remembered with their visit, in the open page, and forgotten with it. A yes is for
what they ask afterwards, New chat or not.
"""

from html import escape

from assistant.models.card import ModelCard


def render_consent(card: ModelCard, agreed: bool | None) -> str:
    """The question, or what was answered and the way to change it. `agreed`: None so far."""
    if agreed is None:
        return _question(card)
    if agreed:
        no = _button("Quotes only", "no", _said(card, agreed=False))
        return _settled(f"What you ask is read by {_runs(card)}.", no)
    yes = _button(f"Let {escape(card.name)} word answers", "yes", _said(card, agreed=True))
    return _settled("You get quotes only.", yes)


def _question(card: ModelCard) -> str:
    name = escape(card.name)
    yes = _button(f"Yes, let {name} word my answers", "yes", _said(card, agreed=True))
    no = _button("No, quotes only", "no", _said(card, agreed=False))
    return (
        '<section class="consent" aria-labelledby="consent-head"><h2 id="consent-head"'
        f' class="consent__head">May {_runs(card)} read your questions?</h2>'
        f'<p class="consent__more">{name} is a language model run by {_runs(card)}. It can put what'
        " our texts say into its own words. For that, what you ask on this page from now on is"
        " sent there; what you asked before is not. Every sentence is checked against the texts"
        " before you see it. Without it you get quotes.</p>"
        f'<div class="consent__acts">{yes}{no}</div></section>'
    )


def _settled(said: str, button: str) -> str:
    return f'<p class="consent consent--settled"><span>{said}</span> {button}</p>'


def _button(label: str, choice: str, said: str) -> str:
    """`said` is announced once it is pressed."""
    return (
        f'<button type="button" class="act consent__act--{choice}" data-consent="{choice}"'
        f' data-said="{escape(said)}">{label}</button>'
    )


def _said(card: ModelCard, *, agreed: bool) -> str:
    return f"{card.name} may word your answers." if agreed else "You get quotes only."


def _runs(card: ModelCard) -> str:
    return escape(card.served_by) or "the computer of this page"
