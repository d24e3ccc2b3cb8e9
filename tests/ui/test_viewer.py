"""Looking at documents: marks in pages, text and cells; search, copies, originals."""

import shutil
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from pytestqt.qtbot import QtBot

from app.domain.errors import UnknownFormat
from app.domain.library.documents import (
    Block,
    BlockKind,
    Document,
    DocumentState,
    Locator,
    Passage,
    Stretch,
)
from app.domain.library.sheet_grid import cited_cells, grids_of
from app.services.library.service import LibraryService
from app.ui.library.viewer import look
from app.ui.library.viewer.look import spot_of
from app.ui.library.viewer.spot import Spot
from app.ui.library.viewer.text.pieces import TextPiece, pieces
from app.ui.library.viewer.text.view import SLICE, TextView
from app.ui.library.viewer.viewer import DocumentViewer
from tests.samples import cells, make_docx, make_xlsx
from tests.ui.conftest import LEAVE, PASSWORD, Desk
from tests.ui.questions import answered

FILES = Path(__file__).parents[1] / "documents" / "files"
PRICES = [["Article", "Price"], ["Cement", "7.40"], ["Sand | fine", "21.00"]]


def _library(desk: Desk) -> LibraryService:
    assert desk.window.services is not None
    return desk.window.services.library


def _added(desk: Desk, path: Path) -> str:
    report = _library(desk).add([path])
    assert report.documents[0].state == DocumentState.INDEXED, report
    return report.documents[0].id


def _viewer(desk: Desk) -> DocumentViewer:
    """That of the chat, in front."""
    assert desk.window.chat is not None
    return desk.window.chat.viewer


def _open(desk: Desk, qtbot: QtBot, spot: Spot) -> DocumentViewer:
    viewer = _viewer(desk)
    viewer.open(spot)
    views = (viewer.pages, viewer.text, viewer.grid)
    qtbot.waitUntil(lambda: viewer.shown in views, timeout=30_000)
    return viewer


def _seek(viewer: DocumentViewer, qtbot: QtBot, text: str) -> None:
    viewer.search()
    viewer.find_line.field.setText(text)
    said = viewer.find_line.count
    qtbot.waitUntil(lambda: said.text() not in ("", "searching…"), timeout=20_000)


def _lock(desk: Desk, qtbot: QtBot) -> None:
    """After what still comes of the last changes; and until nothing is left of the pages."""
    qtbot.wait(500)
    desk.window.lock()
    qtbot.wait(50)


