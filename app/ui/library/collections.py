"""The collections on the left: choose one, make one, rename and delete."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QStyleOptionViewItem

from app.domain.library.documents import Collection
from app.domain.roles import Act
from app.ui.library.table.documents_model import Index
from app.ui.pages.permitted import Permitted
from app.ui.theme import SMALL_PIXELS, Theme
from app.ui.widgets.controls import button, forbid_if, label, say
from app.ui.widgets.layouts import BOTTOM, in_column, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.rows import HeldRows, ThemedDelegate


class CollectionList(Retranslating, QFrame):
    """`chosen` gives an id; the others ask for an act on a collection, `renamed` and `exported`
    with its name."""

    chosen, wanted, renamed = Signal(str), Signal(), Signal(str, str)
    deleted, watched, exported = Signal(str), Signal(str), Signal(str, str)

    def __init__(self, theme: Theme, permitted: Permitted) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self._theme, self._permitted = theme, permitted
        self._model = _Model()
        self._section = label("section")
        self.view = QListView()
        self.view.setModel(self._model)
        self.view.setItemDelegate(_CollectionDelegate(theme))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._menu)
        self.view.selectionModel().currentChanged.connect(self._choose)
        self.new = button("", self.wanted.emit)
        head = in_column(self._section, margins=(10, 0, 0, 4))
        in_column(head, wide(self.view), self.new, on=self, margins=(10, 22, 10, 12))
        theme.follow(self._draw)
        self._retranslate()

    def _retranslate(self) -> None:
        self._section.setText(self.tr("COLLECTIONS"))
        say(self.new, self.tr("Collection"), self.tr("Make a new collection"))
        forbid_if(self._permitted.why_not(Act.ADD_DOCUMENTS), self.new)
        self.view.setAccessibleName(self.tr("Collections"))
        self.view.viewport().update()

    def _draw(self) -> None:
        self.new.setIcon(self._theme.icon("plus", "text", 16))
        self.view.viewport().update()

    def show_collections(self, found: Sequence[Collection], watching: set[str]) -> None:
        """`watching` are the ids of those that watch a folder. What was chosen stays so."""
        before = self.current
        self._model.set_collections(found, watching)
        rows = [row for row, collection in enumerate(found) if collection.id == before] or [0]
        if found:
            self.view.setCurrentIndex(self._model.index(rows[0]))

    def choices(self) -> list[tuple[str, str]]:
        """Ids and names as they are shown, in their order."""
        return [(each.id, collection_name(each.name)) for each in self._model.rows]

    def choose(self, collection: str) -> None:
        for row, each in enumerate(self._model.rows):
            if each.id == collection:
                self.view.setCurrentIndex(self._model.index(row))

    @property
    def current(self) -> str:
        """The chosen collection's id, "" before there is one."""
        found = self._model.at(self.view.currentIndex())
        return found.id if found else ""

    @property
    def current_name(self) -> str:
        found = self._model.at(self.view.currentIndex())
        return collection_name(found.name) if found else ""

    def _choose(self, index: QModelIndex) -> None:
        if found := self._model.at(index):
            self.chosen.emit(found.id)

    def _menu(self, at: QPoint) -> None:
        if found := self._model.at(self.view.indexAt(at)):
            menu = self.menu(found)
            menu.exec(self.view.viewport().mapToGlobal(at))
            menu.deleteLater()

    def menu(self, found: Collection) -> QMenu:
        """What can be done with a collection."""
        menu, offer, adds = QMenu(self), self._permitted.offer, Act.ADD_DOCUMENTS
        offer(menu, self.tr("Rename…"), adds, lambda: self.renamed.emit(found.id, found.name))
        offer(menu, self.tr("Watched folders…"), adds, lambda: self.watched.emit(found.id))
        name = collection_name(found.name)
        export = Act.EXPORT
        offer(menu, self.tr("Export…"), export, lambda: self.exported.emit(found.id, name))
        menu.addSeparator()
        removes = Act.REMOVE_DOCUMENTS
        offer(menu, self.tr("Delete…"), removes, lambda: self.deleted.emit(found.id))
        return menu


class _Model(HeldRows[Collection]):
    def __init__(self) -> None:
        super().__init__()
        self.watching: set[str] = set()

    def set_collections(self, found: Sequence[Collection], watching: set[str]) -> None:
        self.watching = watching
        if [collection.id for collection in found] != [collection.id for collection in self.rows]:
            self.hold(found)
        elif found:
            self.rows = found
            self.dataChanged.emit(self.index(0), self.index(len(found) - 1))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return collection_name(found.name)
        if role == Qt.ItemDataRole.UserRole:
            return found, found.id in self.watching
        return None


class _CollectionDelegate(ThemedDelegate):
    """The name over what is in it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, 56)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found, watching = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        self.paint_ground(painter, option)
        inner = QRectF(option.rect).adjusted(10, 8, -10, -9)
        told = self._told(found, watching=watching)
        self.paint_text(painter, inner, collection_name(found.name), 14, "text")
        self.paint_text(painter, inner, told, SMALL_PIXELS, "muted", side=BOTTOM)
        painter.restore()

    def _told(self, found: Collection, *, watching: bool) -> str:
        documents = self.tr("%n document(s)", "", found.documents)
        passages = self.tr("%n passage(s)", "", found.passages)
        shared, followed = self.tr("of the department"), self.tr("a folder is watched")
        kind = shared if found.server else followed if watching else passages
        return f"{documents} · {kind}"


def collection_name(name: str) -> str:
    """As it is shown: the one that every workspace begins with speaks the user's language."""
    from PySide6.QtCore import QCoreApplication

    if name == "Library":
        return QCoreApplication.translate("Collections", "Library")
    return name
