"""Chosen documents go into another collection by the menu of a row, and come back by "Undo"."""

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.ui.library.page import LibraryPage
from tests.ui.conftest import Desk


def others(page: LibraryPage) -> QMenu | None:
    """The submenu of the other collections; None where it is not offered."""
    menu = page.chosen.menu()
    assert menu is not None
    found = [act.menu() for act in menu.actions() if act.text() == "Move to"]
    return next((each for each in found if isinstance(each, QMenu)), None)


def test_documents_move_and_come_back(
    with_library: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = with_library.window.library
    services = with_library.window.services
    assert page is not None
    assert services is not None
    library = services.library
    qtbot.waitUntil(lambda: page.documents.rowCount() == 1, timeout=10_000)
    page.select_first()
    assert others(page) is None, "there is no other collection yet"
    first = library.collections()[0].id
    target = library.create("Contracts").id
    menu = others(page)
    assert menu is not None
    assert [act.text() for act in menu.actions()] == ["Contracts"]
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: len(library.documents(target)) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: library.documents(first) == [], timeout=5000)
    qtbot.waitUntil(lambda: page.toast.offers, timeout=5000)
    assert "moved to “Contracts”" in page.toast.accessibleName()
    page.toast.act.click()
    qtbot.waitUntil(lambda: len(library.documents(first)) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: library.documents(target) == [], timeout=5000)
