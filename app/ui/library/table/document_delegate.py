"""Draws the table's cells: an icon before the name, tags below it, a dot or a bar for the state."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.domain.library.documents import AddProgress, Document, DocumentState
from app.ui.library.table.documents_model import ICONS, NAME, STATE, DocumentsModel
from app.ui.theme import Theme, font
from app.ui.widgets.rows import ThemedDelegate

Index = QModelIndex | QPersistentModelIndex
#: Pixels of an icon with the room after it; of a tag's chip, and between two.
_ICON, _CHIP, _GAP = 28, 18, 5
#: Left and right of a cell's contents, and of a chip's.
_INSET, _CHIP_INSET = 12, 6
_UPRIGHT = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | _UPRIGHT
_CENTRE = Qt.AlignmentFlag.AlignCenter
_ENDS = Qt.TextElideMode.ElideRight
#: A longer suffix is no suffix: what follows a full stop in a sentence.
_SUFFIX = 6


class DocumentDelegate(ThemedDelegate):
    """Fonts and colours are made once for each theme, not for each cell that is painted."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._font, self._small = font(), font(12)
        self._metrics, self._small_metrics = QFontMetricsF(self._font), QFontMetricsF(self._small)
        self._colors: dict[str, QColor] = {}
        theme.follow(self._mix)

    def _mix(self) -> None:
        palette = self._theme.colors
        self._colors = {name: palette.color(name) for name in palette.__dataclass_fields__}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        document = model.document(index) if isinstance(model, DocumentsModel) else None
        if document is None or not isinstance(model, DocumentsModel):
            return
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, self._colors["selection"])
        painter.setPen(self._colors["line"])
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inner = area.adjusted(_INSET, 0, -_INSET, 0)
        column = index.column()
        text = model.text(document, column)
        if column == NAME:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_name(painter, inner, document, ground="surface" if chosen else "bubble")
        elif column == STATE:
            self._paint_state(painter, inner, document, text, model.progress_of(document))
        else:
            self._write(painter, inner, text, "muted")
        painter.restore()

    def _write(self, painter: QPainter, area: QRectF, text: str, ink: str) -> None:
        painter.setFont(self._font)
        painter.setPen(self._colors[ink])
        painter.drawText(area, _UPRIGHT, self._metrics.elidedText(text, _ENDS, area.width()))

    def _paint_name(
        self, painter: QPainter, area: QRectF, document: Document, *, ground: str
    ) -> None:
        name = "scan-text" if document.recognised else ICONS.get(document.type, "file")
        icon = self._theme.icon(name, "muted", 18)
        icon.paint(painter, int(area.left()), int(area.center().y()) - 9, 18, 18)
        area.setLeft(area.left() + _ICON)
        if document.tags:
            middle = area.center().y()
            chips = QRectF(area.left(), middle + 2, area.width(), _CHIP)
            area = QRectF(area.left(), middle - 21, area.width(), 22)
            self._paint_chips(painter, chips, document.tags, ground)
        painter.setFont(self._font)
        painter.setPen(self._colors["text"])
        painter.drawText(area, _UPRIGHT, shortened(document.name, self._metrics, area.width()))

    def _paint_chips(
        self, painter: QPainter, area: QRectF, tags: tuple[str, ...], ground: str
    ) -> None:
        """As many as there is room for, then how many there are besides."""
        painter.setFont(self._small)
        left = area.left()
        for place, tag in enumerate(tags):
            others = len(tags) - place - 1
            more = f"+{others}" if others else ""
            kept = self._small_metrics.horizontalAdvance(more) + _GAP if more else 0.0
            room = area.right() - left - kept - 2 * _CHIP_INSET
            width = self._small_metrics.horizontalAdvance(tag)
            if width > room and place:
                painter.setPen(self._colors["muted"])
                rest = QRectF(left, area.top(), area.right() - left, _CHIP)
                painter.drawText(rest, _UPRIGHT, f"+{others + 1}")
                return
            width = min(width, room)
            chip = QRectF(left, area.top(), width + 2 * _CHIP_INSET, _CHIP)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colors[ground])
            painter.drawRoundedRect(chip, 5, 5)
            painter.setPen(self._colors["muted"])
            shown = self._small_metrics.elidedText(tag, _ENDS, width + 1)
            painter.drawText(chip, _CENTRE, shown)
            left = chip.right() + _GAP

    def _paint_state(
        self,
        painter: QPainter,
        area: QRectF,
        document: Document,
        text: str,
        progress: AddProgress | None,
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if progress is not None:
            self._paint_progress(painter, area, progress.fraction)
            return
        painter.setBrush(self._colors[_ink_of(document)])
        painter.drawEllipse(QRectF(area.left(), area.center().y() - 3.5, 7, 7))
        self._write(painter, area.adjusted(14, 0, 0, 0), text, "text")

    def _paint_progress(self, painter: QPainter, area: QRectF, fraction: float) -> None:
        bar = QRectF(area.left(), area.center().y() - 2.5, area.width() - 44, 5)
        painter.setBrush(self._colors["line"])
        painter.drawRoundedRect(bar, 2.5, 2.5)
        painter.setBrush(self._colors["accent"])
        painter.drawRoundedRect(bar.adjusted(0, 0, -bar.width() * (1 - fraction), 0), 2.5, 2.5)
        painter.setFont(self._font)
        painter.setPen(self._colors["text"])
        painter.drawText(area, _RIGHT, f"{fraction:.0%}")


def _ink_of(document: Document) -> str:
    """The palette's name of the dot before the state."""
    if document.error:
        return "danger"
    if document.missing or document.partly_read:
        return "gold"
    return "accent" if document.state == DocumentState.INDEXED else "muted"


def shortened(name: str, metrics: QFontMetricsF, width: float) -> str:
    """A file's name that fits: its end is left out, its suffix is kept behind the "…"."""
    if metrics.horizontalAdvance(name) <= width:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > _SUFFIX:
        return metrics.elidedText(name, _ENDS, width)
    room = width - metrics.horizontalAdvance(suffix)
    return metrics.elidedText(stem, _ENDS, max(room, 0)) + suffix
