"""Boxes and circles of a form that are ticked or not, as signs: their print is a letter of a font
of pictures, "4" for a tick."""

from typing import Any

#: PDF_WIDGET_TYPE_CHECKBOX and _RADIOBUTTON (ISO 32000-1, 12.7.4.2).
_KINDS = frozenset({2, 5})
_ON, _OFF = "☑", "☐"
#: What a field says that is not ticked (12.7.4.2.3).
_UNTICKED = ("", "Off", False, None)


def ticked(leaf: Any, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a page's text with a sign in place of what its boxes print."""
    boxes = [(widget.rect, _sign(widget)) for widget in leaf.widgets() if _is_box(widget)]
    if not boxes:
        return lines
    kept = [_without(line, boxes) for line in lines]
    return [line for line in kept if line["spans"]] + [_line(rect, sign) for rect, sign in boxes]


def _is_box(widget: Any) -> bool:
    return widget.field_type in _KINDS and not widget.rect.is_empty


def _sign(widget: Any) -> str:
    """Of several circles of one name the state that this one shows."""
    if widget.field_value in _UNTICKED:
        return _OFF
    state = widget.on_state()
    return _ON if widget.field_value in (True, "Yes", state) else _OFF


def _without(line: dict[str, Any], boxes: list[tuple[Any, str]]) -> dict[str, Any]:
    spans = [
        span
        for span in line["spans"]
        if len(span["text"].strip()) != 1 or not any(_holds(rect, span) for rect, _ in boxes)
    ]
    return line | {"spans": spans}


def _holds(rect: Any, span: dict[str, Any]) -> bool:
    x0, y0, x1, y1 = span["bbox"]
    return bool(rect.x0 <= (x0 + x1) / 2 <= rect.x1 and rect.y0 <= (y0 + y1) / 2 <= rect.y1)


def _line(rect: Any, sign: str) -> dict[str, Any]:
    """A line as MuPDF tells it; the sign stands on the line of what is printed beside the box."""
    size = min(rect.height, 12.0)
    baseline = (rect.y0 + rect.y1) / 2 + size / 3
    box = (rect.x0, baseline - size, rect.x1, baseline + size / 4)
    span = {"text": sign, "size": size, "bbox": box, "origin": (rect.x0, baseline)}
    return {"dir": (1.0, 0.0), "spans": [span | {"flags": 0, "font": ""}]}
