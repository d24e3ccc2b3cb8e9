"""Assistants to a file and from one, asked over a page."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.chat.assistants import Assistant
from app.services.transfers.assistants import AssistantTransfers, TakenAssistant
from app.ui.acts import Acts
from app.ui.dialogs.questions import told
from app.ui.language import filled
from app.ui.pages.files import ask_where

_KIND, _SUFFIX = "JSON (*.json)", ".json"


class AssistantFileActs(QObject):
    """`say` tells what was done."""

    def __init__(
        self,
        page: QWidget,
        transfers: AssistantTransfers,
        reading: Acts,
        say: Callable[[str], object],
    ) -> None:
        super().__init__(page)
        self._page, self._transfers, self._reading, self._say = page, transfers, reading, say

    def export(self, assistant: Assistant) -> None:
        title = self.tr("Save the assistant to a file")
        fallback = self.tr("Assistant")
        path = ask_where(self._page, title, assistant.name, {_KIND: _SUFFIX}, fallback)
        if path is not None:
            self._reading.begin(
                self._page,
                lambda _: self._transfers.export(assistant, path),
                lambda _: self._say(filled(self.tr("“%1” was saved to a file."), assistant.name)),
            )

    def choose(self) -> None:
        title = self.tr("An assistant from a file")
        name, _ = QFileDialog.getOpenFileName(self._page, title, "", _KIND)
        if name:
            self.take_in(Path(name))

    def take_in(self, path: Path) -> None:
        self._reading.begin(self._page, lambda _: self._transfers.take_in(path), self._tell)

    def _tell(self, taken: TakenAssistant) -> None:
        """Whoever made it had what this workspace has not: that must be seen."""
        name = taken.assistant.name
        lines = []
        if taken.missing_collections:
            lines.append(
                filled(
                    self.tr(
                        "Collections that are not here: %1. Choose others in its form: until then "
                        "it finds nothing there."
                    ),
                    ", ".join(taken.missing_collections),
                )
            )
        if taken.missing_adapters:
            names = ", ".join(taken.missing_adapters)
            lines.append(filled(self.tr("Adapters that are not here: %1."), names))
        if taken.missing_values:
            names = ", ".join(f"{{{each}}}" for each in taken.missing_values)
            without = self.tr("Places of the instruction without a value: %1. Its form asks.")
            lines.append(filled(without, names))
        if lines:
            told(self._page, filled(self.tr("“%1” was added"), name), *lines)
        else:
            self._say(filled(self.tr("“%1” was added."), name))
