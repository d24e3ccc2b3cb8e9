"""A file of examples before it is read: which column is the question, and its first lines."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from app.ui.assistants.fields import Choice
from app.ui.theme import Theme
from app.ui.training.desk import Recognised
from app.ui.widgets.controls import button, label
from app.ui.widgets.elided import Elided

_ROW, _MOST = 30, 5


class FileForm(QFrame):
    """`asked` gives the path and the columns of question and answer, None where the format names
    them itself."""

    asked = Signal(object, object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("hollow")
        self._path = Path()
        self._found: Recognised | None = None
        self._title, self._told = Elided("strong"), label("small", wrap=True)
        self._names = label(), label()
        self.question, self.answer = Choice(theme), Choice(theme)
        for choice in (self.question, self.answer):
            choice.currentIndexChanged.connect(lambda _: self._tell())
        self.preview = QTableWidget()
        self.preview.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.preview.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.preview.setShowGrid(False)
        self.preview.setWordWrap(False)
        self.preview.verticalHeader().hide()
        self.preview.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.preview.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.add = button("primary", self._ask)
        self.cancel = button("", self.left.emit)
        self._build()
        self._retranslate()
        self.hide()

    def _build(self) -> None:
        columns, foot = QHBoxLayout(), QHBoxLayout()
        columns.setSpacing(8)
        for name, choice in zip(self._names, (self.question, self.answer), strict=True):
            columns.addWidget(name)
            columns.addWidget(choice, 1)
        foot.setSpacing(8)
        foot.addWidget(self._told, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addLayout(columns)
        column.addWidget(self.preview)
        column.addLayout(foot)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        texts = (self.tr("Question"), self.tr("Answer"))
        fields = (self.question, self.answer)
        for name, choice, text in zip(self._names, fields, texts, strict=True):
            name.setText(text)
            choice.setAccessibleName(self.tr("Column of: %1").replace("%1", text))
            choice.setToolTip(choice.accessibleName())
        self.preview.setAccessibleName(self.tr("The first lines of the file"))
        self.add.setText(self.tr("Add examples"))
        self.cancel.setText(self.tr("Cancel"))
        self._tell()

    def offer(self, path: Path, found: Recognised) -> None:
        """Open it."""
        self._path, self._found = path, found
        self._title.say(f"{path.name} · {found.format}")
        for choice, proposed in ((self.question, found.question), (self.answer, found.answer)):
            choice.blockSignals(True)
            choice.clear()
            for name in found.columns:
                choice.addItem(name, name)
            choice.setCurrentIndex(choice.findData(proposed))
            choice.blockSignals(False)
        needed = bool(found.columns)
        for part in (*self._names, self.question, self.answer):
            part.setVisible(needed)
        self._show_first(found)
        self.show()
        self.add.setFocus()
        self._tell()

    def _show_first(self, found: Recognised) -> None:
        first = [list(map(str, each)) for each in found.first[:_MOST]]
        width = max([len(found.columns), *map(len, first)], default=0)
        self.preview.clear()
        self.preview.setColumnCount(width)
        self.preview.setRowCount(len(first))
        self.preview.setHorizontalHeaderLabels(list(found.columns))
        self.preview.horizontalHeader().setVisible(bool(found.columns))
        for row, cells in enumerate(first):
            for column, text in enumerate(cells):
                self.preview.setItem(row, column, QTableWidgetItem(text[:200]))
        head = self.preview.horizontalHeader().sizeHint().height() if found.columns else 0
        self.preview.setFixedHeight(head + _ROW * len(first) + 4)
        self.preview.setVisible(bool(first))

    @property
    def mapping(self) -> tuple[str, str] | None:
        if self._found is None or not self._found.columns:
            return None
        return str(self.question.currentData() or ""), str(self.answer.currentData() or "")

    def _tell(self) -> None:
        mapping = self.mapping
        text = ""
        if mapping is not None and not all(mapping):
            text = self.tr("Say which column is the question and which the answer.")
        elif mapping is not None and mapping[0] == mapping[1]:
            text = self.tr("Question and answer must be two columns.")
        self._told.setText(text)
        self.add.setEnabled(not text)

    def _ask(self) -> None:
        self.asked.emit(self._path, self.mapping)