def _clipboard() -> str:
    return QGuiApplication.clipboard().text()


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    path = tmp_path / "prices.docx"
    told = "All prices hold until the end of the year."
    path.write_bytes(make_docx([("Heading 1", "Price list"), ("Normal", told), PRICES]))
    return path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Two sheets; on the second the table begins at B3, with a title above it."""
    path = tmp_path / "report.xlsx"
    rows: list[list[object]] = [["Region", "Revenue"], ["North", 120], ["South", 340], ["East", 80]]
    sheets = {
        "Staff": cells("A1", [["Name", "Age"], ["Anna", 31], ["Boris", 44]]),
        "Sales": cells("B3", rows) | {"B2": "Sales of the year 2026"},
    }
    path.write_bytes(make_xlsx(sheets))
    return path


# -- text -------------------------------------------------------------------------------------


def test_a_table_of_a_text_document_has_cells_and_only_what_is_cited_is_marked(
    unlocked: Desk, qtbot: QtBot, prices: Path
) -> None:
    document = _added(unlocked, prices)
    text = _library(unlocked).passages(document)[0].text
    start = text.index("Cement")
    end = text.index("21.00") + len("21.00")
    viewer = _open(unlocked, qtbot, Spot(document, None, text[start:end], start, end))
    assert viewer.shown is viewer.text
    assert viewer.text.marked == "Cement 7.40 Sand ¦ fine 21.00"
    cursor = viewer.text.document().find("Sand")
    table = cursor.currentTable()
    assert (table.rows(), table.columns()) == (3, 2)
    assert viewer.text.document().find("All prices").currentTable() is None
    viewer.copy()
    assert _clipboard() == viewer.text.marked


def test_slides_are_shown_as_text_with_their_numbers(unlocked: Desk, qtbot: QtBot) -> None:
    document = _added(unlocked, FILES / "deck.pptx")
    second = _library(unlocked).passages(document)[1]
    assert second.locator.page == 2
    viewer = _open(unlocked, qtbot, spot_of(document, second))
    assert viewer.shown is viewer.text
    lines = viewer.text.toPlainText().split("\n")
    assert [line for line in lines if line.startswith("Slide ")] == ["Slide 1", "Slide 2"]
    assert viewer.text.marked.startswith("Costs")


def test_a_long_document_comes_in_slices_and_the_spot_is_in_view(
    unlocked: Desk, qtbot: QtBot
) -> None:
    view = TextView(unlocked.window.theme)
    qtbot.addWidget(view)
    view.resize(360, 500)
    view.show()
    blocks = [Block(BlockKind.PARAGRAPH, f"Paragraph number {each}.") for each in range(20_000)]
    made = tuple(pieces(blocks))
    start = made[15_000].start
    view.show_pieces(made, Spot("x", None, "", start, made[15_000].end))
    assert view.slices == 1
    assert view.document().blockCount() <= SLICE + 1
    qtbot.waitUntil(lambda: view.complete, timeout=60_000)
    assert view.slices == 20_000 / SLICE
    assert view.marked == "Paragraph number 15000."
    found = view.document().find("number 15000.")
    assert 0 <= view.cursorRect(found).top() < view.viewport().height()


def test_long_blocks_are_cut_and_no_character_is_lost() -> None:
    running = Block(BlockKind.PARAGRAPH, "\n".join(f"line {each}" for each in range(5000)))
    unbroken = Block(BlockKind.CODE, "x" * 5000)
    rows = "\n".join(f"{each} | value {each}" for each in range(90))
    table = Block(BlockKind.TABLE, rows, headers=1)
    blocks = [running, unbroken, table]
    canonical = "\n\n".join(each.text for each in blocks)
    made = list(pieces(blocks))
    assert all(canonical[each.start : each.end] == each.text for each in made)
    assert len(made) > 20
    assert max(len(each.text) for each in made) <= 2000
    covered = "".join(each.text for each in made if each.kind is not BlockKind.TABLE)
    assert covered == running.text + unbroken.text
    tables = [each for each in made if each.kind is BlockKind.TABLE]
    assert "\n".join(each.text for each in tables) == rows
    assert [each.headers for each in tables] == [1, 0, 0, 0]
    assert {len(each.widths) for each in tables} == {2}


def test_the_words_of_a_text_are_found_one_after_another(
    unlocked: Desk, qtbot: QtBot, prices: Path
) -> None:
    viewer = _open(unlocked, qtbot, Spot(_added(unlocked, prices), None, "", 0, 0))
    _seek(viewer, qtbot, "PRICE")
    assert viewer.find_line.count.text() == "1 of 3"
    qtbot.keyClick(viewer.find_line.field, Qt.Key.Key_Return)
    assert viewer.find_line.count.text() == "2 of 3"
    shift = Qt.KeyboardModifier.ShiftModifier
    for expected in ("1 of 3", "3 of 3"):
        qtbot.keyClick(viewer.find_line.field, Qt.Key.Key_Return, shift)
        assert viewer.find_line.count.text() == expected
    qtbot.keyClick(viewer.find_line.field, Qt.Key.Key_Escape)
    assert viewer.find_line.isHidden()
    assert viewer.text.extraSelections() == []


# -- cells ------------------------------------------------------------------------------------


def test_the_cited_cells_of_a_sheet_are_tinted(unlocked: Desk, qtbot: QtBot, report: Path) -> None:
    document = _added(unlocked, report)
    spot = Spot(document, None, "", 0, 0, (), "Sales", "B5:C6")
    viewer = _open(unlocked, qtbot, spot)
    assert viewer.shown is viewer.grid
    grid, model = viewer.grid, viewer.grid.model
    assert model is not None
    assert [grid.tabs.tabText(each) for each in range(2)] == ["Staff", "Sales"]
    assert grid.tabs.currentIndex() == 1
    shown = [[model.text(model.place(row, column)) for column in (2, 3)] for row in range(2, 7)]
    assert shown == [
        ["Sales of the year 2026", ""],
        ["Region", "Revenue"],
        ["North", "120"],
        ["South", "340"],
        ["East", "80"],
    ]
    tinted = [(r, c) for r in range(1, 7) for c in range(1, 4) if model.is_cited(r, c)]
    assert tinted == [(5, 2), (5, 3), (6, 2), (6, 3)]
    rect = grid.table.visualRect(model.place(5, 3))
    picture = grid.table.viewport().grab(rect).toImage()
    assert picture.pixelColor(3, 3) == QColor(unlocked.window.theme.colors.mark)
    viewer.copy()
    assert _clipboard() == "South\t340\nEast\t80"
    grid.table.selectRow(3)
    qtbot.keyClick(grid.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert _clipboard() == "\tNorth\t120"


def test_cells_are_found_on_every_sheet(unlocked: Desk, qtbot: QtBot, report: Path) -> None:
    document = _added(unlocked, report)
    viewer = _open(unlocked, qtbot, Spot(document, None, "", 0, 0, (), "Staff", ""))
    _seek(viewer, qtbot, "north")
    assert viewer.find_line.count.text() == "1 of 1"
    model = viewer.grid.model
    assert model is not None
    assert (model.grid.name, model.hit) == ("Sales", (4, 2))


def test_the_rows_of_a_stretch_stand_where_their_passages_say() -> None:
    def passage(text: str, place: str, header: str = "a\nName | Sum | Note") -> Passage:
        return Passage(text, header, Locator(0, len(text), cells=place))

    found = grids_of(
        [
            passage("x | 1 | a\ny | 2 |", "B10:D11"),  # the cut took a space from an empty cell
            passage("| 3 | c", "B12:D12"),
            passage("long", "B13:D13"),
            passage("text | 4 | d", "B13:D13"),
            passage("Summary\n\nof something", "B1:D90"),
        ]
    )
    assert len(found) == 1
    grid = found[0]
    rows = [[grid.text(row, column) for column in range(1, 5)] for row in range(10, 14)]
    assert rows == [["", "x", "1", "a"], ["", "y", "2", ""], ["", "", "3", "c"],
                    ["", "long text", "4", "d"]]  # fmt: skip
    assert (grid.first, grid.last, grid.width) == (10, 13, 4)
    assert [grid.name_of(column) for column in range(1, 5)] == ["", "Name", "Sum", "Note"]


def test_of_a_cited_passage_only_the_rows_of_the_quotation_are_marked() -> None:
    told = "Table of 3 rows.\n\nName | Sum\nx | 1\ny | 2"
    place = Locator(0, len(told), cells="B4:C6")
    x, y = told.index("x |"), told.index("y |")
    assert cited_cells(place, told, x, x + 5) == "B5:C5"
    assert cited_cells(place, told, x, len(told)) == "B5:C6"
    assert cited_cells(place, told, 0, 5) == "B4:C6"
    generated = "A | B\nx | 1\ny | 2"  # one line more than the cells have rows
    place = Locator(0, len(generated), cells="B5:C6")
    assert cited_cells(place, generated, generated.index("y"), len(generated)) == "B6:C6"
    assert cited_cells(Locator(0, 9, cells="B3:C3, B5:C5"), told, x, y) == "B3:C3, B5:C5"


def test_a_very_long_table_is_shown_around_the_spot_with_a_way_on(
    unlocked: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "orders.csv"
    rows = [
        f"{each},customer number {each} of the northern branch,{each * 7}" for each in range(900)
    ]
    path.write_text("\n".join(["order,customer,sum", *rows]))
    document = _added(unlocked, path)
    total = _library(unlocked).document(document).passages
    assert total > 20
    monkeypatch.setattr(look, "MOST_PASSAGES", 10)
    monkeypatch.setattr(look, "REACH", 2)
    middle = _library(unlocked).stretch(document, total // 2, 1).passages[0]
    viewer = _open(unlocked, qtbot, spot_of(document, middle))
    model = viewer.grid.model
    assert model is not None
    first, last = model.grid.first, model.grid.last
    assert 1 < first < last < 901
    assert model.text(model.place(first, 1)) == str(first - 2)
    assert model.is_cited(*_corner(middle.locator.cells))
    assert viewer.stretch.name.text() == f"A long table: rows {first}–{last}"
    qtbot.mouseClick(viewer.stretch.after, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: viewer.grid.model is not None and viewer.grid.model.grid.first == last + 1,
        timeout=10_000,
    )


def _corner(place: str) -> tuple[int, int]:
    return int(place[1:].split(":")[0]), 1


# -- pages ------------------------------------------------------------------------------------


def test_a_text_is_found_on_the_pages_of_a_pdf(with_library: Desk, qtbot: QtBot) -> None:
    document = _library(with_library).documents()[0].id
    viewer = _open(with_library, qtbot, Spot(document, 1, "", 0, 0))
    _seek(viewer, qtbot, "canteen")
    qtbot.waitUntil(lambda: viewer.find_line.count.text() == "1 of 2", timeout=10_000)
    assert viewer.page == 1
    qtbot.keyClick(viewer.find_line.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: viewer.page == 3, timeout=10_000)
    qtbot.keyClick(viewer.pages, Qt.Key.Key_PageUp)
    assert viewer.page == 2
    viewer.copy()
    qtbot.waitUntil(lambda: _clipboard() == LEAVE, timeout=10_000)


def test_a_search_goes_on_where_its_time_ended(
    with_library: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The child is asked again from the page that it came to."""
    library = _library(with_library)
    document = library.documents()[0].id
    real, asked = library._viewing.find, []

    def one_page(key: str, data: object, text: str, first: int, control: object) -> object:
        asked.append(first)
        found, _ = real(key, lambda: library.original(document), text, first)
        return tuple(each for each in found if each.page == first), first % 3 and first + 1

    monkeypatch.setattr(library._viewing, "find", one_page)
    assert [each.page for each in library.find(document, "canteen")] == [1, 3]
    assert asked == [1, 2, 3]


