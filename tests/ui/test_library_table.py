"""The table of documents: names keep their room, tags stand below them, widths are remembered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from app.domain.library.documents import Document, DocumentState
from app.ui.library.table.document_delegate import shortened
from app.ui.library.table.documents_model import ADDED, NAME, PAGES, STATE, TYPE, DocumentsModel
from app.ui.library.table.documents_table import LEAST_NAME, DocumentsTable
from app.ui.remembered import Remembered
from app.ui.theme import font
from tests.ui.conftest import Desk

NAMED = "Дополнительное соглашение № 17 к договору поставки от 12 марта (редакция 3).docx"


def _document(name: str, tags: tuple[str, ...] = ()) -> Document:
    return Document(name, name, f"/d/{name}", DocumentState.INDEXED, 1, 2, 3, 0.0, tags=tags)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "layout.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def table(desk: Desk, settings: QSettings, qtbot: QtBot) -> Iterator[DocumentsTable]:
    model = DocumentsModel(lambda: desk.window.language.wording)
    model.set_documents([_document(NAMED), _document("b.pdf", ("leave", "law"))])
    made = DocumentsTable(model, desk.window.theme, Remembered(settings))
    qtbot.addWidget(made)
    made.show()
    yield made
    made.setModel(None)


def _shown(table: DocumentsTable) -> list[int]:
    return [column for column in range(ADDED + 1) if not table.isColumnHidden(column)]


def test_what_matters_less_gives_way_before_the_name(table: DocumentsTable) -> None:
    seen = []
    for width in (900, 610, 520, 440, 300):
        table.resize(width, 300)
        seen.append(_shown(table))
        assert table.columnWidth(NAME) >= min(LEAST_NAME, width - 100)
    assert seen == [
        [NAME, TYPE, PAGES, STATE, ADDED],
        [NAME, PAGES, STATE, ADDED],
        [NAME, PAGES, STATE],
        [NAME, STATE],
        [NAME, STATE],
    ]
    table.resize(900, 300)
    assert _shown(table) == seen[0]


def test_widths_are_there_again(
    table: DocumentsTable, desk: Desk, settings: QSettings, qtbot: QtBot
) -> None:
    table.resize(900, 300)
    table.horizontalHeader().resizeSection(ADDED, 131)
    qtbot.waitUntil(lambda: 131 in Remembered(settings).numbers("library-columns"), timeout=5000)
    model = table.model()
    assert isinstance(model, DocumentsModel)
    again = DocumentsTable(model, desk.window.theme, Remembered(settings))
    qtbot.addWidget(again)
    assert again.columnWidth(ADDED) == 131
    assert again.columnWidth(PAGES) == table.columnWidth(PAGES)


def test_a_spoilt_layout_is_none(settings: QSettings) -> None:
    settings.setValue("layout/x", "12 wide")
    assert Remembered(settings).numbers("x") == []
    Remembered(settings).keep("x", [3, 40])
    assert Remembered(settings).numbers("x") == [3, 40]


def test_a_name_loses_its_end_and_keeps_its_suffix() -> None:
    metrics = QFontMetricsF(font())
    for width in (120.0, 260.0):
        short = shortened(NAMED, metrics, width)
        assert short.startswith("Доп")
        assert short.endswith("…docx")
        assert metrics.horizontalAdvance(short) <= width
    assert shortened("b.pdf", metrics, 120) == "b.pdf"
    assert shortened("Мы решили. Всё остальное потом", metrics, 120).endswith("…")


def test_tags_are_drawn_below_the_name_and_said_with_it(table: DocumentsTable) -> None:
    model = table.model()
    assert isinstance(model, DocumentsModel)
    row = model.row_of("b.pdf")
    said = model.index(row, NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "b.pdf, leave, law"
    table.resize(900, 300)
    low = table.rowHeight(row)
    table.show_tags(any_tagged=True)
    assert table.rowHeight(row) > low
    area = table.visualRect(model.index(row, NAME))
    tagged = table.viewport().grab(area).toImage()
    model.update([_document("b.pdf")], set())
    bare = table.viewport().grab(area).toImage()
    below = area.height() // 2 + 10
    inks = [{each.pixel(x, below) for x in range(40, 120)} for each in (tagged, bare)]
    assert len(inks[0]) > len(inks[1]) == 1
