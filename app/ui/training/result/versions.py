"""Earlier states of an adapter, to go back to."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.models.adapters import Adapter
from app.ui.dialogs.questions import agreed
from app.ui.language import filled
from app.ui.library.table.words import added_on
from app.ui.training.services import Version
from app.ui.training.words import TrainingWords
from app.ui.widgets.controls import button, label, let_go
from app.ui.widgets.layouts import in_row, wide
from app.ui.widgets.retranslating import Retranslating


class Versions(Retranslating, QWidget):
    """`chosen` gives the adapter that is wanted back."""

    chosen = Signal(object)

    def __init__(self, words: TrainingWords) -> None:
        super().__init__()
        self._words = words
        self._versions: Sequence[Version] = ()
        self.acts: dict[int, QPushButton] = {}
        self._title = label("strong")
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._title)
        self._draw()

    def show_versions(self, versions: Sequence[Version]) -> None:
        """Hidden when there are none."""
        self.setVisible(bool(versions))
        if versions != self._versions:
            self._versions = versions
            self._draw()

    def _draw(self) -> None:
        self._title.setText(self.tr("Earlier versions"))
        for line in self._lines:
            self._column.removeWidget(line)
            let_go(line)
        self.acts = {}
        self._lines = [self._line(version) for version in self._versions]
        for line in self._lines:
            self._column.addWidget(line)

    def _line(self, version: Version) -> QWidget:
        line, adapter = QWidget(), version.adapter
        told = filled(self.tr("Version %1 · %2"), adapter.version, added_on(adapter.created))
        if version.gain is not None:
            loss = self.tr("held-out loss %1 %")
            told += " · " + filled(loss, self._words.signed(-100 * version.gain, 0))
        text = label("muted", told)
        self.acts[adapter.version] = act = button("link", partial(self.ask, adapter))
        act.setText(self.tr("Go back to it"))
        act.setAccessibleName(f"{act.text()}: {told}")
        in_row(wide(text), act, on=line, margins=0)
        return line

    def ask(self, adapter: Adapter) -> None:
        """Say what happens, and do it when that is wanted."""
        question = self.tr("Go back to version %1? The present one stays, switched off.")
        if agreed(self, filled(question, adapter.version), act=self.tr("Go back to it")):
            self.chosen.emit(adapter)
