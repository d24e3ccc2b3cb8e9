"""The library lays itself out: no part covers another, and widths are remembered."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.library.page import LibraryPage
from app.ui.library.table.documents_model import Group
from tests.ui.conftest import PASSWORD, Desk


def _page(desk: Desk) -> LibraryPage:
    assert desk.window.library is not None
    return desk.window.library


def _head(page: LibraryPage) -> list[QWidget]:
    pane = page.pane
    parts = (pane._title, pane.switch, pane.filter, pane.search, pane.add, pane.more, pane.side)
    return [part for part in parts if part.isVisible()]


def _area(part: QWidget, over: QWidget) -> QRect:
    return QRect(part.mapTo(over, QPoint()), part.size())


def _show_at(desk: Desk, qtbot: QtBot, width: int, height: int) -> LibraryPage:
    page, frame = _page(desk), desk.window.frame
    assert frame is not None
    frame.show_page(page)
    desk.window.resize(width, height)
    qtbot.waitUntil(lambda: desk.window.width() == width, timeout=5000)
    qtbot.wait(50)
    return page


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("size", [(900, 600), (1180, 760), (1920, 1080)])
def test_nothing_is_covered_or_cut(
    with_library: Desk, qtbot: QtBot, size: tuple[int, int], language: str
) -> None:
    with_library.window.language.choose(language)
    page = _show_at(with_library, qtbot, *size)
    qtbot.waitUntil(lambda: page.documents.counts()[Group.READY] == 1, timeout=10_000)
    page.select_first()
    qtbot.wait(50)
    head = _head(page)
    areas = [_area(part, page.pane) for part in head]
    assert len(areas) >= 4
    assert all(left.right() < right.left() for left, right in pairwise(areas))
    assert all(page.pane.rect().contains(area) for area in areas)
    assert page.pane.add.width() >= page.pane.add.minimumSizeHint().width()
    assert page.rect().contains(_area(page.panel, page))
    details = page.panel.details
    acts = (details.tags, details._open, details._ask, details._remove)
    assert all(page.panel.rect().contains(_area(part, page.panel)) for part in acts)


def test_a_narrow_window_has_its_collections_in_a_menu(with_library: Desk, qtbot: QtBot) -> None:
    page = _show_at(with_library, qtbot, 900, 600)
    assert page.collections.isHidden()
    assert page.pane.switch.isVisible()
    page.make_collection("Contracts")
    qtbot.waitUntil(lambda: len(page.collections.choices()) == 2, timeout=5000)
    lines = {each.text(): each for each in page.collections_menu().actions()}
    lines["Library"].trigger()
    assert page.collections.current_name == "Library"
    lines["Contracts"].trigger()
    assert page.collections.current_name == "Contracts"
    assert "Search inside the documents" in [each.text() for each in page.more_menu().actions()]
    page = _show_at(with_library, qtbot, 1180, 760)
    assert page.collections.isVisible()
    assert page.pane.switch.isHidden()


def test_widths_and_a_hidden_panel_are_remembered(unlocked: Desk, qtbot: QtBot) -> None:
    page = _show_at(unlocked, qtbot, 1180, 760)
    page.columns.setSizes([200, 442, 480])
    page.columns.splitterMoved.emit(644, 2)
    kept = page.columns.sizes()
    assert kept[2] == 480, "up to half of the page"
    page.pane.side.click()
    assert page.panel.isHidden()
    opened = unlocked.window.opened
    assert opened is not None
    numbers = opened._around.remembered.numbers
    qtbot.waitUntil(lambda: numbers("library-widths") == [kept[0], 480], timeout=5000)
    unlocked.window.lock()
    unlocked.window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: unlocked.window.library is not None, timeout=10_000)
    page = _show_at(unlocked, qtbot, 1180, 760)
    assert page.panel.isHidden()
    page.pane.side.click()
    assert page.columns.sizes()[2] == 480
