"""Keys of other programs, made and revoked in the window."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.domain.access_keys import KeyAct
from app.domain.errors import OutOfScope
from app.domain.roles import Role
from app.services.session import Services
from app.ui.administration.keys.keys import KeysKind
from app.ui.administration.keys.new_access_key import NewAccessKeyDialog
from app.ui.administration.keys.shown_key import ShownKeyDialog
from tests.ui.conftest import PASSWORD, Desk
from tests.ui.questions import answered


def _kind(desk: Desk, qtbot: QtBot) -> tuple[KeysKind, Services]:
    opened, services = desk.window.opened, desk.window.services
    assert opened is not None
    assert services is not None
    opened.frame.show_page(opened.administration)
    opened.administration.show_part(KeysKind)
    return opened.administration.part(KeysKind), services


def _cells(kind: KeysKind) -> list[list[str]]:
    table = kind.table
    items = [
        [table.item(row, column) for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]
    return [[item.text() if item else "" for item in row] for row in items]


def test_without_the_policy_it_is_greyed_and_says_why(unlocked: Desk, qtbot: QtBot) -> None:
    kind, services = _kind(unlocked, qtbot)
    qtbot.waitUntil(lambda: not kind.add.isEnabled(), timeout=10_000)
    assert "Policies" in kind.add.toolTip()
    assert kind.note.text() == kind.add.toolTip()
    services.administration.policies.decide("local-interface", "on")
    kind.load()
    qtbot.waitUntil(kind.add.isEnabled, timeout=10_000)
    assert kind.note.text() == ""


def test_a_key_is_made_shown_once_and_revoked(
    unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, services = _kind(unlocked, qtbot)
    services.administration.policies.decide("local-interface", "on")
    services.library.create("Contracts")
    kind.load()
    qtbot.waitUntil(lambda: "Contracts" in kind._found.collections.values(), timeout=10_000)
    kind.add.click()
    (asked,) = unlocked.window.findChildren(NewAccessKeyDialog)
    assert not asked.create_button.isEnabled()
    asked.name.setText("CRM")
    assert KeyAct.ADD.value not in asked.acts.chosen
    contracts = next(item for item in asked.collections.items_shown() if item.text() == "Contracts")
    for item in asked.acts.items_shown():
        if item.text() != "Search":
            item.setCheckState(item.checkState().Unchecked)
    contracts.setCheckState(contracts.checkState().Checked)
    asked.create_button.click()
    qtbot.waitUntil(lambda: bool(unlocked.window.findChildren(ShownKeyDialog)), timeout=10_000)
    (shown,) = unlocked.window.findChildren(ShownKeyDialog)
    secret = shown.secret.text().replace("\n", "")
    shown.copy.click()
    assert QGuiApplication.clipboard().text() == secret
    shown.close_button.click()
    assert QGuiApplication.clipboard().text() == ""
    compile(shown.example.toPlainText(), "example", "exec")
    qtbot.waitUntil(lambda: kind.table.rowCount() == 1, timeout=10_000)
    assert _cells(kind)[0][:2] == ["CRM", "Search · only Contracts"]
    assert _cells(kind)[0][3] == "never"
    assert secret not in str(_cells(kind))
    assert services.interface.keys.authorise(secret, KeyAct.SEARCH).name == "CRM"
    with pytest.raises(OutOfScope):
        services.interface.keys.authorise(secret, KeyAct.ASK)

    questions = answered(monkeypatch, False, True)
    kind.table.selectRow(0)
    kind.revoke.click()
    assert services.interface.keys.all()[0].revoked is None
    kind.revoke.click()
    qtbot.waitUntil(lambda: _cells(kind)[0][3].startswith("revoked"), timeout=10_000)
    assert "CRM" in questions[0]
    assert not kind.revoke.isEnabled()


def test_a_name_that_another_key_has_is_refused_in_the_dialog(unlocked: Desk, qtbot: QtBot) -> None:
    kind, services = _kind(unlocked, qtbot)
    services.administration.policies.decide("local-interface", "on")
    services.interface.keys.create("CRM")
    kind.load()
    qtbot.waitUntil(kind.add.isEnabled, timeout=10_000)
    kind.add.click()
    (asked,) = unlocked.window.findChildren(NewAccessKeyDialog)
    asked.name.setText("CRM")
    asked.create_button.click()
    qtbot.waitUntil(asked.problem.isVisible, timeout=10_000)
    assert "CRM" in asked.problem.text()
    asked.reject()


def test_a_reader_has_keys_of_its_own(unlocked: Desk, qtbot: QtBot) -> None:
    services = unlocked.window.services
    assert services is not None
    services.administration.policies.decide("local-interface", "on")
    services.interface.keys.create("CRM")
    services.profiles.create("Boris", PASSWORD, Role.READER)
    unlocked.window.lock()
    unlocked.window.login.enter("Boris", PASSWORD)
    qtbot.waitUntil(lambda: unlocked.window.opened is not None, timeout=10_000)
    kind, _ = _kind(unlocked, qtbot)
    qtbot.waitUntil(kind.add.isEnabled, timeout=10_000)
    assert kind.table.rowCount() == 0
