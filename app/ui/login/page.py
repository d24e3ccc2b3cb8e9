"""The card before everything: choose a profile and unlock it, or make the first one."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import LaretsError
from app.domain.roles import CreatedProfile, Role
from app.services.jobs import Job
from app.services.profiles.profiles import ProfileService
from app.ui.acts import Acts
from app.ui.language import LANGUAGES, Language
from app.ui.login.recovery import RecoveryForm
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, allow_if, button, invite, label
from app.ui.widgets.layouts import CENTRE, STRETCH, Placed, aligned, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

R = TypeVar("R")
_CARD_WIDTH = 372
#: The card's faces: unlock, first profile, the new profile's recovery key, a forgotten password.
_LOGIN, _CREATE, _KEPT, _FORGOTTEN = range(4)


class LoginPage(Retranslating, QWidget):
    """`unlock(name, password)` opens a profile, on `unlocking`; `unlocked` gives what that gave;
    `ailing` asks for the health check."""

    unlocked = Signal(object)
    ailing = Signal()

    def __init__(
        self,
        profiles: ProfileService,
        unlock: Callable[[str, str], object],
        unlocking: Acts,
        theme: Theme,
        language: Language,
    ) -> None:
        super().__init__()
        self.setObjectName("login")
        self._profiles, self._unlock, self._unlocking = profiles, unlock, unlocking
        self._theme, self._language = theme, language
        self._recovery = ""
        self._build()
        self.reset()

    # -- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self._logo, self._product = QLabel(), label("title")
        self._logo.setFixedSize(56, 56)
        self._logo.setPixmap(self._theme.logo(56))
        self._product.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._card = QStackedWidget()
        self._card.setObjectName("card")
        self._card.setFixedWidth(_CARD_WIDTH)
        self._card.addWidget(self._login_form())
        self._card.addWidget(self._create_form())
        self._card.addWidget(self._recovery_form())
        self._forgotten = RecoveryForm(
            self._password_field(), self.recover, lambda: self._show_card(_LOGIN)
        )
        self._card.addWidget(self._forgotten)
        self._promise = label("small")
        self._promise.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._check = button("link", self.ailing.emit)
        in_column(
            Placed(stretch=3), aligned(self._logo, CENTRE), 8, self._product, 16,
            aligned(self._card, CENTRE), 12, self._promise,
            aligned(self._check, CENTRE), Placed(stretch=4), on=self,
        )  # fmt: skip

    def _login_form(self) -> QWidget:
        form, column = _form()
        self._avatar, self._name = label("avatar"), QComboBox()
        self._avatar.setFixedSize(36, 36)
        self._avatar.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._avatar.setStyleSheet("border-radius: 18px;")
        self._name.currentTextChanged.connect(self._show_avatar)
        who = in_row(self._avatar, wide(self._name), spacing=12)
        self.password = self._password_field()
        self.password.returnPressed.connect(self._try)
        self._open = button("primary", self._try)
        self._problem = label("danger", wrap=True)
        self._problem.hide()
        self._forgot = button("link", lambda: self._show_card(_FORGOTTEN))
        last = self._language_row()
        last.insertWidget(0, self._forgot)
        column.addLayout(who)
        column.addWidget(self.password)
        column.addWidget(self._open)
        column.addWidget(self._problem)
        column.addLayout(last)
        return form

    def _create_form(self) -> QWidget:
        form, column = _form()
        self._welcome, self._explain = label("strong", wrap=True), label("muted", wrap=True)
        self._new_name = QLineEdit()
        self._new_password, self._repeat = self._password_field(), self._password_field()
        self._repeat.returnPressed.connect(self._create)
        self._create_button = button("primary", self._create)
        self._create_problem = label("danger", wrap=True)
        self._create_problem.hide()
        last = self._language_row()
        for part in (
            self._welcome, self._explain, self._new_name, self._new_password, self._repeat,
            self._create_button, self._create_problem,
        ):  # fmt: skip
            column.addWidget(part)
        column.addLayout(last)
        return form

    def _recovery_form(self) -> QWidget:
        form, column = _form()
        self._recovery_title, self._recovery_text = label("strong"), label("muted", wrap=True)
        self._key = label("", wrap=True)
        self._key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._key.setStyleSheet("font-family: monospace; font-size: 14px;")
        self._go_on = button("primary", self.go_on)
        for part in (self._recovery_title, self._recovery_text, self._key, self._go_on):
            column.addWidget(part)
        return form

    def _language_row(self) -> QHBoxLayout:
        row = in_row(STRETCH)
        for code in LANGUAGES:
            choice = button("link", partial(self._language.choose, code), code.upper())
            row.addWidget(choice)
        return row

    def _password_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setMinimumHeight(40)
        show = IconButton(self._theme, "eye", lambda: _toggle(field), parent=field, size=16)
        show.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        show.say(self.tr("Show the password"))
        in_row(STRETCH, show, on=field, margins=(0, 0, 6, 0))
        return field

    def _retranslate(self) -> None:
        self._product.setText(self.tr("Larets"))
        self._promise.setText(self.tr("Your data is encrypted. No network is used."))
        self._check.setText(self.tr("Health check"))
        self._name.setAccessibleName(self.tr("Profile"))
        for field in (self.password, self._new_password):
            invite(field, self.tr("Password"))
        self._open.setText(self.tr("Unlock"))
        self._forgot.setText(self.tr("Recovery key"))
        self._welcome.setText(self.tr("Welcome"))
        self._explain.setText(
            self.tr(
                "Make the first profile. It is the administrator's; everything that Larets keeps "
                "is encrypted with its password."
            )
        )
        invite(self._new_name, self.tr("Your name"))
        invite(self._repeat, self.tr("Password once more"))
        self._create_button.setText(self.tr("Create the profile"))
        self._recovery_title.setText(self.tr("Recovery key"))
        self._recovery_text.setText(
            self.tr(
                "Print this key or write it down and lock it away. It is shown this once, and "
                "it is the only way back if the password is forgotten."
            )
        )
        self._go_on.setText(self.tr("I have kept the key"))

    # -- acts -------------------------------------------------------------------------------------

    def reset(self) -> None:
        """Back to an empty form: the first start's when there is no profile yet."""
        self._retranslate()
        names = self._profiles.names()
        self._name.clear()
        self._name.addItems(names)
        for field in (self.password, self._new_password, self._repeat):
            field.clear()
        self._problem.hide()
        self._forgotten.clear()
        self._show_card(_LOGIN if names else _CREATE)
        (self.password if names else self._new_name).setFocus()

    @property
    def problem(self) -> str:
        """The sentence shown in red on the card's present face; empty without one."""
        shown = self._problem_of(self._card.currentIndex())
        return shown.text() if shown and not shown.isHidden() else ""

    @property
    def recovery_key(self) -> str:
        """The new profile's recovery key while it is shown."""
        return self._key.text()

    def found(self, name: str, password: str, repeated: str) -> None:
        """Fill the first start's form in and press the button."""
        self._new_name.setText(name)
        self._new_password.setText(password)
        self._repeat.setText(repeated)
        self._create()

    def enter(self, name: str, password: str) -> None:
        """Fill the form in and press the button."""
        self._name.setCurrentText(name)
        self.password.setText(password)
        self._try()

    def _show_card(self, place: int) -> None:
        self._card.setCurrentIndex(place)
        self._fit()

    def _fit(self) -> None:
        if current := self._card.currentWidget():
            self._card.setFixedHeight(current.sizeHint().height())

    def _show_avatar(self, name: str) -> None:
        self._avatar.setText(initials(name))

    def _try(self) -> None:
        name, password = self._name.currentText(), self.password.text()
        if not password or not self._open.isEnabled():
            return
        self._wait_for(lambda _: self._unlock(name, password), self._in)

    def _wait_for(self, work: Callable[[Job], R], done: Callable[[R], object]) -> None:
        """Keys are derived for a second; the form waits, and says what went wrong."""
        self._busy(True)
        self._unlocking.begin(
            self, work, ended=lambda: self._busy(False), done=done, failed=self._failed
        )

    def _in(self, services: object) -> None:
        self.password.clear()
        self._problem.hide()
        self.unlocked.emit(services)

    def _failed(self, error: LaretsError) -> None:
        problem = self._problem_of(self._card.currentIndex()) or self._problem
        problem.setText(self._language.told(error))
        problem.show()
        self._fit()
        self.password.selectAll()
        self.password.setFocus()

    def _problem_of(self, face: int) -> QLabel | None:
        return {
            _LOGIN: self._problem,
            _CREATE: self._create_problem,
            _FORGOTTEN: self._forgotten.problem,
        }.get(face)

    def recover(self, key: str, new: str) -> None:
        """Set the new password and log in with it."""
        name = self._name.currentText()
        self._wait_for(
            lambda _: self._profiles.recover(name, key, new), lambda _: self._recovered(name, new)
        )

    def _recovered(self, name: str, password: str) -> None:
        self._forgotten.clear()
        self._show_card(_LOGIN)
        self.enter(name, password)

    def _create(self) -> None:
        name, password = self._new_name.text().strip(), self._new_password.text()
        if not name or password != self._repeat.text():
            self._create_problem.setText(
                self.tr("The two passwords differ.") if name else self.tr("Enter a name.")
            )
            self._create_problem.show()
            self._fit()
            return
        self._wait_for(
            lambda _: self._profiles.create(name, password, Role.ADMINISTRATOR), self._show_recovery
        )

    def _show_recovery(self, created: CreatedProfile) -> None:
        self._key.setText(created.recovery_key)
        self._show_card(_KEPT)
        self._go_on.setFocus()

    def go_on(self) -> None:
        """Log straight in: the password was typed a moment ago."""
        password = self._new_password.text()
        self._key.clear()
        self.reset()
        self.password.setText(password)
        self._try()

    def _busy(self, busy: bool) -> None:
        allow_if(not busy, self._open, self._create_button, self.password, self._name)
        self._open.setText(self.tr("Unlocking…") if busy else self.tr("Unlock"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.password.clear()
        super().keyPressEvent(event)


def _form() -> tuple[QWidget, QVBoxLayout]:
    form = QFrame()
    column = in_column(on=form, margins=(18, 18, 18, 14), spacing=12)
    return form, column


def _toggle(field: QLineEdit) -> None:
    hidden = field.echoMode() == QLineEdit.EchoMode.Password
    field.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)


def initials(name: str) -> str:
    """Up to two letters for an avatar: "Анна Петрова" → "АП"."""
    return "".join(word[0] for word in name.split()[:2]).upper()
