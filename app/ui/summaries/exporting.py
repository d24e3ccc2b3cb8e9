"""Summaries to a file: asks where, writes in the background, says what went wrong."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.memory.summaries import Summary
from app.services.memory.summary_files import SUFFIXES, SummaryFiles
from app.ui.acts import Acts
from app.ui.chat.history.exporting import file_name
from app.ui.language import Language, filled


class SummaryExporting:
    """`parent` is what dialogs stand over."""

    def __init__(
        self, parent: QWidget, files: SummaryFiles, background: Acts, language: Language
    ) -> None:
        self._parent, self._files = parent, files
        self._background, self._language = background, language

    def export(self, summaries: Sequence[Summary], done: Callable[[Path], None]) -> None:
        """Ask for a file and write them in the format of its name; then `done(file)`."""
        kinds = {
            filled(self.tr("Markdown text (%1)"), "*.md"): ".md",
            filled(self.tr("Larets summaries (%1)"), "*.json"): ".json",
        }
        name = file_name(summaries[0].title) if len(summaries) == 1 else ""
        chosen, kind = QFileDialog.getSaveFileName(
            self._parent,
            self.tr("Export summaries"),
            f"{name or self.tr('Summaries')}.md",
            ";;".join(kinds),
        )
        if not chosen:
            return
        path, language = _with_suffix(Path(chosen), kinds.get(kind, ".md")), self._language.code

        def write(_: object) -> Path:
            self._files.export(summaries, path, language)
            return path

        self._background.begin(self._parent, write, done=done)

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("SummaryExporting", text)


def _with_suffix(path: Path, suffix: str) -> Path:
    """Dialogs of some systems leave it to the program; a point in a title is no suffix."""
    known = path.suffix.lower() in SUFFIXES
    return path if known else path.with_name(f"{path.name}{suffix}")
