"""The Training view as a user meets it, on services in memory and real workers."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import paths
from app.domain.chat.assistants import Assistant
from app.domain.errors import NoChatModel, OutOfMemory, StorageFull
from app.domain.training.row_formats import RowColumns, RowFile, RowFormat
from app.domain.training.rows import Row, RowFault, RowOrigin, RowPassage, Rows
from app.domain.training.training import (
    PRESETS,
    Advice,
    AnswerPair,
    AnswerRates,
    CurvePoint,
    Estimate,
    Phase,
    Preset,
    Report,
    RunStatus,
    Sample,
    Training,
    TrainingSettings,
    TrainingState,
    Trouble,
    WeightForm,
)
from app.ui.language import Language
from app.ui.theme import Theme
from app.ui.training.data.rows_model import LOOK, RowGroup
from app.ui.training.page import TrainingPage
from app.ui.training.run.stop_question import StopQuestion
from app.ui.training.step import StepState
from app.ui.training.steps import TrainingStage
from tests.ui.questions import answered
from tests.ui.told import words_of
from tests.ui.training_services import COLUMNS, GIGABYTE, FakeServices, make_services

PASSAGE = RowPassage("Leave rules · p. 3", "Every employee is entitled to 28 days of leave.")
ROWS = [
    Row("How many days of leave?", "28 days [1].", (PASSAGE,), origin=RowOrigin.DOCUMENTS),
    Row("Who pays for taxis?", "Not in the documents.", (PASSAGE,), answered=False),
    Row("Call Anna? personal-data", "Yes.", origin=RowOrigin.CHATS),
    Row("When is lunch? near-duplicate", "At noon.", origin=RowOrigin.CHATS),
]
#: As many as a run needs.
ENOUGH = [replace(ROWS[0], question=f"How many days in year {n}?") for n in range(8)]
RATES = AnswerRates(20, 0.7, 0.8, 0.5, 0.04, 90)
REPORT = Report(
    1.3, 0.9, 2e-5, 0.02, RATES, replace(RATES, cited=0.97, words=41),
    (AnswerPair("How long?", "28 days [1].", "A while.", "28 days [1]."),
     AnswerPair("Who?", "HR <b>", "Nobody.", "HR <b>")),
)  # fmt: skip


class View:
    """The page with what a test needs around it."""

    def __init__(
        self, page: TrainingPage, fakes: FakeServices, theme: Theme, language: Language
    ) -> None:
        self.page, self.fakes, self.theme, self.language = page, fakes, theme, language
        self.errors: list[BaseException] = []

    @property
    def data(self) -> Any:
        return self.page.steps.data

    @property
    def states(self) -> list[str]:
        return [each.state for each in self.page.list.entries]

    @property
    def kept(self) -> Training:
        """The only one, or the newest."""
        return self.fakes.trainings.all()[0]


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    made = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made.setValue("language", "en")
    made.setValue("theme", "light")
    return made


@pytest.fixture
def language(qapp: QApplication, settings: QSettings) -> Iterator[Language]:
    made = Language(paths.find().resources, settings)
    yield made
    made.close()


@pytest.fixture
def fakes(
    request: pytest.FixtureRequest, language: Language, tmp_path: Path
) -> Iterator[FakeServices]:
    made = make_services(language, tmp_path, **getattr(request, "param", {}))
    yield made
    made.close()


@pytest.fixture
def view(
    fakes: FakeServices, qtbot: QtBot, qapp: QApplication, settings: QSettings, language: Language,
    monkeypatch: pytest.MonkeyPatch,
) -> View:  # fmt: skip
    theme = Theme(qapp, paths.find().resources, settings)
    page = TrainingPage(fakes.services, theme, language)
    made = View(page, fakes, theme, language)
    monkeypatch.setattr("app.ui.acts.show_error", lambda _, error, __: made.errors.append(error))
    qtbot.addWidget(page)
    page.resize(1124, 708)
    page.show()
    qtbot.waitExposed(page)
    qtbot.waitUntil(lambda: page.beginning.isVisible() or page.training is not None)
    return made


def _put(view: View, qtbot: QtBot, rows: list[Row] | None = None, **changes: Any) -> Training:
    """A training of its own, shown."""
    number = len(view.fakes.trainings.all())
    training = Training(f"k{number}", f"Style {number}", "base", "tiny · Q4", 100.0 + number)
    put = view.fakes.trainings.put(replace(training, **changes), ROWS if rows is None else rows)
    if put.adapter:
        view.fakes.adapters.put(put.adapter, put.name)
    view.page.reload()
    qtbot.waitUntil(lambda: put.name in [each.name for each in view.page.list.entries])
    view.page.choose(put.id)
    if put.state == TrainingState.DRAFT:
        qtbot.waitUntil(lambda: view.data.table.model.total == len(rows or []) or rows is None)
    qtbot.waitUntil(lambda: view.page.training == put and view.fakes.idle)
    QApplication.processEvents()
    return put


def _click(qtbot: QtBot, widget: QWidget) -> None:
    assert widget.isEnabled()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def _act(view: View, training: Training, text: str) -> None:
    """In the menu of one."""
    acts = view.page.list.menu(training.id).actions()
    next(each for each in acts if each.text() == text).trigger()


def _curve(steps: int, every: int = 20) -> tuple[CurvePoint, ...]:
    return tuple(
        CurvePoint(n, 2.0 - n / steps, 2.1 - n / steps if n % every == 0 else None)
        for n in range(1, steps + 1)
    )


def _running(step: int = 60, **changes: Any) -> RunStatus:
    status = RunStatus(Phase.TRAINING, step, 300, _curve(step), 512.4, 840.0, 7 * GIGABYTE)
    return replace(status, **changes)


# -- the list and the empty state -----------------------------------------------------------------


def test_without_any_adapter_it_says_what_one_is_good_for(view: View, qtbot: QtBot) -> None:
    page = view.page
    assert "tone, format" in words_of(page.beginning)
    assert "not for facts" in words_of(page.beginning)
    assert page.steps.isHidden()
    _click(qtbot, page.list.new)
    qtbot.waitUntil(lambda: page.training is not None)
    assert page.head.title.text() == "Adapter 1"
    assert page.head.base.text() == "tiny · Q4_K_M"
    assert page.beginning.isHidden()
    assert page.steps.steps[TrainingStage.DATA].is_open
    assert view.states == ["no examples yet"]
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.list.entries) == 2)
    assert page.head.title.text() == "Adapter 2"


def test_without_a_chat_model_the_reason_is_shown(view: View, qtbot: QtBot) -> None:
    view.fakes.adapters.model = None
    _click(qtbot, view.page.list.new)
    qtbot.waitUntil(lambda: bool(view.errors))
    assert isinstance(view.errors[0], NoChatModel)
    assert view.page.beginning.isVisible()


@pytest.mark.parametrize("fakes", [{"may_train": False}], indirect=True)
def test_a_reader_sees_why_nothing_can_be_done(view: View, qtbot: QtBot) -> None:
    page, why = view.page, "Readers use adapters; an editor may train them."
    assert not page.list.new.isEnabled()
    assert page.list.new.toolTip() == why
    assert why in words_of(page.beginning)
    page.begin()
    _put(view, qtbot, state=TrainingState.RUNNING, status=_running())
    assert not page.head.stop.isEnabled()
    assert page.head.pause.toolTip() == why
    _put(view, qtbot)
    assert not view.data.documents.act.isEnabled()
    assert view.data._fixed.isVisible()
    assert view.data._fixed.text() == why
    assert not page.steps.plan.start.isEnabled()
    assert page.steps.plan.start.toolTip() == why
    assert len(view.fakes.trainings.all()) == 2
    view.data.table.view.selectRow(0)
    qtbot.keyClick(view.data.table.view, Qt.Key.Key_Delete)
    assert view.data.table.pane.question.isReadOnly()
    assert all(each.used for each in view.fakes.trainings.rows(page.training.id))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changes", "scale", "told"),
    [
        ({}, 0.0, "4 examples, not trained yet"),
        ({"state": TrainingState.RUNNING, "status": _running(186)}, 0.0, "training · 62 %"),
        ({"state": TrainingState.PAUSED, "status": _running(30)}, 0.0, "paused · 10 %"),
        ({"state": TrainingState.FAILED}, 0.0, "did not succeed"),
        ({"state": TrainingState.DONE, "adapter": "a"}, 0.8, "on · strength 0.8"),
        ({"state": TrainingState.DONE, "adapter": "a", "report": REPORT}, 0.0, "off"),
        (
            {
                "state": TrainingState.DONE,
                "adapter": "a",
                "report": replace(REPORT, advice=Advice.DO_NOT_USE),
            },
            0.0,
            "not better than the base",
        ),
    ],
)
def test_the_list_says_how_each_stands(
    view: View, qtbot: QtBot, changes: dict[str, Any], scale: float, told: str
) -> None:
    put = _put(view, qtbot, **changes)
    if put.adapter:
        view.fakes.adapters.set_strengths({put.adapter: scale})
    qtbot.waitUntil(lambda: view.states == [told])


def test_deleting_says_what_goes(view: View, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    put = _put(view, qtbot, state=TrainingState.DONE, adapter="a", report=REPORT)
    asked = answered(monkeypatch, False)
    _act(view, put, "Delete…")
    assert "Delete “Style 0”?" in asked[0]
    for part in ("4 examples", "the checkpoints", "the adapter that came of it"):
        assert part in asked[0]
    assert view.fakes.trainings.all()
    answered(monkeypatch)
    _act(view, put, "Delete…")
    qtbot.waitUntil(view.page.beginning.isVisible)
    assert not view.fakes.trainings.all()


def test_renaming_is_shown_at_once(
    view: View, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = _put(view, qtbot)
    answered(monkeypatch, name="  HR   style ")
    _act(view, put, "Rename…")
    qtbot.waitUntil(lambda: view.page.head.title.text() == "HR style")


def test_a_new_one_begins_with_the_examples_of_another(view: View, qtbot: QtBot) -> None:
    settings = replace(TrainingSettings(), rank=8)
    put = _put(
        view, qtbot, state=TrainingState.DONE, adapter="a", report=REPORT, settings=settings,
        preset=Preset.CAREFUL,
    )  # fmt: skip
    _act(view, put, "Train a new one from these examples")
    qtbot.waitUntil(lambda: view.page.training is not None and view.page.training.id != put.id)
    assert view.page.head.title.text() == "Style 0"
    qtbot.waitUntil(lambda: view.data.table.model.total == 4)
    made = view.page.training
    assert made is not None
    assert (made.state, made.settings, made.preset) == (
        TrainingState.DRAFT, settings, Preset.CAREFUL,
    )  # fmt: skip


def test_what_failed_is_changed_and_trained_anew(view: View, qtbot: QtBot) -> None:
    failed = {"state": TrainingState.FAILED, "trouble": Trouble.RISING, "status": _running(20)}
    _put(view, qtbot, ENOUGH, **failed)
    plan = view.page.steps.plan
    _click(qtbot, view.page.head.again)
    assert plan.isVisible()
    _click(qtbot, plan.presets.cards[Preset.CAREFUL])
    qtbot.waitUntil(lambda: view.kept.preset == Preset.CAREFUL)
    qtbot.waitUntil(plan.check.isEnabled)
    _click(qtbot, plan.check)
    qtbot.waitUntil(plan.start.isEnabled)
    _click(qtbot, plan.start)
    qtbot.waitUntil(lambda: view.states == ["training · 0 %"])


def test_a_new_one_is_shown_while_an_older_reading_comes_in(view: View, qtbot: QtBot) -> None:
    _put(view, qtbot)
    older = view.page._overview
    made = view.fakes.trainings.service.create("Newest")
    view.page._chosen, view.page._stale = made.id, True
    view.page._show(older)
    qtbot.waitUntil(lambda: view.page.head.title.text() == "Newest")


# -- examples -------------------------------------------------------------------------------------


def test_examples_are_counted_filtered_and_searched(view: View, qtbot: QtBot) -> None:
    _put(view, qtbot)
    table, model = view.data.table, view.data.table.model
    assert table.counts.text() == (
        "4 examples · 1 without an answer in the documents · 1 to look at · 1 near-duplicate"
    )
    shown = [model.index(row, LOOK).data() for row in range(4)]
    assert shown == ["", "no answer there", "personal data", "near-duplicate"]
    found = {}
    for group in RowGroup:
        table.group.setCurrentIndex(table.group.findData(group.value))
        found[group] = model.rowCount()
    assert found == {
        RowGroup.ALL: 4, RowGroup.WARNED: 2, RowGroup.DROPPED: 0, RowGroup.DOCUMENTS: 1,
        RowGroup.CHATS: 2, RowGroup.IMPORTED: 1, RowGroup.UNANSWERED: 1,
    }  # fmt: skip
    table.group.setCurrentIndex(0)
    qtbot.keyClicks(table.search, "lunch noon")
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [ROWS[3].question]
    qtbot.keyClicks(table.search, " dinner")
    assert table.view.isHidden()
    assert table._nothing.text() == "Nothing fits this filter."


def test_ten_thousand_examples_are_found_one_by_one(view: View, qtbot: QtBot) -> None:
    many = [Row(f"Question {n}?", f"Answer {n}.") for n in range(10_000)]
    _put(view, qtbot, many)
    model = view.data.table.model
    assert model.rowCount() == 10_000
    view.data.table.search.setText("question 9999")
    assert model.rowCount() == 1
    assert model.place_of(10_000) == 0
    assert model.place_of(1) == -1
    view.data.table.search.clear()
    view.data.table.view.selectAll()
    view.data.reload()
    qtbot.waitUntil(lambda: view.fakes.idle)
    QApplication.processEvents()
    assert view.data.table.chosen == list(range(1, 10_001)), "what was chosen stays so"


def test_del_puts_several_aside_and_the_toast_takes_it_back(view: View, qtbot: QtBot) -> None:
    put = _put(view, qtbot)
    table, page = view.data.table, view.page
    table.view.selectRow(0)
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.chosen == [1, 2]
    assert table.pane.isHidden(), "one example at a time stands open"
    qtbot.keyClick(table.view, Qt.Key.Key_Delete)

    def used() -> list[bool]:
        return [each.used for each in view.fakes.trainings.rows(put.id)]

    qtbot.waitUntil(lambda: page.toast.offers)
    assert used() == [False, False, True, True]
    qtbot.waitUntil(lambda: "2 put aside" in table.counts.text())
    assert page.steps.steps[TrainingStage.DATA].line.told == "Data: 2 examples"
    _click(qtbot, page.toast.act)
    qtbot.waitUntil(lambda: used() == [True] * 4)
    qtbot.waitUntil(lambda: "put aside" not in table.counts.text())


def test_an_example_is_read_changed_and_put_aside(view: View, qtbot: QtBot) -> None:
    put = _put(view, qtbot)
    table, pane = view.data.table, view.data.table.pane
    table.view.selectRow(0)
    assert pane.isVisible()
    assert PASSAGE.text in pane.passages.toPlainText()
    assert pane.passages.isReadOnly()
    qtbot.waitUntil(lambda: PASSAGE.text in pane.seen.toPlainText())
    assert _tinted(pane.seen) == "28 days [1]."
    assert not pane.save.isEnabled()
    pane.answer.selectAll()
    qtbot.keyClicks(pane.answer, "28 calendar days [1].")
    _click(qtbot, pane.save)
    qtbot.waitUntil(lambda: view.fakes.trainings.rows(put.id)[0].answer == "28 calendar days [1].")
    qtbot.waitUntil(lambda: _tinted(pane.seen) == "28 calendar days [1].")
    pane.answer.clear()
    assert not pane.save.isEnabled(), "an empty answer teaches nothing"
    _click(qtbot, pane.drop)
    qtbot.waitUntil(lambda: not view.fakes.trainings.rows(put.id)[0].used)
    qtbot.keyClick(pane.question, Qt.Key.Key_Escape)
    assert pane.isHidden()


def _tinted(field: QPlainTextEdit) -> str:
    """What has a background."""
    block, found = field.document().begin(), []
    while block.isValid():
        part = block.begin()
        while not part.atEnd():
            fragment = part.fragment()
            if fragment.charFormat().background().style() != Qt.BrushStyle.NoBrush:
                found.append(fragment.text())
            part += 1
        block = block.next()
    return "".join(found)


def test_examples_are_written_from_documents(view: View, qtbot: QtBot) -> None:
    put = _put(view, qtbot, [])
    data, datasets = view.data, view.fakes.datasets
    datasets.written = Rows(tuple(ROWS[:2]), {RowFault.DUPLICATE: 3, RowFault.LEAK: 1})
    _click(qtbot, data.documents.act)
    form = data.documents_form
    qtbot.waitUntil(lambda: form.list.count() == 2)
    assert form._told.text() == "None is ticked: all 2 documents are used."
    form.list.item(1).setCheckState(Qt.CheckState.Checked)
    assert form._told.text() == "1 document chosen."
    form.count.setValue(300)
    _click(qtbot, form.begin)
    qtbot.waitUntil(lambda: data.table.model.total == 2)
    assert datasets.asked == [(["d1"], 300)]
    qtbot.waitUntil(data.rejected.isVisible)
    assert data.rejected.text() == (
        "Not taken: 3 near-duplicates, 1 whose question speaks of “this text”."
    )
    assert form.isHidden()
    assert len(view.fakes.trainings.rows(put.id)) == 2


def test_stop_keeps_what_was_written(view: View, qtbot: QtBot) -> None:
    put = _put(view, qtbot, [])
    data, datasets = view.data, view.fakes.datasets
    datasets.written = Rows(tuple(ROWS[:2]))

    def hold(control: Any) -> None:
        while True:
            control.check()

    datasets.hold = hold
    data.write(["d0"], 10)
    qtbot.waitUntil(lambda: words_of(data.doing) == "1 of 10 · leave.pdf")
    assert not data.file.act.isEnabled()
    _click(qtbot, data.doing.stop)
    qtbot.waitUntil(lambda: data.doing.isHidden())
    qtbot.waitUntil(lambda: data.table.model.total == 2)
    assert len(view.fakes.trainings.rows(put.id)) == 2
    assert data.file.act.isEnabled()


def test_liked_answers_are_offered_and_added(view: View, qtbot: QtBot) -> None:
    _put(view, qtbot, [])
    assert "use the thumbs" in words_of(view.data.chats)
    assert not view.data.chats.act.isEnabled()
    view.fakes.datasets.liked = Rows(tuple(ROWS[2:]))
    _put(view, qtbot, [])
    qtbot.waitUntil(view.data.chats.act.isEnabled)
    assert words_of(view.data.chats) == "2 answers that you liked or corrected."
    _click(qtbot, view.data.chats.act)
    qtbot.waitUntil(lambda: view.data.table.model.total == 2)
    qtbot.waitUntil(lambda: not view.data.chats.act.isEnabled())


def test_a_file_is_looked_at_before_it_is_read(view: View, qtbot: QtBot) -> None:
    _put(view, qtbot, [])
    data, datasets, form = view.data, view.fakes.datasets, view.data.file_form
    datasets.read_rows = Rows(tuple(ROWS[:3]), {RowFault.EMPTY: 2})
    data.open_file(Path("rows.csv"))
    qtbot.waitUntil(form.isVisible)
    assert form.preview.isHidden()
    assert not form.add.isEnabled()
    assert words_of(form) == "Say which column is the question and which the answer."
    form.question.choose("ask")
    form.answer.setCurrentIndex(form.answer.findData("ask"))
    assert words_of(form) == "Question and answer must be two columns."
    form.answer.choose("reply")
    qtbot.waitUntil(form.preview.isVisible)
    assert form.preview.item(0, 0).text() == ROWS[0].question
    assert data.table.model.total == 0, "nothing is added before it is wanted"
    _click(qtbot, form.add)
    qtbot.waitUntil(lambda: data.table.model.total == 3)
    assert datasets.asked == [RowColumns("ask", "reply")] * 2
    assert data.rejected.text() == "Not taken: 2 without a question or an answer."


def test_what_a_file_names_itself_is_not_asked(view: View, qtbot: QtBot) -> None:
    _put(view, qtbot, [])
    data, datasets, form = view.data, view.fakes.datasets, view.data.file_form
    named = RowColumns("ask", "reply")
    datasets.file = replace(COLUMNS, sample=tuple(ROWS[:2]), mapping=named)
    data.open_file(Path("rows.csv"))
    qtbot.waitUntil(form.preview.isVisible)
    assert form.question.currentText() == "ask"
    assert form.mapping is named
    datasets.file = RowFile(RowFormat.MESSAGES, ("messages",), tuple(ROWS[:2]), None)
    data.open_file(Path("rows.jsonl"))
    qtbot.waitUntil(form.question.isHidden)
    assert form.preview.rowCount() == 2
    _click(qtbot, form.add)
    qtbot.waitUntil(lambda: datasets.asked == [None])


# -- the plan -------------------------------------------------------------------------------------


def test_a_preset_and_every_setting_are_stored(view: View, qtbot: QtBot) -> None:
    _put(view, qtbot)
    plan = view.page.steps.plan
    view.page.steps.show_step(TrainingStage.PLAN)
    _click(qtbot, plan.presets.cards[Preset.THOROUGH])
    qtbot.waitUntil(lambda: view.kept.preset == Preset.THOROUGH)
    assert view.kept.settings == PRESETS[Preset.THOROUGH]
    qtbot.waitUntil(lambda: plan.settings.fields["rank"].value() == 32)
    _click(qtbot, plan.more)
    longest = plan.settings.fields["longest"]
    longest.selectAll()
    qtbot.keyClicks(longest, "1024")
    qtbot.keyClick(longest, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.kept.settings.longest == 1024)
    held_out = plan.settings.fields["held_out"]
    qtbot.keyClick(held_out, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: view.kept.settings.held_out == 0.2)
    qtbot.keyClick(plan.settings.fields["learning_rate"], Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: view.kept.settings.learning_rate == 0.00015)
    qtbot.waitUntil(lambda: plan.settings.form.count() == 2)
    plan.settings.form.setCurrentIndex(1)
    plan.settings.form.activated.emit(1)
    qtbot.waitUntil(lambda: view.kept.settings.weights is WeightForm.DENSE)
    expected = replace(
        PRESETS[Preset.THOROUGH], longest=1024, held_out=0.2, learning_rate=0.00015,
        weights=WeightForm.DENSE,
    )  # fmt: skip
    assert view.kept.settings == expected
    assert not view.errors


def test_a_form_of_weights_that_this_computer_lacks_shows_only_where_it_is_set(
    view: View, qtbot: QtBot
) -> None:
    _put(view, qtbot)
    settings = view.page.steps.plan.settings
    form, usual = settings.form, TrainingSettings()
    here = ["Quantised, as in the file", "Dequantised"]
    qtbot.waitUntil(lambda: [form.itemText(at) for at in range(form.count())] == here)
    settings.show_settings(replace(usual, weights=WeightForm.FOUR_BIT))
    assert form.currentText() == "4-bit (QLoRA), for graphics cards"
    settings.show_settings(usual)
    assert [form.itemText(at) for at in range(form.count())] == here


@pytest.mark.parametrize(
    ("rows", "words"),
    [(49, "Fewer than 50"), (50, "tone and format."), (300, "from documents"), (1000, "broad")],
)
def test_it_says_what_so_many_examples_teach(
    view: View, qtbot: QtBot, rows: int, words: str
) -> None:
    _put(view, qtbot, [Row(f"{n}?", f"{n}.") for n in range(rows)])
    assert words in view.page.steps.plan._enough.text()
    assert (view.page.steps.plan._warning.objectName() == "problem") == (rows < 50)


def test_the_start_waits_for_an_estimate_that_fits(view: View, qtbot: QtBot) -> None:
    _put(view, qtbot, ENOUGH)
    plan, trainings = view.page.steps.plan, view.fakes.trainings
    view.page.steps.show_step(TrainingStage.PLAN)
    assert not plan.start.isEnabled()
    assert plan.start.toolTip() == "Check first what it takes on this machine."
    nearest = replace(TrainingSettings(), rank=8, longest=1024)
    trainings.estimator.estimated = Estimate(
        300, 9, (50.0, 9000.0), 12 * GIGABYTE, 8 * GIGABYTE, nearest
    )
    _click(qtbot, plan.check)
    qtbot.waitUntil(plan.card.isVisible)
    assert words_of(plan.card) == (
        "It does not fit. The nearest that does: rank: 8, longest example, tokens: 1,024."
    )
    assert plan.card.time.told == "50 s to 2 h 30 min for the whole training"
    assert not plan.start.isEnabled()
    _click(qtbot, plan.card.take)
    qtbot.waitUntil(lambda: view.kept.settings == nearest)
    qtbot.waitUntil(plan.card.isHidden)
    trainings.estimator.estimated = Estimate(300, 9, (2400.0, 4200.0), 7 * GIGABYTE, 8 * GIGABYTE)
    _click(qtbot, plan.check)
    qtbot.waitUntil(plan.start.isEnabled)
    assert plan.card.memory.told.startswith("7.0\N{NO-BREAK SPACE}GB of 8.0\N{NO-BREAK SPACE}GB")
    _click(qtbot, plan.start)
    qtbot.waitUntil(lambda: view.kept.state == TrainingState.RUNNING)
    qtbot.waitUntil(lambda: view.page.steps.steps[TrainingStage.RUN].is_open)
    qtbot.waitUntil(plan.start.isHidden)
    view.fakes.trainings.move(view.kept.id, _running())
    qtbot.waitUntil(lambda: "of 8.0" in words_of(view.page.steps.run))


def test_an_estimate_that_fails_says_why_and_can_be_tried_again(view: View, qtbot: QtBot) -> None:
    _put(view, qtbot, ENOUGH)
    plan = view.page.steps.plan
    view.page.steps.show_step(TrainingStage.PLAN)
    view.fakes.trainings.estimator.failure = OutOfMemory(name="tiny")
    _click(qtbot, plan.check)
    qtbot.waitUntil(lambda: bool(view.errors))
    assert plan.check.isEnabled()
    assert not plan.start.isEnabled()


def test_a_time_is_shown_at_the_preset_that_it_was_measured_for(view: View, qtbot: QtBot) -> None:
    _put(view, qtbot, ENOUGH)
    plan = view.page.steps.plan
    view.page.steps.show_step(TrainingStage.PLAN)
    _click(qtbot, plan.check)
    qtbot.waitUntil(lambda: plan.presets.cards[Preset.BALANCED].time == "40–70 min")
    assert plan.presets.cards[Preset.QUICK].time == ""
    _click(qtbot, plan.presets.cards[Preset.QUICK])
    qtbot.waitUntil(lambda: view.kept.preset == Preset.QUICK)
    qtbot.waitUntil(plan.card.isHidden)


# -- the run --------------------------------------------------------------------------------------


def test_a_run_is_followed_while_it_goes_on(view: View, qtbot: QtBot) -> None:
    put = _put(view, qtbot, state=TrainingState.RUNNING, status=_running(40))
    run = view.page.steps.run
    qtbot.waitUntil(lambda: run.chart.plot is not None)
    assert words_of(run) == "step 40 of 300 · 14 min left · 512 tok/s · 7.0\N{NO-BREAK SPACE}GB"
    assert run.course == "Still improving."
    sample = Sample(60, "May leave be moved?", "Perhaps <b>.", "Yes [1].")
    view.fakes.trainings.move(put.id, _running(186, sample=sample))
    qtbot.waitUntil(lambda: view.states == ["training · 62 %"])
    assert words_of(run).startswith("step 186 of 300")
    assert words_of(run.sample) == "Sample at step 60: May leave be moved?"
    assert run.sample.base.text == "Perhaps <b>."
    assert "&lt;b&gt;" in run.sample.base._body.text()
    assert "&nbsp;1&nbsp;" in run.sample.adapted._body.text()
    assert view.page.steps.steps[TrainingStage.RUN].line.told == "Training: 62 %"


def test_the_curve_is_told_in_words(view: View, qtbot: QtBot) -> None:
    put = _put(view, qtbot, state=TrainingState.RUNNING, status=RunStatus())
    run, trainings = view.page.steps.run, view.fakes.trainings

    def told(status: RunStatus, words: str) -> None:
        trainings.move(put.id, status)
        qtbot.waitUntil(lambda: run.course == words)

    assert words_of(run) == "The model is being loaded…"
    told(_running(20), "Too early to tell.")
    told(_running(60), "Still improving.")
    worse = (*_curve(60), CurvePoint(80, 0.5, 3.0))
    told(_running(80, curve=worse), "No better since step 60; the best state is kept.")
    heart = "Overfitting since step 60: it repeats its examples; the best state is kept."
    told(_running(80, curve=worse, overfitting=True), heart)
    trainings.move(put.id, _running(80, curve=worse, phase=Phase.EXPORTING))
    qtbot.waitUntil(lambda: words_of(run).startswith("The adapter is being written"))
    assert not view.page.head.pause.isEnabled()


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_says_what_to_do(view: View, qtbot: QtBot, trouble: Trouble) -> None:
    _put(view, qtbot, state=TrainingState.FAILED, trouble=trouble, status=_running(20))
    run = view.page.steps.run
    assert run.trouble.isVisible()
    assert f"{run._happened.text()} {run._remedy.text()}".count(".") >= 2
    assert view.page.head.again.isVisible()
    assert view.page.head.resume.isHidden()


def test_pause_resume_and_stop(view: View, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    _put(view, qtbot, ENOUGH, state=TrainingState.RUNNING, status=_running())
    head = view.page.head
    _click(qtbot, head.pause)
    qtbot.waitUntil(head.resume.isVisible)
    assert view.page.steps.steps[TrainingStage.RUN].line.told == "Training: paused at 20 %"
    _click(qtbot, head.resume)
    qtbot.waitUntil(head.pause.isVisible)
    _stop(view, "reject", monkeypatch)
    assert view.kept.state == TrainingState.RUNNING
    _stop(view, "drop", monkeypatch)
    qtbot.waitUntil(lambda: view.kept.state == TrainingState.DRAFT)
    qtbot.waitUntil(head.stop.isHidden)


def test_a_run_that_is_stopped_keeps_its_best_so_far(
    view: View, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = _put(view, qtbot, state=TrainingState.RUNNING, status=_running())
    _stop(view, "keep", monkeypatch)
    qtbot.waitUntil(lambda: view.kept.state == TrainingState.DONE)
    assert [adapter.name for adapter in view.fakes.adapters.all()] == [put.name]


def _stop(view: View, answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Press Stop, and answer its question by one of its buttons."""

    def answered(question: StopQuestion) -> int:
        pressed = getattr(question, answer, None)
        pressed.click() if isinstance(pressed, QPushButton) else question.reject()
        return 0

    monkeypatch.setattr(StopQuestion, "exec", answered)
    view.page.head.stop.click()


