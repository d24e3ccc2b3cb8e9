"""The line that looks for a text in the document that is shown."""

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.ui.language import filled
from app.ui.library.viewer.viewer_bars import ICON, Line
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, allow_if, invite, label, rest

#: After the last letter, until it is looked for.
_PAUSE_MS = 250
#: More places than that nobody counts.
MOST_HITS = 1000


class FindLine(Line):
    """`sought` gives the text to look for, `stepped` -1 or 1, `left` says that it was closed."""

    sought, stepped, left = Signal(str), Signal(int), Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(top=4, bottom=2)
        self.field = _Field()
        self.count = label("small")
        self._counted = 0, 0
        self._before = IconButton(theme, "chevron-left", lambda: self.stepped.emit(-1), size=ICON)
        self._after = IconButton(theme, "chevron-right", lambda: self.stepped.emit(1), size=ICON)
        self._close = IconButton(theme, "x", self.left.emit, size=ICON)
        self.row.addWidget(self.field, 1)
        self.row.addSpacing(8)
        for part in (self.count, self._before, self._after, self._close):
            self.row.addWidget(part)
        self._pause = rest(self, _PAUSE_MS, lambda: self.sought.emit(self.field.text()))
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.field.entered.connect(self._enter)
        self.field.left.connect(self.left)
        self._retranslate()

    def _retranslate(self) -> None:
        invite(self.field, self.tr("Find in the document"))
        self._before.say(self.tr("Previous"), self.tr("Shift+Enter"))
        self._after.say(self.tr("Next"), self.tr("Enter"))
        self._close.say(self.tr("Close the search"), self.tr("Esc"))
        if self.count.text():
            self.show_count(*self._counted)

    def show_count(self, hit: int, hits: int) -> None:
        """Hit number `hit` (from 0) of `hits`."""
        self._counted = hit, hits
        if not self.field.text():
            self.count.clear()
        elif not hits:
            self.count.setText(self.tr("nothing"))
        else:
            told = f"{hits}+" if hits >= MOST_HITS else hits
            self.count.setText(filled(self.tr("%1 of %2"), hit + 1, told))
        allow_if(hits > 1, self._before, self._after)

    def say_searching(self) -> None:
        self.count.setText(self.tr("searching…"))

    def forget(self) -> None:
        """Look for nothing."""
        with QSignalBlocker(self.field):
            self.field.clear()
        self._pause.stop()
        self.count.clear()

    def _enter(self, step: int) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self.sought.emit(self.field.text())
        else:
            self.stepped.emit(step)


class _Field(QLineEdit):
    """`entered` gives -1 with Shift, else 1; `left` says that Esc was pressed, which nobody else
    hears of then."""

    entered, left = Signal(int), Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "search")

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.entered.emit(-1 if back else 1)
            return
        super().keyPressEvent(event)
