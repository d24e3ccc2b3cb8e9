"""Collections, documents and details side by side, as wide as the user drew them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.ui.remembered import Remembered
from app.ui.widgets.controls import rest

#: Pixels at first, at least and, of the collections, at most.
_SIDE, _LEAST_SIDE, _MOST_SIDE = 224, 180, 340
_DETAILS, _LEAST_DETAILS = 340, 280
_LEAST_MIDDLE = 340
#: Below that width the collections go into a menu.
_NARROW = 980
_WIDTHS, _SHOWN = "library-widths", "library-details"


class LibraryColumns(QSplitter):
    """`narrowed` says whether the collections have no column of their own; `turned` whether the
    details are shown."""

    narrowed, turned = Signal(bool), Signal(bool)

    def __init__(
        self,
        side: QWidget,
        middle: QWidget,
        details: QWidget,
        remembered: Remembered,
        parent: QWidget,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._side, self._details, self._remembered = side, details, remembered
        side.setMinimumWidth(_LEAST_SIDE)
        side.setMaximumWidth(_MOST_SIDE)
        middle.setMinimumWidth(_LEAST_MIDDLE)
        details.setMinimumWidth(_LEAST_DETAILS)
        for part in (side, middle, details):
            self.addWidget(part)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setObjectName("columns")
        kept = remembered.numbers(_WIDTHS)
        self._wished = kept if len(kept) == 2 else [_SIDE, _DETAILS]
        self._settle = rest(self, 400, self._keep)
        self.splitterMoved.connect(lambda *_: self._note())
        details.setVisible(remembered.numbers(_SHOWN) != [0])

    @property
    def narrow(self) -> bool:
        return self.width() < _NARROW

    @property
    def details_shown(self) -> bool:
        return not self._details.isHidden()

    def show_details(self, *, shown: bool) -> None:
        """Also the next time that the program is started."""
        self._details.setVisible(shown)
        self._remembered.keep(_SHOWN, [int(shown)])
        self._share()
        self.turned.emit(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._details.setMaximumWidth(max(self.width() // 2, _LEAST_DETAILS))
        if self._side.isHidden() != self.narrow:
            self._side.setVisible(not self.narrow)
            self.narrowed.emit(self.narrow)
        self._share()

    def _share(self) -> None:
        side = 0 if self.narrow else self._wished[0]
        details = min(self._wished[1], self.width() // 2) if self.details_shown else 0
        borders = self.handleWidth() * (bool(side) + bool(details))
        self.setSizes([side, max(self.width() - side - details - borders, 0), details])

    def _note(self) -> None:
        side, _, details = self.sizes()
        self._wished = [side or self._wished[0], details or self._wished[1]]
        self._settle.start()

    def _keep(self) -> None:
        self._remembered.keep(_WIDTHS, self._wished)