# -- the chart ------------------------------------------------------------------------------------


def _chart(view: View, qtbot: QtBot, status: RunStatus) -> Any:
    _put(view, qtbot, state=TrainingState.RUNNING, status=status)
    chart = view.page.steps.run.chart
    qtbot.waitUntil(lambda: chart.plot is not None)
    return chart


def test_the_chart_draws_what_was_measured(view: View, qtbot: QtBot) -> None:
    curve = (*_curve(60), CurvePoint(80, 1.0, 1.9))
    chart = _chart(view, qtbot, _running(80, curve=curve))
    x, y = chart.plot.held_out.getData()
    assert list(x) == [20, 40, 60, 80]
    assert list(y) == pytest.approx([2.1 - 20 / 60, 2.1 - 40 / 60, 1.1, 1.9])
    x, y = chart.plot.training.getOriginalDataset()
    assert (x[0], x[-1], len(x)) == (1, 80, 61)
    assert y[-1] == 1.0, "so few points are drawn as they are"
    assert chart.plot._best.value() == 60
    assert chart.description == "step 80 of 300, loss 1.00, held out 1.90, best at 60"
    assert chart._place.accessibleDescription() == chart.description
    (first, last), (low, high) = chart.plot._item.vb.viewRange()
    assert (first, last) == (0, 300)
    assert low < 1.0 < 2.0 < high


