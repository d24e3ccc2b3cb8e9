"""Asks for a new profile: its name, its role, and its first password."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.errors import LaretsError
from app.domain.roles import Role
from app.ui.administration.kind import AdministrationServices
from app.ui.administration.words import AdministrationWords
from app.ui.dialogs.dialog import Dialog
from app.ui.language import Language
from app.ui.settings.setting import Choice
from app.ui.widgets.controls import allow_if, invite, label, say_or_hide


class NewProfileDialog(Dialog):
    """`created` gives the profile with its recovery key."""

    created = Signal(object)

    def __init__(
        self, parent: QWidget, services: AdministrationServices, language: Language
    ) -> None:
        super().__init__(
            parent,
            self.tr("New profile"),
            self.tr("Hand the password over in person; its owner can change it in the settings."),
        )
        self._services, self._language = services, language
        self.name, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        invite(self.name, self.tr("Name"))
        invite(self.password, self.tr("First password"))
        words, self.roles = AdministrationWords(language), Choice(tuple(Role))
        self.roles.say([words.role(role) for role in Role], self.tr("Role"))
        self.role = Role.READER
        self.roles.show_chosen(self.role)
        self.roles.chosen.connect(self._take_role)
        self.problem = label("danger", wrap=True)
        self.problem.hide()
        self.hold(self.name, self.password, self.roles, self.problem)
        self.act(self.tr("Cancel"), self.reject)
        self.create_button = self.act(self.tr("Create"), self._create, "primary")
        self.usual(self.create_button)
        for field in (self.name, self.password):
            field.textChanged.connect(self._look)
        self._look()
        self.name.setFocus()

    def _take_role(self, role: Role) -> None:
        self.role = role

    def _look(self) -> None:
        self.create_button.setEnabled(bool(self.name.text().strip() and self.password.text()))

    def _create(self) -> None:
        name, secret = " ".join(self.name.text().split()), self.password.text()
        role, profiles = self.role, self._services.profiles
        parts = (self.name, self.password, self.create_button)
        allow_if(False, *parts)
        self._services.background.begin(
            self,
            lambda _: profiles.create(name, secret, role),
            self._done,
            ended=lambda: allow_if(True, *parts),
            failed=self._failed,
        )

    def _done(self, created: object) -> None:
        self.accept()
        self.created.emit(created)

    def _failed(self, error: LaretsError) -> None:
        say_or_hide(self.problem, self._language.told(error))
        self.fit()
