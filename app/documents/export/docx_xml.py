"""Elements of WordprocessingML that python-docx has no words for, in the order that Word wants."""

from collections.abc import Mapping
from typing import Any

#: The end of w:pPr, from what is put in here on (ECMA-376, part 1, 17.3.1.26).
_ORDER = (
    "w:numPr", "w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs",
    "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing",
    "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc",
    "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId",
    "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip


def element(name: str, attributes: Mapping[str, str] | None = None, *children: Any) -> Any:
    """<w:name …>children</w:name>."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qn(key), value)
    made.extend(children)
    return made


def put(properties: Any, child: Any) -> None:
    """Into w:pPr at its place, instead of another of its name."""
    name = _name(child)
    for each in list(properties):
        if _name(each) == name:
            properties.remove(each)
    later = _ORDER[_ORDER.index(name) + 1 :]
    place = next(
        (at for at, each in enumerate(properties) if _name(each) in later), len(properties)
    )
    properties.insert(place, child)


def drop(tree: Any, *names: str) -> None:
    """Every element of these names below `tree`."""
    from docx.oxml.ns import qn

    for name in names:
        for each in list(tree.iter(qn(name))):
            each.getparent().remove(each)


def border(side: str, color: str, eighths: int, space: int = 4) -> Any:
    """A line of `eighths` of a point, `space` points away."""
    return element(
        f"w:{side}",
        {"w:val": "single", "w:sz": str(eighths), "w:space": str(space), "w:color": color},
    )


def shade(color: str) -> Any:
    return element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": color})


def _name(node: Any) -> str:
    return f"w:{node.tag.rpartition('}')[2]}"
