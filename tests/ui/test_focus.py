"""Where the focus is can be seen on everything that it comes to."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui.theme import Theme
from app.ui.training.run.preset_cards import PresetCard
from app.ui.widgets.controls import IconButton, button
from app.ui.widgets.rows import Index, ThemedDelegate
from app.ui.widgets.switch import Switch
from app.ui.widgets.ticked import TickedList
from tests.ui.conftest import Desk

_KINDS = (
    "", "primary", "final", "link", "chip", "quiet", "status", "segment", "choice", "step",
    "option", "toggle", "small", "cite",
)  # fmt: skip
#: The ring has the colour of a danger, or of a citation, where the button has.
_INKS = {"primary": "text", "final": "danger", "cite": "gold"}


def _button(kind: str) -> Callable[[Theme], QWidget]:
    return lambda _: button(kind, lambda: None, "Words")


def _icon(kind: str) -> Callable[[Theme], QWidget]:
    def made(theme: Theme) -> QWidget:
        icon = IconButton(theme, "plus", lambda: None)
        icon.setProperty("kind", kind)
        icon.setFixedSize(40, 40)
        return icon

    return made


def _switch(theme: Theme) -> QWidget:
    made = Switch(theme)
    made.setText("Words")
    return made


def _rows(theme: Theme) -> QWidget:
    made = TickedList()
    made.setProperty("kind", "")
    made.setItemDelegate(delegate := _Plain(theme))
    delegate.setParent(made)
    made.offer([("1", "Words", False)])
    made.setCurrentRow(0)
    return made


class _Plain(ThemedDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.paint_ground(painter, option)


PARTS: dict[str, tuple[Callable[[Theme], QWidget], str]] = {
    **{f"button {kind}": (_button(kind), _INKS.get(kind, "accent")) for kind in _KINDS},
    **{f"icon {kind}": (_icon(kind), "accent") for kind in ("", "rail", "framed")},
    "icon primary": (_icon("primary"), "text"),
    "line": (lambda _: QLineEdit("Words"), "accent"),
    "choice": (lambda _: QComboBox(), "accent"),
    "number": (lambda _: QSpinBox(), "accent"),
    "switch": (_switch, "accent"),
    "preset": (PresetCard, "accent"),
    "row": (_rows, "accent"),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_ring_of_two_pixels_shows_the_focus(name: str, desk: Desk, qtbot: QtBot) -> None:
    make, ink = PARTS[name]
    theme, host = desk.window.theme, QWidget()
    qtbot.addWidget(host)
    part, other = make(theme), QPushButton()
    column = QVBoxLayout(host)
    column.addWidget(part)
    column.addWidget(other)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow, timeout=5000)
    other.setFocus()
    before, size = _drawn(part), part.size()
    part.setFocus()
    assert part.hasFocus()
    after = _drawn(part)
    assert part.size() == size
    assert _is_drawn(after, before, theme.colors.color(ink))


def _drawn(part: QWidget) -> QImage:
    return part.grab().toImage()


def _is_drawn(after: QImage, before: QImage, color: QColor) -> bool:
    """Whether a square of two pixels has come to have that colour: a line of one has none."""
    square = [(x, y) for x in (0, 1) for y in (0, 1)]
    return any(
        all(after.pixelColor(x + dx, y + dy) == color for dx, dy in square)
        and before.pixelColor(x, y) != color
        for x in range(after.width() - 1)
        for y in range(after.height() - 1)
    )
