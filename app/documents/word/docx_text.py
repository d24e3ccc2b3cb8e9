"""The visible text below one element of WordprocessingML."""

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TEXT_BOX = W + "txbxContent"
#: Text that was moved away, and places that are read on their own: text boxes and nested tables.
_PASSED_OVER = frozenset({W + "del", W + "moveFrom", FALLBACK, TEXT_BOX, W + "tbl", W + "pPr"})
_SIGNS = {W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "tab": "\t"}
#: Numerators, denominators, powers and indices.
_SCRIPTS = {_M + "num": "", _M + "den": "/", _M + "sup": "^", _M + "sub": "_"}
_OFF = frozenset({"0", "false", "off"})


def value(element: Any, tag: str) -> str | None:
    """The `val` of the child `tag`."""
    child = element.find(W + tag)
    return None if child is None else child.get(W + "val")


def is_on(properties: Any, tag: str) -> bool:
    """Whether a switch among the properties is there and not turned off."""
    child = None if properties is None else properties.find(W + tag)
    return child is not None and child.get(W + "val", "1") not in _OFF


def text_of(element: Any) -> str:
    """Deleted, moved and hidden text and field codes are left out; an equation is its signs."""
    return "".join(_parts(element))


def _parts(element: Any) -> Iterator[str]:
    for node in element.iterchildren():
        tag = node.tag
        if tag in (W + "t", _M + "t"):
            yield node.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag in _SCRIPTS:
            yield _grouped(_SCRIPTS[tag], text_of(node))
        elif tag not in _PASSED_OVER and not (tag == W + "r" and _is_hidden(node)):
            yield from _parts(node)


def _grouped(sign: str, text: str) -> str:
    """A part of an equation on the one line: (a+b)/2, x^2, x_1."""
    return sign + (text if len(text) < 2 or text.isalnum() else f"({text})") if text else ""


def _is_hidden(run: Any) -> bool:
    return is_on(run.find(W + "rPr"), "vanish")


def text_boxes(element: Any) -> Iterator[Any]:
    """The outermost text boxes in an element; each is stored twice, as a fallback for old programs
    as well."""
    for node in element.iterchildren():
        if node.tag == TEXT_BOX:
            yield node
        elif node.tag != FALLBACK:
            yield from text_boxes(node)
