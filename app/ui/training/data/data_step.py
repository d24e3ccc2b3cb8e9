"""The first step: where examples come from, what was not taken, and the examples themselves."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from app.domain.library.documents import Document
from app.domain.training.row_formats import RowColumns
from app.domain.training.rows import Row, Rows
from app.domain.training.training import Training
from app.services.jobs import Job
from app.ui.theme import Theme
from app.ui.training.data.documents_form import DocumentsForm
from app.ui.training.data.file_form import FileForm
from app.ui.training.data.rows_model import Warnings
from app.ui.training.data.rows_table import RowsTable
from app.ui.training.data.source_card import SourceCard
from app.ui.training.doing import Doing
from app.ui.training.services import CHANGEABLE, TrainingServices
from app.ui.training.words import TrainingWords
from app.ui.widgets.controls import forbid_if, label, say_or_hide
from app.ui.widgets.layouts import in_column
from app.ui.widgets.retranslating import Retranslating

_BETWEEN = 10


class DataStep(Retranslating, QWidget):
    """`told` gives a sentence and how to undo what it says,
    `doing_changed` when slow work began or ended."""

    told, doing_changed = Signal(str, object), Signal()

    def __init__(self, services: TrainingServices, words: TrainingWords, theme: Theme) -> None:
        super().__init__()
        self._reading, self._trainings = services.reading, services.training
        self._services, self._words = services, words
        self.training: Training | None = None
        self._from_chats = Rows(())
        self.documents = SourceCard(theme, "library", self._offer_documents)
        self.chats = SourceCard(theme, "messages-square", self._add_chats)
        self.file = SourceCard(theme, "file-spreadsheet", self._choose_file)
        self.documents_form = DocumentsForm(theme, self._load_documents)
        self.documents_form.asked.connect(self.write)
        self.documents_form.left.connect(self.documents_form.hide)
        self.file_form = FileForm(theme)
        self.file_form.tried.connect(self._try_file)
        self.file_form.asked.connect(self._read_file)
        self.file_form.left.connect(self.file_form.hide)
        self.doing = Doing()
        self.rejected = label("small", wrap=True)
        self._fixed = label("small", wrap=True)
        self.table = RowsTable(words, theme, self._view)
        self.table.changed.connect(self.change)
        self.table.dropped.connect(self.drop)
        self._build()
        self._retranslate()

    def _build(self) -> None:
        self._cards = cards = QGridLayout()
        cards.setSpacing(_BETWEEN)
        self._sources = (self.documents, self.chats, self.file)
        self._arrange(len(self._sources))
        in_column(
            cards, self._fixed, self.documents_form, self.file_form, self.doing, self.rejected,
            self.table, on=self, margins=0, spacing=12,
        )  # fmt: skip
        self.rejected.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room to spare; their own least width is no room."""
        super().resizeEvent(event)
        needs = [card.minimumSizeHint().width() + _BETWEEN for card in self._sources]
        fits = event.size().width() > sum(needs)
        self._arrange(len(self._sources) if fits else 1)

    def _arrange(self, columns: int) -> None:
        for place, card in enumerate(self._sources):
            self._cards.addWidget(card, place // columns, place % columns)
            self._cards.setColumnStretch(place, 1 if place < columns else 0)

    def _retranslate(self) -> None:
        self.documents.say(
            self.tr("From documents"),
            self.tr("The model writes questions and answers from your documents and checks them."),
            self.tr("Choose documents…"),
        )
        self._say_chats()
        self.file.say(
            self.tr("From a file"),
            self.tr("JSONL, CSV or XLSX with a question and an answer in each line."),
            self.tr("Choose a file…"),
        )
        fixed = self.tr("The examples are fixed once the training has begun; train a new adapter.")
        self._fixed.setText(self._denied or fixed)
        self._allow()

    def _say_chats(self) -> None:
        count = len(self._from_chats.rows)
        text = self.tr("No answer was liked or corrected yet: use the thumbs under answers.")
        if count:
            text = self.tr("%n answer(s) that you liked or corrected.", "", count)
        self.chats.say(self.tr("From conversations"), text, self.tr("Add"))

    # -- what is shown ----------------------------------------------------------------------------

    @property
    def _denied(self) -> str:
        return self._words.why_not(may_train=self._services.may_train)

    @property
    def may_change(self) -> bool:
        training = self.training
        return training is not None and training.state in CHANGEABLE and self._services.may_train

    def show_training(self, training: Training) -> None:
        before, self.training = self.training, training
        if before is None or before.id != training.id:
            self.documents_form.hide()
            self.file_form.hide()
            self.rejected.hide()
            self.reload()
            self._count_chats()
        elif before.rows != training.rows or before.state != training.state:
            self.reload()
        self._allow()

    def _allow(self) -> None:
        may, busy = self.may_change, self.doing.busy
        draft = self.training is not None and self.training.state in CHANGEABLE
        for card in self._sources:
            card.setVisible(draft)
            card.act.setEnabled(may and not busy)
        self.chats.act.setEnabled(may and not busy and bool(self._from_chats.rows))
        self._fixed.setVisible(not draft or bool(self._denied))
        if self._denied:
            forbid_if(self._denied, *(card.act for card in self._sources))
        self.doing_changed.emit()

    def reload(self) -> None:
        """The rows anew, off the window thread."""
        if (training := self.training) is None:
            return

        def read(_: Job) -> tuple[list[Row], Warnings]:
            rows = self._trainings.rows(training.id)
            warned = self._services.datasets.looked_over(rows).warned
            return rows, {row.id: each for row, each in zip(rows, warned, strict=True) if each}

        def show(found: tuple[list[Row], Warnings]) -> None:
            if self.training is not None and self.training.id == training.id:
                self.table.show_rows(*found, may=self.may_change)

        self._reading.begin(self, read, show)

    def _count_chats(self) -> None:
        """How many answers there are that no example asks about yet; it is for who may add them."""
        if (training := self.training) is None or self._denied:
            return

        def count(_: Job) -> Rows:
            return self._services.datasets.from_chats(self._trainings.rows(training.id))

        def show(found: Rows) -> None:
            self._from_chats = found
            self._say_chats()
            self._allow()

        self._reading.begin(self, count, show)

    def _view(self, row: Row, show: Callable[[tuple[str, str]], None]) -> None:
        self._reading.begin(self, lambda _: self._trainings.token_view(row), show)

    # -- where examples come from -----------------------------------------------------------------

    def _offer_documents(self) -> None:
        self.file_form.hide()
        self._reading.begin(
            self, lambda _: self._services.library.collections(), self.documents_form.offer
        )

    def _load_documents(self, collection: str, show: Callable[[Sequence[Document]], None]) -> None:
        self._reading.begin(
            self, lambda _: self._services.library.documents(collection or None), show
        )

    def write(self, documents: Sequence[str], count: int) -> None:
        """Have the model write examples. Each is stored as it comes: Stop loses none."""
        training, services = self.training, self._services
        if training is None:
            return
        self.documents_form.hide()

        def keep(row: Row) -> None:
            services.training.add_rows(training.id, [row])

        def work(job: Job) -> Rows:
            known = services.training.rows(training.id)
            return services.datasets.from_documents(documents, count, job, keep, known)

        title = self.tr("The model is writing examples…")
        self.doing.run(title, services.answers, work, self._added, self._ended)
        self._allow()

    def _ended(self) -> None:
        self.reload()
        self._allow()

    def _add_chats(self) -> None:
        self._add(self._from_chats)

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Examples"), "", self.tr("Examples (*.jsonl *.json *.csv *.tsv *.xlsx)")
        )
        if path:
            self.open_file(Path(path))

    def open_file(self, path: Path) -> None:
        """Look at a file and ask which columns are meant."""
        self.documents_form.hide()
        self._reading.begin(
            self,
            lambda _: self._services.datasets.recognise(path),
            lambda found: self.file_form.offer(path, found),
        )

    def _try_file(self, path: Path, mapping: RowColumns | None) -> None:
        self._reading.begin(
            self,
            lambda job: self._services.datasets.read(path, mapping, job),
            lambda found: self.file_form.show_first(found.rows),
        )

    def _read_file(self, path: Path, mapping: RowColumns | None) -> None:
        self.file_form.hide()
        title, datasets = self.tr("Reading the file…"), self._services.datasets

        def work(job: Job) -> Rows:
            return datasets.read(path, mapping, job)

        self.doing.run(title, self._reading, work, self._add, self._ended)
        self._allow()

    def _add(self, rows: Rows) -> None:
        if (training := self.training) is None:
            return
        self._reading.begin(
            self,
            lambda _: self._trainings.add_rows(training.id, rows.rows),
            lambda _: self._added(rows),
        )

    def _added(self, rows: Rows) -> None:
        text = self._words.faults(rows.rejected)
        say_or_hide(self.rejected, text)
        self.told.emit(self.tr("%n example(s) added.", "", len(rows.rows)), None)
        self.reload()
        self._count_chats()
        self._allow()

    # -- one or several examples ------------------------------------------------------------------

    def change(self, row: Row) -> None:
        if (training := self.training) is not None:
            self._reading.begin(
                self,
                lambda _: self._trainings.change_row(training.id, row),
                lambda _: self.reload(),
            )

    def drop(self, ids: Sequence[int], used: bool) -> None:
        """Put aside, or use again; the toast takes it back."""
        if (training := self.training) is None:
            return

        def do(wanted: bool, then: Callable[[], None]) -> None:
            self._reading.begin(
                self,
                lambda _: self._trainings.use_rows(training.id, ids, used=wanted),
                lambda _: then(),
            )

        def done() -> None:
            self.reload()
            aside, again = (
                self.tr("%n example(s) put aside.", "", len(ids)),
                self.tr("%n example(s) used again.", "", len(ids)),
            )
            self.told.emit(again if used else aside, lambda: do(not used, self.reload))

        do(used, done)
