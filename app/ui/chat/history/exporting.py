"""A conversation to a file and back: asks where, works in the background, says what went wrong."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.services.chat.transcripts import TranscriptService
from app.ui.acts import Acts
from app.ui.language import Language, filled

#: What a name must not hold on one of the systems, and the names that Windows keeps for devices.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")
_LONGEST = 80


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
        filters = self._filters()
        chosen, kind = QFileDialog.getSaveFileName(
            self._parent,
            self.tr("Export conversation"),
            f"{file_name(title) or self.tr('Conversation')}.docx",
            ";;".join(filters),
        )
        if not chosen:
            return
        path = _with_suffix(Path(chosen), filters.get(kind, ".docx"))
        language = self._language.code

        def write(_: object) -> Path:
            self._transcripts.export(conversation, path, language, answer)
            return path

        self._background.begin(self._parent, write, done=done)

    def import_one(self, done: Callable[[str], None]) -> None:
        """Ask for a file and take its conversation in; then `done(conversation)`."""
        kind = filled(self.tr("Exported conversation (%1)"), "*.json")
        title = self.tr("Import conversation")
        chosen, _ = QFileDialog.getOpenFileName(self._parent, title, "", kind)
        if chosen:
            path = Path(chosen)
            self._background.begin(
                self._parent, lambda _: self._transcripts.import_file(path), done=done
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


def file_name(title: str) -> str:
    """A title as a file's name without a suffix, good on every system; "" when nothing is left."""
    line = " ".join(_UNSAFE.sub(" ", title).split())
    short = line[:_LONGEST].strip(" .")
    return _DEVICES.sub(r"\1_", short)


def _with_suffix(path: Path, suffix: str) -> Path:
    """Dialogs of some systems leave it to the program; a point in a title is no suffix."""
    known = path.suffix.lower() in {".docx", ".pdf", ".md", ".json"}
    return path if known else path.with_name(f"{path.name}{suffix}")
