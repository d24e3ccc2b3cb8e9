"""The card before everything: choose a profile and unlock it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import LaretsError
from app.services.jobs import Job
from app.ui.acts import Acts
from app.ui.language import LANGUAGES, Language
from app.ui.login.password_field import PasswordField
from app.ui.login.recovery import RecoveryForm
from app.ui.theme import Theme
from app.ui.widgets.controls import allow_if, button, invite, label, show_if
from app.ui.widgets.layouts import CENTRE, STRETCH, Placed, aligned, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

R = TypeVar("R")
_CARD_WIDTH = 372
#: The card's faces: unlock, a forgotten password.
_LOGIN, _FORGOTTEN = range(2)


class LoginPage(Retranslating, QWidget):
    """`unlock(name, password)` opens a profile, on `unlocking`, `recover(name, key, password)` sets
    its password; `unlocked` gives what the first gave;
    `refused` says that it stays closed; `ailing` asks for the health check."""

    unlocked = Signal(object)
    ailing = Signal()
    refused = Signal()

    def __init__(
        self,
        unlock: Callable[[str, str], object],
        recover: Callable[[str, str, str], object],
        unlocking: Acts,
        theme: Theme,
        language: Language,
    ) -> None:
        super().__init__()
        self.setObjectName("login")
        self._unlock, self._recover, self._unlocking = unlock, recover, unlocking
        self._theme, self._language = theme, language
        self._recovery = ""
        self._build()
        self.show_names(())

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
        self._forgotten = RecoveryForm(self._theme, self.recover, self._come_back)
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
        self.password = PasswordField(self._theme)
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

    def _language_row(self) -> QHBoxLayout:
        row = in_row(STRETCH)
        self._languages = {}
        for code in LANGUAGES:
            choice = button("link", partial(self._language.choose, code), code.upper())
            choice.setCheckable(True)
            choice.setAutoExclusive(True)
            self._languages[code] = choice
            row.addWidget(choice)
        return row

    def _show_language(self) -> None:
        self._languages[self._language.code].setChecked(True)

    def _retranslate(self) -> None:
        self._product.setText(self.tr("Larets"))
        self._promise.setText(self.tr("Your data is encrypted. No network is used."))
        self._check.setText(self.tr("Health check"))
        for part in (self._name, self._name.view()):
            part.setAccessibleName(self.tr("Profile"))
        invite(self.password, self.tr("Password"))
        self._open.setText(self.tr("Unlock"))
        self._forgot.setText(self.tr("Recovery key"))
        self._show_language()

    # -- acts -------------------------------------------------------------------------------------

    def show_names(self, names: Sequence[str]) -> None:
        """An empty form for the profiles that there are; none before they are known."""
        self._retranslate()
        self._name.clear()
        self._name.addItems(list(names))
        show_if(bool(names), self._card, self._check)
        self.password.clear()
        self._problem.hide()
        self._forgotten.clear()
        self._show_card(_LOGIN)
        self.password.setFocus()

    @property
    def problem(self) -> str:
        """The sentence shown in red on the card's present face; empty without one."""
        shown = self._problem_of(self._card.currentIndex())
        return shown.text() if shown and not shown.isHidden() else ""

    def enter(self, name: str, password: str) -> None:
        """Fill the form in and press the button."""
        self._name.setCurrentText(name)
        self.password.setText(password)
        self._try()

    def _come_back(self) -> None:
        self._show_card(_LOGIN)
        self.password.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """The password is what is typed first."""
        super().showEvent(event)
        self.password.setFocus()

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
        field = self.password if problem is self._problem else self._forgotten.password
        field.selectAll()
        field.setFocus()
        self.refused.emit()

    def _problem_of(self, face: int) -> QLabel | None:
        return {
            _LOGIN: self._problem,
            _FORGOTTEN: self._forgotten.problem,
        }.get(face)

    def recover(self, key: str, new: str) -> None:
        """Set the new password and log in with it."""
        name = self._name.currentText()
        self._wait_for(
            lambda _: self._recover(name, key, new), lambda _: self._recovered(name, new)
        )

    def _recovered(self, name: str, password: str) -> None:
        self._forgotten.clear()
        self._show_card(_LOGIN)
        self.enter(name, password)

    def _busy(self, busy: bool) -> None:
        allow_if(not busy, self._open, self.password, self._name)
        self._open.setText(self.tr("Unlocking…") if busy else self.tr("Unlock"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.password.clear()
        super().keyPressEvent(event)


def _form() -> tuple[QWidget, QVBoxLayout]:
    form = QFrame()
    column = in_column(on=form, margins=(18, 18, 18, 14), spacing=12)
    return form, column


def initials(name: str) -> str:
    """Up to two letters for an avatar: "Анна Петрова" → "АП"."""
    return "".join(word[0] for word in name.split()[:2]).upper()