def test_an_image_shows_what_was_recognised_on_it(unlocked: Desk, qtbot: QtBot) -> None:
    report = _library(unlocked).add([FILES / "photo_ru.jpg"])
    if report.documents[0].error == "no-recognition":
        pytest.skip("no recognition data on this machine")
    document = report.documents[0].id
    passage = _library(unlocked).passages(document)[0]
    viewer = _open(unlocked, qtbot, spot_of(document, passage))
    assert viewer.shown is viewer.pages
    assert viewer.marks >= 4
    _seek(viewer, qtbot, "площадью 240")
    assert viewer.find_line.count.text() == "1 of 1"


def test_several_citations_are_stepped_through(with_library: Desk, qtbot: QtBot) -> None:
    document = _library(with_library).documents()[0].id
    spots = [spot_of(document, each) for each in _library(with_library).passages(document)]
    viewer = _viewer(with_library)
    viewer.set_spots(spots, 1)
    assert viewer.citations.where.text() == "2 of 3"
    qtbot.waitUntil(lambda: viewer.shown is viewer.pages, timeout=20_000)
    qtbot.mouseClick(viewer.citations.after, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: viewer.page == 3, timeout=10_000)
    assert viewer.citations.where.text() == "3 of 3"
    assert not viewer.citations.after.isEnabled()
    viewer.set_spots(spots[:1], 0)
    assert viewer.citations.isHidden()


