"""The window of the help: pages on the left with a search over all of them, the page beside it."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.ui.dialogs.questions import told
from app.ui.help.pages import HelpPage, hits, pages, searched
from app.ui.help.text import HelpText
from app.ui.language import Language
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, allow_if, frame, invite, label, show_if
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

#: The page of keys, which the menu leads to.
KEYS = "11-keys.md"
_SIZE, _LEAST = QSize(960, 700), QSize(640, 420)
_LIST = 240
_NAME = Qt.ItemDataRole.UserRole


class HelpWindow(Retranslating, QWidget):
    """Stands beside the main window and can stay open while one works there."""

    def __init__(self, resources: Path, theme: Theme, language: Language) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._resources, self._theme, self._language = resources, theme, language
        self._pages: dict[str, HelpPage] = {}
        self._behind: list[str] = []
        self._ahead: list[str] = []
        self.current = ""
        self.search, self.list, self.text = QLineEdit(), QListWidget(), HelpText(theme)
        self._nothing = label("muted", wrap=True)
        in_row(self._contents(), wide(self._reading()), on=self, margins=0, spacing=0)
        self.setMinimumSize(_LEAST)
        self.resize(_SIZE)
        self._connect()
        self._retranslate()
        theme.changed.connect(self.text.draw)

    def _contents(self) -> QFrame:
        side = frame("rail")
        side.setFixedWidth(_LIST)
        self.search.setProperty("kind", "search")
        self.search.setClearButtonEnabled(True)
        self.list.setProperty("kind", "lines")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        in_column(
            self.search, self._nothing, wide(self.list), on=side, margins=(12, 12, 12, 12),
            spacing=10,
        )  # fmt: skip
        return side

    def _reading(self) -> QWidget:
        page = QWidget()
        self.back = IconButton(self._theme, "chevron-left", self.go_back)
        self.forward = IconButton(self._theme, "chevron-right", self.go_forward)
        head = in_row(self.back, self.forward, STRETCH, spacing=4)
        in_column(head, wide(self.text), on=page, margins=(24, 10, 16, 12), spacing=6)
        return page

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._search())
        self.search.returnPressed.connect(self.text.find_next)
        self.list.currentItemChanged.connect(self._choose)
        self.text.turned.connect(self.turn_to)
        self.text.left.connect(self._show_address)
        for key, act in (
            ("Ctrl+F", self.search.setFocus),
            ("F3", self.text.find_next),
            ("Alt+Left", self.go_back),
            ("Alt+Right", self.go_forward),
            ("Esc", self._escape),
            ("Ctrl+W", self.close),
        ):
            QShortcut(QKeySequence(key), self, act)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Help") + " — Larets")
        invite(self.search, self.tr("Search the help"))
        self.search.setToolTip(self.tr("Enter goes to the next place"))
        self.list.setAccessibleName(self.tr("Pages of the help"))
        self.text.setAccessibleName(self.tr("Help"))
        self.back.say(self.tr("Back"), "Alt+←")
        self.forward.say(self.tr("Forward"), "Alt+→")
        self._nothing.setText(self.tr("No page has these words."))
        self._pages = {each.name: each for each in pages(self._folder)}
        self._search()
        self._show()

    @property
    def _folder(self) -> Path:
        return self._resources / "help" / self._language.code

    # -- showing ----------------------------------------------------------------------------------

    def open(self, name: str = "") -> None:
        """In front of the other windows, on a page, or the one that was read last."""
        self.turn_to(name or self.current or next(iter(self._pages)))
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def turn_to(self, name: str) -> None:
        """Another page; the one before can be gone back to."""
        if name == self.current or name not in self._pages:
            return
        if self.current:
            self._behind.append(self.current)
        self._ahead.clear()
        self._turn(name)

    def go_back(self) -> None:
        if self._behind:
            self._ahead.append(self.current)
            self._turn(self._behind.pop())

    def go_forward(self) -> None:
        if self._ahead:
            self._behind.append(self.current)
            self._turn(self._ahead.pop())

    def _turn(self, name: str) -> None:
        self.current = name
        self._show()
        self._point()

    def _show(self) -> None:
        allow_if(bool(self._behind), self.back)
        allow_if(bool(self._ahead), self.forward)
        if page := self._pages.get(self.current):
            self.text.show_page(self._folder, page)
            self.text.mark(searched(self.search.text()))

    # -- the list ---------------------------------------------------------------------------------

    def _search(self) -> None:
        """List the pages that have all the words, with how often."""
        words = searched(self.search.text())
        before = self.list.blockSignals(True)
        self.list.clear()
        for page in self._pages.values():
            count = hits(page, words)
            if count or not words:
                item = QListWidgetItem(f"{page.title} · {count}" if words else page.title)
                item.setData(_NAME, page.name)
                self.list.addItem(item)
        self.list.blockSignals(before)
        show_if(self.list.count() == 0, self._nothing)
        self._point()
        self.text.mark(words)

    def _point(self) -> None:
        """Choose the line of the page that is read, if it is listed."""
        before = self.list.blockSignals(True)
        rows = [row for row in range(self.list.count()) if self._name(row) == self.current]
        self.list.setCurrentRow(rows[0] if rows else -1)
        self.list.blockSignals(before)

    def _name(self, row: int) -> str:
        return str(self.list.item(row).data(_NAME))

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.turn_to(str(item.data(_NAME)))

    # -- leaving ----------------------------------------------------------------------------------

    def _show_address(self, address: str) -> None:
        told(
            self,
            self.tr("This leads out of Larets"),
            address,
            self.tr("Larets opens no network connections: open the address in a browser."),
        )

    def _escape(self) -> None:
        if self.search.text():
            self.search.clear()
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.search.clear()
        super().closeEvent(event)
