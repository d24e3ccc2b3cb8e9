"""The same questions, answered by the base and by the adapter, beside what was wanted."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QListWidget, QWidget

from app.domain.training.training import AnswerPair
from app.ui.theme import Theme
from app.ui.training.result.answer_box import AnswerBox
from app.ui.widgets.controls import label
from app.ui.widgets.layouts import in_column
from app.ui.widgets.retranslating import Retranslating

_MOST = 5
#: Narrower than this the three answers stand one under another.
_WIDE = 620


class AnswerPairs(Retranslating, QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._pairs: Sequence[AnswerPair] = ()
        self._title = label("strong")
        self.list = QListWidget()
        self.list.setProperty("kind", "lines")
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show)
        self.base, self.wanted = AnswerBox(theme), AnswerBox(theme)
        self.adapted = AnswerBox(theme, accent=True)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        in_column(self._title, self.list, self._grid, on=self, margins=0, spacing=10)
        self._arrange(wide=True)
        self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Answers side by side"))
        self.list.setAccessibleName(self.tr("Held-out questions"))
        self._show(self.list.currentRow())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=event.size().width() >= _WIDE)

    def _arrange(self, *, wide: bool) -> None:
        for place, box in enumerate((self.base, self.adapted, self.wanted)):
            self._grid.addWidget(box, 0 if wide else place, place if wide else 0)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if wide or column == 0 else 0)

    def show_pairs(self, pairs: Sequence[AnswerPair]) -> None:
        """The first is chosen; hidden when there are none."""
        self.setVisible(bool(pairs))
        if pairs == self._pairs:
            return
        self._pairs = pairs
        self.list.clear()
        self.list.addItems([pair.question for pair in pairs])
        self.list.setFixedHeight(min(len(pairs), _MOST) * self.list.sizeHintForRow(0))
        self.list.setVisible(len(pairs) > 1)
        self.list.setCurrentRow(0)

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._pairs):
            pair = self._pairs[row]
            self.base.say(self.tr("Base"), pair.base)
            self.adapted.say(self.tr("With the adapter"), pair.adapted)
            self.wanted.say(self.tr("Wanted"), pair.wanted)
