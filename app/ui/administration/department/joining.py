"""Asks for the address of a department's server, and the password for it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.errors import LaretsError
from app.ui.administration.kind import AdministrationServices
from app.ui.dialogs.dialog import Dialog
from app.ui.language import Language
from app.ui.widgets.controls import allow_if, invite, label, say_or_hide


class JoiningDialog(Dialog):
    """`founds` a department in an empty database, or enters one that is there."""

    joined = Signal()

    def __init__(
        self,
        parent: QWidget,
        services: AdministrationServices,
        language: Language,
        *,
        founds: bool,
    ) -> None:
        title, why, act = self._words(founds=founds)
        super().__init__(parent, title, why)
        self._services, self._language, self._founds = services, language, founds
        self.url, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.url.setPlaceholderText("postgresql://role@host:5432/database?sslrootcert=/ca.pem")
        self.url.setAccessibleName(self.tr("Address"))
        invite(self.password, self.tr("Password of that role, if it has one"))
        self.problem = label("danger", wrap=True)
        self.problem.hide()
        self.hold(self.url, self.password, self.problem)
        self.act(self.tr("Cancel"), self.reject)
        self.enter = self.act(act, self._enter, "primary")
        self.usual(self.enter)
        self.url.textChanged.connect(lambda text: self.enter.setEnabled("://" in text))
        self.enter.setEnabled(False)
        self.url.setFocus()

    def _words(self, *, founds: bool) -> tuple[str, str, str]:
        if founds:
            return (
                self.tr("Found a department"),
                self.tr(
                    "The address of an empty database with pgvector, as a superuser, who is needed "
                    "this once. You become the department's administrator."
                ),
                self.tr("Found"),
            )
        return (
            self.tr("Join a department"),
            self.tr("The address and the password that the department's administrator gave you."),
            self.tr("Join"),
        )

    def _enter(self) -> None:
        membership = self._services.department.membership
        url, secret = self.url.text().strip(), self.password.text()
        enter = membership.found if self._founds else membership.join
        parts = (self.url, self.password, self.enter)
        allow_if(False, *parts)
        self._services.background.begin(
            self,
            lambda _: enter(url, secret),
            self._done,
            ended=lambda: allow_if(True, *parts),
            failed=self._failed,
        )

    def _done(self, _: object) -> None:
        self.accept()
        self.joined.emit()

    def _failed(self, error: LaretsError) -> None:
        say_or_hide(self.problem, self._language.told(error))
        self.fit()
