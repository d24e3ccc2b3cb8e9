"""The adapters on the left: a name and how it stands; and a button for a new one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QMenu, QStyleOptionViewItem

from app.ui.theme import SMALL_PIXELS, TEXT_PIXELS, Theme
from app.ui.training.data.rows_model import Index
from app.ui.widgets.controls import button, forbid_if, label
from app.ui.widgets.layouts import BOTTOM, in_column, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.rows import ThemedDelegate

_WIDTH, _ROW = 244, 56
_SHOWN = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class AdapterEntry:
    """A training by its id, its name and its state in words; `guest`: it came as a file. What has
    made an adapter can be exported."""

    key: str
    name: str
    state: str
    guest: bool = False
    exportable: bool = False


class AdapterList(Retranslating, QFrame):
    """`chosen`, `repeated`, `renamed`, `exported` and `removed` give a training's id; `wanted`: a
    new one, `offered`: one from a file."""

    chosen, repeated, renamed, exported = Signal(str), Signal(str), Signal(str), Signal(str)
    removed, wanted, offered = Signal(str), Signal(), Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setFixedWidth(_WIDTH)
        self._theme, self._denied = theme, ""
        self._section = label("section")
        self.view = QListWidget()
        self.view.setItemDelegate(_AdapterDelegate(theme))
        self.view.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._menu)
        self.view.currentItemChanged.connect(lambda item, _: self._choose(item))
        self.new = button("primary", self.wanted.emit)
        self.take = button("", self.offered.emit)
        head = in_column(self._section, margins=(10, 0, 0, 4))
        in_column(head, wide(self.view), self.take, self.new, on=self, margins=(10, 22, 10, 12))
        theme.follow(self._draw)
        self._retranslate()

    def _retranslate(self) -> None:
        self._section.setText(self.tr("ADAPTERS"))
        self.view.setAccessibleName(self.tr("Adapters"))
        self.new.setText(self.tr("Train a new one"))
        self.new.setToolTip(self.tr("Train the chat model on your style (Ctrl+N)"))
        self.take.setText(self.tr("Import…"))
        self.take.setToolTip(self.tr("An adapter from a file; it may also be dropped here"))
        forbid_if(self._denied, self.new, self.take)

    def _draw(self) -> None:
        color = "on_accent" if self.new.isEnabled() else "muted"
        self.new.setIcon(self._theme.icon("plus", color, 16))
        color = "text" if self.take.isEnabled() else "muted"
        self.take.setIcon(self._theme.icon("download", color, 16))
        self.view.viewport().update()

    def forbid(self, reason: str) -> None:
        """Why nothing may be trained, "" where it may."""
        self._denied = reason
        self._retranslate()
        self._draw()

    def show_entries(self, entries: Sequence[AdapterEntry], chosen: str) -> None:
        """`chosen` is the key of the line that is to be marked; nothing is emitted."""
        with QSignalBlocker(self.view):
            keys = [self._entry(row).key for row in range(self.view.count())]
            if keys != [entry.key for entry in entries]:
                self.view.clear()
                for _ in entries:
                    self.view.addItem(QListWidgetItem())
            for row, adapter_entry in enumerate(entries):
                item = self.view.item(row)
                item.setData(_SHOWN, adapter_entry)
                item.setText(f"{adapter_entry.name}, {adapter_entry.state}")
                item.setToolTip(adapter_entry.name)
                if adapter_entry.key == chosen:
                    self.view.setCurrentRow(row)
        self.view.viewport().update()

    def _entry(self, row: int) -> AdapterEntry:
        found: AdapterEntry = self.view.item(row).data(_SHOWN)
        return found

    @property
    def entries(self) -> list[AdapterEntry]:
        return [self._entry(row) for row in range(self.view.count())]

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_SHOWN).key)

    def _menu(self, at: QPoint) -> None:
        item = self.view.itemAt(at)
        if item is not None and not self._denied:
            self.menu(item.data(_SHOWN).key).exec(self.view.viewport().mapToGlobal(at))

    def menu(self, key: str) -> QMenu:
        """What can be done with one."""
        menu = QMenu(self)
        entry = next(adapter_entry for adapter_entry in self.entries if adapter_entry.key == key)
        if not entry.guest:
            again = self.tr("Train a new one from these examples")
            menu.addAction(again, lambda: self.repeated.emit(key))
            menu.addSeparator()
        if entry.exportable:
            menu.addAction(self.tr("Export…"), lambda: self.exported.emit(key))
        if not entry.guest:
            menu.addAction(self.tr("Rename…"), lambda: self.renamed.emit(key))
        menu.addAction(self.tr("Delete…"), lambda: self.removed.emit(key))
        return menu


class _AdapterDelegate(ThemedDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(_SHOWN)
        painter.save()
        self.paint_ground(painter, option, above=0)
        inner = QRectF(option.rect).adjusted(10, 8, -10, -9)
        self.paint_text(painter, inner, entry.name, TEXT_PIXELS, "text")
        self.paint_text(painter, inner, entry.state, SMALL_PIXELS, "muted", side=BOTTOM)
        painter.restore()
