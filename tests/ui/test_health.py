"""The health check and the report in the window."""

import errno
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app import paths
from app.domain.errors import StorageDenied
from app.services.health.check import Check
from app.ui.health.dialog import HealthDialog
from app.ui.health.report_dialog import ReportDialog
from tests.ui.conftest import Desk


@pytest.fixture(autouse=True)
def recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """The data for text recognition, wherever the tests run."""
    monkeypatch.setattr("app.documents.pictures.ocr.data_folder", lambda: Path("there"))


def texts(dialog: QWidget) -> str:
    return "\n".join(part.text() for part in dialog.findChildren(QLabel))


def checked(desk: Desk, qtbot: QtBot) -> HealthDialog:
    dialog = desk.window.check_health()
    qtbot.addWidget(dialog)
    qtbot.waitUntil(dialog.save.isEnabled, timeout=30_000)
    return dialog


def test_the_menu_of_the_profile_opens_the_check(unlocked: Desk, qtbot: QtBot) -> None:
    frame = unlocked.window.frame
    assert frame is not None
    menu = frame.user_menu()
    next(act for act in menu.actions() if act.text() == "Health check").trigger()
    (dialog,) = unlocked.window.findChildren(HealthDialog)
    qtbot.waitUntil(dialog.save.isEnabled, timeout=30_000)
    dialog.reject()


@pytest.mark.usefixtures("begun_process")
def test_a_healthy_workspace_is_told_check_by_check(with_library: Desk, qtbot: QtBot) -> None:
    dialog = checked(with_library, qtbot)
    assert dialog.verdict.text() == "Everything is in order"
    assert {"memory", "originals", "chat-model"} <= {check.name for check in dialog.checks}
    assert "1 of 1 originals are intact." in texts(dialog)
    assert "Problem" not in texts(dialog)


@pytest.mark.usefixtures("begun_process")
def test_what_failed_says_what_to_do(with_library: Desk, qtbot: QtBot) -> None:
    (original,) = (with_library.folder / "data").glob("collections/*/files/*")
    original.write_bytes(b"damaged")
    dialog = checked(with_library, qtbot)
    assert dialog.verdict.text() == "1 problem found"
    assert "0 of 1 originals are intact." in texts(dialog)
    assert "Add the damaged documents again" in texts(dialog)


def test_it_can_be_asked_for_before_anybody_logged_in(desk: Desk, qtbot: QtBot) -> None:
    desk.window.login.ailing.emit()
    (dialog,) = desk.window.findChildren(HealthDialog)
    qtbot.waitUntil(dialog.save.isEnabled, timeout=30_000)
    names = {check.name for check in dialog.checks}
    assert "data-folder" in names
    assert "originals" not in names
    dialog.reject()


def test_closing_it_ends_the_looking(desk: Desk, qtbot: QtBot) -> None:
    dialog = desk.window.check_health()
    dialog.reject()
    qtbot.waitUntil(lambda: not desk.window.unlocking.jobs(), timeout=30_000)


def test_a_report_is_shown_before_it_is_saved(unlocked: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = checked(unlocked, qtbot)
    dialog.save.click()
    (report,) = dialog.findChildren(ReportDialog)
    qtbot.waitUntil(report.save.isEnabled, timeout=30_000)
    shown = [report.list.item(row).text() for row in range(report.list.count())]
    file = tmp_path / "report.zip"
    report.save_to(file)
    qtbot.waitUntil(lambda: report.result() == QDialog.DialogCode.Accepted, timeout=10_000)
    with zipfile.ZipFile(file) as archive:
        names, checks = archive.namelist(), archive.read("checks.json").decode()
    assert [line.split(" – ")[0] for line in shown] == names
    assert '"originals"' in checks
    dialog.reject()


def test_a_report_that_cannot_be_saved_is_told(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr("app.ui.acts.show_error", lambda parent, error, words: told.append(error))
    desk.window.save_report(desk.window)
    (report,) = desk.window.findChildren(ReportDialog)
    qtbot.waitUntil(report.save.isEnabled, timeout=30_000)
    report.save_to(tmp_path / "none" / "report.zip")
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert report.save.isEnabled()
    report.reject()


def test_every_check_has_a_row_and_those_that_failed_stand_first(desk: Desk, qtbot: QtBot) -> None:
    dialog = desk.window.check_health()
    dialog.reject()
    before = texts(dialog)
    dialog._add(Check("audit-log", True))
    dialog._add(Check("memory", False, {"free": 0.5, "total": 4}))
    assert "0.5 of 4 GB free." not in before
    dialog.show()
    qtbot.waitExposed(dialog)
    places = {part.text(): part.mapTo(dialog, QPoint()).y() for part in dialog.findChildren(QLabel)}
    assert places["Memory"] < places["Audit log"]
    assert {"Memory", "0.5 of 4 GB free.", "Problem"} <= set(texts(dialog).split("\n"))


def test_the_messages_name_what_the_window_shows() -> None:
    resources = paths.find().resources
    assert "“Health check”" in (resources / "messages.en.toml").read_text("utf-8")
    assert "«Проверка состояния»" in (resources / "messages.ru.toml").read_text("utf-8")


def test_what_can_be_repaired_is_and_is_checked_again(unlocked: Desk, qtbot: QtBot) -> None:
    data = unlocked.begun.paths.data
    data.chmod(0o777)
    dialog = checked(unlocked, qtbot)
    assert set(dialog.repairs) == {"permissions"}
    assert "Other users of this computer may change it" in texts(dialog)
    dialog.repairs["permissions"].click()
    qtbot.waitUntil(lambda: not dialog.repairs, timeout=10_000)
    assert data.stat().st_mode & 0o077 == 0
    assert [check.passed for check in dialog.checks if check.name == "permissions"] == [True]
    assert "Only you can change it." in texts(dialog)
    qtbot.waitUntil(lambda: "Other users of this computer" not in texts(dialog), timeout=10_000)
    dialog.reject()


def test_what_failed_to_be_repaired_can_be_tried_again(
    unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr("app.ui.acts.show_error", lambda parent, error, words: told.append(error))
    unlocked.begun.paths.data.chmod(0o777)
    dialog = checked(unlocked, qtbot)

    def refuse(self: Path, mode: int) -> None:
        raise PermissionError(errno.EPERM, "not yours")

    monkeypatch.setattr(Path, "chmod", refuse)
    dialog.repairs["permissions"].click()
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert isinstance(told[0], StorageDenied)
    qtbot.waitUntil(dialog.repairs["permissions"].isEnabled, timeout=10_000)
    dialog.reject()
