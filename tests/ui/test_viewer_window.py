"""A document in a window of its own: pages, keys, print; and a passage as large as it is read."""

from functools import partial
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.services.library.service import LibraryService
from app.ui.library.page import LibraryPage
from app.ui.library.table.documents_model import Group
from app.ui.library.viewer.look import spot_of
from app.ui.library.viewer.page_sheet import BORDER, PageSheet
from app.ui.library.viewer.page_view import PageView
from app.ui.library.viewer.spot import Spot
from app.ui.library.window.viewer_window import ViewerWindow, ViewerWindows
from tests.ui.conftest import LEAVE, PASSWORD, Desk


def _library(desk: Desk) -> LibraryService:
    assert desk.window.services is not None
    return desk.window.services.library


def _windows(desk: Desk) -> ViewerWindows:
    assert desk.window.opened is not None
    return desk.window.opened.viewers


def _page(desk: Desk) -> LibraryPage:
    assert desk.window.library is not None
    return desk.window.library


def _choose(page: LibraryPage, qtbot: QtBot) -> None:
    """The only document, once its row says that it is ready."""
    qtbot.waitUntil(lambda: page.documents.counts()[Group.READY] == 1, timeout=10_000)
    page.select_first()


def _opened(desk: Desk, qtbot: QtBot) -> ViewerWindow:
    """On the three pages of the PDF, at the sentence on the second one."""
    document = _library(desk).documents()[0].id
    spots = [spot_of(document, each) for each in _library(desk).passages(document)]
    window = _windows(desk).open(spots, 1)
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.viewer.shown is window.viewer.pages, timeout=20_000)
    return window


def test_a_window_turns_pages_by_entry_thumbnail_and_key(with_library: Desk, qtbot: QtBot) -> None:
    window = _opened(with_library, qtbot)
    assert window.windowTitle() == "leave.pdf — Larets"
    assert (window.bar.page.value(), window.bar.page.maximum()) == (2, 3)
    qtbot.waitUntil(lambda: set(window.pages.pictures) == {1, 2, 3}, timeout=20_000)
    window.bar.page.setValue(3)
    qtbot.waitUntil(lambda: window.viewer.page == 3, timeout=10_000)
    qtbot.waitUntil(lambda: window.pages.currentIndex().row() == 2, timeout=10_000)
    first = window.pages.visualRect(window.pages.model().index(0, 0)).center()
    qtbot.mouseClick(window.pages.viewport(), Qt.MouseButton.LeftButton, pos=first)
    qtbot.waitUntil(lambda: window.bar.page.value() == 1, timeout=10_000)
    window.viewer.step_citation(1)
    qtbot.waitUntil(lambda: window.viewer.page == 3, timeout=10_000)


def test_the_wheel_goes_on_to_the_next_page(with_library: Desk, qtbot: QtBot) -> None:
    window = _opened(with_library, qtbot)
    view = window.viewer.pages
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    _wheel(view, -120)
    assert view.page == 3
    view.verticalScrollBar().setValue(0)
    _wheel(view, 120)
    assert view.page == 2


def _wheel(view: PageView, turn: int) -> None:
    at, none = QPointF(20, 20), Qt.MouseButton.NoButton
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, turn), none, Qt.KeyboardModifier(0),
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    view.wheelEvent(event)


def test_one_document_has_one_window_and_the_lock_closes_it(
    with_library: Desk, qtbot: QtBot
) -> None:
    window = _opened(with_library, qtbot)
    assert _opened(with_library, qtbot) is window
    windows = _windows(with_library)
    with_library.window.lock()
    assert windows.open_ones == {}
    assert window.viewer.marks == 0
    assert window.pages.pictures == {}
    assert window.windowTitle() == "Larets"
    qtbot.waitUntil(lambda: not isValid(window), timeout=10_000)
    with_library.window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: with_library.window.opened is not None, timeout=10_000)
    assert _windows(with_library).open_ones == {}


def test_escape_closes_the_search_first_and_then_the_window(
    with_library: Desk, qtbot: QtBot
) -> None:
    window = _opened(with_library, qtbot)
    window.viewer.search()
    window.viewer.find_line.field.setText("canteen")
    said = window.viewer.find_line.count
    qtbot.waitUntil(lambda: said.text() == "2 of 2", timeout=20_000)
    window.viewer.step_hit(1)
    assert said.text() == "1 of 2"
    qtbot.keyClick(window.viewer.find_line.field, Qt.Key.Key_Escape)
    assert window.viewer.find_line.isHidden()
    with qtbot.waitSignal(window.closed, timeout=5000):
        qtbot.keyClick(window.viewer.pages, Qt.Key.Key_Escape)


