"""The head of the viewer's window: what is shown, which page, how large, and what to do with it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, button, forbid_if, label, say, say_or_hide, show_if
from app.ui.widgets.elided import Elided
from app.ui.widgets.layouts import STRETCH, in_row
from app.ui.widgets.number import WholeField
from app.ui.widgets.retranslating import Retranslating

#: Pixels from which the bar has room for these.
_ROOM_FOR_FACTS, _ROOM_FOR_ASKING = 1000, 820


class WindowBar(Retranslating, QFrame):
    """`turned_to` gives a page, `zoomed` a factor or None for the width of the window, `arranged`
    whether all pages are to stand below each other; the others ask for an act."""

    turned_to, zoomed = Signal(int), Signal(object)
    rotated, searched, printed, wanted, asked = Signal(), Signal(), Signal(), Signal(), Signal()
    arranged = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setFixedHeight(52)
        self.name, self.about = Elided("strong"), label("muted")
        self.partly = label("notice")
        self.page, self._of = WholeField(), label("muted")
        self.page.setMinimum(1)
        self.page.setFixedWidth(64)
        self.page.valueChanged.connect(self.turned_to)
        self.smaller = IconButton(theme, "zoom-out", lambda: self.zoomed.emit(1 / 1.25))
        self.larger = IconButton(theme, "zoom-in", lambda: self.zoomed.emit(1.25))
        self.fit = button("quiet", lambda: self.zoomed.emit(None))
        self.column = IconButton(theme, "scroll-text", self._arrange)
        self.column.setCheckable(True)
        self.rotate = IconButton(theme, "rotate-cw", self.rotated.emit)
        self.search = IconButton(theme, "search", self.searched.emit)
        self.print = IconButton(theme, "printer", self.printed.emit)
        self.original = IconButton(theme, "external-link", self.wanted.emit)
        self.ask = button("", self.asked.emit)
        row = in_row(self.name, self.about, self.partly, STRETCH, on=self, margins=(16, 0, 16, 0))
        row.setSpacing(8)
        for part in (
            self.page, self._of, self.smaller, self.fit, self.larger, self.column, self.rotate,
            self.search, self.print, self.original, self.ask,
        ):  # fmt: skip
            row.addWidget(part)
        self.partly.hide()
        self._pages = 0
        self._retranslate()

    def _retranslate(self) -> None:
        self.page.setAccessibleName(self.tr("Page"))
        self.page.setToolTip(self.tr("Go to a page (Ctrl+G)"))
        self.smaller.say(self.tr("Smaller"), self.tr("Ctrl+−"))
        self.larger.say(self.tr("Larger"), self.tr("Ctrl++"))
        say(self.fit, self.tr("Fit width"), self.tr("Ctrl+0"))
        self.column.say(self.tr("All pages below each other"), "F8")
        self.rotate.say(self.tr("Rotate"), self.tr("Ctrl+R"))
        self.search.say(self.tr("Find in the document"), self.tr("Ctrl+F"))
        self.print.say(self.tr("Print…"), self.tr("Ctrl+P"))
        self.original.say(self.tr("Open the original…"))
        say(self.ask, self.tr("Ask about it"), self.tr("Begin a question about it"))
        self.show_page(self.page.value(), self._pages)

    def _arrange(self) -> None:
        self.arranged.emit(self.column.isChecked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The acts and the name keep their room."""
        super().resizeEvent(event)
        show_if(self.width() >= _ROOM_FOR_FACTS, self.about)
        show_if(self.width() >= _ROOM_FOR_ASKING, self.ask)

    def show_document(self, name: str, about: str, partly: str) -> None:
        """`partly` says what was not read of it, "" when all was."""
        self.name.say(name)
        self.about.setText(about)
        say_or_hide(self.partly, self.tr("not read whole") if partly else "")
        self.partly.setToolTip(partly)

    def show_printing(self, reason: str) -> None:
        """Why it cannot be printed, "" where it can."""
        self.print.say(self.tr("Print…"), self.tr("Ctrl+P"))
        forbid_if(reason, self.print)

    def show_page(self, page: int, pages: int) -> None:
        """Page `page` of `pages`; 0: the document has none."""
        self._pages = pages
        show_if(pages > 0, self.page, self._of, self.rotate)
        show_if(pages > 1, self.column)
        before = self.page.blockSignals(True)
        self.page.setMaximum(max(pages, 1))
        self.page.setValue(page)
        self.page.blockSignals(before)
        self._of.setText(filled(self.tr("of %1"), pages))
