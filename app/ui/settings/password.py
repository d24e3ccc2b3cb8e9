"""Asks for a new password."""

from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.errors import LaretsError
from app.services.profiles.profiles import ProfileService
from app.ui.acts import Acts
from app.ui.dialogs.dialog import Dialog
from app.ui.language import Language
from app.ui.login.strength_line import StrengthLine
from app.ui.widgets.controls import allow_if, invite, label, say_or_hide


class PasswordDialog(Dialog):
    """Changes the password of the profile of that name on the worker of `acts`."""

    def __init__(
        self, parent: QWidget, name: str, profiles: ProfileService, acts: Acts, language: Language
    ) -> None:
        super().__init__(
            parent,
            self.tr("Change the password"),
            self.tr("If you forget it, only the recovery key helps."),
        )
        self._name, self._profiles, self._working, self._language = name, profiles, acts, language
        self.old, self.new, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        words = (self.tr("Present password"), self.tr("New password"), self.tr("Once more"))
        for field, text in zip((self.old, self.new, self.again), words, strict=True):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            invite(field, text)
            field.textChanged.connect(self._look)
        self.problem = label("danger", wrap=True)
        self.problem.hide()
        self.strength = StrengthLine(self.new, name)
        self.new.textChanged.connect(self.fit)
        self.hold(self.old, self.new, self.strength, self.again, self.problem)
        self.act(self.tr("Cancel"), self.reject)
        self.change = self.act(self.tr("Change"), self._change, "primary")
        self.usual(self.change)
        self._look()
        self.old.setFocus()

    def _look(self) -> None:
        self.change.setEnabled(bool(self.old.text() and self.new.text() and self.again.text()))

    def _change(self) -> None:
        if self.new.text() != self.again.text():
            self._refuse(self.tr("The two passwords differ."), self.again)
            return
        fields = (self.old, self.new, self.again, self.change)
        allow_if(False, *fields)
        name, old, new = self._name, self.old.text(), self.new.text()
        self._working.begin(
            self,
            lambda _: self._profiles.change_password(name, old, new),
            lambda _: self.accept(),
            ended=lambda: allow_if(True, *fields),
            failed=self._failed,
        )

    def _failed(self, error: LaretsError) -> None:
        self._refuse(self._language.told(error), self.old)

    def _refuse(self, why: str, field: QLineEdit) -> None:
        say_or_hide(self.problem, why)
        self.fit()
        field.selectAll()
        field.setFocus()
