"""A secret in the clipboard: for a minute, and not past the dialog that showed it."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from app.ui.widgets.retranslating import Retranslating

#: Milliseconds that it stays there.
_IN_CLIPBOARD = 60_000


class CopyButton(Retranslating, QPushButton):
    """Copies `secret`."""

    def __init__(self) -> None:
        super().__init__()
        self.secret = ""
        self._clear = QTimer(self)
        self._clear.setSingleShot(True)
        self._clear.setInterval(_IN_CLIPBOARD)
        self._clear.timeout.connect(self.forget)
        self.clicked.connect(self._copy)
        self._retranslate()

    def _retranslate(self) -> None:
        copied = self._clear.isActive()
        self.setText(self.tr("Copied for a minute") if copied else self.tr("Copy"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.secret)
        self._clear.start()
        self._retranslate()

    def forget(self) -> None:
        """Take it out of the clipboard, unless something else is there by now."""
        self._clear.stop()
        clipboard = QGuiApplication.clipboard()
        if self.secret and clipboard.text() == self.secret:
            clipboard.clear()
        self._retranslate()
