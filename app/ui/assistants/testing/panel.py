"""The test questions of one assistant beside the cards: run them, see what is better or worse."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame

from app.domain.chat.assistants import Assistant
from app.domain.errors import LaretsError
from app.domain.events import ExamsChanged
from app.domain.exams.questions import ExamQuestion
from app.domain.exams.runs import ComparedAnswer, ExamRun, Outcome, compared
from app.ui.assistants.fields import SteadyComboBox
from app.ui.assistants.overview import AssistantServices
from app.ui.assistants.testing.detail import ExamDetail
from app.ui.assistants.testing.overview import ExamOverview, ExamResult, look
from app.ui.assistants.testing.question_dialog import QuestionDialog
from app.ui.assistants.testing.question_list import QuestionList, QuestionRow
from app.ui.assistants.testing.runner import ExamRunner
from app.ui.assistants.testing.verdict import Verdict
from app.ui.assistants.testing.words import ExamWords
from app.ui.assistants.words import moment
from app.ui.language import Language, filled
from app.ui.pages.undoing import Undoing
from app.ui.theme import Theme
from app.ui.widgets.controls import (
    IconButton,
    allow_if,
    button,
    forbid_if,
    frame,
    label,
    say,
    show_if,
)
from app.ui.widgets.elided import Elided
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_WIDTH = 416
#: The share of the height that the list has, and that the chosen question has.
_LIST, _DETAIL = 5, 6


class ExamPanel(Retranslating, QFrame):
    """`left` when it is to close. What is removed is told and taken back by `undoing`."""

    left = Signal()

    def __init__(
        self, services: AssistantServices, undoing: Undoing, theme: Theme, language: Language
    ) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setFixedWidth(_WIDTH)
        self._services, self._undoing = services, undoing
        self._theme, self._language = theme, language
        self._words = ExamWords(self)
        self._overview = ExamOverview(Assistant("", ""))
        self._result: ExamResult | None = None
        self._rival_name, self._is_new = "", False
        self.dialog: QuestionDialog | None = None
        self.runner = ExamRunner(services.exams, services.answers, self)
        self._controls()
        self._build()
        self._connect()
        self._retranslate()

    def _controls(self) -> None:
        self._title, self._name = label("title"), Elided("muted")
        self.close_button = IconButton(self._theme, "x", self.left.emit)
        self.run = button("primary", self.begin)
        self.stop = button("", self.runner.stop)
        self.add = IconButton(self._theme, "plus", lambda: self.change(ExamQuestion("")))
        self.take = IconButton(self._theme, "file-text", self.choose_file)
        self.rival = SteadyComboBox(self._theme)
        self.rival.give_way()
        self.verdict, self.list = Verdict(self._words), QuestionList(self._theme)
        self.detail, self._empty = ExamDetail(self._words, self._theme), label("muted", wrap=True)

    def _build(self) -> None:
        head = in_row(wide(self._title), self.close_button, margins=(20, 14, 12, 0))
        name = in_row(self._name, margins=(20, 0, 20, 4))
        acts = in_row(
            self.run, self.stop, wide(self.rival), self.add, self.take,
            margins=(20, 0, 12, 0), spacing=6,
        )  # fmt: skip
        rows = in_row(self.list, margins=(12, 0, 12, 0))
        self._line = frame("line")
        self._line.setFixedHeight(1)
        empty = in_row(self._empty, margins=(20, 8, 20, 0))
        column = in_column(
            head, name, acts, self.verdict, empty, wide(rows, _LIST), self._line,
            wide(self.detail, _DETAIL), on=self, margins=0, spacing=6,
        )  # fmt: skip
        column.addStretch()

    def _connect(self) -> None:
        self.list.chosen.connect(lambda _: self._show_chosen())
        self.detail.changing.connect(self._change_chosen)
        self.detail.removing.connect(self._remove_chosen)
        self.runner.changed.connect(self._draw_acts)
        self.runner.finished.connect(self._keep)
        self.runner.failed.connect(self._tell)
        self._services.events.subscribe(ExamsChanged, self._hear)
        QShortcut(
            QKeySequence("Esc"), self, self.left.emit,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )  # fmt: skip

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Test questions"))
        self.close_button.say(self.tr("Close"), "Esc")
        say(self.run, self.tr("Run"), self.tr("Have all test questions answered"))
        say(self.stop, self.tr("Stop"), self.tr("What was answered so far is not kept"))
        self.add.say(self.tr("Add a test question"))
        self.take.say(self.tr("Add test questions of a file"))
        self.rival.setAccessibleName(self.tr("Compare with"))
        self.list.setAccessibleName(self.tr("Test questions"))
        self._empty.setText(
            self.tr(
                "A test question says what a good answer has: words, a document that it cites, or "
                "that there is no answer. Run them after every change, and see what it made better "
                "or worse."
            )
        )
        self._offer_rivals()
        self._draw()

    # -- what is shown ----------------------------------------------------------------------------

    @property
    def assistant(self) -> Assistant:
        return self._overview.assistant

    def show_assistant(self, assistant: Assistant) -> None:
        """Its questions and how they did when they were last asked."""
        if assistant.id != self.assistant.id:
            self.runner.stop()
            self._overview, self._result = ExamOverview(assistant), None
        self._is_new = True
        self.show()
        self._load()

    def _hear(self, news: ExamsChanged) -> None:
        if news.assistant == self.assistant.id and self.isVisible():
            self._load()

    def follow(self, known: Sequence[Assistant]) -> None:
        """The assistants are others; one that is no choice any more is not tested either."""
        now = next((each for each in known if each.id == self.assistant.id), None)
        if now is None:
            self.hide()
        elif not self.isHidden():
            self._overview = replace(self._overview, assistant=now)
            self._load()

    def _load(self) -> None:
        wanted = self.assistant
        self._services.reading.begin(self, lambda _: look(self._services, wanted), self._learn)

    def _learn(self, overview: ExamOverview) -> None:
        if overview.assistant.id == self.assistant.id:
            self._overview = overview
            if self._result is None or not self._result.rival:
                self._result = overview.last
            self._offer_rivals()
            self._draw()
            if self._is_new:
                self._is_new = False
                (self.run if overview.questions else self.add).setFocus()

    def _offer_rivals(self) -> None:
        """The last run, others, and what this one was."""
        chosen = self.rival.currentIndex()
        self.rival.clear()
        self.rival.addItem(self.tr("With the last run"), None)
        for each in self._overview.others:
            self.rival.addItem(filled(self.tr("Against %1"), each.name), (each, each.name))
        for version in self._overview.versions:
            name = filled(self.tr("Version %1"), version.number)
            told = f"{name} · {moment(version.created)}"
            self.rival.addItem(filled(self.tr("Against %1"), told), (version.assistant, name))
        self.rival.setCurrentIndex(chosen if 0 <= chosen < self.rival.count() else 0)

    def _draw(self) -> None:
        self._name.say(self.assistant.name)
        questions, rows = self._overview.questions, self._answers()
        self.list.show_rows([self._row(each, rows.get(each)) for each in questions])
        show_if(bool(questions), self.list, self.detail, self._line)
        self._empty.setVisible(not questions)
        self._draw_acts()
        self._show_chosen()

    def _draw_acts(self) -> None:
        """While a run goes on nothing else moves: what was chosen may be read meanwhile."""
        running = self.runner.is_running
        show_if(running, self.stop)
        show_if(not running, self.run)
        allow_if(not running, self.rival)
        allow_if(bool(self._overview.questions), self.run)
        forbid_if(self._denied, self.add, self.take)
        if running:
            self.verdict.show_progress(self.runner.done, self.runner.total)
        else:
            self.verdict.show_result(self._result)

    @property
    def _denied(self) -> str:
        may = self._overview.may_change
        return "" if may else self.tr("Readers run test questions; an editor may change them.")

    def _answers(self) -> dict[ExamQuestion, ComparedAnswer]:
        rows = self._result.comparison.rows if self._result else ()
        return {row.answer.question: row for row in rows}

    def _row(self, question: ExamQuestion, row: ComparedAnswer | None) -> QuestionRow:
        if row is None:
            return QuestionRow(question.question)
        rival = bool(self._result and self._result.rival)
        compares = bool(self._result and self._result.other)
        outcome = row.outcome if compares else Outcome.SAME
        passed = row.answer.passed
        spoken = self.tr("passed") if passed else self.tr("failed")
        told = self._words.outcome(outcome, rival=rival)
        return QuestionRow(question.question, passed, told, spoken)

    @property
    def _chosen(self) -> ExamQuestion | None:
        questions, place = self._overview.questions, self.list.place
        return questions[place] if 0 <= place < len(questions) else None

    def _show_chosen(self) -> None:
        if (question := self._chosen) is not None:
            rival = self._result.rival if self._result else ""
            row = self._answers().get(question)
            self.detail.show_question(question, row, rival, self._denied)

    # -- acts -------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Have all answered, by the chosen rival as well."""
        chosen = self.rival.currentData()
        rivals = [chosen[0]] if chosen else []
        self._rival_name = chosen[1] if chosen else ""
        self.runner.begin([self.assistant, *rivals], self._overview.questions)

    def _keep(self, runs: tuple[ExamRun, ...]) -> None:
        own, *others = runs
        if others:
            self._result = ExamResult(own, others[0], compared(own, others[0]), self._rival_name)
        else:
            self._result = None
        self._services.reading.begin(
            self, lambda _: self._services.exams.keep_run(own), lambda _: self._load()
        )

    def _tell(self, error: LaretsError) -> None:
        self.verdict.show_result(self._result, self._language.told(error))

    def change(self, question: ExamQuestion) -> None:
        """Ask for one in a form; a new one has no id yet."""
        self.dialog = dialog = QuestionDialog(self.window(), self._theme, question)
        library = self._services.library
        self._services.reading.begin(
            dialog, lambda _: [each.name for each in library.documents()], dialog.offer
        )
        dialog.accepted.connect(lambda: self._store(dialog.question))
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _store(self, question: ExamQuestion) -> None:
        exams, assistant = self._services.exams, self.assistant.id
        self._services.reading.begin(self, lambda _: exams.keep(assistant, question))

    def _change_chosen(self) -> None:
        if (question := self._chosen) is not None:
            self.change(question)

    def _remove_chosen(self) -> None:
        """At once; the toast takes it back."""
        exams, assistant, place = self._services.exams, self.assistant, self.list.place
        if (question := self._chosen) is not None:
            self._undoing.do(
                self.tr("The test question was removed."),
                lambda: exams.remove(assistant, place + 1),
                lambda: exams.restore(assistant.id, question),
            )

    def choose_file(self) -> None:
        title, kinds = self.tr("Test questions of a file"), "JSON (*.json)"
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self.take_in(Path(name))

    def take_in(self, path: Path) -> None:
        exams, assistant = self._services.exams, self.assistant.id

        def say_how_many(count: int) -> None:
            self._undoing.toast.say(self.tr("%n test question(s) added.", "", count))

        self._services.reading.begin(self, lambda _: exams.take_in(assistant, path), say_how_many)
