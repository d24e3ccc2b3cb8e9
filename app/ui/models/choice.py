"""Asks before models are taken in: copy them into Larets, or use them where they lie."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QRadioButton, QWidget

from app.services.models.model_import import Weighed
from app.ui.language import Language, filled
from app.ui.widgets.controls import button, label, say
from app.ui.widgets.elided import Elided
from app.ui.widgets.layouts import STRETCH, in_column, in_row


class CopyOrRefer(QDialog):
    """`decided` says True for a copy. Closed otherwise, nothing happens."""

    decided = Signal(bool)

    def __init__(
        self, parent: QWidget, paths: Sequence[Path], weighed: Weighed, language: Language
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add model"))
        self.setMinimumWidth(440)
        self._language = language
        name = Elided("strong")
        name.say(", ".join(path.name for path in paths))
        size = label("muted", language.size(weighed.size))
        self.copy, self.refer = QRadioButton(), QRadioButton()
        self._copy_hint, self._refer_hint = label("small", wrap=True), label("small", wrap=True)
        self.cancel, self.go = button("", self.reject), button("primary", self._decide)
        self.go.setDefault(True)
        column = in_column(name, size, 12, on=self, margins=(22, 20, 22, 18), spacing=4)
        for choice, hint in ((self.copy, self._copy_hint), (self.refer, self._refer_hint)):
            column.addWidget(choice)
            column.addLayout(_indented(hint))
            column.addSpacing(8)
        column.addLayout(self._acts())
        self._word(weighed)

    def _acts(self) -> QHBoxLayout:
        return in_row(STRETCH, self.cancel, self.go, spacing=8)

    def _word(self, weighed: Weighed) -> None:
        enough = weighed.size <= weighed.free
        self.copy.setText(self.tr("Copy into Larets"))
        self.refer.setText(self.tr("Use it where it lies"))
        free = self._language.size(weighed.free)
        copied = self.tr("Recommended: it is always there. %1 are free on the disk.")
        full = self.tr("There is no room: only %1 are free on the disk.")
        self._copy_hint.setText(filled(copied if enough else full, free))
        self._refer_hint.setText(
            self.tr("Takes no room, but the stick or share has to be there whenever it answers.")
        )
        for choice, hint in ((self.copy, self._copy_hint), (self.refer, self._refer_hint)):
            choice.setToolTip(hint.text())
        self.copy.setEnabled(enough)
        (self.copy if enough else self.refer).setChecked(True)
        say(self.go, self.tr("Add"), "Enter")
        say(self.cancel, self.tr("Cancel"), "Esc")

    def _decide(self) -> None:
        self.decided.emit(self.copy.isChecked())
        self.accept()


def _indented(hint: QWidget) -> QHBoxLayout:
    """Under the words of its choice, not under the dot."""
    return in_row(hint, margins=(24, 0, 0, 0))
