"""A conversation to a file and back: asks where, works in the background, says what went wrong."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.services.conversations.transcripts import TranscriptService
from app.ui.acts import Acts
from app.ui.language import Language, filled
from app.ui.pages.files import ask_where


class ConversationExport:
    """`parent` is what dialogs stand over."""

    def __init__(
        self, parent: QWidget, transcripts: TranscriptService, background: Acts, language: Language
    ) -> None:
        self._parent, self._transcripts = parent, transcripts
        self._background, self._language = background, language

    def export(
        self, conversation: str, title: str, done: Callable[[Path], None], answer: int | None = None
    ) -> None:
        """Ask for a file and write a conversation, or of it one answer by its message's id, in the
        format of the file's name; then `done(file)`."""
        path = ask_where(
            self._parent,
            self.tr("Export conversation"),
            title,
            self._filters(),
            self.tr("Conversation"),
        )
        if path is None:
            return
        language = self._language.code

        def write(_: object) -> Path:
            self._transcripts.export(conversation, path, language, answer)
            return path

        self._background.begin(self._parent, write, done)

    def import_one(self, done: Callable[[str], None]) -> None:
        """Ask for a file and take its conversation in; then `done(conversation)`."""
        kind = filled(self.tr("Exported conversation (%1)"), "*.json")
        title = self.tr("Import conversation")
        chosen, _ = QFileDialog.getOpenFileName(self._parent, title, "", kind)
        if chosen:
            path = Path(chosen)
            self._background.begin(
                self._parent, lambda _: self._transcripts.import_file(path), done
            )

    def _filters(self) -> dict[str, str]:
        """What the dialog offers → suffix."""
        return {
            filled(self.tr("Word document (%1)"), "*.docx"): ".docx",
            filled(self.tr("PDF document (%1)"), "*.pdf"): ".pdf",
            filled(self.tr("Markdown text (%1)"), "*.md"): ".md",
            filled(self.tr("Larets conversation (%1)"), "*.json"): ".json",
        }

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("Exporting", text)
