"""The visible text below one element of WordprocessingML."""

from collections.abc import Iterator
from typing import Any

from app.documents.pictures.scripts import lowered, raised
from app.documents.word.docx_symbols import sign

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
#: Print above or below the line (ECMA-376, part 1, 17.3.2.42), as plain text has it.
_WRITTEN = {"superscript": raised, "subscript": lowered}
#: Pieces of text that a power or an index may belong to.
_BEFORE = 8


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
    parts: list[str] = []
    _collect(element, parts)
    return "".join(parts)


def _collect(element: Any, parts: list[str]) -> None:
    for node in element.iterchildren():
        tag = node.tag
        if tag in (W + "t", _M + "t"):
            parts.append(_apart(node.text or "", parts) if tag == _M + "t" else node.text or "")
        elif tag in _SIGNS:
            parts.append(_SIGNS[tag])
        elif tag in _SCRIPTS:
            parts.append(_grouped(_SCRIPTS[tag], text_of(node)))
        elif tag == W + "r":
            _collect_run(node, parts)
        elif tag == W + "sym":
            parts.append(sign(node.get(W + "font") or "", node.get(W + "char") or ""))
        elif tag == W + "fldChar":
            parts.append(_chosen(node))
        elif tag not in _PASSED_OVER:
            _collect(node, parts)


def _collect_run(run: Any, parts: list[str]) -> None:
    """A run in small print above or below the line has signs that keep its meaning."""
    properties = run.find(W + "rPr")
    if is_on(properties, "vanish"):
        return
    written = _WRITTEN.get(value(properties, "vertAlign") or "") if properties is not None else None
    if written is None:
        _collect(run, parts)
        return
    inside: list[str] = []
    _collect(run, inside)
    parts.append(written("".join(inside), "".join(parts[-_BEFORE:])))


def hidden_paragraphs(element: Any) -> int:
    """In how many paragraphs below an element text is hidden, which `text_of` leaves out."""
    found = set()
    for properties in element.iter(W + "rPr"):
        run = properties.getparent()
        if run.tag == W + "r" and is_on(properties, "vanish"):
            said = any(node.text and not node.text.isspace() for node in run.iter(W + "t"))
            paragraph = next(run.iterancestors(W + "p"), None)
            if said and paragraph is not None:
                found.add(paragraph)
    return len(found)


def _chosen(field: Any) -> str:
    """What a box or a list of a form says, which stands in no run (ECMA-376, part 1, 17.16.7 and
    17.16.9): a tick, or the entry that was chosen."""
    box = field.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        return "☑" if is_on(box, "checked" if _has(box, "checked") else "default") else "☐"
    entries = field.findall(f"{W}ffData/{W}ddList/{W}listEntry")
    number = value(field.find(f"{W}ffData/{W}ddList"), "result") or "0" if entries else ""
    if number.isdecimal() and int(number) < len(entries):
        return str(entries[int(number)].get(W + "val", ""))
    return ""


def _has(element: Any, tag: str) -> bool:
    return element.find(W + tag) is not None


def _apart(signs: str, parts: list[str]) -> str:
    """Signs of an equation; parted from the power or index before, which they are no part of:
    "x_t z" is not "x_tz"."""
    before = parts[-1] if parts else ""
    script = before[:1] in ("^", "_", "/") and before[-1:].isalnum() and signs[:1].isalnum()
    return f" {signs}" if script else signs


def _grouped(sign: str, text: str) -> str:
    """A part of an equation on the one line: (a+b)/2, x^2, x_1."""
    return sign + (text if len(text) < 2 or text.isalnum() else f"({text})") if text else ""


def text_boxes(element: Any) -> Iterator[Any]:
    """The outermost text boxes in an element; each is stored twice, as a fallback for old programs
    as well."""
    for node in element.iterchildren():
        if node.tag == TEXT_BOX:
            yield node
        elif node.tag != FALLBACK:
            yield from text_boxes(node)
