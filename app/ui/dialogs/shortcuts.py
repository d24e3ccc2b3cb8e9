"""The keys that the window knows."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.dialogs.dialog import Dialog
from app.ui.widgets.controls import label


class ShortcutsDialog(Dialog):
    def __init__(self, parent: QWidget, keys: Sequence[tuple[str, str]]) -> None:
        """`keys` with what they do."""
        super().__init__(parent, self.tr("Keyboard"))
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (key, does) in enumerate(keys):
            grid.addWidget(label("count", key), row, 0)
            grid.addWidget(label("", does), row, 1)
        self.hold(table)
        self.usual(self.act(self.tr("Close"), self.accept, "primary"))
