"""A field for a password, with an eye that shows what was typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton
from app.ui.widgets.layouts import STRETCH, in_row
from app.ui.widgets.retranslating import Retranslating

_ROOM = 30


class PasswordField(Retranslating, QLineEdit):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMinimumHeight(40)
        self.setTextMargins(0, 0, _ROOM, 0)
        self.eye = IconButton(theme, "eye", self._turn, parent=self, size=16)
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        in_row(STRETCH, self.eye, on=self, margins=(0, 0, 6, 0))
        self._retranslate()

    def _retranslate(self) -> None:
        self.eye.say(self.tr("Show the password"))

    def _turn(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
