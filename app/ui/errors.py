"""Expected errors as a message; anything else as a dialog with facts that can be copied."""

import platform
import traceback
from types import TracebackType

from PySide6.QtWidgets import QMessageBox, QWidget

from app import __version__
from app.domain.errors import Cancelled, LaretsError
from app.services.wording import Wording


def show_error(parent: QWidget | None, error: BaseException, wording: Wording) -> None:
    """Say what happened and what to do. `Cancelled` is silent."""
    if isinstance(error, Cancelled):
        return
    sentence = wording.of(error)
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(sentence.what)
    box.setInformativeText(sentence.hint)
    if not isinstance(error, LaretsError):
        box.setDetailedText(facts(type(error), error.__traceback__))
    box.exec()


def facts(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Versions, the error's type and the places in the code; no values, no user text."""
    places = [
        f"  {frame.filename.rpartition('app')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    head = f"Larets {__version__}, Python {platform.python_version()}, {platform.system()}"
    return "\n".join([head, kind.__name__, *places])
