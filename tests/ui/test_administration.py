"""An administrator's hour in the window: profiles, access, the log, policies, losses."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import text, update

from app.domain.losses import LossKind
from app.domain.policies import Policy
from app.domain.roles import Role
from app.domain.storage import StorageKind
from app.services.session import Services
from app.store.schema import audit
from app.ui.administration.backups import BackupsKind
from app.ui.administration.log import LogKind
from app.ui.administration.members import MembersKind
from app.ui.administration.new_key import NewKeyDialog
from app.ui.administration.new_profile import NewProfileDialog
from app.ui.administration.page import AdministrationPage
from app.ui.administration.policies import PoliciesKind
from app.ui.administration.proof.proof import ProofKind
from app.ui.administration.rights import RightsKind
from app.ui.administration.storage.storage import StorageUseKind
from app.ui.administration.table import RowsTable
from tests.ui.conftest import PASSWORD, Desk
from tests.ui.questions import answered

BORIS = "a first password for Boris"


def _page(desk: Desk, qtbot: QtBot) -> tuple[AdministrationPage, Services]:
    opened, services = desk.window.opened, desk.window.services
    assert opened is not None
    assert services is not None
    page = opened.administration
    opened.frame.show_page(page)
    qtbot.waitUntil(lambda: page.part(MembersKind).table.rowCount() > 0, timeout=10_000)
    return page, services


def _words(table: RowsTable) -> list[list[str]]:
    cells = [
        [table.item(row, column) for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]
    return [[item.text() if item else "" for item in row] for row in cells]


def test_a_profile_is_made_given_a_role_and_deleted(unlocked: Desk, qtbot: QtBot) -> None:
    page, services = _page(unlocked, qtbot)
    members = page.part(MembersKind)
    assert _words(members.table)[0][:3] == ["Anna (you)", "Administrator", "now"]
    members.add.click()
    (asked,) = unlocked.window.findChildren(NewProfileDialog)
    assert not asked.create_button.isEnabled()
    asked.name.setText("  Boris ")
    asked.password.setText("short")
    asked.create_button.click()
    qtbot.waitUntil(asked.problem.isVisible, timeout=10_000)
    asked.password.setText(BORIS)
    asked.roles.buttons[Role.EDITOR].click()
    asked.create_button.click()
    qtbot.waitUntil(lambda: members.table.rowCount() == 2, timeout=20_000)
    (key,) = unlocked.window.findChildren(NewKeyDialog)
    assert not key.close_button.isEnabled(), "before it was proven that the key is kept"
    key.reject()
    assert _words(members.table)[1][:3] == ["Boris", "Editor", "never"]
    members.change("Boris", Role.READER)
    qtbot.waitUntil(lambda: _words(members.table)[1][1] == "Reader", timeout=10_000)
    members.table.selectRow(0)
    assert not members.remove.isEnabled(), "nobody deletes the profile that is open"
    services.profiles.delete("Boris")
    members.load()
    qtbot.waitUntil(lambda: members.table.rowCount() == 1, timeout=10_000)


def test_what_nobody_else_could_open_is_named_before_a_profile_goes(
    unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, services = _page(unlocked, qtbot)
    services.profiles.create("Boris", BORIS, Role.READER)
    services.library.create("Drafts", private=True)
    rights = services.administration.rights
    rights.share("Drafts", "Boris", may_add=False)
    rights.unshare("Drafts", "Anna")
    asked = answered(monkeypatch, False, True)
    page.part(MembersKind).load()
    qtbot.waitUntil(lambda: page.part(MembersKind).table.rowCount() == 2, timeout=10_000)
    page.part(MembersKind).table.selectRow(1)
    page.part(MembersKind).remove.click()
    qtbot.waitUntil(lambda: len(asked) == 1, timeout=10_000)
    assert "open to nobody else and go as well: Drafts" in asked[0]
    assert "Boris" in services.profiles.names()
    page.part(MembersKind).remove.click()
    qtbot.waitUntil(lambda: page.part(MembersKind).table.rowCount() == 1, timeout=10_000)
    assert services.profiles.names() == ["Anna"]


def test_a_private_collection_is_shared_and_taken_back(unlocked: Desk, qtbot: QtBot) -> None:
    page, services = _page(unlocked, qtbot)
    services.profiles.create("Boris", BORIS, Role.READER)
    services.library.create("Salaries", private=True)
    page.show_kind(1)
    rights = page.part(RightsKind)
    qtbot.waitUntil(lambda: rights.table.rowCount() == 2, timeout=10_000)
    assert _words(rights.table)[1] == ["Salaries", "named profiles", "Anna"]
    rights.table.selectRow(1)
    assert rights.give.isEnabled()
    assert not rights.take.isEnabled()
    rights.share(rights.rows[1], "Boris", may_add=False)
    qtbot.waitUntil(
        lambda: _words(rights.table)[1][2] == "Anna, Boris (reads only)", timeout=10_000
    )
    rights.unshare(rights.rows[1], "Boris")
    qtbot.waitUntil(lambda: _words(rights.table)[1][2] == "Anna", timeout=10_000)


def test_the_log_is_searched_and_verified(unlocked: Desk, qtbot: QtBot) -> None:
    page, services = _page(unlocked, qtbot)
    services.library.create("Contracts")
    page.show_kind(2)
    qtbot.waitUntil(lambda: page.part(LogKind).table.rowCount() > 1, timeout=10_000)
    assert _words(page.part(LogKind).table)[0][1:] == ["Anna", "Collection created", "Contracts"]
    page.part(LogKind).search.setText("unlock")
    qtbot.waitUntil(
        lambda: {row[2] for row in _words(page.part(LogKind).table)} == {"Logged in"},
        timeout=10_000,
    )
    page.part(LogKind).verify.click()
    qtbot.waitUntil(lambda: "Verified" in page.part(LogKind)._state.text(), timeout=10_000)


def test_a_policy_holds_for_everybody(unlocked: Desk, qtbot: QtBot) -> None:
    page, services = _page(unlocked, qtbot)
    page.show_kind(3)
    page.part(PoliciesKind).choices[Policy.EXPORT].buttons["off"].click()
    policies = services.administration.policies
    qtbot.waitUntil(lambda: not policies.now().is_on(Policy.EXPORT), timeout=10_000)
    page.part(PoliciesKind).choices[Policy.AUTO_LOCK].buttons["5"].click()
    qtbot.waitUntil(lambda: policies.now().lock_after(0) == 5, timeout=10_000)
    assert policies.now().lock_after(3) == 3


def test_losses_are_told_above_everything_until_somebody_takes_note(
    desk: Desk, qtbot: QtBot
) -> None:
    folder = next((desk.folder / "data" / "collections").glob("*"))
    (folder / "collection.db").write_bytes(b"x" * 8192)
    desk.window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: desk.window.chat is not None, timeout=10_000)
    page, services = _page(desk, qtbot)
    kinds = {each.kind for each in services.administration.losses.all()}
    assert kinds == {LossKind.UNREADABLE}
    qtbot.waitUntil(page.losses.isVisible, timeout=10_000)
    page.losses.taken_note.click()
    qtbot.waitUntil(lambda: not page.losses.isVisible(), timeout=10_000)
    assert services.administration.losses.all() == ()


def test_a_backup_is_made_and_planned(unlocked: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page, services = _page(unlocked, qtbot)
    page.show_kind(4)
    backups = page.part(BackupsKind)
    qtbot.waitUntil(lambda: "no backup" in backups._state.text(), timeout=10_000)
    assert not backups.hours.isEnabled()
    backups.make(tmp_path / "drive")
    qtbot.waitUntil(lambda: "verified" in backups._state.text(), timeout=30_000)
    assert backups.now.isEnabled()
    assert "new:" in backups._told.text()
    backups.hours.buttons[24].click()
    kept = services.administration.backups
    qtbot.waitUntil(lambda: kept.schedule() is not None, timeout=10_000)
    qtbot.waitUntil(lambda: "drive" in backups._line.control.accessibleDescription())
    backups.hours.buttons[0].click()
    qtbot.waitUntil(lambda: kept.schedule() is None, timeout=10_000)


def test_room_is_made_where_nothing_is_lost(unlocked: Desk, qtbot: QtBot) -> None:
    page, services = _page(unlocked, qtbot)
    aside = services.administration.storage._unlocked.folder / "set-aside" / "old"
    aside.parent.mkdir(exist_ok=True)
    aside.write_bytes(b"x" * 2048)
    page.show_kind(5)
    shown = page.part(StorageUseKind)
    qtbot.waitUntil(lambda: shown.clean[StorageKind.ASIDE].isEnabled(), timeout=10_000)
    assert "1 file" in shown.sizes[StorageKind.ASIDE].text()
    assert "in all" in shown.whole.text()
    shown.clean[StorageKind.ASIDE].click()
    qtbot.waitUntil(lambda: not shown.clean[StorageKind.ASIDE].isEnabled(), timeout=10_000)
    assert not aside.exists()


def test_everybody_sees_the_proof_and_verifies(unlocked: Desk, qtbot: QtBot) -> None:
    services = unlocked.window.services
    assert services is not None
    services.profiles.create("Boris", BORIS, Role.READER)
    unlocked.window.lock()
    unlocked.window.login.enter("Boris", BORIS)
    qtbot.waitUntil(lambda: unlocked.window.chat is not None, timeout=20_000)
    opened = unlocked.window.opened
    assert opened is not None
    page = opened.administration
    opened.frame.show_page(page)
    names = [each.text() for each in page.kinds]
    assert names == ["Statistics", "Other programs", "Department", "Proof"]
    page.show_kind(3)
    said = _said(page.part(ProofKind))
    qtbot.waitUntil(lambda: "Open connections" in said(), timeout=10_000)
    assert "There is none yet" in said(), "of backups"
    assert "Audit log" not in said()
    page.part(ProofKind).verify.click()
    qtbot.waitUntil(lambda: "The chain of seals is whole." in said(), timeout=20_000)
    page.part(ProofKind).copy.click()
    assert str(os.getpid()) in QGuiApplication.clipboard().text()


def test_the_proof_tells_of_a_log_that_was_changed(unlocked: Desk, qtbot: QtBot) -> None:
    page, services = _page(unlocked, qtbot)
    workspace = services.administration.log._unlocked.workspace
    with workspace.transaction() as connection:
        connection.execute(text("DROP TRIGGER audit_refuses_update"))
        connection.execute(update(audit).where(audit.c.number == 1).values(subject="another"))
    page.show_kind(6)
    page.part(ProofKind).verify.click()
    qtbot.waitUntil(
        lambda: "The chain of seals is broken" in _said(page.part(ProofKind))(), timeout=20_000
    )


def _said(kind: ProofKind) -> Callable[[], str]:
    return lambda: "\n".join(each.text() for each in kind.rows.findChildren(QLabel))
