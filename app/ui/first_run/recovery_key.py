"""A new recovery key: shown once, kept on paper, and proven to be kept by two of its groups."""

import random
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from app.ui.dialogs.copying import CopyButton
from app.ui.dialogs.questions import told
from app.ui.first_run.key_paper import KeyPaper
from app.ui.language import filled
from app.ui.pages.files import ask_where
from app.ui.theme import Theme
from app.ui.widgets.controls import button, frame, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row
from app.ui.widgets.retranslating import Retranslating

_ASKED = 2


class RecoveryKeyCard(Retranslating, QFrame):
    """`changed` says that `proven` may be other now."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._profile = self.key = ""
        self._asked: tuple[int, ...] = ()
        self._shown, self._told = label("key"), label("muted", wrap=True)
        self._shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.print, self.save = button("", self._print), button("", self._save)
        self.copy = CopyButton()
        self._prove = label("", wrap=True)
        self.fields = [QLineEdit() for _ in range(_ASKED)]
        paper = frame("hollow")
        acts = in_row(STRETCH, self.print, self.save, self.copy, STRETCH, spacing=8)
        in_column(self._shown, acts, on=paper, margins=(16, 20, 16, 18), spacing=16)
        fields = in_row(spacing=12)
        for field in self.fields:
            field.setMaximumWidth(180)
            field.textChanged.connect(self._typed)
            fields.addWidget(field)
        fields.addStretch()
        in_column(paper, self._told, 6, self._prove, fields, on=self, margins=0, spacing=10)
        self._retranslate()

    def show_key(self, profile: str, key: str) -> None:
        """Show a key and ask for two of its groups."""
        self._profile, self.key = profile, key
        self.copy.secret = key
        count = len(key.split("-"))
        self._asked = tuple(sorted(random.SystemRandom().sample(range(count), _ASKED)))
        self._retranslate()

    def forget(self) -> None:
        """Nothing of the key stays on the screen or in the clipboard."""
        self.copy.forget()
        self.copy.secret = ""
        self._profile = self.key = ""
        self._asked = ()
        for field in self.fields:
            field.clear()
        self._retranslate()

    @property
    def proven(self) -> bool:
        """Whether the groups that are asked for were typed."""
        groups = self.key.split("-")
        typed = ["".join(field.text().split()).upper() for field in self.fields]
        return bool(self.key) and typed == [groups[place] for place in self._asked]

    def _retranslate(self) -> None:
        groups = self.key.split("-")
        half = (len(groups) + 1) // 2
        self._shown.setText("\n".join(" ".join(each) for each in (groups[:half], groups[half:])))
        self._shown.setAccessibleName(self.tr("Recovery key"))
        self.print.setText(self.tr("Print…"))
        self.save.setText(self.tr("Save as PDF…"))
        self._told.setText(
            self.tr(
                "It is shown this once, and it is the only way back if you forget the password. "
                "A saved file belongs on a stick or in a safe, not on this computer."
            )
        )
        self._prove.setText(self.tr("To make sure you have it, type these from your copy:"))
        for field, place in zip(self.fields, self._asked, strict=False):
            text = filled(self.tr("group %1 of %2"), place + 1, len(groups))
            field.setPlaceholderText(text)
            field.setAccessibleName(text)

    def _typed(self) -> None:
        self.changed.emit()

    def _print(self) -> None:
        KeyPaper(self._profile, self.key).print(self)

    def _save(self) -> None:
        title = self.tr("Save the recovery key")
        name = self.tr("Larets recovery key")
        path = ask_where(self, title, name, {"PDF (*.pdf)": ".pdf"}, "key")
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the paper as PDF; where that cannot be done, say so."""
        try:
            KeyPaper(self._profile, self.key).save(path)
        except OSError:
            told(
                self,
                self.tr("The key could not be saved there"),
                self.tr("Choose another folder, or print the key or write it down."),
            )
