"""The card before everything, used with keyboard and pointer."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PASSWORD, Desk


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
