"""The palette: a field over the dimmed window, and the lines that are meant below it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QStyleOptionViewItem, QWidget

from app.ui.palette.entry import Entry
from app.ui.palette.ranking import Titles
from app.ui.theme import SMALL_PIXELS, TEXT_PIXELS, Theme
from app.ui.widgets.controls import frame, label
from app.ui.widgets.layouts import STRETCH, UPRIGHT, aligned, in_column, in_row, wide
from app.ui.widgets.rows import HeldRows, Index, ThemedDelegate

_WIDTH, _TOP, _ROW, _EDGE = 600, 96, 40, 12
_SHOWN = 9
_DIMMED = QColor(0, 0, 0, 70)
_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}


class _Rows(HeldRows[Entry]):
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.at(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.title}, {entry.note}"
        return None


class _Delegate(ThemedDelegate):
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        entry = model.at(index) if isinstance(model, _Rows) else None
        if entry is None:
            return
        self.paint_ground(painter, option)
        area = QRectF(option.rect).adjusted(_EDGE, 0, -_EDGE, 0)
        icon = self._theme.icon(entry.icon, "muted", 18)
        icon.paint(painter, int(area.left()), int(area.center().y()) - 9, 18, 18)
        middle = Qt.AlignmentFlag.AlignVCenter
        words = area.adjusted(30, 0, -area.width() * 0.34, 0)
        self.paint_text(painter, words, entry.title, TEXT_PIXELS, "text", side=middle)
        note = area.adjusted(area.width() * 0.68, 0, 0, 0)
        right = middle | Qt.AlignmentFlag.AlignRight
        self.paint_text(painter, note, entry.note, SMALL_PIXELS, "muted", side=right)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, _ROW)


class Palette(QFrame):
    """Lies over `over` from its making until something was chosen, Esc, or a click beside it.
    `further` makes a last line of what was typed."""

    def __init__(
        self,
        over: QWidget,
        entries: Sequence[Entry],
        further: Callable[[str], Entry],
        theme: Theme,
    ) -> None:
        super().__init__(over)
        self._over, self._further = over, further
        self.entries: Sequence[Entry] = entries
        self._titles = Titles(entries)
        self._card = frame("card")
        self._card.setParent(self)
        self.field, self._understood, self._keys = QLineEdit(), label("count"), label("small")
        self.field.setProperty("kind", "bare")
        self.rows, self.list = _Rows(), QListView()
        self.list.setModel(self.rows)
        self._delegate = _Delegate(theme)  # the view does not own it
        self.list.setItemDelegate(self._delegate)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self._choose)
        self._nothing = label("muted")
        head = in_row(
            wide(self.field),
            aligned(self._understood, UPRIGHT),
            margins=(18, 14, 18, 10),
            spacing=8,
        )
        foot = in_row(self._keys, STRETCH, margins=(18, 8, 18, 12))
        line = frame("line")
        line.setFixedHeight(1)
        within = in_row(self.list, margins=(8, 6, 8, 6))
        self._nothing.setContentsMargins(18, 6, 18, 10)
        in_column(head, line, within, self._nothing, foot, on=self._card, margins=0, spacing=0)
        self._say()
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        over.installEventFilter(self)
        self._narrow("")
        self.show()
        self.raise_()
        self.field.setFocus()

    def _say(self) -> None:
        self.field.setPlaceholderText(self.tr("Go to anything: a conversation, a document, an act"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.list.setAccessibleName(self.tr("What is meant"))
        self._nothing.setText(self.tr("Nothing is called so."))
        self._keys.setText(self.tr("↑ ↓ choose · Enter opens · Esc closes"))

    def extend(self, entries: Sequence[Entry]) -> None:
        """What was read meanwhile."""
        self.entries = (*self.entries, *entries)
        self._titles = Titles(self.entries)
        self._narrow(self.field.text())

    # -- what is shown ----------------------------------------------------------------------------

    def _narrow(self, typed: str) -> None:
        hits = self._titles.found(typed, _SHOWN)
        more = [self._further(hits.understood or typed)] if typed.strip() else []
        self.rows.hold([*hits.entries, *more])
        self._understood.setText(f"→ {hits.understood}")
        self._understood.setVisible(bool(hits.understood))
        self._nothing.setVisible(not self.rows.rows)
        self.list.setVisible(bool(self.rows.rows))
        self.list.setFixedHeight(len(self.rows.rows) * _ROW + 2)
        self._point(0)
        self._place()

    def _point(self, row: int) -> None:
        if self.rows.rows:
            last = len(self.rows.rows) - 1
            self.list.setCurrentIndex(self.rows.index(min(max(row, 0), last)))

    def _place(self) -> None:
        self.setGeometry(self._over.rect())
        width = min(_WIDTH, self.width() - 32)
        self._card.setFixedWidth(width)
        if (layout := self._card.layout()) is not None:
            layout.activate()
            self._card.setFixedHeight(layout.sizeHint().height())
        top = min(_TOP, max(self.height() - self._card.height() - 16, 16))
        self._card.move((self.width() - width) // 2, top)

    # -- choosing ---------------------------------------------------------------------------------

    def _choose(self, index: Index) -> None:
        entry = self.rows.at(index)
        if entry is None:
            return
        self.leave()
        entry.act()

    def leave(self) -> None:
        self._over.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._place()
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()  # it stops no answer behind the palette
                return True
            return event.type() == QEvent.Type.KeyPress and self._pressed(event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        here = self.list.currentIndex()
        if key in _KEYS:
            self._point(here.row() + _KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(here)
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Beside the card."""
        self.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), _DIMMED)