def test_ten_thousand_points_are_smoothed_and_thinned(view: View, qtbot: QtBot) -> None:
    curve = tuple(CurvePoint(n, 1.0 + (n % 2)) for n in range(1, 10_001))
    chart = _chart(view, qtbot, _running(10_000, steps=10_001, curve=curve))
    x, y = chart.plot.training.getOriginalDataset()
    assert (len(x), x[-1]) == (1000, 10_000)
    assert min(y[20:-20]) > 1.45
    assert max(y[20:-20]) < 1.55


def test_the_pointer_says_step_and_both_values(
    view: View, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The screen that tests have cannot raise a tooltip.
    monkeypatch.setattr("app.ui.training.run.loss_chart.QToolTip.showText", lambda *_: None)
    chart = _chart(view, qtbot, _running(60))
    view.page.steps.steps[TrainingStage.RUN].unfold()
    QApplication.processEvents()
    plot = chart.plot
    scene = plot._item.vb.mapViewToScene(QPointF(50, 1.2))
    at = QPointF(plot.widget.mapFromScene(scene))
    assert chart.point_at(at) == "step 50 · loss 1.17 · held out 1.43"
    assert plot._pointer.isVisible()
    beyond = plot._item.vb.mapViewToScene(QPointF(250, 1.2))
    assert chart.point_at(QPointF(plot.widget.mapFromScene(beyond))) == ""
    assert not plot._pointer.isVisible()


def test_the_chart_follows_the_theme_and_lets_the_wheel_pass(view: View, qtbot: QtBot) -> None:
    chart = _chart(view, qtbot, _running(60))
    view.theme.choose("dark")
    assert chart.plot.training.opts["pen"].color().name().upper() == view.theme.colors.accent
    assert chart.plot.held_out.opts["pen"].color().name().upper() == view.theme.colors.gold
    place = chart._place
    middle = place.rect().center()
    assert place.childAt(middle) is None, "the plot lets the mouse through"
    wheel = QWheelEvent(
        QPointF(middle), place.mapToGlobal(QPointF(middle)), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    wheel.accept()
    QApplication.sendEvent(place, wheel)
    assert not wheel.isAccepted(), "so it scrolls the page"


def test_the_window_starts_without_the_plotting_library() -> None:
    program = (
        "import sys, app.ui.application, app.ui.training.page\nprint('pyqtgraph' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


# -- the report -----------------------------------------------------------------------------------


def test_a_trained_one_is_compared_by_itself(view: View, qtbot: QtBot) -> None:
    wanted = [
        replace(ENOUGH[0], question=f"How long {n}?", answer="28 <b> [1].") for n in range(20)
    ]
    put = _put(view, qtbot, wanted, state=TrainingState.RUNNING, status=_running())
    view.page.hide()
    view.fakes.trainings.end(put.id)
    qtbot.waitUntil(lambda: view.kept.state == TrainingState.DONE)
    view.page.show()
    report = view.page.steps.report
    qtbot.waitUntil(lambda: view.page.steps.steps[TrainingStage.REPORT].is_open)
    qtbot.waitUntil(lambda: report.gain.told == "\N{MINUS SIGN}31 % held-out loss")
    assert report.forgetting.told == "+0.02 forgetting (limit 0.10)"
    assert report.cited.told == "100 % of answers with citations"
    assert [cell.text() for cell in report.rates.cells[1]] == [
        "Answers with citations", "0 %", "100 %",
    ]  # fmt: skip
    assert "answers as it did in training (KL 2e-05)" in report._export.text()
    report.pairs.list.setCurrentRow(0)
    assert report.pairs.base.text == "A while."
    assert "&lt;b&gt;" in report.pairs.wanted._body.text()


def test_a_comparison_that_failed_can_be_made_again(view: View, qtbot: QtBot) -> None:
    view.fakes.adapters.failure = StorageFull(path="disk")
    _put(view, qtbot, state=TrainingState.TRAINED, status=_running(300))
    report = view.page.steps.report
    qtbot.waitUntil(lambda: bool(view.errors))
    qtbot.waitUntil(report.again.isVisible)
    view.fakes.adapters.failure = None
    _click(qtbot, report.again)
    qtbot.waitUntil(lambda: view.kept.state == TrainingState.DONE)
    assert len(view.errors) == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Switch it on. It is closer"),
        ({"advice": Advice.USE_WEAKER, "strength": 0.6}, "Switch it on at strength 0.6."),
        ({"advice": Advice.DO_NOT_USE, "forgetting": 0.2}, "forgotten too much"),
        ({"advice": Advice.DO_NOT_USE, "held_out_after": 1.3}, "not better than the base"),
        ({"advice": Advice.DO_NOT_USE}, "answers got worse"),
    ],
)
def test_the_advice_has_its_reason(
    view: View, qtbot: QtBot, changes: dict[str, Any], told: str
) -> None:
    report = replace(REPORT, **changes)
    _put(view, qtbot, state=TrainingState.DONE, adapter="a", report=report)
    assert told in words_of(view.page.steps.report)


# -- in use ---------------------------------------------------------------------------------------


def _done(view: View, qtbot: QtBot) -> Any:
    view.fakes.adapters.put("other", "Terms")
    for key, name in (("h", "HR"), ("c", "Contracts")):
        view.fakes.assistants.kept[key] = Assistant(key, name)
    _put(view, qtbot, state=TrainingState.DONE, adapter="mine", report=REPORT)
    view.page.steps.show_step(TrainingStage.USE)
    QApplication.processEvents()
    return view.page.steps.use


def _scales(view: View) -> dict[str, float]:
    return {each.id: each.scale for each in view.fakes.adapters.all()}


def test_it_is_switched_on_and_made_weaker(view: View, qtbot: QtBot) -> None:
    use = _done(view, qtbot)
    _click(qtbot, use.everybody)
    qtbot.waitUntil(lambda: _scales(view) == {"other": 0.0, "mine": 1.0})
    qtbot.waitUntil(lambda: view.states == ["on · strength 1.0", "off"])
    assert view.page.steps.steps[TrainingStage.USE].line.state == StepState.DONE
    use.strength.slider.setFocus()
    for _ in range(4):
        qtbot.keyClick(use.strength.slider, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: _scales(view)["mine"] == 0.8)
    _click(qtbot, use.others.rows["other"].switch)
    use.others.rows["other"].amount.set_value(0.5)
    qtbot.waitUntil(lambda: _scales(view) == {"other": 0.5, "mine": 0.8})
    _click(qtbot, use.compare)
    qtbot.waitUntil(lambda: _scales(view) == {"other": 0.0, "mine": 0.0})
    assert not use.everybody.isEnabled()
    _click(qtbot, use.compare)
    qtbot.waitUntil(lambda: _scales(view) == {"other": 0.5, "mine": 0.8})
    qtbot.waitUntil(use.everybody.isEnabled)
    qtbot.waitUntil(use.everybody.isChecked)
    _click(qtbot, use.everybody)
    qtbot.waitUntil(lambda: _scales(view) == {"other": 0.5, "mine": 0.0})


def test_chosen_assistants_speak_with_it(view: View, qtbot: QtBot) -> None:
    use, kept = _done(view, qtbot), view.fakes.assistants.kept
    kept["c"] = kept["c"].with_adapter("other", 1.0)
    view.page.reload()
    qtbot.waitUntil(lambda: use.assistants.item(1).text() == "Contracts (uses “Terms” now)")
    use.assistants.item(0).setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: kept["h"].strength("mine") == 1.0)
    qtbot.waitUntil(lambda: use.assistants.chosen == ["h"])
    qtbot.waitUntil(lambda: view.states == ["on for 1 assistant", "on for 1 assistant"])
    use.strength.set_value(0.6)
    qtbot.waitUntil(lambda: kept["h"].strength("mine") == 0.6)
    assert kept["c"].strength("other") == 1.0
    use.assistants.item(0).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: kept["h"].adapters == ())


