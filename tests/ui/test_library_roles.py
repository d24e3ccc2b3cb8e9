"""What a role may not do in the library is greyed, and says why."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from app.domain.roles import Act, Role
from app.services.profiles.access import Access
from app.ui.dialogs.dialog import Dialog
from app.ui.library.page import LibraryPage
from tests.ui.conftest import PASSWORD, Desk

READER = "Your role is reader: an editor or an administrator may change this."


@pytest.fixture
def read_only(with_library: Desk, qtbot: QtBot) -> Desk:
    """The window of a reader, on the library that Anna filled."""
    services = with_library.window.services
    assert services is not None
    services.profiles.create("Rita", PASSWORD, Role.READER)
    qtbot.wait(300)
    with_library.window.lock()
    with_library.window.login.enter("Rita", PASSWORD)
    qtbot.waitUntil(lambda: with_library.window.library is not None, timeout=10_000)
    page = _page(with_library)
    qtbot.waitUntil(lambda: page.documents.rowCount() == 1, timeout=10_000)
    return with_library


def _page(desk: Desk) -> LibraryPage:
    assert desk.window.library is not None
    return desk.window.library


def _lines(menu: QMenu | None) -> dict[str, str]:
    """The reason why a line cannot be chosen, "" where it can; a screen reader hears the same."""
    assert menu is not None
    told = QAccessible.queryAccessibleInterface(menu).text(QAccessible.Text.Description)
    for each in menu.actions():
        assert each.isEnabled() or each.isSeparator() or f"{each.text()}: {each.toolTip()}" in told
    return {
        each.text(): "" if each.isEnabled() else each.toolTip()
        for each in menu.actions()
        if not each.isSeparator()
    }


def test_access_answers_for_each_role() -> None:
    assert [Access(role).allows(Act.ADD_DOCUMENTS) for role in Role] == [True, True, False]
    assert [Access(role).allows(Act.CONNECT_DATABASES) for role in Role] == [True, False, False]


def test_a_reader_is_offered_nothing_that_is_refused(read_only: Desk, qtbot: QtBot) -> None:
    page = _page(read_only)
    page.select_first()
    pane, details = page.pane, page.panel.details
    greyed = (
        pane.add, pane.take_samples, page.collections.new,
        details.tags, details._retry, details._keep,
    )  # fmt: skip
    for part in greyed:
        assert not part.isEnabled()
        assert part.toolTip() == part.accessibleDescription() == READER
    assert not details._remove.isEnabled()
    assert "remove" in details._remove.toolTip()
    assert details._open.isEnabled()
    lines = _lines(page.chosen.menu())
    assert {name for name, reason in lines.items() if not reason} == {"Open", "Ask about it"}
    first = page.collections.view.model().rows[0]  # type: ignore[attr-defined]
    lines = _lines(page.collections.menu(first))
    assert {name for name, reason in lines.items() if not reason} == {"Export…"}
    assert all(_lines(page.adding_menu()).values())


def test_keys_and_drops_of_a_reader_do_nothing(
    read_only: Desk, qtbot: QtBot, leave_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(read_only)
    asked: list[object] = []
    monkeypatch.setattr(Dialog, "exec", asked.append)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *given: asked.append(given))
    page.select_first()
    page.remove_selected()
    page.choose_files()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(leave_pdf))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    event = QDragEnterEvent(QPoint(5, 5), copy, mime, left, none)
    event.ignore()
    page.dragEnterEvent(event)
    assert not event.isAccepted()
    assert asked == []
    assert page.pane.strip.isHidden()
    assert page.problem == ""


def test_reasons_follow_the_language(read_only: Desk, qtbot: QtBot) -> None:
    page = _page(read_only)
    read_only.window.language.choose("ru")
    add = page.pane.add
    qtbot.waitUntil(lambda: add.toolTip().startswith("Ваша роль"), timeout=5000)
    assert add.accessibleDescription() == add.toolTip()


def test_an_administrator_is_offered_all(with_library: Desk) -> None:
    page = _page(with_library)
    page.reload()
    assert page.pane.add.isEnabled()
    assert set(_lines(page.adding_menu()).values()) == {""}
