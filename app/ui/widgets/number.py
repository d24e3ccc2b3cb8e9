"""Fields for numbers: no arrows, and the wheel only passes over them."""

from PySide6.QtCore import QLocale
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox

from app.ui.widgets.retranslating import Retranslating

#: The style sheet cannot set an inner field of its own in from the edge.
_EDGE = 9


def _plain(field: QAbstractSpinBox) -> None:
    field.setKeyboardTracking(False)
    field.lineEdit().setTextMargins(_EDGE, 0, _EDGE, 0)


class WholeField(QSpinBox):
    def __init__(self) -> None:
        super().__init__()
        _plain(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class NumberField(Retranslating, QDoubleSpinBox):
    def __init__(self) -> None:
        super().__init__()
        _plain(self)

    def _retranslate(self) -> None:
        self.setLocale(QLocale())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
