"""A forgotten password: the printed recovery key and a new password."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QPlainTextEdit

from app.ui.login.password_field import PasswordField
from app.ui.theme import Theme
from app.ui.widgets.controls import button, invite, label, say_or_hide
from app.ui.widgets.layouts import in_column
from app.ui.widgets.retranslating import Retranslating


class RecoveryForm(Retranslating, QFrame):
    """`recover(key, password)` is called when the form is complete, `back` on the way out."""

    def __init__(
        self, theme: Theme, recover: Callable[[str, str], None], back: Callable[[], None]
    ) -> None:
        super().__init__()
        self._recover = recover
        self._title, self._explain = label("strong"), label("muted", wrap=True)
        self._key = QPlainTextEdit()
        self._key.setTabChangesFocus(True)
        self._key.setFixedHeight(72)
        self.password, self.again = PasswordField(theme), PasswordField(theme)
        self.password.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self._try)
        self._set = button("primary", self._try)
        self._back = button("link", back)
        self.problem = label("danger", wrap=True)
        self.problem.hide()
        in_column(
            self._title, self._explain, self._key, self.password, self.again, self._set,
            self.problem, self._back, on=self, margins=(18, 18, 18, 14), spacing=12,
        )  # fmt: skip
        self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Recovery key"))
        self._explain.setText(self.tr("Type the key that was printed when the profile was made."))
        self._key.setAccessibleName(self.tr("Recovery key"))
        invite(self.password, self.tr("New password"))
        invite(self.again, self.tr("New password once more"))
        self._set.setText(self.tr("Set the new password"))
        self._back.setText(self.tr("Back"))

    def clear(self) -> None:
        self._key.clear()
        self.password.clear()
        self.again.clear()
        self.problem.hide()

    def _try(self) -> None:
        if self.password.text() != self.again.text():
            say_or_hide(self.problem, self.tr("The two passwords differ."))
            self.again.selectAll()
            self.again.setFocus()
            return
        self.problem.hide()
        self._recover(self._key.toPlainText(), self.password.text())
