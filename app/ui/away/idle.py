"""Notices that nobody is at the computer: no key, no mouse."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletMove,
    }
)
_MINUTE = 60_000
#: Milliseconds between two restarts of the clock: a mouse moves a hundred times a second.
_COARSE = 1000


class IdleWatch(QObject):
    """`away` is called after so many minutes without a key or the mouse; where `busy`, a minute
    later again.

    A window hears of keys and of the mouse before any widget does. A filter over the whole
    application would be asked about every event of every widget: a third of the time in which a
    page is made (results/window.md)."""

    def __init__(self, away: Callable[[], object], busy: Callable[[], bool]) -> None:
        super().__init__()
        self._away, self._busy = away, busy
        self._minutes, self._hears = 0, False
        self.clock, self._seen = QTimer(self), QTimer(self)
        for timer in (self.clock, self._seen):
            timer.setSingleShot(True)
        self.clock.timeout.connect(self._look)
        if isinstance(application := QGuiApplication.instance(), QGuiApplication):
            application.focusWindowChanged.connect(self._hear_focused)

    def begin(self, minutes: int) -> None:
        """From now on; 0 ends it."""
        self._minutes = minutes
        self._hear(on=bool(minutes))
        self._begin_anew()

    def leave(self) -> None:
        """`away` now; where `busy`, once it is not, unless somebody has come back by then."""
        self._hear(on=True)
        self._look()

    def _hear(self, *, on: bool) -> None:
        self._hears = on
        for window in QGuiApplication.topLevelWindows():
            window.removeEventFilter(self)
            if on:
                window.installEventFilter(self)

    def _hear_focused(self, window: QWindow | None) -> None:
        """One that was opened since."""
        if window is not None and self._hears:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS and not self._seen.isActive():
            self._seen.start(_COARSE)
            self._begin_anew()
        return False

    def _begin_anew(self) -> None:
        self.clock.stop()
        if self._minutes:
            self.clock.start(self._minutes * _MINUTE)

    def _look(self) -> None:
        if self._busy():
            self.clock.start(_MINUTE)
        else:
            self._away()
