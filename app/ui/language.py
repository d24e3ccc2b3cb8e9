"""The interface's language: Russian or English, switchable while the program runs."""

import re
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QLibraryInfo,
    QLocale,
    QObject,
    QSettings,
    QTranslator,
    Signal,
)

from app.services.wording import Wording

LANGUAGES = ("ru", "en")
_QT_TEXTS = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)


class Language(QObject):
    """Installing a translator makes Qt send every widget a LanguageChange event."""

    changed = Signal()

    def __init__(self, resources: Path, settings: QSettings) -> None:
        super().__init__()
        self._resources, self._settings = resources, settings
        self._translators: list[QTranslator] = []
        system = "ru" if QLocale.system().language() == QLocale.Language.Russian else "en"
        self.code = str(settings.value("language", system))
        self.wording = Wording(resources, self.code)
        self._install()

    def choose(self, code: str) -> None:
        if code != self.code:
            self.code = code
            self._settings.setValue("language", code)
            self._install()

    def size(self, count: int) -> str:
        """Bytes as a reader would say them: "1,4 МБ"."""
        return QLocale(self.code).formattedDataSize(
            max(count, 1024), 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat
        )

    def told(self, error: BaseException) -> str:
        """What happened and what to do, in one line."""
        sentence = self.wording.of(error)
        return f"{sentence.what} {sentence.hint}".strip()

    def number(self, value: float, digits: int = 1) -> str:
        return QLocale(self.code).toString(float(value), "f", digits)

    def close(self) -> None:
        """Give the application back its own words: translators outlive the window otherwise."""
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        self._translators = []

    def _install(self) -> None:
        self.close()
        QLocale.setDefault(QLocale(self.code))
        self.wording = Wording(self._resources, self.code)
        translator = QTranslator(self)
        if translator.load(str(self._resources / "i18n" / f"larets_{self.code}.qm")):
            QCoreApplication.installTranslator(translator)
        of_qt = QTranslator(self)  # file dialogs, menus of fields, colours
        if of_qt.load(f"qtbase_{self.code}", _QT_TEXTS):
            QCoreApplication.installTranslator(of_qt)
        self._translators = [translator, of_qt]
        self.changed.emit()


def filled(text: str, *values: object) -> str:
    """A text with its places %1, %2, … filled, whatever stands in the values."""
    return re.sub(r"%([1-9])", lambda place: str(values[int(place[1]) - 1]), text)
