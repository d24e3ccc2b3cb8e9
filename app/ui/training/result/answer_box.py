"""An answer in a frame, its citations as small gold chips."""

import html
import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel

from app.ui.theme import Theme
from app.ui.widgets.controls import label
from app.ui.widgets.layouts import in_column, wide

_CITATION = re.compile(r"\[(\d{1,2})\]")


class AnswerBox(QFrame):
    """`accent` frames the answer that is looked at."""

    def __init__(self, theme: Theme, *, accent: bool = False) -> None:
        super().__init__()
        self.setObjectName("answer")
        self.setProperty("kind", "accent" if accent else "")
        self._theme = theme
        self.text = ""
        self._head = label("accent" if accent else "small")
        self._body = QLabel()
        self._body.setTextFormat(Qt.TextFormat.RichText)
        self._body.setWordWrap(True)
        self._body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        in_column(self._head, wide(self._body), on=self, margins=(14, 10, 14, 12), spacing=4)
        theme.changed.connect(self._draw)

    def say(self, head: str, text: str) -> None:
        self._head.setText(head)
        self.text = text.strip()
        self.setAccessibleName(head)
        self.setAccessibleDescription(self.text)
        self._draw()

    def _draw(self) -> None:
        colors = self._theme.colors
        chip = (
            f'<span style="background-color:{colors.gold_soft};color:{colors.gold};'
            r'font-size:12px;font-weight:600">&nbsp;\1&nbsp;</span>'
        )
        safe = html.escape(self.text).replace("\n", "<br>")
        self._body.setText(_CITATION.sub(chip, safe))
