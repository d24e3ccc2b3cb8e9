"""What a search through a collection found: passages in order, each with where it stands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.domain.conversation import Segment
from app.ui.library.spot import Spot, spot

_SNIPPET = 320


class FoundList(QListWidget):
    """`picked` gives the Spot of a passage, and the id of its document."""

    picked = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "lines")
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(lambda item, _: self._pick(item))
        self.itemClicked.connect(self._pick)

    def show_segments(self, found: Sequence[Segment], *, evident: bool) -> None:
        """With a line above when nothing comes near what was asked."""
        self.blockSignals(True)
        self.clear()
        if not found:
            self._say(self.tr("Nothing was found."))
        elif not evident:
            self._say(self.tr("Nothing says this outright. The nearest passages:"))
        for each in found:
            text = " ".join(each.text.split())
            item = QListWidgetItem(f"{self._where(each)}\n{text[:_SNIPPET]}")
            item.setData(Qt.ItemDataRole.UserRole, (spot(each, None), each.document))
            self.addItem(item)
        self.blockSignals(False)

    def say_searching(self) -> None:
        self.clear()
        self._say(self.tr("Searching…"))

    def _say(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    def _where(self, segment: Segment) -> str:
        place = segment.best
        parts = [segment.name]
        if place.page:
            parts.append(self.tr("p. %1").replace("%1", str(place.page)))
        if place.cells:
            parts.append(f"{place.sheet} {place.cells}".strip())
        return " · ".join(parts)

    def _pick(self, item: QListWidgetItem | None) -> None:
        found: tuple[Spot, str] | None = item.data(Qt.ItemDataRole.UserRole) if item else None
        if found:
            self.picked.emit(*found)
