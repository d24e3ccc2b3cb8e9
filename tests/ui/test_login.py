"""The card before everything, used with keyboard and pointer."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import paths, wiring
from app.domain.roles import Role
from app.engines.fake import fake_engines
from tests.ui.conftest import PASSWORD, Desk, received


def test_a_wrong_password_is_told_in_words_and_a_right_one_opens(desk: Desk, qtbot: QtBot) -> None:
    login = desk.window.login
    qtbot.keyClicks(login.password, "wrong horse")
    qtbot.keyClick(login.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "is not right" in login.problem, timeout=10_000)
    assert desk.window.services is None
    login.password.clear()
    qtbot.keyClicks(login.password, PASSWORD)
    qtbot.keyClick(login.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.window.services is not None, timeout=10_000)
    assert login.password.text() == ""


def test_locking_leaves_nothing_open(unlocked: Desk, qtbot: QtBot) -> None:
    services = unlocked.window.services
    assert services is not None
    qtbot.keyClick(unlocked.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: unlocked.window.services is None, timeout=10_000)
    assert unlocked.window.chat is None
    assert unlocked.window.library is None
    for worker in (services.answers, services.background, services.reading):
        assert worker.close()  # closed already: nothing runs, nothing waits
        assert not worker.jobs()
    unlocked.begun.open("Anna", PASSWORD, lambda call: call()).close()


def test_what_embeds_starts_before_the_password_is_typed_and_ends_with_the_profile(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    told: list[str] = []
    engines = replace(
        fake_engines(),
        begin_embedding=lambda: told.append("begin"),
        end_embedding=lambda: told.append("end"),
    )
    found = paths.Paths(tmp_path / "data", tmp_path / "kit", paths.find().resources)
    begun = wiring.start(found, engines)
    begun.profiles.create("Anna", PASSWORD, Role.ADMINISTRATOR)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = received(begun, settings, qapp)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: told == ["begin"], timeout=10_000)
    window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: window.services is not None, timeout=10_000)
    assert told == ["begin", "begin"]  # the first may have ended by itself
    window.lock()
    assert set(told[2:]) == {"end"}
    del told[:]
    begun.end()
    assert told == ["end"]