def test_an_earlier_version_is_brought_back(
    view: View, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    use, adapters, kept = _done(view, qtbot), view.fakes.adapters, view.fakes.assistants.kept
    for key, version, scale in (("old", 1, 0.0), ("mine", 2, 0.7)):
        adapters.put(key, key, scale)
        adapters.kept[key] = replace(adapters.kept[key], lineage="Style", version=version)
    kept["h"] = kept["h"].with_adapter("mine", 1.0)
    view.page.reload()
    qtbot.waitUntil(lambda: list(use.versions.acts) == [1])
    asked = answered(monkeypatch, False)
    _click(qtbot, use.versions.acts[1])
    assert "Go back to version 1?" in asked[0]
    assert _scales(view)["old"] == 0.0
    answered(monkeypatch)
    _click(qtbot, use.versions.acts[1])
    qtbot.waitUntil(lambda: _scales(view) == {"other": 0.0, "old": 0.7, "mine": 0.0})
    qtbot.waitUntil(lambda: kept["h"].strength("old") == 1.0)


@pytest.mark.parametrize("fakes", [{"may_train": False}], indirect=True)
def test_who_may_not_switch_adapters_sees_why(view: View, qtbot: QtBot) -> None:
    use = _done(view, qtbot)
    assert not use.everybody.isEnabled()
    assert not use.strength.isEnabled()
    assert not use.assistants.isEnabled()
    assert "Readers use adapters" in use._about.text()


# -- the steps ------------------------------------------------------------------------------------


def test_finished_steps_fold_to_a_line_with_a_tick(view: View, qtbot: QtBot) -> None:
    _put(view, qtbot, state=TrainingState.RUNNING, status=_running(186))
    steps = view.page.steps.steps
    assert [each.is_open for each in steps] == [False, False, True, False, False]
    done, now, waiting = StepState.DONE, StepState.NOW, StepState.WAITING
    assert [each.line.state for each in steps] == [done, done, now, waiting, waiting]
    assert steps[0].line.accessibleName() == "1. Data, 4 examples, done"
    _click(qtbot, steps[0].line)
    assert view.data.isVisible()
    assert view.data.documents.isHidden(), "examples are fixed by now"
    qtbot.keyClick(steps[0].line, Qt.Key.Key_Space)
    assert not view.data.isVisible()


def test_the_language_changes_while_it_is_shown(view: View, qtbot: QtBot) -> None:
    put = _put(view, qtbot, state=TrainingState.RUNNING, status=_running(186))
    view.fakes.adapters.put("a", "Style")
    before = words_of(view.page.steps.run)
    view.language.choose("ru")
    qtbot.waitUntil(lambda: words_of(view.page.steps.run).endswith("7,0\N{NO-BREAK SPACE}ГБ"))
    assert before.endswith("7.0\N{NO-BREAK SPACE}GB")
    assert view.page.head.title.text() == put.name
