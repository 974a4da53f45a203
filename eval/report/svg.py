"""matplotlib's SVG made fit to stand inside a page: no styles, no ids that clash, no namespaces."""

import hashlib
import re
from xml.etree import ElementTree as ET

INK, DEV, SEALED = "#010101", "#020202", "#030303"
GRID, SHEET, AIM = "#040404", "#050505", "#060606"
_COLOURS = {
    INK: "currentColor",
    DEV: "var(--dev)",
    SEALED: "var(--sealed)",
    GRID: "var(--grid)",
    SHEET: "var(--sheet)",
    AIM: "var(--aim)",
}
"""What is drawn in the left colour takes the page's colour on the right."""
_KEPT = frozenset(
    "fill stroke stroke-width stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin"
    " fill-opacity stroke-opacity opacity text-anchor font-size".split()
)
_POINTING = re.compile(r"#([A-Za-z][\w.-]*)")


def inline(written: str) -> str:
    """One `svg` element of an SVG file by matplotlib. Its text takes the page's font."""
    root = ET.fromstring(written)  # noqa: S314 (its own words)
    _cleaned(root)
    _renamed(root, hashlib.sha256(ET.tostring(root)).hexdigest()[:8])
    _, _, wide, high = root.attrib["viewBox"].split()
    shape = {"viewBox": root.attrib["viewBox"], "width": f"{float(wide):g}"}
    root.attrib.clear()
    # A picture of numbers that stand beside it in words: nothing to be read out twice.
    root.attrib.update({**shape, "height": f"{float(high):g}", "aria-hidden": "true"})
    return ET.tostring(root, encoding="unicode")


def _cleaned(element: ET.Element) -> None:
    for child in list(element):
        if _local(child.tag) in ("metadata", "style", "clipPath"):
            element.remove(child)
        else:
            _cleaned(child)
    element.tag = _local(element.tag)
    element.text = (element.text or "").strip() or None
    element.tail = None
    plain = {_local(name): value for name, value in element.attrib.items()}
    plain |= _without_style(plain.pop("style", ""))
    plain.pop("clip-path", None)  # it would cut markers at 0 and at 1 in half
    element.attrib.clear()
    element.attrib.update({name: _COLOURS.get(value, value) for name, value in plain.items()})


def _without_style(style: str) -> dict[str, str]:
    """Presentation attributes in its place."""
    pairs = [part.partition(":")[::2] for part in style.split(";") if ":" in part]
    rules = {name.strip(): value.strip() for name, value in pairs}
    kept = {name: value for name, value in rules.items() if name in _KEPT}
    # Written in one when the family is given with the size.
    if size := re.search(r"[\d.]+px", rules.get("font", "")):
        kept["font-size"] = size.group()
    return kept


def _renamed(root: ET.Element, mark: str) -> None:
    """Ids that something points at get a name of their own; the others go."""
    everything = list(root.iter())
    values = [value for element in everything for value in element.attrib.values()]
    wanted = {name for value in values for name in _POINTING.findall(value)}
    for element in everything:
        if element.attrib.get("id") not in wanted:
            element.attrib.pop("id", None)
        for name, value in element.attrib.items():
            if name == "id":
                element.attrib[name] = f"{value}-{mark}"
            elif name == "href":
                element.attrib[name] = _POINTING.sub(rf"#\1-{mark}", value)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
