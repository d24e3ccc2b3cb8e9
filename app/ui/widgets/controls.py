"""Labels and buttons in the theme's kinds (see resources/themes/window.qss)."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from app.ui.theme import Theme


def label(kind: str = "", *, wrap: bool = False) -> QLabel:
    """A label of a kind: title, strong, muted, small, section, danger, avatar, count."""
    made = QLabel()
    made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def button(kind: str, act: Callable[[], object]) -> QPushButton:
    """A push button of a kind: primary, link, chip, quiet, or "" for the common one."""
    made = QPushButton()
    made.setProperty("kind", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda: act())
    return made


class IconButton(QToolButton):
    """A tool button whose icon follows the theme; its name is said to screen readers."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        act: Callable[[], object],
        *,
        size: int = 18,
        color: str = "muted",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._size, self._color = theme, icon, size, color
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(size, size))
        self.clicked.connect(lambda: act())
        theme.changed.connect(self._draw)
        self.toggled.connect(self._draw)
        self._draw()

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self._draw()

    def set_color(self, color: str) -> None:
        """One of the palette's names."""
        self._color = color
        self._draw()

    def say(self, name: str, shortcut: str = "") -> None:
        """Tooltip and accessible name; a shortcut is shown in brackets."""
        self.setToolTip(f"{name} ({shortcut})" if shortcut else name)
        self.setAccessibleName(name)

    def _draw(self) -> None:
        color = "accent" if self.isChecked() else self._color
        self.setIcon(self._theme.icon(self._icon, color, self._size))
