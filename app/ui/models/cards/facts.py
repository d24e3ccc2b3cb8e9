"""Names and values in two columns."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from app.ui.widgets.controls import label, let_go


class Facts(QWidget):
    """Pairs of a muted name and a value."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, 108)

    def show_pairs(self, pairs: list[tuple[str, str]]) -> None:
        """Those with an empty value are left out."""
        clear(self._grid)
        for row, (name, value) in enumerate(pair for pair in pairs if pair[1]):
            said = label("muted", name, wrap=True)
            told = label("", value, wrap=True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(said, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(told, row, 1, Qt.AlignmentFlag.AlignTop)


def clear(layout: QLayout) -> None:
    """Its widgets are gone at once, not with the next turn of the event loop."""
    while (item := layout.takeAt(0)) is not None:
        if old := item.widget():
            let_go(old)
