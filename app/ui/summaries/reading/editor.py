"""A summary as a form, in the place where it is read."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.memory.summaries import Digest, Point, PointKind, Summary
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, button, label, let_go, say
from app.ui.widgets.layouts import LEFT, STRETCH, TOP, aligned, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.scroll import Scroll

_LONGEST_TITLE, _AROUND = 160, 16


class LineEdit(QPlainTextEdit):
    """As high as its text needs. `entered` says that Enter was pressed."""

    entered = Signal()

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPlainText(text)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def written(self) -> str:
        return " ".join(self.toPlainText().split())

    def _fit(self) -> None:
        lines = max(round(self.document().size().height()), 1)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + _AROUND + 4)


class Section(QWidget):
    """Lines of one kind, each to change or remove, and a way to add one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: list[LineEdit] = []
        self._remove, self._named = "", ""
        self.heading = label("strong")
        self.more = button("link", lambda: self.add().setFocus())
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        in_column(
            self.heading, self._lines, aligned(self.more, LEFT), on=self, margins=0, spacing=8
        )

    def say(self, heading: str, add: str, remove: str) -> None:
        self._named, self._remove = heading, remove
        self.heading.setText(heading)
        self.more.setText(add)
        for row in self.rows:
            row.setAccessibleName(heading)

    def show_lines(self, texts: Sequence[str]) -> None:
        while self._lines.count():
            if (item := self._lines.takeAt(0)) and (widget := item.widget()):
                let_go(widget)
        self.rows = []
        for text in texts:
            self.add(text)

    def add(self, text: str = "") -> LineEdit:
        row, line = QWidget(), LineEdit(text)
        line.setAccessibleName(self._named)
        line.entered.connect(lambda: self.add().setFocus())
        away = IconButton(self._theme, "x", lambda: self._take_away(row, line), size=16)
        away.say(self._remove)
        in_row(wide(line), aligned(away, TOP), on=row, margins=0, spacing=4)
        self.rows.append(line)
        self._lines.addWidget(row)
        return line

    def _take_away(self, row: QWidget, line: LineEdit) -> None:
        place = self.rows.index(line)
        self.rows.remove(line)
        self._lines.removeWidget(row)
        let_go(row)
        rest = self.rows[place : place + 1] or self.rows[-1:]
        (rest[0] if rest else self.more).setFocus()


class SummaryEditor(Retranslating, QWidget):
    """`saved` gives the digest as it was filled in, `left` when it is to close."""

    saved, left = Signal(object), Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.summary = Summary("", "", 0.0, 0.0, Digest())
        self._begun = Digest()
        self.title = QLineEdit()
        self.title.setMaxLength(_LONGEST_TITLE)
        self._titled = label("strong")
        self.points = {kind: Section(theme) for kind in PointKind}
        self.questions = Section(theme)
        self.save = button("primary", lambda: self.saved.emit(self.digest))
        self.cancel = button("", self.left.emit)
        self._build()
        self._shortcut("Esc", self.left.emit)
        self._shortcut("Ctrl+Return", self.save.click)
        self._retranslate()

    def _build(self) -> None:
        form = Scroll(QMargins(40, 26, 40, 20), 18)
        named = in_column(self._titled, self.title, spacing=8)
        form.column.addLayout(named)
        for section in (*self.points.values(), self.questions):
            form.column.addWidget(section)
        form.column.addStretch()
        acts = in_row(self.save, self.cancel, STRETCH, margins=(40, 12, 40, 14), spacing=8)
        in_column(wide(form), acts, on=self, margins=0, spacing=0)

    def _shortcut(self, keys: str, act: Callable[[], object]) -> None:
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(keys), self, act, context=within)

    def _retranslate(self) -> None:
        self._titled.setText(self.tr("Title"))
        self.title.setAccessibleName(self.tr("Title"))
        remove, add = self.tr("Remove this line"), self.tr("Add a point")
        self.points[PointKind.KEY].say(self.tr("Main points"), add, remove)
        self.points[PointKind.DECISION].say(self.tr("Decided"), self.tr("Add a decision"), remove)
        self.points[PointKind.FACT].say(self.tr("From documents"), self.tr("Add a fact"), remove)
        self.questions.say(self.tr("Open questions"), self.tr("Add a question"), remove)
        say(self.save, self.tr("Save"), "Ctrl+Enter")
        say(self.cancel, self.tr("Cancel"), self.tr("Close without saving (Esc)"))

    def edit(self, summary: Summary) -> None:
        self.summary = summary
        self.title.setText(summary.title)
        for kind, section in self.points.items():
            section.show_lines([point.text for point in summary.of_kind(kind)])
        self.questions.show_lines(summary.digest.questions)
        self._begun = self.digest
        self.title.setFocus()

    @property
    def digest(self) -> Digest:
        """What it says now: a line that was changed is the user's own and rests on nothing."""
        points = [
            self._point(kind, row.written)
            for kind, section in self.points.items()
            for row in section.rows
            if row.written
        ]
        questions = [row.written for row in self.questions.rows if row.written]
        return Digest(self.title.text().strip(), tuple(points), tuple(questions))

    def _point(self, kind: PointKind, text: str) -> Point:
        known = (
            point for point in self.summary.of_kind(kind) if " ".join(point.text.split()) == text
        )
        return next(known, Point(kind, text))

    @property
    def is_changed(self) -> bool:
        """Whether closing would lose something."""
        return self.digest != self._begun
