"""Summaries to a file: asks where, writes in the background, says what went wrong."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.memory.summaries import Summary
from app.services.memory.summary_files import SummaryFiles
from app.ui.acts import Acts
from app.ui.language import Language, filled
from app.ui.pages.files import ask_where


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
        name = summaries[0].title if len(summaries) == 1 else ""
        title, fallback = self.tr("Export summaries"), self.tr("Summaries")
        path = ask_where(self._parent, title, name, kinds, fallback)
        if path is None:
            return
        language = self._language.code

        def write(_: object) -> Path:
            self._files.export(summaries, path, language)
            return path

        self._background.begin(self._parent, write, done)

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("SummaryExporting", text)
