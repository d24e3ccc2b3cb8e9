"""A collection leaves the window as a file, and comes into it from one."""

import threading
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import Cancelled
from app.domain.roles import Act
from app.services.jobs import Job
from app.services.session import Services
from app.ui.library.page import LibraryPage
from app.ui.library.transfer.export_dialog import ExportDialog
from app.ui.library.transfer.import_dialog import ImportDialog
from tests.ui.conftest import PASSWORD, Desk

PASSPHRASE = "seven green lamps over water"


def _page(desk: Desk, qtbot: QtBot) -> tuple[LibraryPage, Services]:
    opened, services = desk.window.opened, desk.window.services
    assert opened is not None
    assert services is not None
    opened.frame.show_page(opened.library)
    qtbot.waitUntil(lambda: bool(opened.library.collections.current), timeout=10_000)
    return opened.library, services


def _exported(page: LibraryPage, path: Path, qtbot: QtBot) -> ExportDialog:
    dialog = page.transfers.export(page.collections.current, "Library")
    dialog.passphrase.setText(PASSPHRASE)
    dialog.again.setText(PASSPHRASE)
    with qtbot.waitSignal(dialog.exported, timeout=20_000):
        dialog.write(path)
    return dialog


def test_the_passphrase_is_given_twice_and_judged(unlocked: Desk, qtbot: QtBot) -> None:
    page, _ = _page(unlocked, qtbot)
    dialog = page.transfers.export(page.collections.current, "Library")
    assert not dialog.export.isEnabled()
    dialog.passphrase.setText("12345678")
    dialog.again.setText("12345679")
    assert dialog.problem.text() == "The two are not the same."
    assert not dialog.export.isEnabled()
    dialog.again.setText("12345678")
    assert dialog.export.isEnabled()
    path = unlocked.folder / "weak.larets"
    dialog.write(path)
    qtbot.waitUntil(lambda: "guess" in dialog.problem.text(), timeout=20_000)
    assert not path.exists()
    assert dialog.leave.text() == "Cancel"
    dialog.reject()


def test_a_file_is_looked_at_before_it_is_taken_in(unlocked: Desk, qtbot: QtBot) -> None:
    page, services = _page(unlocked, qtbot)
    path = unlocked.folder / "library.larets"
    _exported(page, path, qtbot)
    assert path.stat().st_size > 0
    dialog = page.transfers.take_in(path)
    assert not dialog.open_button.isEnabled()
    dialog.passphrase.setText("another passphrase")
    dialog.look()
    qtbot.waitUntil(lambda: "passphrase" in dialog.problem.text(), timeout=20_000)
    dialog.passphrase.setText(PASSPHRASE)
    dialog.look()
    qtbot.waitUntil(dialog.card.isVisible, timeout=20_000)
    assert dialog.signer.text().startswith("Signed by Anna\n")
    assert dialog.trust.text() == "It is the key of Anna in this workspace."
    assert len(services.library.collections()) == 1, "nothing was taken in yet"
    dialog.take()
    qtbot.waitUntil(lambda: "exists already" in dialog.problem.text(), timeout=20_000)
    dialog.name.setText("Copy")
    with qtbot.waitSignal(dialog.imported, timeout=20_000):
        dialog.take()
    qtbot.waitUntil(lambda: page.collections.current_name == "Copy", timeout=10_000)


def test_leaving_while_it_runs_stops_it_first(
    unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, services = _page(unlocked, qtbot)
    path = unlocked.folder / "library.larets"
    _exported(page, path, qtbot)
    began, stopped = threading.Event(), threading.Event()

    def take_in(*given: object) -> None:
        control = given[-1]
        assert isinstance(control, Job)
        began.set()
        while True:
            time.sleep(0.01)
            try:
                control.check()
            except Cancelled:
                stopped.set()
                raise

    monkeypatch.setattr(services.transfers, "take_in", take_in)
    dialog = page.transfers.take_in(path)
    dialog.passphrase.setText(PASSPHRASE)
    dialog.look()
    qtbot.waitUntil(dialog.card.isVisible, timeout=20_000)
    dialog.take()
    assert dialog.leave.text() == "Stop"
    qtbot.waitUntil(began.is_set, timeout=20_000)
    with qtbot.waitSignal(dialog.rejected, timeout=20_000):
        dialog.leave.click()
    assert stopped.is_set()


def test_what_a_policy_forbids_is_greyed_and_says_why(unlocked: Desk, qtbot: QtBot) -> None:
    page, services = _page(unlocked, qtbot)
    services.administration.policies.decide("export", "off")
    assert not page.permitted.allows(Act.EXPORT)
    lines = {line.text(): line for line in page.more_menu().actions()}
    export = lines["Export the collection…"]
    assert not export.isEnabled()
    assert export.toolTip() == "A policy of this workspace allows no exports."


def test_the_menus_lead_to_both(unlocked: Desk, qtbot: QtBot) -> None:
    page, services = _page(unlocked, qtbot)
    told = [line.text() for line in page.adding_menu().actions()]
    assert "Import a collection…" in told
    (found,) = services.library.collections()
    next(e for e in page.collections.menu(found).actions() if e.text() == "Export…").trigger()
    assert unlocked.window.findChildren(ExportDialog)
    assert not unlocked.window.findChildren(ImportDialog)


def test_a_transfer_file_among_added_ones_is_asked_about(unlocked: Desk, qtbot: QtBot) -> None:
    page, _ = _page(unlocked, qtbot)
    path, note = unlocked.folder / "sent.LARETS", unlocked.folder / "note.txt"
    path.write_bytes(b"LARETS-TRANSFER\n")
    note.write_text("The rent is due on the tenth.")
    page.add([path, note])
    (dialog,) = page.window().findChildren(ImportDialog)
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: page.adding.busy or bool(page.documents.documents()), timeout=20_000)
    dialog.reject()


def test_a_file_that_the_program_was_started_with_waits_for_the_log_in(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.window.brought = desk.folder / "sent.larets"
    desk.window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: desk.window.opened is not None, timeout=10_000)
    opened = desk.window.opened
    assert opened is not None
    qtbot.waitUntil(lambda: len(desk.window.findChildren(ImportDialog)) == 1, timeout=10_000)
    assert opened.library.isVisible()
    (dialog,) = desk.window.findChildren(ImportDialog)
    dialog.reject()
    assert desk.window.brought is None
