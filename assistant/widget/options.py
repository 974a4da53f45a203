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
