"""What delegates of lists paint alike: the ground of a row, a line of text that ends in "…"."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.theme import Theme, font

_RADIUS = 8


class ThemedDelegate(QStyledItemDelegate):
    """Paints in the theme's colours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, above: float = 1
    ) -> None:
        """Behind a row that is chosen or under the pointer; `above` pixels stay free over it."""
        state: QStyle.StateFlag = option.state
        chosen = state & QStyle.StateFlag.State_Selected
        if not chosen and not state & QStyle.StateFlag.State_MouseOver:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colors.color("selection" if chosen else "bubble"))
        ground = QRectF(option.rect).adjusted(0, above, 0, -1)
        painter.drawRoundedRect(ground, _RADIUS, _RADIUS)

    def paint_text(
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        pixels: float,
        ink: str,
        *,
        weight: int = 400,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        """One line, shortened to the area; `ink` is one of the palette's names."""
        written = font(pixels, weight)
        painter.setFont(written)
        painter.setPen(self._theme.colors.color(ink))
        painter.drawText(
            area, side, QFontMetrics(written).elidedText(text, mode, int(area.width()))
        )
