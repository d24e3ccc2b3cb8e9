"""How a collection stands, while no document of it is chosen."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QFormLayout, QGridLayout, QWidget

from app.domain.library.documents import Document, DocumentState
from app.ui.language import Language
from app.ui.widgets.controls import label, show_if
from app.ui.widgets.layouts import STRETCH, in_column
from app.ui.widgets.retranslating import Retranslating

#: Formats that are named; the rest is counted together.
_NAMED = 6


class CollectionStatistics(Retranslating, QWidget):
    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._documents: Sequence[Document] = ()
        self._heading, self._types_title = label("strong"), label("section")
        self._figures = [(label("figure"), label("small")) for _ in range(4)]
        self.concerns = label("muted", wrap=True)
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        for place, (figure, caption) in enumerate(self._figures):
            row, column = divmod(place, 2)
            grid.addWidget(figure, 3 * row, column)
            grid.addWidget(caption, 3 * row + 1, column)
        grid.setRowMinimumHeight(2, 10)
        self._types = QFormLayout()
        self._types.setVerticalSpacing(4)
        in_column(
            self._heading, grid, self.concerns, 8, self._types_title, self._types, STRETCH,
            on=self, margins=(0, 8, 0, 0), spacing=10,
        )  # fmt: skip
        self._retranslate()

    def show_documents(self, documents: Sequence[Document]) -> None:
        """All of the collection."""
        self._documents = documents
        self._retranslate()

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("This collection"))
        self._types_title.setText(self.tr("FORMATS"))
        documents, number = self._documents, self._language.number
        ready = [document for document in documents if document.state == DocumentState.INDEXED]
        pages = sum(document.pages or 0 for document in ready)
        passages = sum(document.passages for document in ready)
        size = self._language.size(sum(document.size for document in documents))
        said = (
            (number(len(documents), 0), self.tr("document(s)", "", len(documents))),
            (number(pages, 0), self.tr("page(s)", "", pages)),
            (number(passages, 0), self.tr("passage(s)", "", passages)),
            (size, self.tr("in files")),
        )
        for (figure, caption), (value, name) in zip(self._figures, said, strict=True):
            figure.setText(value)
            caption.setText(name)
            figure.setAccessibleName(f"{value} {name}")
        self.concerns.setText("\n".join(self._concerns(documents, ready)))
        self.concerns.setVisible(bool(self.concerns.text()))
        self._show_types(documents)
        show_if(bool(documents), self._heading, self._types_title)
        show_if(bool(documents), *(part for pair in self._figures for part in pair))

    def _concerns(self, documents: Sequence[Document], ready: Sequence[Document]) -> list[str]:
        """What a user may want to look after."""
        counted = (
            (sum(document.pending for document in documents), self.tr("waiting")),
            (sum(bool(document.error) for document in documents), self.tr("could not be read")),
            (sum(document.missing for document in documents), self.tr("files are gone")),
            (sum(document.recognised for document in ready), self.tr("pages recognised")),
        )
        return [f"{told}: {count}" for count, told in counted if count]

    def _show_types(self, documents: Sequence[Document]) -> None:
        while self._types.rowCount():
            self._types.removeRow(0)
        types = Counter(document.type.upper() or "—" for document in documents)
        for name, count in types.most_common(_NAMED):
            self._types.addRow(label("muted", name), label("", self._language.number(count, 0)))
        if rest := types.total() - sum(count for _, count in types.most_common(_NAMED)):
            other = label("", self._language.number(rest, 0))
            self._types.addRow(label("muted", self.tr("others")), other)
