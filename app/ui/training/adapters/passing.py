"""Adapters to files and from files: asks where, shows whose they are, works in the background."""

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from app.domain.models.adapter_files import SUFFIX, AdapterFile
from app.domain.models.adapters import Adapter
from app.ui.language import filled
from app.ui.pages.files import ask_where
from app.ui.theme import Theme
from app.ui.training.adapters.import_dialog import ImportDialog
from app.ui.training.doing import Doing
from app.ui.training.services import TrainingServices
from app.ui.training.words import TrainingWords
from app.ui.widgets.layouts import in_column


class Passing(QWidget):
    """A strip while something is checked or taken in. `taken` gives the adapter, `told` a
    sentence."""

    taken, told = Signal(object), Signal(str)

    def __init__(self, services: TrainingServices, words: TrainingWords, theme: Theme) -> None:
        super().__init__()
        self._services, self._words, self._theme = services, words, theme
        self.doing = Doing()
        self.doing.stop.hide()  # the trial of an adapter is short
        self.doing.installEventFilter(self)
        in_column(self.doing, on=self, margins=0)
        self.hide()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self.setVisible(not self.doing.isHidden())
        return False

    def export(self, adapter: Adapter) -> None:
        """Ask for a file and write an adapter to it."""
        kinds = {filled(self.tr("Larets adapter (%1)"), f"*{SUFFIX}"): SUFFIX}
        path = ask_where(self, self.tr("Export adapter"), adapter.name, kinds, "adapter")
        if path is None:
            return
        said = filled(self.tr("“%1” was exported, signed by this workspace."), adapter.name)
        self._services.background.begin(
            self,
            lambda _: self._services.packages.export(adapter.name, path),
            lambda _: self.told.emit(said),
        )

    def ask_for_file(self) -> None:
        """Ask which file to take in."""
        kind = filled(self.tr("Adapters (%1)"), f"*{SUFFIX} *.gguf")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Import adapter"), "", kind)
        if chosen:
            self.offer(Path(chosen))

    def offer(self, path: Path) -> None:
        """Check a file, show whose it is, and take it in when that is wanted."""
        if self.doing.busy:
            return
        title = filled(self.tr("Looking at %1…"), path.name)

        def looked(found: AdapterFile) -> None:
            dialog = ImportDialog(found, self._words, self._theme, self)
            if dialog.exec() == QDialog.DialogCode.Accepted:
                self._take(path, found)
            dialog.deleteLater()

        self.doing.run(
            title, self._services.background, lambda _: self._services.packages.look(path), looked
        )

    def _take(self, path: Path, found: AdapterFile) -> None:
        title = filled(self.tr("Trying %1 on the model…"), found.name)

        def taken(adapter: Adapter) -> None:
            self.taken.emit(adapter)
            said = self.tr("“%1” was imported. It is off until you switch it on.")
            self.told.emit(filled(said, adapter.name))

        self.doing.run(
            title,
            self._services.background,
            lambda _: self._services.packages.take(path, accepted=found.signer),
            taken,
        )


def may_be_adapter(path: Path) -> bool:
    return path.suffix.lower() in {SUFFIX, ".gguf"}
