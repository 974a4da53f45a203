"""What a website may ask of the widget: the attributes of docs/widget.md."""

OPTIONS = (
    "title",
    "greeting",
    "icon",
    "color",
    "theme",
    "position",
    "lang",
    "dir",
    "strings",
    "suggestions",
    "privacy",
)
"""All of them."""

WORDS = frozenset({"title", "greeting", "strings", "suggestions", "privacy"})
"""Those that put words, or a link, into the chat."""
