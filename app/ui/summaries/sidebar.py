"""The summaries on the left: search, the list, and the way to the notes."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout

from app.domain.memory.summaries import Summary
from app.ui.summaries.timeline import TimelineDelegate, TimelineModel
from app.ui.summaries.words import SummaryWords
from app.ui.theme import Theme
from app.ui.widgets.controls import button, invite, label, rest, say_or_hide, stacked
from app.ui.widgets.layouts import UPRIGHT, aligned, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_WIDTH, _TYPING_MILLISECONDS = 284, 200
_ICON, _MANY = 16, 1000


class SummarySidebar(Retranslating, QFrame):
    """`chosen` says that other summaries are selected, `searched` that others are looked for.
    `menu` gives a place on the screen, `removed` wants the selected ones away."""

    chosen, searched, notes_wanted, menu = Signal(), Signal(), Signal(), Signal(QPoint)
    removed = Signal()

    def __init__(self, words: SummaryWords, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setFixedWidth(_WIDTH)
        self._theme, self._proposed = theme, 0
        self.model = TimelineModel(words)
        self.list = QListView()
        self._build()
        self._connect()
        self._retranslate()

    def _build(self) -> None:
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setClearButtonEnabled(True)
        self.list.setModel(self.model)
        self._delegate = TimelineDelegate(self._theme)
        self.list.setItemDelegate(self._delegate)
        self.list.setMouseTracking(True)
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._nothing = label("muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(10, 14, 10, 0)
        self._stack = stacked(self.list, self._nothing)
        self.counts = label("small", wrap=True)
        self.counts.setContentsMargins(10, 6, 10, 2)
        self.counts.hide()
        column = in_column(
            self.search, wide(self._stack), self.counts, on=self, margins=(10, 12, 10, 12)
        )
        self._add_notes(column)
        self._typing = rest(self, _TYPING_MILLISECONDS)

    def _add_notes(self, column: QVBoxLayout) -> None:
        self.notes = button("quiet", self.notes_wanted.emit)
        self.notes.setCheckable(True)
        self.notes.setMinimumHeight(38)
        self._sign, self._notes, self.badge = QLabel(), label(), label("notice")
        in_row(
            self._sign, wide(self._notes), aligned(self.badge, UPRIGHT), on=self.notes,
            margins=(10, 0, 10, 0), spacing=10,
        )  # fmt: skip
        for part in (self._sign, self._notes, self.badge):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column.addWidget(self.notes)

    def _connect(self) -> None:
        self._typing.timeout.connect(self.searched)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.returnPressed.connect(self.searched)
        self.list.selectionModel().selectionChanged.connect(self.chosen)
        self.list.clicked.connect(self.chosen)
        self.list.customContextMenuRequested.connect(
            lambda at: self.menu.emit(self.list.viewport().mapToGlobal(at))
        )
        within = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list, self.removed.emit, context=within)
        self._theme.changed.connect(self._draw)

    def _retranslate(self) -> None:
        invite(self.search, self.tr("Search summaries"))
        self.list.setAccessibleName(self.tr("Summaries"))
        self._nothing.setText(self.tr("No summary has these words."))
        self._notes.setText(self.tr("Notes"))
        self.show_proposed(self._proposed)
        self._draw()

    def _draw(self) -> None:
        icon = self._theme.icon("sticky-note", "muted", _ICON)
        self._sign.setPixmap(icon.pixmap(_ICON, _ICON))
        self.list.viewport().update()

    @property
    def query(self) -> str:
        return self.search.text().strip()

    @property
    def selected(self) -> list[Summary]:
        """In the order of the list."""
        rows = sorted(
            self.list.selectionModel().selectedIndexes(), key=lambda model_index: model_index.row()
        )
        found = [self.model.summary(row) for row in rows]
        return [summary for summary in found if summary is not None]

    def show_rows(self, rows: Sequence[Summary | str], query: str) -> None:
        """What `grouped` made of what was found. What was selected stays so; where all of it went,
        its neighbour is."""
        before = [summary.id for summary in self.selected]
        current = self.list.currentIndex().row()
        at = self.list.verticalScrollBar().value()
        self._delegate.alike = many = len(rows) > _MANY
        self.list.setUniformItemSizes(many)
        with QSignalBlocker(self.list.selectionModel()):
            self.model.show(rows)
            kept = [row for each in before if (row := self.model.row_of(each)) >= 0]
            self._select(sorted(kept) or [self.model.nearest(current)])
        self.list.verticalScrollBar().setValue(at)
        self._stack.setCurrentIndex(1 if query and not rows else 0)
        self.list.viewport().update()

    def show_counts(self, told: str) -> None:
        """Of all summaries, at the foot of the list."""
        say_or_hide(self.counts, told)

    def show_proposed(self, count: int) -> None:
        """How many notes wait to be looked at."""
        self._proposed = count
        self.badge.setText(str(count))
        self.badge.setVisible(count > 0)
        told = self.tr("%n proposed note(s)", "", count) if count else ""
        self.notes.setToolTip(told)
        self.notes.setAccessibleName(", ".join(filter(None, (self.tr("Notes"), told))))

    def select(self, summary: str) -> None:
        """This one alone."""
        if (row := self.model.row_of(summary)) >= 0:
            self._select([row])
            self.list.scrollTo(self.model.index(row))

    def _select(self, rows: Sequence[int]) -> None:
        """In their order; −1 is none."""
        chosen, model = QItemSelection(), self.list.selectionModel()
        for first, last in _runs([row for row in rows if row >= 0]):
            chosen.select(self.model.index(first), self.model.index(last))
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows and rows[0] >= 0:
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            model.setCurrentIndex(self.model.index(rows[0]), keep)


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows that follow each other as one range: a selection of many ranges is slow."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
