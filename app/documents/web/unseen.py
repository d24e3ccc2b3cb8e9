"""What a page holds and does not show: no element of it, or print in no colour, size or place.

Text that can be brought up by a condition (a menu that opens, another width) counts as shown. What
sheets in other files say is not known: there no colour behind an element with a class is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.documents.colours import LEAST_POINTS, WHITE, Colour, alike
from app.documents.tally import Tally
from app.documents.web.html_elements import UNREAD, is_unread
from app.documents.web.style_rules import Declarations, StyleRules, rules_of
from app.domain.library.reading import UnreadReason

#: Pixels of a point and of the units of lengths; `em` and `%` are of the font's size.
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78,
           "rem": 16.0, "vw": 10.0, "vh": 10.0}  # fmt: skip
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*([a-z]*|%)(?:\s*!\s*important)?")
_KEYWORDS = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0,
             "x-large": 24.0, "xx-large": 32.0}  # fmt: skip
_RGB = re.compile(r"(rgba?|hsla?)\(([^()]{5,60})\)")
_PARTS = re.compile(r"[\s,/]+")
#: Further out than any page is wide, in pixels.
_OUT = -500.0
#: Less of it than this is not seen, of 1.
_LEAST_OPACITY = 0.05
_CLIPPED = re.compile(r"rect\(\s*(?:0|1px|auto)|inset\(\s*(?:50|100)%|circle\(\s*0")
_SQUEEZED = re.compile(r"scale[xy]?\(\s*0(?:\.0+)?\s*[,)]")
_PICTURES = ("img", "svg", "video", "canvas", "picture")


@dataclass(frozen=True, slots=True)
class _Look:
    """Of text as it inherits it: `ink` is None for none at all, `ground` for an unknown one; `size`
    in pixels."""

    ink: Colour | None = (0, 0, 0)
    ground: Colour | None = WHITE
    size: float = 16.0

    @property
    def unseen(self) -> bool:
        if self.size < LEAST_POINTS * _PIXELS["pt"] or self.ink is None:
            return True
        return self.ground is not None and alike(self.ink, self.ground)


def leave_out(root: Any, tally: Tally) -> None:
    """Takes what is not shown out of a page's tree; the tally hears of every piece of text, and of
    print that is made to be overlooked as something that was not read."""
    from lxml import etree

    rules = rules_of(root)
    has_picture = cache(_has_picture)
    looks = [_Look()]
    hidden = overlooked = 0
    skipped = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            if element is not skipped:
                looks.pop()
            continue
        declared = rules.of(element)
        faint = _number(declared.get("opacity", "1")) < _LEAST_OPACITY
        if faint or is_unread(element) or _is_away(declared):
            said = element.tag not in UNREAD and _says(element.itertext())
            hidden += said and not faint
            overlooked += said and faint
            element.set("hidden", "")
            skipped = element
            walk.skip_subtree()
            continue
        looks.append(_look(element, declared, looks[-1], rules))
        if looks[-1].unseen and not (_is_above(declared) and has_picture(element.getparent())):
            overlooked += _emptied(element)
    tally.count("hidden", hidden + overlooked)
    if overlooked:
        tally.unread(UnreadReason.UNSEEN, count=overlooked)


def _says(texts: Iterable[str | None]) -> bool:
    return any(text and not text.isspace() for text in texts)


def _emptied(element: Any) -> bool:
    """Takes away what an element itself says, and says whether that was anything."""
    said = _says([element.text, *(child.tail for child in element)])
    if said:
        element.text = None
        for child in element:
            child.tail = None
    return said


def _is_above(declared: Declarations) -> bool:
    """Whether an element may lie on what stands beside it."""
    return declared.get("position", "").startswith(("absolute", "fixed"))


def _has_picture(element: Any) -> bool:
    return element is not None and next(element.iter(*_PICTURES), None) is not None


def _is_away(declared: Declarations) -> bool:
    """Whether an element has no place on the page."""
    if declared.get("display", "").startswith("none"):
        return True
    if declared.get("visibility", "").startswith(("hidden", "collapse")):
        return True
    placed = declared.get("position", "").startswith(("absolute", "fixed", "relative"))
    places = ("left", "right", "top", "bottom") if placed else ()
    if any(_pixels(declared.get(each), 0.0) <= _OUT for each in (*places, "text-indent")):
        return True
    if placed and _CLIPPED.match(declared.get("clip", "")):
        return True
    if _CLIPPED.match(declared.get("clip-path", "")):
        return True
    if _SQUEEZED.match(declared.get("transform", "")):
        return True
    closed = declared.get("overflow", "").startswith(("hidden", "clip"))
    sides = ("width", "height", "max-width", "max-height")
    return closed and any(0 <= _pixels(declared.get(each), -1.0) <= 1 for each in sides)


def _look(element: Any, declared: Declarations, around: _Look, rules: StyleRules) -> _Look:
    if not declared and not element.attrib:
        return around
    ground = _ground(element, declared, around, rules)
    said = declared.get("color") or (element.get("color") if element.tag == "font" else None)
    if element.tag == "body":
        said = said or element.get("text")
    ink = around.ink
    if said and not said.startswith(("inherit", "currentcolor", "var(")):
        colour = _colour(said)
        ink = None if colour == () else colour or ink
    if "text" in (declared.get("background-clip"), declared.get("-webkit-background-clip")):
        return _Look(around.ink, None, around.size)  # the background is what the letters show
    return _Look(ink, ground, _size(declared.get("font-size"), around.size))


def _ground(
    element: Any, declared: Declarations, around: _Look, rules: StyleRules
) -> Colour | None:
    """The colour behind an element, None where a picture or a sheet that was not read decides."""
    said = declared.get("background-color") or declared.get("background") or element.get("bgcolor")
    if "url(" in (said or "") or "gradient" in (said or "") or element.get("background"):
        return None
    if "url(" in declared.get("background-image", "none"):
        return None
    if said and not said.startswith(("inherit", "none")):
        colour = _colour(said)
        if colour:
            return colour
        if colour is None:
            return None
    if rules.elsewhere and (element.get("class") or element.get("id")):
        return None
    return around.ground


def _colour(text: str) -> Colour | tuple[()] | None:
    """A colour by CSS; () for one that shows nothing, None for none that is known."""
    from PIL import ImageColor

    text = text.replace("!important", "").strip()
    if text.startswith("transparent"):
        return ()
    if match := _RGB.search(text):
        parts = _PARTS.split(match[2].strip())
        if len(parts) > 3 and _number(parts[3]) < _LEAST_OPACITY:
            return ()
        text = f"{match[1][:3]}({','.join(parts[:3])})"
    for word in (text, *text.split()):
        try:
            red, green, blue = ImageColor.getrgb(word)[:3]
        except ValueError:
            continue
        return red, green, blue
    return None


def _size(text: str | None, around: float) -> float:
    """The size of print in pixels; `around` is that of its surroundings."""
    if text is None:
        return around
    if text in _KEYWORDS:
        return _KEYWORDS[text]
    return _pixels(text, around, around)


def _pixels(text: str | None, unknown: float, size: float = 16.0) -> float:
    """A length in pixels where the font has `size`; `unknown` for what is none."""
    match = _LENGTH.fullmatch(text or "")
    if match is None:
        return unknown
    number, unit = float(match[1]), match[2]
    if unit in ("em", "ex", "ch", "%"):
        return number * size / (100 if unit == "%" else 1)
    return number * _PIXELS.get(unit, 1.0)


def _number(text: str) -> float:
    """Of "0.5" or "50%"; 1 for what is neither."""
    match = _LENGTH.fullmatch(text)
    if match is None or match[2] not in ("", "%"):
        return 1.0
    return float(match[1]) / (100 if match[2] else 1)
