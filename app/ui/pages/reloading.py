"""What pages do about news: read anew, but only where somebody sees it."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.ui.widgets.retranslating import Mixin


class ReloadsWhenSeen(Mixin):
    """Stands before the Qt class among the bases. `note_news` says that what is shown is old: it
    is read anew by `_load` now, or when the page is next seen."""

    #: Milliseconds in which a burst of news is read once; 0 reads each at once.
    settles = 0
    _stale = True

    def _load(self) -> None:
        """Read what is shown."""
        raise NotImplementedError

    def _first_focus(self) -> QWidget:
        """Takes the keys when the page is shown, or its first button would look chosen."""
        raise NotImplementedError

    def note_news(self) -> None:
        self._stale = True
        if self.settles:
            QTimer.singleShot(self.settles, self, self._reload_if_seen)
        else:
            self._reload_if_seen()

    def reload(self) -> None:
        self._stale = False
        self._load()

    def _reload_if_seen(self) -> None:
        if self._stale and self.isVisible():
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._first_focus().setFocus()
        self._reload_if_seen()
