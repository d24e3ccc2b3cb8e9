"""Whether parts of the window move by themselves: bars of what takes a while, the text cursor,
menus that unfold. Qt 6.11 tells how much contrast a system asks for, but not how much motion.
"""

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from app.ui.widgets.controls import STILL, Bar

_KEY = "less-motion"
#: Lets Qt ask the system again how fast the cursor blinks.
_OF_SYSTEM = -1


def is_less(settings: QSettings) -> bool:
    """Whether the user wants less of it; False where nothing is stored."""
    return settings.value(_KEY, "false") in {True, "true"}


def choose(settings: QSettings, *, less: bool) -> None:
    """From now on; menus unfold again from the next start on."""
    settings.setValue(_KEY, less)
    apply(settings)


def apply(settings: QSettings) -> None:
    less = is_less(settings)
    QApplication.setCursorFlashTime(0 if less else _OF_SYSTEM)
    if less:
        for effect in Qt.UIEffect:
            QApplication.setEffectEnabled(effect, False)
    if application := QApplication.instance():
        application.setProperty(STILL, less)
    for each in QApplication.allWidgets():
        if isinstance(each, Bar):
            each.obey()
