"""The Training view in the real window, on the services themselves."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.training.page import TrainingPage
from app.ui.training.steps import TrainingStage
from tests.ui.conftest import PASSWORD, Desk


def _page(desk: Desk, qtbot: QtBot) -> TrainingPage:
    qtbot.keyClick(desk.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    page = desk.window.training
    assert page is not None
    qtbot.waitUntil(page.isVisible)
    return page


def test_examples_of_a_file_are_there_after_a_lock(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    qtbot.waitUntil(page.beginning.isVisible)
    qtbot.mouseClick(page.list.new, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.head.title.text() == "Adapter 1", timeout=10_000)
    file = unlocked.folder / "rows.csv"
    file.write_text("question,answer\nWhen is lunch?,At noon.\nWhere?,In the canteen.\n")
    data = page.steps.data
    data.open_file(file)
    qtbot.waitUntil(data.file_form.preview.isVisible)
    assert data.file_form.preview.rowCount() == 2
    qtbot.mouseClick(data.file_form.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: data.table.model.total == 2)
    data.table.view.selectRow(0)
    qtbot.waitUntil(lambda: "At noon." in data.table.pane.seen.toPlainText())
    qtbot.waitUntil(lambda: page.steps.steps[TrainingStage.DATA].line.told == "Data: 2 examples")
    window = unlocked.window
    window.lock()
    assert window.training is None
    window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: window.chat is not None, timeout=10_000)
    again = _page(unlocked, qtbot)
    qtbot.waitUntil(lambda: again.head.title.text() == "Adapter 1")
    qtbot.waitUntil(lambda: again.steps.data.table.model.total == 2)
