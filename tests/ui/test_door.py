"""Letting programs in from the window: opened by a switch, told of, closed by it or the lock."""

import os

import psutil
import pytest
from pytestqt.qtbot import QtBot

from app.processes import launcher
from app.services.session import Services
from app.ui.administration.keys.door_row import DoorRow
from app.ui.administration.keys.keys import KeysKind
from tests.ui.conftest import Desk

#: Tests that run side by side have each their own.
PORT = 20_000 + os.getpid() % 10_000


def _row(desk: Desk, qtbot: QtBot, *, allowed: bool = True) -> tuple[DoorRow, Services]:
    launcher.start()
    opened, services = desk.window.opened, desk.window.services
    assert opened is not None
    assert services is not None
    if allowed:
        services.administration.policies.decide("local-interface", "on")
    opened.frame.show_page(opened.administration)
    opened.administration.show_part(KeysKind)
    row = opened.administration.part(KeysKind).door
    qtbot.waitUntil(lambda: row.switch.isEnabled() is allowed, timeout=10_000)
    return row, services


def _children() -> list[psutil.Process]:
    return [
        each
        for each in psutil.Process().children(recursive=True)
        if each.status() != psutil.STATUS_ZOMBIE
    ]


def _open(row: DoorRow, qtbot: QtBot) -> None:
    row.port.setValue(PORT)
    row.switch.click()
    qtbot.waitUntil(lambda: bool(row._door.address) and row.switch.isEnabled(), timeout=20_000)


def test_the_switch_opens_and_closes(unlocked: Desk, qtbot: QtBot) -> None:
    row, services = _row(unlocked, qtbot)
    before = _children()
    assert "Closed" in row.told.text()
    _open(row, qtbot)
    assert f"http://127.0.0.1:{PORT}" in row.told.text()
    assert not row.port.isEnabled()
    assert len(_children()) == len(before) + 1
    proof = {each.name for each in services.administration.proof.facts()}
    assert "no-closed-door" in proof
    row.switch.click()
    qtbot.waitUntil(lambda: not row._door.address and row.switch.isEnabled(), timeout=10_000)
    assert _children() == before
    assert "Closed" in row.told.text()


def test_the_lock_closes_it(unlocked: Desk, qtbot: QtBot) -> None:
    row, _ = _row(unlocked, qtbot)
    before = _children()
    _open(row, qtbot)
    (listener,) = (each for each in _children() if each not in before)
    unlocked.window.lock()
    assert not listener.is_running()


def test_without_the_policy_it_stays_closed_and_one_that_is_open_is_closed(
    unlocked: Desk, qtbot: QtBot
) -> None:
    row, services = _row(unlocked, qtbot, allowed=False)
    assert "Policies" in row.switch.toolTip()
    row, services = _row(unlocked, qtbot)
    _open(row, qtbot)
    services.administration.policies.decide("local-interface", "off")
    assert unlocked.window.opened is not None
    unlocked.window.opened.administration.part(KeysKind).load()
    qtbot.waitUntil(lambda: not row._door.address, timeout=10_000)
    qtbot.waitUntil(lambda: not row.switch.isChecked(), timeout=10_000)
    assert not row.switch.isEnabled()


def test_what_is_in_the_way_is_told(
    unlocked: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, _ = _row(unlocked, qtbot)
    before = _children()
    _open(row, qtbot)
    (listener,) = (each for each in _children() if each not in before)
    listener.kill()
    qtbot.waitUntil(row.problem.isVisible, timeout=10_000)
    assert "has ended" in row.problem.text()
    assert not row.switch.isChecked()
    _open(row, qtbot)
    assert not row.problem.isVisible()
