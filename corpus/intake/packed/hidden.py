"""What a Word document hides from its reader: hidden text, white or tiny letters."""

from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_OFF = frozenset({"0", "false", "off", "none"})
_TINIEST = 3
"""Half points. Letters of that size are there for machines."""
_WHITE = frozenset({"ffffff", "fefefe", "white"})


def without_hidden(content: bytes) -> tuple[bytes, int]:
    """A part of a document without its hidden runs, and how many words these held.

    Raises:
        xml.etree.ElementTree.ParseError: it is no XML.
    """
    root = ElementTree.fromstring(content)  # noqa: S314  (read over by whoever unpacked it)
    count = 0
    for parent in list(root.iter()):
        coloured = _is_coloured(parent)
        for run in [each for each in parent if _local(each) == "r" and _is_hidden(each, coloured)]:
            words = " ".join(t.text or "" for t in run.iter() if _local(t) == "t").split()
            count += len(words)
            if words:
                parent.remove(run)
    return (ElementTree.tostring(root, encoding="utf-8"), count) if count else (content, 0)


def _is_hidden(run: ElementTree.Element, coloured: bool) -> bool:
    marks = {_local(each): each for part in run if _local(part) == "rPr" for each in part}
    if any(
        name in marks and _value(marks[name], "1") not in _OFF for name in ("vanish", "webHidden")
    ):
        return True
    size = _value(marks["sz"], "") if "sz" in marks else ""
    if size.isdecimal() and int(size) <= _TINIEST:
        return True
    white = "color" in marks and _value(marks["color"], "").lower() in _WHITE
    return white and not coloured and not (marks.keys() & {"shd", "highlight"})


def _is_coloured(paragraph: ElementTree.Element) -> bool:
    """Whether a paragraph has a ground of its own, on which white letters can be read.

    A table's cell may have one too, which is not looked up from here: in a cell white letters are
    taken for hidden only where the paragraph says nothing else.
    """
    return any(
        _local(each) == "shd" for part in paragraph if _local(part) == "pPr" for each in part
    )


def _local(element: ElementTree.Element) -> str:
    tag = str(element.tag)
    return tag.rpartition("}")[2] if tag.startswith((_W, _STRICT)) else tag


def _value(element: ElementTree.Element, default: str) -> str:
    return element.get(f"{_W}val") or element.get(f"{_STRICT}val") or default
