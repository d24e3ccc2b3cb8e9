"""Takes model files in: weighs them, asks whether to copy them, and hands them to the intake."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.services.models.model_import import ModelImport, Weighed
from app.ui.acts import Acts
from app.ui.language import Language
from app.ui.models.choice import CopyOrRefer
from app.ui.models.intake import Intake


def may_be_model(path: Path) -> bool:
    """What may be dropped as a model: folders and GGUF files."""
    return path.suffix.lower() == ".gguf" or path.is_dir()


class ModelAsking(QObject):
    """Asks over `page`; `dialog` is what is open."""

    def __init__(
        self,
        page: QWidget,
        imports: ModelImport,
        intake: Intake,
        reading: Acts,
        language: Language,
    ) -> None:
        super().__init__(page)
        self._page, self._imports, self._intake = page, imports, intake
        self._reading, self._language = reading, language
        self.dialog: CopyOrRefer | None = None

    def choose_files(self) -> None:
        title, kinds = self.tr("Add model"), "GGUF (*.gguf *.GGUF)"
        names, _ = QFileDialog.getOpenFileNames(self._page, title, "", kinds)
        self.add([Path(name) for name in names])

    def choose_folder(self) -> None:
        if name := QFileDialog.getExistingDirectory(self._page, self.tr("Add model")):
            self.add([Path(name)])

    def add(self, paths: Sequence[Path]) -> None:
        """Ask whether to copy, then take them in."""
        if paths:
            self._reading.begin(
                self,
                lambda _: self._imports.weigh(paths),
                lambda weighed: self._ask(paths, weighed),
            )

    def _ask(self, paths: Sequence[Path], weighed: Weighed) -> None:
        self.dialog = dialog = CopyOrRefer(self._page, paths, weighed, self._language)

        def take_in(copy: bool) -> None:
            for path in paths:
                self._intake.add(path, copy=copy)

        def closed() -> None:
            self.dialog = None
            dialog.deleteLater()

        dialog.decided.connect(take_in)
        dialog.finished.connect(closed)
        dialog.open()
