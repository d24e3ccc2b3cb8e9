"""What is told of an error: an expected one as a message, a fault of the program with its facts."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app import log, paths
from app.domain.errors import Cancelled, DamagedFile, DataUnreachable
from app.services.wording import Wording
from app.ui import errors, program
from app.ui.errors import CrashDialog, show_error
from app.ui.health.report_dialog import ReportDialog
from tests.ui.conftest import Desk
from tests.ui.questions import answered

WORDING = Wording(paths.find().resources, "en")


def fault() -> BaseException:
    """As it comes out of the program's own code, with words of a user in it."""
    try:
        Wording(Path("/canary"), "canary")
    except OSError as error:
        try:
            raise KeyError("canary") from error
        except KeyError as caught:
            return caught
    raise AssertionError


@pytest.fixture
def dialog(qtbot: QtBot) -> CrashDialog:
    made = CrashDialog(fault(), WORDING, None)
    qtbot.addWidget(made)
    return made


def test_a_fault_is_told_in_words_without_a_traceback(dialog: CrashDialog) -> None:
    told = [part.text() for part in (dialog.what, dialog.why, dialog.hint)]
    assert told[0] == "Something went wrong inside Larets (KeyError)."
    assert all(told)
    shown = "\n".join(part.text() for part in dialog.findChildren(QLabel))
    assert "wording.py" not in shown
    assert "canary" not in shown
    assert dialog.facts.isHidden()


def test_the_facts_unfold_and_can_be_copied(dialog: CrashDialog) -> None:
    dialog.unfold.click()
    assert not dialog.facts.isHidden()
    QGuiApplication.clipboard().clear()
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied == dialog.facts.toPlainText()
    assert copied.startswith("Larets ")
    assert "failure kind=KeyError" in copied
    assert "because kind=FileNotFoundError errno=2 at=" in copied
    assert "app/services/wording.py:" in copied
    assert "canary" not in copied
    assert dialog.copy.text() == "Copied"
    dialog.unfold.click()
    assert dialog.facts.isHidden()


def test_the_folder_of_the_log_is_shown(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    log.begin(tmp_path / "log", log.Code("test"))
    made = CrashDialog(fault(), WORDING, None)
    qtbot.addWidget(made)
    assert not made.log.isHidden()
    made.log.click()
    log.end()
    assert [Path(url.toLocalFile()) for url in shown] == [tmp_path / "log"]


def test_without_a_log_or_a_window_those_acts_are_not_offered(dialog: CrashDialog) -> None:
    assert dialog.log.isHidden()
    assert dialog.save.isHidden()


def test_a_report_can_be_saved_from_the_window(desk: Desk, qtbot: QtBot) -> None:
    made = CrashDialog(fault(), WORDING, desk.window.login)
    qtbot.addWidget(made)
    assert not made.save.isHidden()
    made.save.click()
    (report,) = made.findChildren(ReportDialog)
    qtbot.waitUntil(report.save.isEnabled, timeout=30_000)
    report.reject()


def test_each_kind_of_error_is_told_in_its_way(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = answered(monkeypatch)
    monkeypatch.setattr(CrashDialog, "exec", lambda dialog: told.append(dialog.what.text()))
    for error in (Cancelled(), DamagedFile(name="a.pdf"), ValueError("canary")):
        show_error(None, error, WORDING)
    assert told == [
        "“a.pdf” is damaged, or is not what its name says.\n"
        "Open it in its own program and save it anew, or get another copy.",
        "Something went wrong inside Larets (ValueError).",
    ]


@pytest.fixture
def _hooks() -> Iterator[None]:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = before


@pytest.mark.usefixtures("_hooks")
def test_a_fault_on_another_thread_reaches_the_window_once(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[type] = []

    def tell(parent: QWidget, error: BaseException, words: Wording) -> None:
        told.append(type(error))
        if len(told) == 1:  # while it is shown the same happens again
            sys.excepthook(ValueError, ValueError("canary"), None)
            qtbot.wait(50)

    monkeypatch.setattr(program, "show_error", tell)
    log.begin(tmp_path / "log", log.Code("test"))
    program._catch(desk.window)

    def fail() -> None:
        raise KeyError("canary")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(told), timeout=5_000)
    log.end()
    assert told == [KeyError]
    lines = (tmp_path / "log" / "larets.log").read_text()
    assert "kind=KeyError" in lines
    assert "kind=ValueError" in lines
    assert "canary" not in lines


def test_facts_are_those_of_the_log() -> None:
    error = fault()
    assert errors.facts(error).split("\n")[1:] == log.described(error)


def test_a_data_folder_that_has_gone_is_no_fault_of_the_program(
    unlocked: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("app.ui.errors.told", lambda _parent, what, _hint: said.append(what))
    data = unlocked.window.data
    assert data is not None
    monkeypatch.setattr(type(unlocked.window), "data", data.with_name("pulled out"))
    show_error(unlocked.window, OSError("no such device"), WORDING)
    assert said == [WORDING.of(DataUnreachable(path=str(data.with_name("pulled out")))).what]
