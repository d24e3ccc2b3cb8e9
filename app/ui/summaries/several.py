"""What stands beside the list when no single summary is shown: several are chosen, or none is."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.ui.theme import Theme
from app.ui.widgets.controls import allow_if, button, label
from app.ui.widgets.layouts import ACROSS, STRETCH, aligned, in_column, in_row
from app.ui.widgets.retranslating import Retranslating

_TEXT_WIDTH = 460


class SeveralPane(Retranslating, QWidget):
    """Acts on all that are chosen."""

    merged, exported, removed = Signal(), Signal(), Signal()

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._title, self._about = label("title"), _told()
        self.merge = button("primary", self.merged.emit)
        self.export = button("", self.exported.emit)
        self.remove = button("", self.removed.emit)
        acts = in_row(STRETCH, self.merge, self.export, self.remove, STRETCH, spacing=8)
        in_column(
            STRETCH, aligned(self._title, ACROSS), _centred(self._about), acts, STRETCH, on=self,
            spacing=12,
        )  # fmt: skip
        self._retranslate()

    def show_count(self, count: int, begun: int) -> None:
        """`begun` of them have something that can be merged, exported or deleted."""
        self._count = count
        self.merge.setEnabled(begun > 1)
        allow_if(begun > 0, self.export, self.remove)
        self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("%n summary(ies) chosen", "", self._count))
        self._about.setText(self.tr("Merged ones become one summary, in the order of their time."))
        self.merge.setText(self.tr("Merge into one"))
        self.export.setText(self.tr("Export…"))
        self.remove.setText(self.tr("Delete"))


class EmptyPane(Retranslating, QWidget):
    """Nothing to show: what summaries are, or that none was found."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._found_none = theme, False
        self._sign, self._title, self._about = QLabel(), label("title"), _told()
        in_column(
            STRETCH, aligned(self._sign, ACROSS), aligned(self._title, ACROSS),
            _centred(self._about), STRETCH, on=self, margins=(40, 0, 40, 0), spacing=12,
        )  # fmt: skip
        theme.follow(self._retranslate)

    def say(self, *, found_none: bool) -> None:
        self._found_none = found_none
        self._retranslate()

    def _retranslate(self) -> None:
        icon = self._theme.icon("notebook-text", "accent", 32)
        self._sign.setPixmap(icon.pixmap(QSize(32, 32)))
        self._sign.setVisible(not self._found_none)
        if self._found_none:
            self._title.setText(self.tr("Nothing found"))
            self._about.setText(self.tr("Try other words, or clear the search."))
            return
        self._title.setText(self.tr("No summaries yet"))
        self._about.setText(
            self.tr(
                "After you leave a conversation, and when the program has nothing else to do, the "
                "model writes down its main points, decisions and open questions. Nothing leaves "
                "this computer."
            )
        )


def _told() -> QLabel:
    made = label("muted", wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setFixedWidth(_TEXT_WIDTH)
    return made


def _centred(text: QLabel) -> QHBoxLayout:
    """As high as its text is at its width."""
    return in_row(STRETCH, text, STRETCH)
