"""An adapter's file before it is taken in: what it is, from which model, and whose signature."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QWidget

from app.domain.models.adapter_files import AdapterFile, Trust
from app.ui.theme import Theme
from app.ui.training.words import TrainingWords
from app.ui.widgets.controls import frame, label
from app.ui.widgets.layouts import TOP, aligned, in_column, in_row, wide

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
        self._made = label("muted", wrap=True)
        manifest = found.manifest
        self.title = label("title", manifest.name if manifest else found.name, wrap=True)
        self._made.setVisible(manifest is not None)
        if manifest is not None:
            self._made.setText(words.made(manifest.card, manifest.size))
        self.signed = label("strong", words.signed_by(found.trust, found.signer), wrap=True)
        self.warning = label("", self._warned(), wrap=True)
        self.warning.setVisible(found.trust not in _TRUSTED)
        in_column(
            self.title, self._made, self._signature(), self._buttons(), on=self,
            margins=(24, 22, 24, 20), spacing=14,
        )  # fmt: skip

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
        icon = QLabel()
        trusted = self._found.trust in _TRUSTED
        box = frame("hollow" if trusted else "problem")
        name, color = ("shield-check", "accent") if trusted else ("triangle-alert", "gold")
        icon.setPixmap(self._theme.icon(name, color, 20).pixmap(20, 20))
        texts = in_column(self.signed, self.warning, spacing=4)
        edge = 0 if trusted else 14  # only a warning has a ground of its own
        in_row(aligned(icon, TOP), wide(texts), on=box, margins=(edge, 12, edge, 12), spacing=12)
        return box

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
