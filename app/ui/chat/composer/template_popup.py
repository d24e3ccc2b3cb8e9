"""The templates above the composer: opened by "/", narrowed while typing, taken by key or mouse."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyleOptionViewItem, QWidget

from app.domain.chat.templates import Template
from app.ui.chat.composer.composer import Composer
from app.ui.theme import SMALL_PIXELS, Theme
from app.ui.widgets.layouts import UPRIGHT, in_column
from app.ui.widgets.rows import ThemedDelegate

_ROW, _LAST_ROW, _MOST_ROWS, _ICON = 46, 34, 6, 15
_TEMPLATE = Qt.ItemDataRole.UserRole


class TemplatePopup(QFrame):
    """`chosen` gives a template, `managed` asks for all of them. Floats over `over`, which holds
    the composer; the keys stay with the composer."""

    chosen, managed = Signal(object), Signal()

    def __init__(self, over: QWidget, composer: Composer, theme: Theme) -> None:
        super().__init__(over)
        self.setObjectName("card")
        self._over, self._composer, self._text = over, composer, composer.text
        self._templates: Sequence[Template] = ()
        self._left = False
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_TemplateDelegate(theme))
        self.list.itemClicked.connect(self._choose)
        theme.changed.connect(self.list.viewport().update)
        in_column(self.list, on=self, margins=6)
        self._text.textChanged.connect(self._follow)
        self._text.installEventFilter(self)
        composer.installEventFilter(self)
        composer.templates_asked.connect(self.toggle)
        self.hide()

    def offer(self, templates: Sequence[Template]) -> None:
        """What can be chosen from now on."""
        self._templates = templates
        if self.isVisible():
            self._follow()

    def toggle(self) -> None:
        """Open it over whatever is typed, or close it."""
        if self.isVisible():
            self.hide()
        else:
            self._open(self._templates)
            self._text.setFocus()

    def go_on(self) -> None:
        """Open it again if a "/" waits for it."""
        self._left = False
        self._follow()

    @property
    def names(self) -> list[str]:
        """What it shows, from the top."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    # -- what is shown ----------------------------------------------------------------------------

    def _follow(self) -> None:
        typed = self._text.toPlainText()
        if not typed.startswith("/") or "\n" in typed:
            self._left = False
            self.hide()
        elif not self._left:
            words = typed[1:].casefold().split()
            found = [template for template in self._templates if _fits(template, words)]
            if found or not words:
                self._open(found)
            else:
                self.hide()

    def _open(self, templates: Sequence[Template]) -> None:
        self.list.clear()
        for template in templates:
            self._add(template.name, template, _ROW)
        self._add(self.tr("Manage templates…"), None, _LAST_ROW)
        self.list.setCurrentRow(0)
        self.list.setAccessibleName(self.tr("Templates"))
        self._place()
        self.show()
        self.raise_()

    def _add(self, name: str, template: Template | None, height: int) -> None:
        item = QListWidgetItem(name)
        item.setData(_TEMPLATE, template)
        item.setSizeHint(QSize(100, height))
        if template:
            shared = self.tr("Shared with everybody")
            item.setToolTip(f"{shared}\n{template.text}" if template.shared else template.text)
        self.list.addItem(item)

    def _place(self) -> None:
        rows = min(self.list.count() - 1, _MOST_ROWS)
        height = rows * _ROW + _LAST_ROW + 16
        corner = self._composer.mapTo(self._over, self._composer.rect().topLeft())
        self.setGeometry(corner.x(), corner.y() - height - 6, self._composer.width(), height)

    # -- keys -------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if not self.isVisible():
            return False
        if watched is self._composer:
            if kind in {QEvent.Type.Resize, QEvent.Type.Move}:
                self._place()
        elif kind == QEvent.Type.FocusOut:
            self.hide()
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            return self._pressed(Qt.Key(event.key()))
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # or the page's own Esc would get it
            return kind == QEvent.Type.ShortcutOverride
        return False

    def _pressed(self, key: Qt.Key) -> bool:
        """Whether the key was for the list."""
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            by = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((self.list.currentRow() + by) % self.list.count())
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            self._choose(self.list.currentItem())
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            return False
        return True

    def _leave(self) -> None:
        """Until another "/" is typed."""
        self._left = self._text.toPlainText().startswith("/")
        self.hide()

    def _choose(self, item: QListWidgetItem) -> None:
        template = item.data(_TEMPLATE)
        self._leave()
        if template:
            self.chosen.emit(template)
        else:
            self.managed.emit()


def _fits(template: Template, words: Sequence[str]) -> bool:
    name = template.name.casefold()
    return all(word in name for word in words)


class _TemplateDelegate(ThemedDelegate):
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        template: Template | None = index.data(_TEMPLATE)
        painter.save()
        self.paint_ground(painter, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(option.rect).adjusted(10, 5, -10, -5)
        if template is None:
            self._icon(painter, "pencil-line", inner.left(), inner.center().y())
            self._line(painter, inner.adjusted(22, 0, 0, 0), str(index.data()), 13, "muted")
        else:
            if template.shared:
                self._icon(painter, "users", inner.right() - _ICON, inner.center().y())
                inner.setRight(inner.right() - 24)
            upper, lower = QRectF(inner), QRectF(inner)
            upper.setHeight(inner.height() / 2)
            lower.setTop(upper.bottom())
            self._line(painter, upper, template.name, 13, "text", 500)
            self._line(painter, lower, template.text.partition("\n")[0], SMALL_PIXELS, "muted")
        painter.restore()

    def _icon(self, painter: QPainter, name: str, x: float, middle: float) -> None:
        area = QRectF(x, middle - _ICON / 2, _ICON, _ICON)
        self._theme.icon(name, "muted", _ICON).paint(painter, area.toRect())

    def _line(
        self, painter: QPainter, area: QRectF, text: str, pixels: float, ink: str, weight: int = 400
    ) -> None:
        self.paint_text(painter, area, text, pixels, ink, weight=weight, side=UPRIGHT)
