"""The first profile: a name and a password, then the recovery key."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.errors import LaretsError
from app.domain.roles import CreatedProfile
from app.ui.acts import Acts
from app.ui.first_run.recovery_key import RecoveryKeyCard
from app.ui.first_run.step import Step
from app.ui.language import Language
from app.ui.login.password_field import PasswordField
from app.ui.login.strength_line import StrengthLine
from app.ui.theme import Theme
from app.ui.widgets.controls import allow_if, invite, label, say_or_hide
from app.ui.widgets.layouts import in_column

_WIDTH = 420


class ProfileStep(Step):
    """`create(name, password)` makes the profile on the worker of `acts`, then it is `created`;
    `made` gives the name and the password when the key was proven to be kept."""

    made = Signal(str, str)

    def __init__(
        self,
        create: Callable[[str, str], CreatedProfile],
        acts: Acts,
        theme: Theme,
        language: Language,
    ) -> None:
        super().__init__()
        self._create, self._acts, self._language = create, acts, language
        self._busy = self.created = False
        self.username = QLineEdit()
        self.password, self.again = PasswordField(theme), PasswordField(theme)
        self.strength = StrengthLine(self.password, self.username)
        self.problem = label("danger", wrap=True)
        self.problem.hide()
        self._form = QWidget()
        self._form.setMaximumWidth(_WIDTH)
        fields: tuple[QLineEdit, ...] = (self.username, self.password, self.again)
        below = (*fields[:2], self.strength, self.again)
        in_column(*below, self.problem, on=self._form, margins=0, spacing=12)
        for field in fields:
            field.setMinimumHeight(40)
            field.textChanged.connect(self._typed)
            field.returnPressed.connect(self._entered)
        self.key = RecoveryKeyCard(theme)
        self.key.changed.connect(self.changed)
        self.key.hide()
        self.hold(self._form, self.key)
        self._retranslate()

    def _retranslate(self) -> None:
        if self.created:
            self.say(
                self.tr("Keep the recovery key"),
                self.tr("Print it, save it or write it down before you go on."),
            )
        else:
            self.say(
                self.tr("Create your profile"),
                self.tr(
                    "You will be the administrator. Everything Larets keeps is encrypted with this "
                    "password: without it nobody can read anything, not even we."
                ),
            )
        invite(self.username, self.tr("Your name"))
        invite(self.password, self.tr("Password"))
        invite(self.again, self.tr("Password once more"))
        self.changed.emit()

    @property
    def note(self) -> str:
        return self.username.text().strip() if self.created else ""

    @property
    def ready(self) -> bool:
        if self._busy:
            return False
        if self.created:
            return self.key.proven
        return bool(self.username.text().strip() and self.password.text() and self.again.text())

    @property
    def act(self) -> str:
        if self._busy:
            return self.tr("Creating…")
        return self.tr("Continue") if self.created else self.tr("Create the profile")

    def begin(self) -> None:
        (self.key.fields[0] if self.created else self.username).setFocus()

    def end(self) -> bool:
        if self.created:
            self.made.emit(self.username.text().strip(), self.password.text())
        elif self.password.text() != self.again.text():
            self._refuse(self.tr("The two passwords differ."), self.again)
        else:
            self._make()
        return False

    def forget(self) -> None:
        """What is secret is taken off the screen."""
        self.key.forget()
        self.password.clear()
        self.again.clear()

    def _make(self) -> None:
        name, password = self.username.text().strip(), self.password.text()
        self._set_busy(True)
        self._acts.begin(
            self,
            lambda _: self._create(name, password),
            self._show_key,
            ended=lambda: self._set_busy(False),
            failed=self._failed,
        )

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        allow_if(not busy, self.username, self.password, self.again)
        self.changed.emit()

    def _show_key(self, created: CreatedProfile) -> None:
        self.created = True
        self.problem.hide()
        self._form.hide()
        self.key.show_key(self.username.text().strip(), created.recovery_key)
        self.key.show()
        self._retranslate()
        self.begin()

    def _failed(self, error: LaretsError) -> None:
        self._refuse(self._language.told(error), self.password)

    def _refuse(self, why: str, field: QLineEdit) -> None:
        say_or_hide(self.problem, why)
        field.selectAll()
        field.setFocus()

    def _typed(self) -> None:
        self.problem.hide()
        self.changed.emit()

    def _entered(self) -> None:
        """Enter goes to the next field, and from the last one on."""
        order = (self.username, self.password, self.again)
        empty = next((field for field in order if not field.text()), None)
        if empty is not None:
            empty.setFocus()
        elif self.ready:
            self.end()
