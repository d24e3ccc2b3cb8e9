"""Nothing moves by itself where the user wants less motion."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.settings import motion
from app.ui.widgets.controls import STILL, Bar
from tests.ui.conftest import Desk


@pytest.fixture(autouse=True)
def _as_it_was(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.setProperty(STILL, False)
    QApplication.setCursorFlashTime(-1)


def test_a_switch_stops_bars_and_the_cursor_at_once(unlocked: Desk, qtbot: QtBot) -> None:
    opened = unlocked.window.opened
    assert opened is not None
    view, bar = opened.settings.view, Bar()
    qtbot.addWidget(bar)
    bar.setRange(0, 0)
    blinks = QApplication.cursorFlashTime()
    assert blinks > 0
    view.less_motion.click()
    assert (bar.maximum(), bar.value()) == (2, 1)
    assert QApplication.cursorFlashTime() == 0
    assert not view._motion_line.standard
    view._back.click()
    assert bar.maximum() == 0
    assert QApplication.cursorFlashTime() == blinks
    assert not view.less_motion.isChecked()


def test_it_is_so_from_the_start(desk: Desk, qtbot: QtBot) -> None:
    settings = desk.window.theme._settings
    assert not motion.is_less(settings)
    settings.setValue("less-motion", "true")
    motion.apply(settings)
    bar = Bar()
    qtbot.addWidget(bar)
    bar.setRange(0, 0)
    assert bar.maximum() == 2
    bar.setRange(0, 100)
    bar.setValue(40)
    motion.apply(settings)
    assert (bar.maximum(), bar.value()) == (100, 40)
