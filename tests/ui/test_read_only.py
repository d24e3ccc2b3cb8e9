"""The window on a data folder that nobody can write to."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from app import wiring
from app.domain.roles import Act
from app.engines.fake import fake_engines
from app.ui.application import Window
from tests.faults.conftest import small_disk  # noqa: F401  a fixture
from tests.ui.conftest import PASSWORD, Desk, received


@pytest.fixture
def window(
    with_library: Desk,
    small_disk: Path,  # noqa: F811
    tmp_path: Path,
    qtbot: QtBot,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> Window:
    """Unlocked, on a copy of the library that lies on a read-only file system."""
    monkeypatch.setattr("app.store.reserve.PIECE", 64 * 1024)
    with_library.window.lock()
    shutil.copytree(
        tmp_path / "data", small_disk / "data", ignore=shutil.ignore_patterns("reserve")
    )
    remount = ["mount", "-o", "remount,ro", str(small_disk)]
    if subprocess.run(remount, capture_output=True).returncode:
        pytest.skip("no mount can be made read-only here")
    found = replace(with_library.begun.paths, data=small_disk / "data")
    settings = QSettings(str(tmp_path / "other.ini"), QSettings.Format.IniFormat)
    settings.setValue("language", "en")
    made = received(wiring.start(found, fake_engines(with_library.chat)), settings, qapp)
    qtbot.addWidget(made)
    made.show()
    made.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: made.chat is not None, timeout=10_000)
    return made


def texts(window: Window) -> str:
    found = (dialog.findChildren(QLabel) for dialog in window.findChildren(QDialog))
    return " ".join(label.text() for labels in found for label in labels)


def test_it_says_so_and_answers(window: Window, qtbot: QtBot) -> None:
    assert "read-only medium" in texts(window)
    assert window.chat is not None
    assert window.services is not None
    window.chat.send("How many days of paid leave?")
    services = window.services
    qtbot.waitUntil(lambda: len(services.conversations.all()) == 1, timeout=10_000)
    (talk,) = services.conversations.all()

    def answered() -> bool:
        turns = services.conversations.messages(talk.id)
        return any("28 calendar days" in turn.text for turn in turns)

    qtbot.waitUntil(answered, timeout=10_000)
    window.close()


def test_what_changes_something_is_greyed_with_the_reason(window: Window) -> None:
    assert window.library is not None
    permitted = window.library.permitted
    assert permitted.why_not(Act.ADD_DOCUMENTS) == "The data folder is on a read-only medium."
    assert permitted.why_not(Act.EXPORT) == ""
    window.close()
