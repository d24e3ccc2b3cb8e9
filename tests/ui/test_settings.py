"""What a user can set: kept, put back, found, and heard by whoever it is for."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.domain.models.machine import Device, DeviceKind
from app.engines.fake import MACHINE
from app.ui.away.idle import IdleWatch
from app.ui.settings import data, scale
from app.ui.settings.page import SettingsPage
from app.ui.settings.password import PasswordDialog
from tests.ui.conftest import PASSWORD, Desk

GRAPHICS = Device("Vulkan0", "Card 9000", DeviceKind.GRAPHICS, 6 * 2**30, 8 * 2**30)


def _page(desk: Desk, qtbot: QtBot) -> SettingsPage:
    opened = desk.window.opened
    assert opened is not None
    opened.frame.show_page(opened.settings)
    qtbot.waitUntil(lambda: opened.settings.device._machine is not None, timeout=20_000)
    return opened.settings


def _stored(desk: Desk, qtbot: QtBot) -> object:
    services = desk.window.services
    assert services is not None
    qtbot.waitUntil(lambda: not services.reading.jobs(), timeout=10_000)
    return services.preferences.get()


def test_what_is_chosen_is_kept_and_reaches_the_composer(unlocked: Desk, qtbot: QtBot) -> None:
    page, chat = _page(unlocked, qtbot), unlocked.window.chat
    services = unlocked.window.services
    assert services is not None
    assert chat is not None
    answers = page.answers
    assert answers.patiences.buttons[15.0].isChecked()
    assert answers.suggesting.buttons[None].isChecked()
    answers.patiences.buttons[60.0].click()
    answers.suggesting.buttons[False].click()
    answers.by_enter.click()
    qtbot.waitUntil(lambda: services.preferences.get().suggest is False)
    qtbot.waitUntil(lambda: not services.preferences.get().send_by_enter)
    qtbot.waitUntil(lambda: "Ctrl+Enter" in chat.composer._send.toolTip())
    unlocked.window.lock()
    unlocked.window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: unlocked.window.chat is not None, timeout=10_000)
    again = _page(unlocked, qtbot).answers
    qtbot.waitUntil(again.patiences.buttons[60.0].isChecked, timeout=10_000)
    assert again._changed.text() == "Changed: 3 of 3."


def test_a_kind_is_put_back_as_it_was(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    services = unlocked.window.services
    assert services is not None
    usual = services.preferences.get()
    page.show_kind(1)
    assert page.answers._back.isHidden()
    page.answers.patiences.buttons[5.0].click()
    page.memory.summarise.click()
    qtbot.waitUntil(lambda: services.preferences.get().patience == 5.0)
    assert page.answers._back.isVisible()
    page.answers._back.click()
    qtbot.waitUntil(lambda: services.preferences.get() == replace(usual, summarise=False))
    assert page.answers._back.isHidden()


def test_the_graphics_card_can_be_switched_off_where_there_is_one(
    unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(unlocked, qtbot)
    services = unlocked.window.services
    assert services is not None
    switch = page.device.graphics
    assert not switch.isEnabled()
    assert switch.toolTip() == "Graphics card: not used by this build."
    with_card = replace(MACHINE, devices=(GRAPHICS,), graphics_built=True)
    monkeypatch.setattr(services.models, "machine", lambda: with_card)
    page.reload()
    qtbot.waitUntil(switch.isEnabled, timeout=10_000)
    assert switch.isChecked()
    page.show_kind(3)
    switch.click()
    qtbot.waitUntil(lambda: not services.preferences.get().use_graphics)


def test_a_setting_is_found_by_its_words_in_both_languages(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    page.search.setText("enter")
    assert page.answers.isVisible()
    assert [each.title for each in page.answers.settings if each.isVisible()] == [
        "Enter sends the question"
    ]
    assert page.view.isHidden()
    unlocked.window.language.choose("ru")
    page.search.setText("пароль")
    qtbot.waitUntil(page.security.isVisible)
    assert page.answers.isHidden()
    page.search.setText("qwzx")
    assert page._nothing.isVisible()
    page.search.clear()
    assert page._nothing.isHidden()
    assert sum(each.isVisible() for each in page._sections) == 1


def test_every_setting_says_what_it_does_and_is_named(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    for each in (each for section in page._sections for each in section.settings):
        assert each.title
        assert each._about.text()
        assert each.control.accessibleName().startswith(each.title)


def test_a_file_that_goes_while_the_folder_is_counted_counts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kept").write_bytes(b"12345")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    monkeypatch.setattr(Path, "is_file", lambda each: each.name in {"kept", "gone"})
    assert data._taken(tmp_path) == 5


def test_the_password_is_changed(unlocked: Desk, qtbot: QtBot) -> None:
    page = _page(unlocked, qtbot)
    page.change_password()
    (dialog,) = page.findChildren(PasswordDialog)
    assert not dialog.change.isEnabled()
    dialog.old.setText("wrong")
    dialog.new.setText("battery staple")
    dialog.again.setText("battery stable")
    dialog.change.click()
    assert dialog.problem.text() == "The two passwords differ."
    dialog.again.setText("battery staple")
    dialog.change.click()
    qtbot.waitUntil(lambda: "password" in dialog.problem.text().lower(), timeout=20_000)
    qtbot.waitUntil(dialog.change.isEnabled, timeout=10_000)
    dialog.old.setText(PASSWORD)
    dialog.change.click()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=30_000)
    unlocked.window.lock()
    unlocked.window.login.enter("Anna", "battery staple")
    qtbot.waitUntil(lambda: unlocked.window.chat is not None, timeout=20_000)


def test_the_size_is_for_the_next_start(
    unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(unlocked, qtbot)
    stored = page._services.stored
    page.view.scales.buttons[150].click()
    assert scale.chosen(stored) == 150
    monkeypatch.delenv("QT_SCALE_FACTOR", raising=False)
    monkeypatch.setenv("QT_SCALE_FACTOR", "2")
    scale.apply(stored)
    import os

    assert os.environ["QT_SCALE_FACTOR"] == "2", "what the system says comes first"
    monkeypatch.delenv("QT_SCALE_FACTOR")
    scale.apply(stored)
    assert os.environ["QT_SCALE_FACTOR"] == "1.5"
    page.view._back.click()
    assert scale.chosen(stored) == 100


@pytest.mark.parametrize("stored", ["", "0", "99999", "twice", "-100"])
def test_a_size_that_cannot_be_is_the_usual_one(tmp_path: object, stored: str) -> None:
    settings = QSettings(f"{tmp_path}/window.ini", QSettings.Format.IniFormat)
    settings.setValue("scale", stored)
    assert scale.chosen(settings) == 100


# -- locking by itself ----------------------------------------------------------------------------


def _moved() -> QMouseEvent:
    at = QPointF(5, 5)
    none = Qt.MouseButton.NoButton
    return QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)


def test_nobody_at_the_computer_is_noticed_and_work_is_waited_for(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.away.idle._MINUTE", 40)
    left, busy = [], [True]
    watch = IdleWatch(lambda: left.append(1), lambda: busy[0])
    watch.begin(1)
    qtbot.wait(100)
    assert not left
    busy[0] = False
    qtbot.waitUntil(lambda: left == [1], timeout=2000)
    watch.begin(0)
    assert not watch.clock.isActive()


def test_a_moving_mouse_begins_anew(
    unlocked: Desk, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = unlocked.window.idle.clock
    qtbot.waitUntil(clock.isActive, timeout=5000)
    assert clock.interval() == 15 * 60_000
    watch = unlocked.window.idle
    watch._seen.stop()
    clock.start(50)
    qapp.sendEvent(unlocked.window.windowHandle(), _moved())
    assert clock.interval() == 15 * 60_000


def test_a_key_in_a_dialog_begins_anew(unlocked: Desk, qtbot: QtBot, qapp: QApplication) -> None:
    clock, window = unlocked.window.idle.clock, unlocked.window
    qtbot.waitUntil(clock.isActive, timeout=5000)
    dialog = QDialog(window)
    dialog.open()
    qtbot.waitUntil(lambda: qapp.focusWindow() is dialog.windowHandle(), timeout=5000)
    window.idle._seen.stop()
    clock.start(50)
    qapp.sendEvent(dialog.windowHandle(), _moved())
    assert clock.interval() == 15 * 60_000


def test_it_locks_by_itself(unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = _page(unlocked, qtbot)
    monkeypatch.setattr("app.ui.away.idle._MINUTE", 10)
    page.security.locks.buttons[5].click()
    qtbot.waitUntil(lambda: unlocked.window.services is None, timeout=20_000)
    assert unlocked.window.login.isVisible()
