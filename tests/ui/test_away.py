"""The computer sleeps, its session is locked, a screen saver begins: the window locks itself.

A bus of its own carries the signals, and a stand-in answers for logind.
"""

import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusUnixFileDescriptor,
    QDBusVirtualObject,
)
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.away.desktop_buses import DesktopBuses
from app.ui.away.signs import Sign
from app.ui.away.windows_messages import WindowsMessages
from tests.ui.conftest import Desk

_LOGIN, _LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"


class _Logind(QDBusVirtualObject):
    """Hands out a file at each request to delay the sleep, and sees when it is closed."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self.waiting: list[int] = []
        bus.registerService(_LOGIN)
        bus.registerVirtualObject(_LOGIN_PATH, self)

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        assert message.member() == "Inhibit"
        assert message.arguments()[::3] == ["sleep", "delay"]
        ours, theirs = os.pipe()
        self.waiting.append(ours)
        connection.send(message.createReply(QDBusUnixFileDescriptor(theirs)))
        os.close(theirs)
        return True

    def is_delayed(self) -> bool:
        """Whether somebody still holds the file that was handed out last."""
        return not select.select([self.waiting[-1]], [], [], 0)[0]


@dataclass
class _Bus:
    address: str
    ours: QDBusConnection
    theirs: QDBusConnection
    told: list[str] = field(default_factory=list)

    def listening(self, session_id: str = "") -> DesktopBuses:
        return DesktopBuses(
            lambda: self.told.append("leave"), lambda: self.told.append("sleep"),
            self.ours, self.ours, session_id,
        )  # fmt: skip

    def signal(self, path: str, interface: str, name: str, *values: bool) -> None:
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(list(values))
        assert self.theirs.send(message)


@pytest.fixture
def bus(qapp: QApplication) -> Iterator[_Bus]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed")
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--print-address", "--nofork"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    names = ("larets-test-ours", "larets-test-theirs")
    try:
        ours, theirs = (QDBusConnection.connectToBus(address, name) for name in names)
        yield _Bus(address, ours, theirs)
    finally:
        for name in names:
            QDBusConnection.disconnectFromBus(name)
        daemon.terminate()
        daemon.communicate()


@pytest.mark.parametrize("desktop", ["freedesktop", "gnome", "mate"])
def test_a_screen_saver_begins_and_its_end_says_nothing(
    bus: _Bus, qtbot: QtBot, desktop: str
) -> None:
    listening, saver = bus.listening(), f"org.{desktop}.ScreenSaver"
    assert listening.heard() == set()
    bus.theirs.registerService(saver)
    assert listening.heard() == {Sign.SESSION}
    bus.signal("/org/any/ScreenSaver", saver, "ActiveChanged", False)
    bus.signal("/org/any/ScreenSaver", saver, "ActiveChanged", True)
    qtbot.waitUntil(lambda: bus.told == ["leave"], timeout=10_000)


def test_only_the_own_session_counts(bus: _Bus, qtbot: QtBot) -> None:
    listening = bus.listening("2")
    for session in ("_33", "_32"):
        path = f"{_LOGIN_PATH}/session/{session}"
        bus.signal(path, f"{_LOGIN}.Session", "Lock")
    bus.signal(_LOGIN_PATH, f"{_LOGIN}.Manager", "PrepareForSleep", True)
    qtbot.waitUntil(lambda: "sleep" in bus.told, timeout=10_000)
    assert bus.told == ["leave", "sleep"], "signals come in their order"
    assert listening.heard() == set()


def test_the_computer_sleeps_only_once_everything_is_locked(bus: _Bus, qtbot: QtBot) -> None:
    logind = _Logind(bus.theirs)
    held: list[bool] = []
    listening = DesktopBuses(
        lambda: None, lambda: held.append(logind.is_delayed()), bus.ours, bus.ours, ""
    )
    assert listening.heard() == {Sign.SLEEP}
    qtbot.waitUntil(lambda: bool(listening._delay), timeout=10_000)
    bus.signal(_LOGIN_PATH, f"{_LOGIN}.Manager", "PrepareForSleep", True)
    qtbot.waitUntil(lambda: held == [True], timeout=10_000)
    qtbot.waitUntil(lambda: not logind.is_delayed(), timeout=10_000)
    bus.signal(_LOGIN_PATH, f"{_LOGIN}.Manager", "PrepareForSleep", False)
    qtbot.waitUntil(lambda: len(logind.waiting) == 2 and logind.is_delayed(), timeout=10_000)


def test_local_buses_pass_the_filter_of_sockets(bus: _Bus) -> None:
    """In a process of its own: a filter cannot be taken back."""
    lines = (
        "import sys", "from app.processes import begin, native_sockets",
        "from PySide6.QtCore import QCoreApplication", "from PySide6.QtDBus import QDBusConnection",
        "begin()", "application = QCoreApplication([])",
        "bus = QDBusConnection.connectToBus(sys.argv[1], 'ours')",
        "print(native_sockets.refused() is not False, bus.isConnected())",
    )  # fmt: skip
    started = [sys.executable, "-c", "\n".join(lines), bus.address]
    told = subprocess.run(started, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True", "True"]


def test_without_a_bus_nothing_is_heard_and_nothing_fails(qapp: QApplication) -> None:
    absent = QDBusConnection.connectToBus("unix:path=/nonexistent", "larets-test-absent")
    assert DesktopBuses(lambda: None, lambda: None, absent, absent, "2").heard() == set()


def test_windows_tells_of_it_by_messages(unlocked: Desk) -> None:
    told: list[str] = []
    messages = WindowsMessages(
        unlocked.window, lambda: told.append("leave"), lambda: told.append("sleep")
    )
    for message, parameter in ((0x02B1, 8), (0x0218, 18), (0x0112, 0xF020)):
        messages.take(message, parameter)
    assert told == [], "unlocked, woken, minimised"
    for message, parameter in ((0x02B1, 7), (0x0218, 4), (0x0112, 0xF142)):
        messages.take(message, parameter)
    assert told == ["leave", "sleep", "leave"]


def test_a_locked_session_locks_once_nothing_is_under_way(
    unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = unlocked.window
    monkeypatch.setattr("app.ui.away.idle._MINUTE", 20)
    qtbot.waitUntil(lambda: not window._is_busy(), timeout=10_000)
    window.idle.begin(0)  # “Never”, of the clock alone
    window.idle._busy = lambda: True
    window._leave()
    qtbot.waitSignal(window.idle.clock.timeout, timeout=5000).wait()
    assert window.services is not None
    window.idle._busy = lambda: False
    qtbot.waitUntil(lambda: window.services is None, timeout=10_000)
    window._leave()
    assert window.services is None
