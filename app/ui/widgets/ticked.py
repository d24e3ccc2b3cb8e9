"""A list of things to tick."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

_ROW, _MOST_ROWS = 28, 5
_ID = Qt.ItemDataRole.UserRole


class TickedList(QListWidget):
    """`turned` gives the id of what the user ticked or freed, and whether it is ticked now."""

    turned = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "ticked")
        self.itemChanged.connect(
            lambda item: self.turned.emit(str(item.data(_ID)), _is_ticked(item))
        )

    def offer(self, lines: Iterable[tuple[str, str, bool]]) -> None:
        """Id, text, and whether it is ticked; nobody hears of these ticks."""
        with QSignalBlocker(self):
            self.clear()
            for key, text, ticked in lines:
                item = QListWidgetItem(text)
                item.setData(_ID, key)
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
                self.addItem(item)

    def fit(self, least: int = 0) -> None:
        """As high as its lines, `least` of them, up to five."""
        rows = min(max(self.count(), least), _MOST_ROWS)
        self.setFixedHeight(rows * _ROW + 4)

    def items_shown(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    @property
    def keys(self) -> list[str]:
        """Ids of all, from the top."""
        return [str(item.data(_ID)) for item in self.items_shown()]

    @property
    def chosen(self) -> list[str]:
        """Ids of those that are ticked."""
        return [str(item.data(_ID)) for item in self.items_shown() if _is_ticked(item)]


def _is_ticked(item: QListWidgetItem) -> bool:
    return item.checkState() == Qt.CheckState.Checked
