"""What a Word document hides from its reader: hidden text, white or tiny letters."""

from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_OFF = frozenset({"0", "false", "off", "none"})
_TINIEST = 3
"""Half points. Letters of that size are there for machines."""
_WHITE = frozenset({"ffffff", "fefefe", "white"})
_LOOKS = frozenset({"rPr", "tblPr", "tblStylePr", "tcPr", "trPr"})


def slim_styles(content: bytes) -> tuple[bytes, frozenset[str]]:
    """A document's styles without how they look, and the names of those that hide text.

    What is left is what a reader of words needs; a usual list of styles is fifty times as long.

    Raises:
        xml.etree.ElementTree.ParseError: it is no XML.
    """
    root = ElementTree.fromstring(content)  # noqa: S314  (read over by whoever unpacked it)
    hiding = set()
    for style in list(root):
        if _local(style) != "style":
            root.remove(style)
            continue
        if _hides(style, coloured="shd" in _marks(style, "pPr")):
            hiding.add(style.get(f"{_W}styleId") or style.get(f"{_STRICT}styleId") or "")
        for part in [each for each in style if _local(each) in _LOOKS]:
            style.remove(part)
    return ElementTree.tostring(root, encoding="utf-8"), frozenset(hiding - {""})


def without_hidden(content: bytes, hiding: frozenset[str]) -> tuple[bytes, int]:
    """A part of a document without its hidden runs, and how many words these held.

    Args:
        content: the part.
        hiding: names of styles that hide text.

    Raises:
        xml.etree.ElementTree.ParseError: it is no XML.
    """
    root = ElementTree.fromstring(content)  # noqa: S314  (as above)
    count = 0
    coloured = _on_colour(root)
    for parent in list(root.iter()):
        for run in _hidden_runs(parent, hiding, coloured=id(parent) in coloured):
            words = " ".join(t.text or "" for t in run.iter() if _local(t) == "t").split()
            count += len(words)
            if words:
                parent.remove(run)
    return (ElementTree.tostring(root, encoding="utf-8"), count) if count else (content, 0)


def _on_colour(root: ElementTree.Element) -> set[int]:
    """Elements (by identity) in shaded cells and in text boxes, where white letters can be read."""
    return {
        id(inner)
        for each in root.iter()
        if (_local(each) == "tc" and "shd" in _marks(each, "tcPr")) or _local(each) == "txbxContent"
        for inner in each.iter()
    }


def _hidden_runs(
    parent: ElementTree.Element, hiding: frozenset[str], *, coloured: bool
) -> list[ElementTree.Element]:
    runs = [each for each in parent if _local(each) == "r"]
    marks = _marks(parent, "pPr")
    if "pStyle" in marks and _value(marks["pStyle"], "") in hiding:
        return runs
    coloured = coloured or "shd" in marks
    return [run for run in runs if _hides(run, hiding, coloured=coloured)]


def _hides(
    element: ElementTree.Element, hiding: frozenset[str] = frozenset(), *, coloured: bool = False
) -> bool:
    """Whether a run or a style hides its letters.

    White ones are taken for hidden unless they, their paragraph, cell or box have a ground of
    their own.
    """
    marks = _marks(element, "rPr")
    if "vanish" in marks and _value(marks["vanish"], "1") not in _OFF:
        return True
    if "rStyle" in marks and _value(marks["rStyle"], "") in hiding:
        return True
    size = _value(marks["sz"], "") if "sz" in marks else ""
    if size.isdecimal() and int(size) <= _TINIEST:
        return True
    white = "color" in marks and _value(marks["color"], "").lower() in _WHITE
    return white and not coloured and not (marks.keys() & {"shd", "highlight"})


def _marks(element: ElementTree.Element, kind: str) -> dict[str, ElementTree.Element]:
    """The properties of a run or paragraph, by their names."""
    return {_local(each): each for part in element if _local(part) == kind for each in part}


def _local(element: ElementTree.Element) -> str:
    tag = str(element.tag)
    return tag.rpartition("}")[2] if tag.startswith((_W, _STRICT)) else tag


def _value(element: ElementTree.Element, default: str) -> str:
    return element.get(f"{_W}val") or element.get(f"{_STRICT}val") or default
