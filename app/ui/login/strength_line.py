"""What a new password is worth, in words under its field, while it is typed."""

from PySide6.QtWidgets import QLabel, QLineEdit

from app.domain.passwords import LEAST_LENGTH, Hold, Weakness, strength
from app.ui.language import filled
from app.ui.widgets.controls import say_or_hide
from app.ui.widgets.retranslating import Retranslating


class StrengthLine(Retranslating, QLabel):
    """Hidden while `password` is empty. `name` is the profile's: whoever attacks it knows that."""

    def __init__(self, password: QLineEdit, name: QLineEdit | str) -> None:
        super().__init__()
        self.setProperty("kind", "muted")
        self.setWordWrap(True)
        self._password, self._name = password, name
        password.textChanged.connect(self._retranslate)
        if isinstance(name, QLineEdit):
            name.textChanged.connect(self._retranslate)
        self._retranslate()

    def _retranslate(self) -> None:
        typed = self._password.text()
        name = self._name if isinstance(self._name, str) else self._name.text()
        say_or_hide(self, self._words(typed, name) if typed else "")

    def _words(self, typed: str, name: str) -> str:
        found = strength(typed, [name] if name else [])
        match found.weakness or found.hold:
            case Weakness.SHORT:
                return filled(self.tr("Too short: at least %1 characters."), LEAST_LENGTH)
            case Weakness.BLANK:
                return self.tr("Spaces alone are no password.")
            case Weakness.GUESSED:
                return self.tr("Easily guessed: add a word or two that do not belong together.")
            case Hold.WEAK:
                return self.tr("Weak: it holds for days at most. Add a word or two.")
            case Hold.FAIR:
                return self.tr("Fair: another word would make it much stronger.")
            case Hold.GOOD:
                return self.tr("Good.")
            case Hold.STRONG:
                return self.tr("Strong.")
