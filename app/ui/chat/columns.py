"""Conversations, the conversation and its sources side by side, as wide as the user drew them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from app.ui.remembered import Remembered
from app.ui.widgets.controls import rest

#: Pixels of the sources at first and at least, and of the conversation at least.
_PANEL, _LEAST_PANEL, _LEAST_MIDDLE = 400, 250, 320
#: Below that width sources that are empty give their room to the conversation.
_NARROW = 1000
_WIDTH = "chat-sources"


class ChatColumns(QSplitter):
    """The sources grow to half of the room, and take it while presenting."""

    def __init__(
        self,
        sidebar: QWidget,
        middle: QWidget,
        panel: QWidget,
        remembered: Remembered,
        parent: QWidget,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sidebar, self._panel, self._remembered = sidebar, panel, remembered
        middle.setMinimumWidth(_LEAST_MIDDLE)
        panel.setMinimumWidth(_LEAST_PANEL)
        for part in (sidebar, middle, panel):
            self.addWidget(part)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setObjectName("columns")
        kept = remembered.numbers(_WIDTH)
        self._wished = kept[0] if len(kept) == 1 else _PANEL
        self._filled = self._presenting = False
        self._settle = rest(self, 400, lambda: remembered.keep(_WIDTH, [self._wished]))
        self.splitterMoved.connect(lambda *_: self._note())

    def fill(self, *, filled: bool) -> None:
        """Whether there is anything in the sources."""
        self._filled = filled
        self._share()

    def present(self, *, on: bool) -> None:
        """Nothing of other conversations, and the document as large as the answer."""
        self._presenting = on
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        narrow = self.width() < _NARROW
        self._sidebar.setVisible(not self._presenting)
        self._panel.setVisible(self._filled or not narrow)
        side = 0 if self._presenting else self._sidebar.minimumWidth()
        half = (self.width() - side) // 2
        panel = half if self._presenting else min(self._wished, half)
        panel = 0 if self._panel.isHidden() else panel
        self.setSizes([side, max(self.width() - side - panel - 2, 0), panel])

    def _note(self) -> None:
        if self._presenting:
            return
        self._wished = self.sizes()[2] or self._wished
        self._settle.start()