# -- originals --------------------------------------------------------------------------------


def test_an_original_is_opened_from_a_private_folder_until_the_lock(
    with_library: Desk, qtbot: QtBot, leave_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = _viewer(with_library)
    opened: list[Path] = []

    def opener(path: Path) -> bool:
        opened.append(path)
        return True

    monkeypatch.setattr(viewer._original, "_opener", opener)
    document = _library(with_library).documents()[0].id
    _open(with_library, qtbot, Spot(document, 1, "", 0, 0))
    asked = answered(monkeypatch, False)
    viewer.open_original()
    answered(monkeypatch)
    viewer.open_original()
    qtbot.waitUntil(lambda: len(opened) == 1, timeout=10_000)
    assert "“leave.pdf”" in asked[0]
    path, folder = opened[0], with_library.folder / "data" / "opened"
    assert path.read_bytes() == leave_pdf.read_bytes()
    assert (path.name, path.parent.parent) == ("leave.pdf", folder)
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent, folder)]
    assert modes == [0o600, 0o700, 0o700]
    _lock(with_library, qtbot)
    assert not folder.exists()


def test_what_a_crash_left_open_is_gone_at_the_next_start(with_library: Desk, qtbot: QtBot) -> None:
    from app import wiring

    document = _library(with_library).documents()[0].id
    path = _library(with_library).open_original(document)
    kept = with_library.folder / "kept"
    shutil.copytree(path.parent.parent, kept)
    wiring.start(with_library.begun.paths)  # another program, while this one works
    assert path.exists()
    _lock(with_library, qtbot)
    shutil.copytree(kept, path.parent.parent)
    wiring.start(with_library.begun.paths)
    assert not path.parent.parent.exists()
    shutil.copytree(kept, path.parent.parent)
    services = with_library.begun.open("Anna", PASSWORD, lambda call: call())
    assert not path.exists()
    services.close()


def test_an_unknown_kind_of_file_is_not_handed_out(unlocked: Desk, tmp_path: Path) -> None:
    path = tmp_path / "start.bat"
    path.write_text("echo The warehouse closes at six.")
    _library(unlocked).queue([path])
    _library(unlocked).ingest()
    found = _library(unlocked).documents()
    if not found:
        pytest.skip("such files are not taken in at all")
    with pytest.raises(UnknownFormat):
        _library(unlocked).open_original(found[0].id)
    assert not (unlocked.folder / "data" / "opened").exists()


def test_how_a_document_is_looked_at_follows_from_its_name() -> None:
    def document(name: str) -> Document:
        return Document("1", name, "", DocumentState.INDEXED, 1, 2, 3, 0.0)

    assert document("a.PDF").is_pictured
    assert document("scan.tiff").is_pictured
    assert not document("deck.pptx").is_pictured
    assert document("deck.odp").is_slides
    assert document("b.ods").is_sheet
    assert not document("notes").is_sheet


def test_a_stretch_knows_what_it_holds() -> None:
    parts = tuple(Passage("text", "", Locator(at, at + 4)) for at in (10, 16))
    assert Stretch(3, 9, parts).holds(12)
    assert not Stretch(3, 9, parts).holds(20)
    assert not Stretch(0, 0, ()).holds(0)
    assert TextPiece(BlockKind.TABLE, "a | b\nc | d", 5, widths=(4, 4)).end == 16
