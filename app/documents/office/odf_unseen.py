"""Print of an OpenDocument text or presentation that nobody sees: hidden, in the colour of what
lies behind it, or tiny.

Its text is taken out of the tree before it is read. Colours come from the styles of text, paragraph
and cell; in a drawn shape that is not known to be without a filling it counts as seen.
"""

import re
from collections.abc import Iterator
from typing import Any

from app.documents.colours import LEAST_POINTS, WHITE, Colour, alike, of_hex
from app.documents.office.odf_names import DRAW, STYLE, TABLE, TEXT

_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_PRINT = frozenset({TEXT + "p", TEXT + "h", TEXT + "span", TEXT + "a"})
_NAMES = (TEXT + "style-name", TABLE + "style-name", DRAW + "style-name")
_STYLE_CHAIN = 11
_POINTS = re.compile(r"(\d*\.?\d+)pt")


class UnseenPrint:
    """Finds it by the styles of the file's parts, each part by its root."""

    def __init__(self, *roots: Any) -> None:
        self._styles = {
            (style.get(STYLE + "family", ""), style.get(STYLE + "name", "")): style
            for root in roots
            for style in root.iter(STYLE + "style")
        }

    def leave_out(self, body: Any) -> int:
        """Empties what nobody sees below `body`; how many pieces of text there were."""
        found = sum(_closed(each) for each in body.iter(TEXT + "section"))
        if any(map(_may_hide, self._styles.values())):
            found += sum(self._emptied(each) for each in body.iter(*_PRINT))
        return found

    def _emptied(self, element: Any) -> bool:
        """Whether an element itself said anything that was taken away."""
        texts = [element.text, *(child.tail for child in element)]
        if not any(text and not text.isspace() for text in texts) or not self._is_unseen(element):
            return False
        element.text = None
        for child in element:
            child.tail = None
        return True

    def _is_unseen(self, element: Any) -> bool:
        layers = list(self._layers(element))
        prints = [each for layer in layers for each in layer.iter(STYLE + "text-properties")]
        if _first(prints, TEXT + "display") == "none":
            return True
        size = _POINTS.fullmatch(_first(prints, _FO + "font-size"))
        if size and float(size[1]) < LEAST_POINTS:
            return True
        ink = of_hex(_first(prints, _FO + "color"))
        ground = self._ground(element, prints)
        return ink is not None and ground is not None and alike(ink, ground)

    def _layers(self, element: Any) -> Iterator[Any]:
        """The styles that print inherits from, the nearest first, up to its paragraph's."""
        for each in (element, *element.iterancestors()):
            family = "paragraph" if each.tag in (TEXT + "p", TEXT + "h") else "text"
            yield from self._chain(family, each)
            if family == "paragraph" or each.tag not in _PRINT:
                return

    def _chain(self, family: str, element: Any) -> Iterator[Any]:
        name = next(filter(None, map(element.get, _NAMES)), "")
        for _ in range(_STYLE_CHAIN):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(STYLE + "parent-style-name", "")

    def _ground(self, element: Any, prints: list[Any]) -> Colour | None:
        """What lies behind print: the nearest filling around it, else paper."""
        if colour := _filling(prints):
            return of_hex(colour)
        for each in (element, *element.iterancestors()):
            if each.tag in (TEXT + "p", TEXT + "h"):
                family = "paragraph"
            elif each.tag == TABLE + "table-cell":
                family = "table-cell"
            elif each.tag.startswith(DRAW) and each.tag not in (DRAW + "page", DRAW + "text-box"):
                return None
            else:
                continue
            layers = self._chain(family, each)
            if colour := _filling(each for layer in layers for each in layer):
                return of_hex(colour)
        return WHITE


def _closed(section: Any) -> bool:
    """Takes away all of a section that is not displayed, and says whether it was any."""
    if section.get(TEXT + "display") != "none":
        return False
    said = any(text and not text.isspace() for text in section.itertext())
    for child in list(section):
        section.remove(child)
    return said


def _may_hide(style: Any) -> bool:
    """Whether a style says anything that only unseen print has; most documents have none."""
    for each in style.iter(STYLE + "text-properties"):
        size = _POINTS.fullmatch(each.get(_FO + "font-size", ""))
        if each.get(_FO + "color") or each.get(TEXT + "display") == "none":
            return True
        if size and float(size[1]) < LEAST_POINTS:
            return True
    return False


def _first(properties: list[Any], name: str) -> str:
    return next((value for each in properties if (value := each.get(name))), "")


def _filling(properties: Any) -> str:
    """The nearest background that is one; "" for none."""
    for each in properties:
        colour = each.get(_FO + "background-color")
        if colour and colour != "transparent":
            return str(colour)
    return ""
