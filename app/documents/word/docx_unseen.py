"""Print in a DOCX that nobody sees: in the colour of what lies behind it, without any, or
tiny.

Such runs are made hidden ones (`w:vanish`), which is how `docx_text` leaves them out. Colours come
from the run, its styles and the shading of run, paragraph and cell; a table's style may shade any
cell, and a shape be filled with a picture: there print counts as seen.
"""

from collections.abc import Iterator
from typing import Any

from app.documents.colours import LEAST_POINTS, WHITE, Colour, alike, of_hex
from app.documents.word.docx_text import TEXT_BOX, W, value

_STYLE_CHAIN = 11
_NO_SHADE = frozenset({"clear", "nil", None})
_HIGHLIGHTS = {"white": WHITE, "black": (0, 0, 0)}
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_VML = "{urn:schemas-microsoft-com:vml}"

Styles = dict[str | None, Any]
#: What lies behind print: a colour, or None where that is not known.
Ground = Colour | None


class UnseenPrint:
    """Finds it by a document's `styles`, by their ids; `paragraphs` had some."""

    def __init__(self, styles: Styles) -> None:
        self.paragraphs = 0
        self._styles = styles
        self._shaded: dict[str, bool] = {}

    def hide(self, root: Any) -> None:
        """Makes unseen runs below `root` hidden."""
        from docx.oxml.parser import OxmlElement

        found = set()
        for run in root.iter(W + "r"):
            if not any(node.text and not node.text.isspace() for node in run.iterchildren(W + "t")):
                continue
            paragraph = next(run.iterancestors(W + "p"), None)
            if paragraph is None or not self._is_unseen(run, paragraph):
                continue
            properties = run.find(W + "rPr")
            if properties is None:
                properties = OxmlElement("w:rPr")
                run.insert(0, properties)
            for old in properties.findall(W + "vanish"):
                properties.remove(old)
            properties.append(OxmlElement("w:vanish"))
            found.add(paragraph)
        self.paragraphs += len(found)

    def _is_unseen(self, run: Any, paragraph: Any) -> bool:
        size = self._first(run, paragraph, "sz")
        if size and size.isdecimal() and int(size) < 2 * LEAST_POINTS:
            return True
        if any(_is_clear(each) for each in self._characters(run, paragraph)):
            return True
        ink = of_hex(self._first(run, paragraph, "color") or "")
        if ink is None:
            return False
        ground = self._ground(run, paragraph)
        return ground is not None and alike(ink, ground)

    def _first(self, run: Any, paragraph: Any, tag: str) -> str | None:
        """The nearest value of a property of characters: the run's, its styles', the paragraph's
        styles'."""
        for properties in self._characters(run, paragraph):
            if (found := value(properties, tag)) is not None:
                return found
        return None

    def _characters(self, run: Any, paragraph: Any) -> Iterator[Any]:
        own, around = run.find(W + "rPr"), paragraph.find(W + "pPr")
        if own is not None:
            yield own
            yield from self._chain(value(own, "rStyle"), "rPr")
        yield from self._chain(None if around is None else value(around, "pStyle"), "rPr")

    def _chain(self, style_id: str | None, tag: str) -> Iterator[Any]:
        """The properties of a style and of those that it is based on."""
        for _ in range(_STYLE_CHAIN):
            style = self._styles.get(style_id) if style_id else None
            if style is None:
                return
            if (properties := style.find(W + tag)) is not None:
                yield properties
            style_id = value(style, "basedOn")

    def _ground(self, run: Any, paragraph: Any) -> Ground:
        around = paragraph.find(W + "pPr")
        layers = [*self._characters(run, paragraph), *([around] if around is not None else [])]
        layers += self._chain(None if around is None else value(around, "pStyle"), "pPr")
        for properties in layers:
            if (mark := value(properties, "highlight")) and mark != "none":
                return _HIGHLIGHTS.get(mark)
            if (shade := properties.find(W + "shd")) is not None and _is_shade(shade):
                return _shade(shade)
        return self._around(paragraph)

    def _around(self, paragraph: Any) -> Ground:
        """Of the cells, tables and shapes that a paragraph stands in, the nearest; else paper."""
        for element in paragraph.iterancestors():
            if element.tag in (W + "tc", W + "tbl"):
                shade = element.find(f"{element.tag}Pr/{W}shd")
                if shade is not None and _is_shade(shade):
                    return _shade(shade)
            if element.tag == W + "tbl" and self._may_shade(element):
                return None
            if element.tag == TEXT_BOX:
                return _filling(element)
        return WHITE

    def _may_shade(self, table: Any) -> bool:
        """Whether the style of a table shades some of its cells."""
        style_id = value(table.find(W + "tblPr"), "tblStyle") if len(table) else None
        if style_id is None:
            return False
        if style_id not in self._shaded:
            shades = [
                shade
                for each in self._styles_below(style_id)
                for shade in each.iter(W + "shd")
                if _is_shade(shade) and _shade(shade) != WHITE
            ]
            self._shaded[style_id] = bool(shades)
        return self._shaded[style_id]

    def _styles_below(self, style_id: str | None) -> Iterator[Any]:
        for _ in range(_STYLE_CHAIN):
            style = self._styles.get(style_id) if style_id else None
            if style is None:
                return
            yield style
            style_id = value(style, "basedOn")


def _is_clear(properties: Any) -> bool:
    """Whether letters are neither filled nor outlined, as Word 2010 and later can draw them."""
    filled = properties.find(_W14 + "textFill")
    clear = filled is not None and filled.find(_W14 + "noFill") is not None
    return clear and properties.find(_W14 + "textOutline") is None


def _is_shade(shade: Any) -> bool:
    """Whether it says anything: "clear" with an automatic colour is none."""
    pattern, fill = shade.get(W + "val"), shade.get(W + "fill", "auto")
    return pattern not in _NO_SHADE or fill != "auto" or shade.get(W + "themeFill") is not None


def _shade(shade: Any) -> Ground:
    """Patterns mix two colours; what they come to is not known."""
    pattern = shade.get(W + "val")
    if pattern not in _NO_SHADE:
        return of_hex(shade.get(W + "color") or "") if pattern == "solid" else None
    return of_hex(shade.get(W + "fill") or "")


def _filling(box: Any) -> Ground:
    """Of the shape that holds a text box. One that is not filled shows what lies behind it, which
    is paper unless the document anchors anything else."""
    for shape in box.iterancestors(_WPS + "wsp"):
        filled = shape.find(_WPS + "spPr")
        solid = None if filled is None else filled.find(_A + "solidFill")
        if solid is not None:
            plain = solid.find(_A + "srgbClr")
            return None if plain is None else of_hex(plain.get("val") or "")
        if filled is None or filled.find(_A + "noFill") is None:
            return None
    if next(box.iterancestors(_VML + "shape", _VML + "rect", _VML + "roundrect"), None) is not None:
        return None
    root = box.getroottree().getroot()
    others = sum(1 for _ in zip(root.iter(_ANCHOR), range(2), strict=False))
    return WHITE if others < 2 else None
