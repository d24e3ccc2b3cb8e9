"""Rows and columns said in one expression: what stands in them, from the first to the last."""

from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

B = TypeVar("B", bound=QBoxLayout)


@dataclass(frozen=True)
class Placed:
    """A widget or a layout that takes a share of the free room, or stands at one side of its own;
    without either, room alone."""

    part: QWidget | QLayout | None = None
    stretch: int = 0
    side: Qt.AlignmentFlag | None = None


#: A number is so many empty pixels.
Part = QWidget | QLayout | Placed | int
Margins = tuple[int, int, int, int] | int
#: Takes what room is left.
STRETCH = Placed()
LEFT, TOP, BOTTOM = (
    Qt.AlignmentFlag.AlignLeft,
    Qt.AlignmentFlag.AlignTop,
    Qt.AlignmentFlag.AlignBottom,
)
CENTRE, ACROSS, UPRIGHT = (
    Qt.AlignmentFlag.AlignCenter,
    Qt.AlignmentFlag.AlignHCenter,
    Qt.AlignmentFlag.AlignVCenter,
)


def wide(part: QWidget | QLayout, share: int = 1) -> Placed:
    """Takes its share of the room that is left."""
    return Placed(part, share)


def aligned(part: QWidget | QLayout, side: Qt.AlignmentFlag, share: int = 0) -> Placed:
    """Stands at one side of its place, no larger than it has to be."""
    return Placed(part, share, side)


def in_row(
    *parts: Part,
    on: QWidget | None = None,
    margins: Margins | None = None,
    spacing: int | None = None,
) -> QHBoxLayout:
    """From left to right; `on` is the widget that it fills, the rest is the style's own."""
    return _filled(QHBoxLayout() if on is None else QHBoxLayout(on), parts, margins, spacing)


def in_column(
    *parts: Part,
    on: QWidget | None = None,
    margins: Margins | None = None,
    spacing: int | None = None,
) -> QVBoxLayout:
    """From top to bottom; `on` is the widget that it fills, the rest is the style's own."""
    return _filled(QVBoxLayout() if on is None else QVBoxLayout(on), parts, margins, spacing)


def _filled(box: B, parts: tuple[Part, ...], margins: Margins | None, spacing: int | None) -> B:
    if margins is not None:
        box.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
    if spacing is not None:
        box.setSpacing(spacing)
    for part in parts:
        if isinstance(part, int):
            box.addSpacing(part)
        else:
            _add(box, part if isinstance(part, Placed) else Placed(part))
    return box


def _add(box: QBoxLayout, placed: Placed) -> None:
    if placed.part is None:
        box.addStretch(placed.stretch)
    elif isinstance(placed.part, QLayout):
        box.addLayout(placed.part, placed.stretch)
    elif placed.side is None:
        box.addWidget(placed.part, placed.stretch)
    else:
        box.addWidget(placed.part, placed.stretch, placed.side)
