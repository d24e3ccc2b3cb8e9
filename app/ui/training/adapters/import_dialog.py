"""An adapter's file before it is taken in: what it is, from which model, and whose signature."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.domain.models.adapter_files import AdapterFile, Trust
from app.ui.theme import Theme
from app.ui.training.words import TrainingWords
from app.ui.widgets.controls import label

_WIDTH = 480
#: Whose signature is no reason to look twice.
_TRUSTED = frozenset({Trust.OWN, Trust.KNOWN})


class ImportDialog(QDialog):
    def __init__(
        self, found: AdapterFile, words: TrainingWords, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._found, self._words, self._theme = found, words, theme
        self.setWindowTitle(self.tr("Import adapter"))
        self.setFixedWidth(_WIDTH)
        self.title, self._made = label("title", wrap=True), label("muted", wrap=True)
        self.signed, self.warning = label("strong", wrap=True), label(wrap=True)
        manifest = found.manifest
        self.title.setText(manifest.name if manifest else found.name)
        self._made.setVisible(manifest is not None)
        if manifest is not None:
            self._made.setText(words.made(manifest.card, manifest.size))
        self.signed.setText(words.signed_by(found.trust, found.signer))
        self.warning.setText(self._warned())
        self.warning.setVisible(found.trust not in _TRUSTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(14)
        for part in (self.title, self._made, self._signature(), self._buttons()):
            column.addWidget(part)

    def _warned(self) -> str:
        if self._found.trust == Trust.UNSIGNED:
            return self.tr(
                "Nobody has signed this file, so nobody can tell whether it was changed. Take it "
                "in only if you know where it comes from."
            )
        return self.tr(
            "Compare these digits with whoever gave you the file, by telephone for example. If "
            "they differ, somebody has put another adapter in its place. If you import it, this "
            "signature is known from now on."
        )

    def _signature(self) -> QWidget:
        frame, icon = QFrame(), QLabel()
        trusted = self._found.trust in _TRUSTED
        frame.setObjectName("hollow" if trusted else "problem")
        name, color = ("shield-check", "accent") if trusted else ("triangle-alert", "gold")
        icon.setPixmap(self._theme.icon(name, color, 20).pixmap(20, 20))
        texts, row = QVBoxLayout(), QHBoxLayout(frame)
        texts.setSpacing(4)
        texts.addWidget(self.signed)
        texts.addWidget(self.warning)
        edge = 0 if trusted else 14  # only a warning has a ground of its own
        row.setContentsMargins(edge, 12, edge, 12)
        row.setSpacing(12)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        return frame

    def _buttons(self) -> QWidget:
        buttons = QDialogButtonBox()
        act = self.tr("Import") if self._found.trust in _TRUSTED else self.tr("Import all the same")
        self.accept_button = buttons.addButton(act, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        if self._found.trust in _TRUSTED:
            self.accept_button.setProperty("kind", "primary")
        self.accept_button.setAutoDefault(self._found.trust in _TRUSTED)
        cancel.setDefault(self._found.trust not in _TRUSTED)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons
