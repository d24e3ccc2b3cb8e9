"""Shows a key, once, and a program that asks with it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.access_keys import IssuedKey
from app.ui.administration.keys.example import program
from app.ui.dialogs.copying import CopyButton
from app.ui.dialogs.dialog import Dialog
from app.ui.language import filled
from app.ui.widgets.controls import frame, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row

_WIDTH = 640
#: Pixels that its lines take.
_EXAMPLE = 206


class ShownKeyDialog(Dialog):
    def __init__(self, parent: QWidget, issued: IssuedKey) -> None:
        super().__init__(
            parent,
            filled(self.tr("Key “%1”"), issued.key.name),
            self.tr("It is shown this once, and Larets keeps no copy. Whoever has it can ask with "
                    "your rights, as far as its scopes go."),
            width=_WIDTH,
        )  # fmt: skip
        begins, number, rest = issued.secret.split("-", 2)
        self.secret = label("key", f"{begins}-{number}-\n{rest}")  # too long for one line
        self.secret.setAccessibleName(self.tr("Key"))
        self.secret.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.copy = CopyButton()
        self.copy.secret = issued.secret
        paper = frame("hollow")
        row = in_row(STRETCH, self.copy, STRETCH)
        in_column(self.secret, row, on=paper, margins=(16, 14, 16, 14), spacing=10)
        self.example = QPlainTextEdit(program("larets-…"))
        self.example.setReadOnly(True)
        self.example.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.example.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.example.setFixedHeight(_EXAMPLE)
        self.example.setTabChangesFocus(True)
        told = self.tr("A program that asks with it, while “larets serve” runs (close Larets "
                       "first: one program at a time has the workspace open):")  # fmt: skip
        self.example.setAccessibleName(told)
        self.hold(paper, label("small", told, wrap=True), self.example)
        self.close_button = self.act(self.tr("It is kept"), self.accept, "primary")
        self.usual(self.close_button)
        self.finished.connect(self.copy.forget)
