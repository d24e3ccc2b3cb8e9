"""A file of examples before it is read: which column is the question, and its first examples."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from app.domain.training.row_formats import RowColumns, RowFile, RowFormat
from app.domain.training.rows import Row
from app.ui.assistants.fields import SteadyComboBox
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.widgets.controls import button, label, show_if
from app.ui.widgets.elided import Elided
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_ROW, _MOST, _SHOWN = 30, 5, 200
#: Formats whose columns a user may choose; the others name them themselves.
_MAPPED = {RowFormat.COLUMNS, RowFormat.ALPACA}


class FileForm(Retranslating, QFrame):
    """`tried` and `asked` give the path and the columns, None where the format names them itself:
    to show what would be read so, and to add it."""

    tried, asked, left = Signal(object, object), Signal(object, object), Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("hollow")
        self._path = Path()
        self._found: RowFile | None = None
        self._title, self._told = Elided("strong"), label("small", wrap=True)
        self._names = label(), label()
        self.question, self.answer = SteadyComboBox(theme), SteadyComboBox(theme)
        for choice in (self.question, self.answer):
            choice.currentIndexChanged.connect(lambda _: self._chosen())
        self.preview = _preview()
        self.add = button("primary", self._ask)
        self.cancel = button("", self.left.emit)
        self._build()
        self._retranslate()
        self.hide()

    def _build(self) -> None:
        columns = in_row(spacing=8)
        for name, choice in zip(self._names, (self.question, self.answer), strict=True):
            columns.addWidget(name)
            columns.addWidget(choice, 1)
        foot = in_row(wide(self._told), self.cancel, self.add, spacing=8)
        in_column(
            self._title, columns, self.preview, foot, on=self, margins=(14, 12, 14, 12), spacing=8
        )

    def _retranslate(self) -> None:
        texts = (self.tr("Question"), self.tr("Answer"))
        fields = (self.question, self.answer)
        for name, choice, text in zip(self._names, fields, texts, strict=True):
            name.setText(text)
            choice.setAccessibleName(filled(self.tr("Column of: %1"), text))
            choice.setToolTip(choice.accessibleName())
        self.preview.setHorizontalHeaderLabels(list(texts))
        self.preview.setAccessibleName(self.tr("The first examples of the file"))
        self.add.setText(self.tr("Add examples"))
        self.cancel.setText(self.tr("Cancel"))
        self._tell()

    def offer(self, path: Path, found: RowFile) -> None:
        """Open it."""
        self._path, self._found = path, found
        self._title.say(path.name)
        chosen = found.mapping
        proposed = (chosen.question, chosen.answer) if chosen is not None else ("", "")
        for choice, name in zip((self.question, self.answer), proposed, strict=True):
            with QSignalBlocker(choice):
                choice.clear()
                for column in found.columns:
                    choice.addItem(column, column)
                choice.setCurrentIndex(choice.findData(name))
        show_if(self._mapped, *self._names, self.question, self.answer)
        self.show_first(found.sample)
        self.show()
        self.add.setFocus()
        self._tell()

    @property
    def _mapped(self) -> bool:
        return self._found is not None and self._found.format in _MAPPED

    @property
    def mapping(self) -> RowColumns | None:
        """As it is chosen; what was proposed stays as it was."""
        if not self._mapped or self._found is None:
            return None
        proposed, question = self._found.mapping, str(self.question.currentData() or "")
        answer = str(self.answer.currentData() or "")
        if proposed is not None and (proposed.question, proposed.answer) == (question, answer):
            return proposed
        return RowColumns(question, answer)

    def show_first(self, rows: Sequence[Row]) -> None:
        """Examples as they would be read."""
        self.preview.setRowCount(min(len(rows), _MOST))
        for place, row in enumerate(rows[:_MOST]):
            for column, text in enumerate((row.question, row.answer)):
                self.preview.setItem(place, column, QTableWidgetItem(text[:_SHOWN]))
        head = self.preview.horizontalHeader().sizeHint().height()
        self.preview.setFixedHeight(head + _ROW * self.preview.rowCount() + 4)
        self.preview.setVisible(bool(rows))

    def _chosen(self) -> None:
        self._tell()
        if self.add.isEnabled():
            self.tried.emit(self._path, self.mapping)
        else:
            self.show_first(())

    def _tell(self) -> None:
        text, mapping = "", self.mapping
        if mapping is not None and not (mapping.question and mapping.answer):
            text = self.tr("Say which column is the question and which the answer.")
        elif mapping is not None and mapping.question == mapping.answer:
            text = self.tr("Question and answer must be two columns.")
        self._told.setText(text)
        self.add.setEnabled(not text)

    def _ask(self) -> None:
        self.asked.emit(self._path, self.mapping)


def _preview() -> QTableWidget:
    table = QTableWidget(0, 2)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(_ROW)
    head = table.horizontalHeader()
    head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    return table
