"""The strips over the table: what is being added, and what went wrong."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from app.domain.library.documents import AddProgress
from app.ui.language import filled
from app.ui.library.table.words import state_name
from app.ui.theme import Theme
from app.ui.widgets.controls import Bar, IconButton, button, label
from app.ui.widgets.elided import Elided
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_MIDDLE = Qt.TextElideMode.ElideMiddle


class AddingStrip(Retranslating, QFrame):
    """How far an import is, with Pause and Cancel; or that it is paused, with Resume."""

    paused, resumed, cancelled = Signal(), Signal(), Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._theme = theme
        self._is_paused = False
        self._progress: AddProgress | None = None
        self._waiting = 0
        self._doing, self._file = label("", wrap=True), Elided("small", _MIDDLE)
        self._bar = Bar()
        self.pause = button("", self._pause_or_resume)
        self.cancel = button("", self.cancelled.emit)
        texts = in_column(self._doing, self._file, self._bar, spacing=6)
        in_row(wide(texts), self.pause, self.cancel, on=self, margins=(14, 12, 14, 12), spacing=8)
        theme.changed.connect(self._draw)
        self.hide()
        self._retranslate()

    def _retranslate(self) -> None:
        self.cancel.setText(self.tr("Cancel"))
        self._draw()
        self._say()

    def _draw(self) -> None:
        self.pause.setText(self.tr("Resume") if self._is_paused else self.tr("Pause"))
        icon = "play" if self._is_paused else "pause"
        self.pause.setIcon(self._theme.icon(icon, "text", 16))
        self.cancel.setIcon(self._theme.icon("x", "text", 16))

    def prepare(self) -> None:
        """Shown before the first file is known."""
        if self.isVisible() and not self._is_paused:
            return
        self._progress = None
        self._bar.setRange(0, 0)
        self._set_paused(paused=False)
        self.show()

    def show_progress(self, progress: AddProgress) -> None:
        self._progress = progress
        self._bar.setRange(0, progress.total * 100)
        self._bar.setValue(round((progress.done + progress.fraction) * 100))
        self._set_paused(paused=False)
        self.show()

    def show_paused(self, waiting: int) -> None:
        self._waiting = waiting
        self._set_paused(paused=True)
        self.show()

    def _set_paused(self, *, paused: bool) -> None:
        self._bar.setVisible(not paused)
        if paused != self._is_paused:
            self._is_paused = paused
            self._draw()
        self._say()

    def _say(self) -> None:
        """What it is about now, in the window's language."""
        progress = self._progress
        if self._is_paused:
            self._doing.setText(self.tr("Paused: %n file(s) wait.", "", self._waiting))
            self._file.say(self.tr("They are read when you resume, also after a restart."))
        elif progress is None:
            self._doing.setText(self.tr("Preparing…"))
            self._file.say("")
        else:
            self._doing.setText(self._counted(progress))
            self._file.say(f"{progress.name} — {state_name(progress.state)}")

    def _counted(self, progress: AddProgress) -> str:
        doing = filled(self.tr("Indexing: %1 of %2 files"), progress.done + 1, progress.total)
        if progress.seconds_left is None:
            return doing
        return f"{doing} · {self._left(progress.seconds_left)}"

    def _pause_or_resume(self) -> None:
        (self.resumed if self._is_paused else self.paused).emit()

    def _left(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("less than a minute left")
        minutes = round(seconds / 60)
        if minutes < 90:
            return self.tr("about %n minute(s) left", "", minutes)
        return self.tr("about %n hour(s) left", "", round(minutes / 60))


class ProblemStrip(Retranslating, QFrame):
    """A sentence and, where it helps, "Go on"; it stays until it is closed or is over."""

    def __init__(self, theme: Theme, go_on: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("problem")
        self._text = label("", wrap=True)
        self._go_on = button("", go_on)
        self.close_it = IconButton(theme, "x", self.hide, size=16)
        in_row(wide(self._text), self._go_on, self.close_it, on=self, margins=(14, 10, 8, 10))
        self.hide()
        self._retranslate()

    def _retranslate(self) -> None:
        self._go_on.setText(self.tr("Go on"))
        self.close_it.say(self.tr("Close"))

    @property
    def text(self) -> str:
        return self._text.text()

    def reword(self, text: str) -> None:
        """The same in another language."""
        self._text.setText(text)

    def say(self, text: str, *, can_go_on: bool) -> None:
        self._text.setText(text)
        self._go_on.setVisible(can_go_on)
        self.show()
