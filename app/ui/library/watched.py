"""The folders that a collection watches: add, change, stop."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from app.domain.library.watching import Removal, WatchedFolder
from app.services.library.watching import WatchingService
from app.ui.acts import Acts
from app.ui.language import Language, filled
from app.ui.library.table.words import added_on
from app.ui.widgets.controls import allow_if, button, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide


class WatchedDialog(QDialog):
    """Each change takes effect at once."""

    def __init__(
        self,
        parent: QWidget,
        watching: WatchingService,
        collection: str,
        reading: Acts,
        language: Language,
    ) -> None:
        super().__init__(parent)
        self._watching, self._collection = watching, collection
        self._reading, self._language = reading, language
        self.setWindowTitle(self.tr("Watched folders"))
        self.setMinimumWidth(520)
        self.list = QListWidget()
        self.list.setProperty("kind", "lines")
        self.list.setAccessibleName(self.tr("Watched folders"))
        self.list.currentItemChanged.connect(lambda *_: self._fill())
        self.include, self.exclude = QLineEdit(), QLineEdit()
        self.include.setPlaceholderText(self.tr("all that Larets reads, or *.pdf, *.docx"))
        self.exclude.setPlaceholderText(self.tr("such as drafts/*, ~*"))
        self.removal = QComboBox()
        for removal, name in (
            (Removal.ASK, self.tr("mark them and ask")),
            (Removal.REMOVE, self.tr("remove them here too")),
            (Removal.KEEP, self.tr("keep them")),
        ):
            self.removal.addItem(name, removal)
        form = QFormLayout()
        form.addRow(self.tr("Only"), self.include)
        form.addRow(self.tr("Not"), self.exclude)
        form.addRow(self.tr("Deleted files"), self.removal)
        told = self.tr(
            "New and changed files are read automatically. Files on a drive that is not connected "
            "do not count as deleted."
        )
        note = label("muted", told, wrap=True)
        self.none = label("muted", self.tr("No folder is watched yet."))
        self._add = button("primary", self._choose, self.tr("Watch a folder"))
        self._save = button("", self._change, self.tr("Change"))
        self._stop = button("", self._unwatch, self.tr("Stop watching"))
        close = button("", self.accept, self.tr("Close"))
        acts = in_row(self._add, self._save, self._stop, STRETCH, close)
        in_column(note, self.none, wide(self.list), form, acts, on=self, spacing=12)
        self._load()

    def watch(self, path: Path) -> None:
        """Watch a folder with the patterns that stand in the form."""
        self._do(lambda: self._watching.watch(self._formed(str(path)), self._collection))

    def _choose(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, self.tr("Watch a folder")):
            self.watch(Path(name))

    def _change(self) -> None:
        if chosen := self._chosen():
            self.watch(Path(chosen.path))

    def _unwatch(self) -> None:
        if chosen := self._chosen():
            self._do(lambda: self._watching.unwatch(chosen.path, self._collection))

    def _do(self, act: Callable[[], object]) -> None:
        self._reading.begin(self, lambda _: act(), lambda _: self._load())

    def _load(self) -> None:
        self._reading.begin(self, lambda _: self._watching.folders(self._collection), self._show)

    def _show(self, folders: list[WatchedFolder]) -> None:
        self.list.clear()
        for folder in folders:
            state = added_on(folder.scanned) if folder.scanned else "…"
            told = filled(self.tr("looked at: %1"), state)
            if folder.problem:
                told = self._language.wording.of_code(folder.problem, {"name": folder.path}).what
            item = QListWidgetItem(f"{folder.path}\n{told}")
            item.setData(Qt.ItemDataRole.UserRole, folder)
            self.list.addItem(item)
        self.none.setVisible(not folders)
        if folders:
            self.list.setCurrentRow(0)
        self._fill()

    def _chosen(self) -> WatchedFolder | None:
        item = self.list.currentItem()
        found: WatchedFolder | None = item.data(Qt.ItemDataRole.UserRole) if item else None
        return found

    def _fill(self) -> None:
        chosen = self._chosen()
        allow_if(chosen is not None, self._save, self._stop)
        if chosen:
            self.include.setText(", ".join(chosen.include))
            self.exclude.setText(", ".join(chosen.exclude))
            self.removal.setCurrentIndex(self.removal.findData(chosen.removal))

    def _formed(self, path: str) -> WatchedFolder:
        return replace(
            WatchedFolder(path),
            include=_patterns(self.include.text()),
            exclude=_patterns(self.exclude.text()),
            removal=Removal(self.removal.currentData()),
        )


def _patterns(text: str) -> tuple[str, ...]:
    return tuple(each for part in text.split(",") if (each := part.strip()))
