"""Documents that answers rest on most: a click opens one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.statistics import CitedDocument
from app.ui.language import filled
from app.ui.widgets.controls import label, let_go
from app.ui.widgets.elided import ElidedButton
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_SHOWN = 8


class CitedDocuments(Retranslating, QWidget):
    """`opened` gives a document's id."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._documents: Sequence[CitedDocument] = ()
        self._title = label("strong")
        self.rows: list[QWidget] = []
        self.buttons: list[ElidedButton] = []
        self._column = in_column(spacing=0)
        in_column(self._title, self._column, on=self, margins=0, spacing=6)
        self._retranslate()

    def show_documents(self, documents: Sequence[CitedDocument]) -> None:
        self._documents = documents[:_SHOWN]
        self.setVisible(bool(documents))
        self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Most cited documents"))
        for row in self.rows:
            let_go(row)
        self.rows, self.buttons = [], []
        for each in self._documents:
            self._column.addWidget(self._row(each))

    def _row(self, each: CitedDocument) -> QWidget:
        made = ElidedButton(each.name)
        made.setProperty("kind", "quiet")
        tip = filled(self.tr("Open “%1” of %2"), each.name, each.collection)
        made.setToolTip(tip)
        made.setAccessibleName(tip)
        made.clicked.connect(partial(self.opened.emit, each.document))
        row = QWidget()
        count = label("muted", self.tr("in %n answer(s)", "", each.answers))
        in_row(wide(made), count, on=row, margins=0, spacing=8)
        self.rows.append(row)
        self.buttons.append(made)
        return row
