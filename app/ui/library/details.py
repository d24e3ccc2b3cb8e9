"""What is known of the chosen documents, their tags, and what can be done with them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.library import Document, DocumentState
from app.ui.language import Language
from app.ui.widgets.controls import button, label


class DocumentDetails(QWidget):
    """`tagged` gives names to add and names to take away."""

    asked = Signal()
    removed = Signal()
    tagged = Signal(object, object)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._chosen: Sequence[Document] = ()
        self._name, self._kind = label("strong", wrap=True), label("muted", wrap=True)
        self._why = label("danger", wrap=True)
        self.tags = QLineEdit()
        self.tags.editingFinished.connect(self._tag)
        self._ask = button("primary", self.asked.emit)
        self._remove = button("", self.removed.emit)
        acts = QHBoxLayout()
        acts.addWidget(self._ask)
        acts.addWidget(self._remove)
        acts.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self._name, self._kind, self._why, self.tags):
            column.addWidget(part)
        column.addLayout(acts)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._ask.setText(self.tr("Ask about it"))
        self._remove.setText(self.tr("Remove"))
        self.tags.setPlaceholderText(self.tr("Tags, with commas between"))
        self.tags.setAccessibleName(self.tr("Tags"))
        self.tags.setToolTip(self.tr("A question can be asked of documents with a tag alone"))

    def show_documents(self, chosen: Sequence[Document], reason: str) -> None:
        """`reason` why the only one failed, "" when it did not."""
        self._chosen = chosen
        one = chosen[0] if len(chosen) == 1 else None
        several = self.tr("%n document(s) chosen", "", len(chosen)) if len(chosen) > 1 else ""
        self._name.setText(one.name if one else several)
        self._kind.setText(self._describe(one) if one else "")
        self._why.setText(reason)
        self._why.setVisible(bool(reason))
        self._ask.setVisible(bool(one and one.state == DocumentState.INDEXED))
        self._remove.setVisible(bool(chosen))
        self.tags.setVisible(bool(chosen))
        if not self.tags.hasFocus():
            self.tags.setText(", ".join(sorted(self._shared())))

    @property
    def reason_shown(self) -> str:
        return "" if self._why.isHidden() else self._why.text()

    def _describe(self, document: Document) -> str:
        parts = [document.type.upper()]
        if document.pages:
            parts.append(self.tr("%n page(s)", "", document.pages))
        parts.append(self._language.size(document.size))
        parts.append(self.tr("%n passage(s)", "", document.passages))
        return " · ".join(parts)

    def _shared(self) -> set[str]:
        """Tags that all of the chosen have."""
        tags = [set(each.tags) for each in self._chosen]
        return set.intersection(*tags) if tags else set()

    def _tag(self) -> None:
        wanted = {name for each in self.tags.text().split(",") if (name := " ".join(each.split()))}
        before = self._shared()
        if self._chosen and wanted != before:
            self.tagged.emit(wanted - before, before - wanted)
