"""A forgotten password: the printed recovery key and a new password."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit

from app.ui.widgets.controls import button, invite, label
from app.ui.widgets.layouts import in_column
from app.ui.widgets.retranslating import Retranslating


class RecoveryForm(Retranslating, QFrame):
    """`recover(key, password)` is called when the form is complete, `back` on the way out."""

    def __init__(
        self, field: QLineEdit, recover: Callable[[str, str], None], back: Callable[[], None]
    ) -> None:
        super().__init__()
        self._recover = recover
        self._title, self._explain = label("strong"), label("muted", wrap=True)
        self._key = QPlainTextEdit()
        self._key.setTabChangesFocus(True)
        self._key.setFixedHeight(72)
        self._password = field
        self._password.returnPressed.connect(self._try)
        self._set = button("primary", self._try)
        self._back = button("link", back)
        self.problem = label("danger", wrap=True)
        self.problem.hide()
        in_column(
            self._title, self._explain, self._key, self._password, self._set, self.problem,
            self._back, on=self, margins=(18, 18, 18, 14), spacing=12,
        )  # fmt: skip
        self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Recovery key"))
        self._explain.setText(self.tr("Type the key that was printed when the profile was made."))
        self._key.setAccessibleName(self.tr("Recovery key"))
        invite(self._password, self.tr("New password"))
        self._set.setText(self.tr("Set the new password"))
        self._back.setText(self.tr("Back"))

    def clear(self) -> None:
        self._key.clear()
        self._password.clear()
        self.problem.hide()

    def _try(self) -> None:
        self._recover(self._key.toPlainText(), self._password.text())
