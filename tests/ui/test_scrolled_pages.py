"""Pages below each other: one is looked at, those near it are drawn, no more."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.library.table.documents_model import Group
from app.ui.library.viewer.look import spot_of
from app.ui.library.viewer.scrolled_pages import ScrolledPages
from app.ui.library.window.viewer_window import ViewerWindow
from tests.samples import make_pdf
from tests.ui.conftest import Desk
from tests.ui.test_viewer_window import _page, _windows

PAGES = 30


@pytest.fixture
def window(unlocked: Desk, tmp_path: Path, qtbot: QtBot) -> ViewerWindow:
    """On the second of thirty pages, one at a time."""
    file = tmp_path / "long.pdf"
    texts = [f"Paragraph {n} of the rules is about hall {n}." for n in range(PAGES)]
    file.write_bytes(make_pdf(texts))
    page, services = _page(unlocked), unlocked.window.services
    assert services is not None
    page.add([file])
    qtbot.waitUntil(lambda: page.documents.counts()[Group.READY] == 1, timeout=20_000)
    document = services.library.documents()[0].id
    spots = [spot_of(document, each) for each in services.library.passages(document)]
    made = _windows(unlocked).open(spots, 1)
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.viewer.shown is made.viewer.pages, timeout=20_000)
    return made


def _drawn(pages: ScrolledPages) -> set[int]:
    return {page for page in range(1, PAGES + 1) if pages._is_drawn(page)}


def _in_column(window: ViewerWindow, qtbot: QtBot) -> ScrolledPages:
    pages = window.viewer.pages
    qtbot.keyClick(window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: _drawn(pages) >= {1, 2, 3}, timeout=20_000)
    return pages


def test_what_is_near_is_drawn_what_is_far_forgotten(window: ViewerWindow, qtbot: QtBot) -> None:
    pages = _in_column(window, qtbot)
    assert (pages.page, pages.pages) == (2, PAGES)
    assert pages.sheet.marks
    assert len(_drawn(pages)) < 8
    bar = pages.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: pages.page == PAGES, timeout=10_000)
    qtbot.waitUntil(lambda: PAGES in _drawn(pages) and PAGES - 1 in _drawn(pages), timeout=20_000)
    assert window.bar.page.value() == PAGES
    assert len(pages._others) < 8
    assert not _drawn(pages) & {1, 2, 3}


def test_a_page_by_number_comes_to_the_top(window: ViewerWindow, qtbot: QtBot) -> None:
    pages = _in_column(window, qtbot)
    window.bar.page.setValue(17)
    qtbot.waitUntil(lambda: {16, 17, 18} <= _drawn(pages), timeout=20_000)
    assert pages.page == 17
    assert pages.verticalScrollBar().value() == pages.sheet.y()
    tops = [pages._others[16].y(), pages.sheet.y(), pages._others[18].y()]
    assert tops == sorted(tops)
    assert tops[1] - tops[0] == pages._others[16].height()


def test_a_search_marks_every_page_that_is_drawn(window: ViewerWindow, qtbot: QtBot) -> None:
    pages = _in_column(window, qtbot)
    window.viewer.search()
    qtbot.keyClicks(window.viewer.find_line.field, "Paragraph")
    qtbot.waitUntil(lambda: window.viewer._hits == PAGES, timeout=20_000)
    qtbot.waitUntil(lambda: bool(pages.sheet._hits), timeout=10_000)
    assert all(sheet._hits for sheet in pages._others.values())
    window.viewer.step_hit(10)
    qtbot.waitUntil(lambda: pages.page == 12 and pages.sheet._chosen is not None, timeout=10_000)


def test_all_of_them_are_turned_and_one_stays_at_the_end(
    window: ViewerWindow, qtbot: QtBot
) -> None:
    pages = _in_column(window, qtbot)
    upright = pages.sheet.height()
    window.viewer.pages.rotate()
    qtbot.waitUntil(lambda: pages.sheet.height() < upright, timeout=10_000)
    assert {sheet.height() for sheet in pages._others.values()} == {pages.sheet.height()}
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert not pages.is_column
    assert pages._others == {}
    assert pages.widget() is pages.sheet


def test_the_next_window_is_laid_out_alike(
    window: ViewerWindow, unlocked: Desk, qtbot: QtBot
) -> None:
    _in_column(window, qtbot)
    spots = window.viewer.citations.spots
    window.close()
    again = _windows(unlocked).open(spots, 4)
    qtbot.waitUntil(lambda: {4, 5, 6} <= _drawn(again.viewer.pages), timeout=20_000)
    assert again.bar.column.isChecked()
    pages = again.viewer.pages
    marked = pages.sheet.place_of(pages.sheet.marks[0]).translated(pages.sheet.pos())
    top = pages.verticalScrollBar().value()
    assert top <= marked.top() < top + pages.viewport().height()
