"""Which language the window speaks."""

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QPushButton

from app.ui.first_run.step import Step
from app.ui.language import LANGUAGES, Language
from app.ui.widgets.controls import button

_NAMES = {"ru": "Русский", "en": "English"}


class LanguageStep(Step):
    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._group = QButtonGroup(self)
        self.choices: dict[str, QPushButton] = {}
        for code in LANGUAGES:
            made = button("choice", partial(self._choose, code), _NAMES[code])
            made.setCheckable(True)
            self._group.addButton(made)
            self.choices[code] = made
            self.hold(made)
        self._retranslate()

    def _retranslate(self) -> None:
        self.say(
            self.tr("Choose your language"),
            self.tr("Answers come in the language of the question, whatever you choose here."),
        )
        self.choices[self._language.code].setChecked(True)
        self.changed.emit()

    def _choose(self, code: str) -> None:
        self._language.choose(code)

    @property
    def note(self) -> str:
        return _NAMES[self._language.code]
