"""Print on a slide that nobody sees: in the colour of the slide, without a colour,
tiny, off the slide or switched off.

Its text is taken out of the slide before it is read. Colours are told apart where run, shape and
slide name them; a shape that lies on another one or on a picture, in a group or in a table counts
as seen.
"""

from collections.abc import Iterator
from typing import Any

from app.documents.colours import LEAST_POINTS, WHITE, Colour, alike, of_hex

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
#: What a new theme maps its names of colours to; another's are not known.
_NAMED = {"bg1": WHITE, "lt1": WHITE, "tx1": (0, 0, 0), "dk1": (0, 0, 0)}
#: Opacity, in thousandths of a percent, that nobody notices.
_CLEAR = 5000
_FILLINGS = ("solidFill", "gradFill", "blipFill", "pattFill", "grpFill")


def leave_out(slide: Any, width: int, height: int) -> int:
    """Empties what nobody sees on a slide of `width` by `height` EMU; in how many shapes."""
    found, below = 0, list(_behind(slide))
    for shape in slide.shapes:
        if shape.has_text_frame:
            ground = _ground(shape, slide, below)
            away = _is_hidden(shape) or _is_off(shape, width, height)
            found += _emptied(shape._element, ground, whole=away)
        if _covers(shape):
            below.append(shape)
    return found


def _emptied(element: Any, ground: Colour | None, *, whole: bool) -> bool:
    """Whether anything was said in the runs that are taken away."""
    said = False
    for run in element.iter(_A + "r", _A + "fld"):
        text = run.find(_A + "t")
        if text is not None and text.text and (whole or _is_unseen(run, ground)):
            said = said or not text.text.isspace()
            text.text = ""
    return said


def _is_unseen(run: Any, ground: Colour | None) -> bool:
    properties = run.find(_A + "rPr")
    if properties is None:
        return False
    size = properties.get("sz", "")
    if size.isdecimal() and int(size) < 100 * LEAST_POINTS:
        return True
    if properties.find(_A + "noFill") is not None or _is_clear(properties.find(_A + "solidFill")):
        return properties.find(_A + "ln") is None  # else its outline is drawn
    marked = properties.find(_A + "highlight")
    ground = _colour(marked) if marked is not None else ground
    ink = _colour(properties.find(_A + "solidFill"))
    return ink is not None and ground is not None and alike(ink, ground)


def _is_clear(filling: Any) -> bool:
    """Whether a filling lets everything through, as good as."""
    shares = [] if filling is None else [each.get("val", "") for each in filling.iter(_A + "alpha")]
    return any(share.isdecimal() and int(share) <= _CLEAR for share in shares)


def _is_hidden(shape: Any) -> bool:
    """Whether somebody switched it off in the list of what is on the slide."""
    facts = next(shape._element.iter(_P + "cNvPr"), None)
    return facts is not None and facts.get("hidden") in ("1", "true")


def _colour(filling: Any) -> Colour | None:
    """Of a filling in one colour that is not changed by anything."""
    named = next(iter(filling), None) if filling is not None else None
    if named is None or len(named):
        return None
    if named.tag == _A + "schemeClr":
        return _NAMED.get(named.get("val", ""))
    return of_hex(named.get("val", "")) if named.tag == _A + "srgbClr" else None


def _ground(shape: Any, slide: Any, below: list[Any]) -> Colour | None:
    """The colour behind a shape's text; None where it is not known."""
    own = shape._element.find(_P + "spPr")
    if own is not None and (solid := own.find(_A + "solidFill")) is not None:
        return _colour(solid)
    if _covers(shape) or any(_touch(shape, each) for each in below):
        return None
    return _of_slide(slide)


def _of_slide(slide: Any) -> Colour | None:
    """The background of the slide, else of its layout, else of its master; white where none says
    more than the theme's first colour."""
    for part in (slide, slide.slide_layout, slide.slide_layout.slide_master):
        background = part._element.find(f"{_P}cSld/{_P}bg")
        if background is not None:
            properties = background.find(_P + "bgPr")
            solid = None if properties is None else properties.find(_A + "solidFill")
            return _colour(background.find(_P + "bgRef") if properties is None else solid)
    return WHITE


def _behind(slide: Any) -> Iterator[Any]:
    """The shapes of layout and master that may colour a place of the slide."""
    layout = slide.slide_layout
    for part in (layout.slide_master, layout):
        yield from (each for each in part.shapes if _covers(each) and not each.is_placeholder)


def _covers(shape: Any) -> bool:
    """Whether a shape is anything but text on what lies behind it."""
    own = shape._element.find(_P + "spPr")
    if own is None or not shape.has_text_frame:
        return True
    if own.find(_A + "noFill") is not None:
        return False
    styled = shape._element.find(f"{_P}style/{_A}fillRef")
    filled = any(own.find(_A + each) is not None for each in _FILLINGS)
    return filled or (styled is not None and styled.get("idx") != "0")


def _box(shape: Any) -> tuple[int, int, int, int] | None:
    """Left, top, right, bottom; None where the layout places it."""
    left, top, width, height = shape.left, shape.top, shape.width, shape.height
    if left is None or top is None or width is None or height is None:
        return None
    return left, top, left + width, top + height


def _touch(one: Any, other: Any) -> bool:
    a, b = _box(one), _box(other)
    if a is None or b is None:
        return True
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _is_off(shape: Any, width: int, height: int) -> bool:
    box = _box(shape)
    if box is None or shape.rotation % 360:
        return False
    return box[2] <= 0 or box[3] <= 0 or box[0] >= width or box[1] >= height
