"""A card for one of the places where examples come from."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame

from app.ui.theme import Theme
from app.ui.widgets.controls import button, label
from app.ui.widgets.layouts import LEFT, aligned, in_column, in_row, wide

_ICON = 18


class SourceCard(QFrame):
    def __init__(self, theme: Theme, icon: str, act: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("hollow")
        self._theme, self._icon = theme, icon
        self._picture, self._title = label(), label("strong", wrap=True)
        self._text = label("small", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.act = button("", act)
        head = in_row(self._picture, wide(self._title), spacing=8)
        in_column(
            head, wide(self._text), aligned(self.act, LEFT), on=self, margins=(14, 12, 14, 12),
            spacing=6,
        )  # fmt: skip
        theme.follow(self._draw)

    def say(self, title: str, text: str, act: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
        self.act.setText(act)
        self.act.setAccessibleName(f"{title}: {act}")
        self.act.setToolTip(text)

    def _draw(self) -> None:
        icon = self._theme.icon(self._icon, "accent", _ICON)
        self._picture.setPixmap(icon.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