def test_the_library_opens_a_window_and_the_chat_hands_its_citations_over(
    with_library: Desk, qtbot: QtBot
) -> None:
    page = _page(with_library)
    _choose(page, qtbot)
    page.panel.details.opened.emit()
    (window,) = _windows(with_library).open_ones.values()
    page.remove_selected()
    assert _windows(with_library).open_ones == {}, "what is removed is not looked at any more"
    qtbot.waitUntil(lambda: page.documents.rowCount() == 0, timeout=10_000)
    qtbot.waitUntil(lambda: page.toast.offers, timeout=5000)
    page.toast.act.click()
    qtbot.waitUntil(lambda: page.documents.rowCount() == 1, timeout=10_000)
    assert with_library.window.chat is not None
    document = _library(with_library).documents()[0].id
    spots = [spot_of(document, each) for each in _library(with_library).passages(document)]
    viewer = with_library.window.chat.viewer
    viewer.set_spots(spots, 1)
    qtbot.waitUntil(lambda: viewer.shown is viewer.pages, timeout=20_000)
    viewer.bar.detached.emit()
    (window,) = _windows(with_library).open_ones.values()
    assert window.viewer.citations.where.text() == "2 of 3"


def _agree_to_print(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    def agree(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", agree)


def test_what_is_printed_has_every_page_and_stands_in_the_journal(
    with_library: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = _opened(with_library, qtbot)
    recorded: list[str] = []
    held = _library(with_library)._holding(_library(with_library).documents()[0].id)
    monkeypatch.setattr(held, "record", lambda act, subject: recorded.append(act))
    target = tmp_path / "paper.pdf"
    _agree_to_print(monkeypatch, target)
    with qtbot.waitSignal(window.printing.ended, timeout=60_000):
        window.print()
    qtbot.waitUntil(lambda: recorded == ["print-document"], timeout=10_000)
    with pymupdf.open(target) as paper:
        assert paper.page_count == 3
        assert all(len(page.get_images()) == 1 for page in paper)
    assert not window.printing.busy


def test_text_is_printed_in_dark_ink_and_tables_are_not(
    unlocked: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked.window.theme.choose("dark")
    (tmp_path / "rule.md").write_text(f"# Leave\n\n{LEAVE}")
    (tmp_path / "sums.csv").write_text("article,price\ncement,7.40\n")
    report = _library(unlocked).add([tmp_path / "rule.md", tmp_path / "sums.csv"])
    text, table = (Spot(document.id, None, "", 0, 0) for document in report.documents)
    window = _windows(unlocked).open([text], 0)
    qtbot.waitUntil(lambda: window.viewer.shown is window.viewer.text, timeout=20_000)
    target = tmp_path / "paper.pdf"
    _agree_to_print(monkeypatch, target)
    window.print()
    with pymupdf.open(target) as paper:
        blocks = [each for page in paper for each in page.get_text("dict")["blocks"]]
    spans = [span for block in blocks for line in block["lines"] for span in line["spans"]]
    assert LEAVE in " ".join(span["text"] for span in spans)
    assert max(span["color"] & 0xFF for span in spans) < 0x60
    other = _windows(unlocked).open([table], 0)
    qtbot.waitUntil(lambda: other.viewer.shown is other.viewer.grid, timeout=20_000)
    assert not other.bar.print.isEnabled()
    assert "their own program" in other.bar.print.toolTip()


def test_a_passage_fills_the_view_and_can_be_read(with_library: Desk, qtbot: QtBot) -> None:
    document = _library(with_library).documents()[0].id
    passage = _library(with_library).passages(document)[1]
    assert LEAVE in passage.text
    page = _page(with_library)
    frame = with_library.window.frame
    assert frame is not None
    frame.show_page(page)
    _choose(page, qtbot)
    viewer = page.panel.viewer
    sheet, view = viewer.pages.sheet, viewer.pages
    for quote, least, most in ((passage.text, 0.75, 1.2), ("28 calendar days", 1.5, 2.01)):
        viewer.open(Spot(document, 2, quote, 0, 0))
        within = partial(_is_between, sheet, least, most)
        qtbot.waitUntil(within, timeout=20_000)
        left = min(sheet.place_of(mark).left() for mark in sheet.marks)
        assert 0 <= left - view.horizontalScrollBar().value() < view.viewport().width() / 3
    wide = sheet.width()
    viewer.zoom(None)
    qtbot.waitUntil(lambda: sheet.width() < wide, timeout=10_000)
    assert sheet.width() <= view.width()


def _is_between(sheet: PageSheet, least: float, most: float) -> bool:
    return bool(sheet.marks) and least <= sheet.scale + 0.001 and sheet.scale <= most


def test_a_turned_page_has_its_marks_where_the_words_are(with_library: Desk, qtbot: QtBot) -> None:
    window = _opened(with_library, qtbot)
    sheet = window.viewer.pages.sheet
    upright = sheet.place_of(sheet.marks[0])
    points = sheet.points
    window.viewer.pages.rotate()
    qtbot.waitUntil(lambda: sheet.width_in_points == points[1], timeout=10_000)
    box = sheet.marks[0]
    turned = sheet.place_of(box)
    assert turned.height() > turned.width() or upright.width() < upright.height()
    assert turned.top() == pytest.approx(BORDER + box[0] * sheet.scale)
    assert turned.right() == pytest.approx(BORDER + (points[1] - box[1]) * sheet.scale)
