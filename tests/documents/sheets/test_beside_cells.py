"""Formulas without a value, hidden places, and the words that stand in no cell."""

import io
import zipfile
from types import SimpleNamespace

import pytest

from app.documents.reading.reader import DocumentSource, read, tables
from app.documents.sheets import xls
from app.documents.tables.grid import Hidden
from app.domain.library.cells import Cells
from app.domain.library.documents import ReadDocument
from app.domain.library.reading import UnreadReason
from tests.samples import cells, make_xlsx

ESTIMATE: list[list[object]] = [
    ["Работа", "Кол-во", "Цена", "Сумма"],
    ["Кладка", 12, 1500, "=NPV(B2,C2)"],
    ["Стяжка", 40, 620, "=NPV(B3,C3)"],
]
SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read_xlsx(data: bytes) -> ReadDocument:
    return read(DocumentSource("a.xlsx", data=data))


def book(rows: list[list[object]] | None = None, name: str = "Смета") -> bytes:
    return make_xlsx({name: cells("A1", rows or ESTIMATE)})


def with_parts(data: bytes, parts: dict[str, str], changes: dict[str, tuple[str, str]]) -> bytes:
    """The package with more parts, and a text of some replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for entry in old.infolist():
            content = old.read(entry).decode()
            if entry.filename in changes:
                assert changes[entry.filename][0] in content
                content = content.replace(*changes[entry.filename])
            new.writestr(entry.filename, content)
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


def relations(*pairs: tuple[str, str]) -> str:
    told = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(pairs)
    )
    return f'<Relationships xmlns="x">{told}</Relationships>'


def text_of(document: ReadDocument) -> str:
    return "\n".join(block.text for block in document.blocks)


# -- formulas without a value ---------------------------------------------------------------------


def test_a_formula_without_a_value_says_so() -> None:
    document = read_xlsx(book())
    assert document.blocks[-1].text.endswith("Стяжка | 40 | 620 | не вычислено")
    assert "Сумма (не вычислено 2)" in document.blocks[1].text
    assert document.reading.uncalculated == 2
    (part,) = document.reading.unread
    assert (part.code, part.part, part.count) == (UnreadReason.NOT_CALCULATED, "Смета", 2)
    (table,) = tables(DocumentSource("a.xlsx", data=book()))
    assert [row[3] for row in table.rows] == [None, None]


def test_in_the_language_of_the_sheet() -> None:
    document = read_xlsx(book([["Item", "Sum"], ["a", 1], ["b", "=NPV(B2,B2)"]], "Costs"))
    assert document.blocks[-1].text.endswith("b | not calculated")
    assert "Sum (number, 1 to 1, 1 not calculated)" in document.blocks[1].text


def _stored(value: str, also: str = "0") -> bytes:
    """A workbook that is to be computed when it opens, with values of its two formulas."""
    formula = "<f>NPV(B{0},C{0})</f>"
    changes = "".join
    data = book()
    for row, each in ((2, value), (3, also)):
        bare = formula.format(row) + "<v></v>"
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            bare = bare if bare in package.read(SHEET).decode() else formula.format(row) + "<v/>"
        full = changes([formula.format(row), f"<v>{each}</v>"])
        data = with_parts(data, {}, {SHEET: (bare, full)})
    return data


def test_noughts_of_a_program_that_computes_nothing_are_no_values() -> None:
    document = read_xlsx(_stored("0"))
    assert document.blocks[-1].text.count("не вычислено") == 2
    assert document.reading.uncalculated == 2


def test_a_nought_among_computed_values_is_one() -> None:
    document = read_xlsx(_stored("18000"))
    assert document.blocks[-1].text.endswith("18000\nСтяжка | 40 | 620 | 0")
    assert document.reading.complete


def test_a_nought_of_excel_is_one() -> None:
    data = with_parts(_stored("0"), {}, {"xl/workbook.xml": ('fullCalcOnLoad="1"', "")})
    assert read_xlsx(data).reading.complete


def test_an_empty_text_is_a_value() -> None:
    cell = '<row r="9"><c r="A9" t="str"><f>IF(1,"")</f><v></v></c></row></sheetData>'
    data = with_parts(book([["a", "b"], ["c", 1]]), {}, {SHEET: ("</sheetData>", cell)})
    assert read_xlsx(data).reading.complete


ODS = (
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:automatic-styles><style:style style:name="ta2" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document>"
)


def ods(sheet: str) -> ReadDocument:
    return read(DocumentSource("a.fods", data=ODS.format(sheet).encode()))


def ods_row(*texts: str, row: str = "", cell: str = "") -> str:
    told = "".join(
        f"<table:table-cell {cell}><text:p>{text}</text:p></table:table-cell>" for text in texts
    )
    return f"<table:table-row {row}>{told}</table:table-row>"


def test_a_formula_of_an_ods_without_a_value_says_so() -> None:
    row = (
        "<table:table-row><table:table-cell><text:p>Кладка</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=1"/></table:table-row>'
    )
    document = ods(
        f'<table:table table:name="Смета">{ods_row("Работа", "Сумма")}{row}</table:table>'
    )
    assert document.blocks[-1].text == "Работа | Сумма\nКладка | не вычислено"
    assert document.reading.uncalculated == 1


# -- hidden ---------------------------------------------------------------------------------------


def _hidden() -> bytes:
    import openpyxl

    opened = openpyxl.load_workbook(io.BytesIO(book([*ESTIMATE, ["Окна", 3, 900, 2700]])))
    sheet = opened["Смета"]
    sheet["D2"], sheet["D3"] = 18000, 24800
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["A8"] = "Тайная пометка"
    sheet.row_dimensions[8].hidden = True
    secret = opened.create_sheet("Маржа")
    secret.sheet_state = "veryHidden"
    secret["A1"], secret["B1"], secret["A2"], secret["B2"] = "Товар", "Доля", "Кран", 7
    stream = io.BytesIO()
    opened.save(stream)
    return stream.getvalue()


def test_what_is_hidden_is_read_and_marked() -> None:
    document = read_xlsx(_hidden())
    text = text_of(document)
    assert "Работа | Кол-во | Цена [скрытый столбец] | Сумма" in text
    assert "Стяжка | 40 | 620 | 24800 [скрытая строка]" in text
    assert "Кладка | 12 | 1500 | 18000\n" in text
    assert "Скрытых строк: 1." in text
    assert "Тайная пометка [скрытая строка]" in text
    assert "Маржа [скрытый лист]" in text
    assert document.reading.hidden == 4


def test_what_an_ods_hides() -> None:
    column = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = ods_row("Name", "Age") + ods_row("Anna", "31", row='table:visibility="filter"')
    sheet = f'<table:table table:name="People" table:style-name="ta2">{column}{rows}</table:table>'
    document = ods(sheet)
    assert document.blocks[0].text == "People [hidden sheet]"
    assert document.blocks[-1].text == "Name | Age [hidden column]\nAnna | 31 [hidden row]"
    assert document.reading.hidden == 3


def test_what_an_xls_hides_and_says() -> None:
    shown, unseen = SimpleNamespace(hidden=0), SimpleNamespace(hidden=1)
    note = SimpleNamespace(author="Vera", text="on leave")
    sheet = SimpleNamespace(
        visibility=2, rowinfo_map={0: shown, 3: unseen}, colinfo_map={1: unseen},
        cell_note_map={(2, 1): note},
    )  # fmt: skip
    assert xls._hidden(sheet) == Hidden(True, frozenset({4}), frozenset({2}))
    (aside,) = xls._comments(sheet, "en")
    assert aside == ("Comment on cell B3 (Vera): on leave", Cells(3, 2, 3, 2))


# -- beside the cells -----------------------------------------------------------------------------


def test_comments_say_their_cell_and_their_author() -> None:
    import openpyxl
    from openpyxl.comments import Comment

    opened = openpyxl.load_workbook(io.BytesIO(book([["Станок", "Простой"], ["ЧПУ-4", 17]])))
    opened.active["B2"].comment = Comment("Из-за шпинделя,\nзаявка РЗ-902", "Мастер")
    stream = io.BytesIO()
    opened.save(stream)
    last = read_xlsx(stream.getvalue()).blocks[-1]
    assert last.text == "Примечание к ячейке B2 (Мастер): Из-за шпинделя, заявка РЗ-902"
    assert (last.sheet, last.cells) == ("Смета", Cells(2, 2, 2, 2))


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def test_comments_with_replies_are_read_once() -> None:
    legacy = (
        f'<comments xmlns="{MAIN}"><authors><author>tc={{1}}</author></authors><commentList>'
        '<comment ref="A2" authorId="0"><text><t>[Threaded comment] Сломан</t></text></comment>'
        '<comment ref="B2" authorId="0"><text><t>Ждём</t></text></comment>'
        "</commentList></comments>"
    )
    threads = (
        f'<ThreadedComments xmlns="{THREADED}"><threadedComment ref="A2" personId="p" id="1">'
        '<text>Сломан</text></threadedComment><threadedComment ref="A2" parentId="1" id="2">'
        "<text>Чиним</text></threadedComment></ThreadedComments>"
    )
    parts = {
        RELATIONS: relations(("comments", "../c.xml"), ("threadedComment", "/xl/t.xml")),
        "xl/c.xml": legacy, "xl/t.xml": threads,
    }  # fmt: skip
    texts = [block.text for block in read_xlsx(with_parts(book(), parts, {})).blocks]
    assert texts[-3:] == [
        "Примечание к ячейке A2: Сломан",
        "Примечание к ячейке A2: Чиним",
        "Примечание к ячейке B2: Ждём",
    ]


DRAWING = (
    '<d:wsDr xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><d:twoCellAnchor>'
    "<d:from><d:col>1</d:col><d:row>4</d:row></d:from><d:to><d:col>3</d:col><d:row>9</d:row></d:to>"
    "<d:grpSp><d:sp><d:txBody><a:p><a:r><a:t>Партию 61-Б</a:t></a:r><a:r><a:t> держать</a:t></a:r>"
    "</a:p><a:p><a:r><a:t>до экспертизы</a:t></a:r></a:p></d:txBody></d:sp></d:grpSp>"
    "</d:twoCellAnchor></d:wsDr>"
)
CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart>{title}'
    "<c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:f>A!B1</c:f><c:strCache><c:pt idx='0'>"
    "<c:v>Остатки</c:v></c:pt></c:strCache></c:strRef></c:tx></c:ser></c:barChart><c:valAx>{axis}"
    "</c:valAx></c:plotArea></c:chart></c:chartSpace>"
)
TITLE = "<c:title><c:tx><c:rich><a:p><a:r><a:t>{}</a:t></a:r></a:p></c:rich></c:tx></c:title>"


def _drawn(chart: str) -> bytes:
    parts = {
        RELATIONS: relations(("drawing", "../drawings/d.xml")),
        "xl/drawings/d.xml": DRAWING,
        "xl/drawings/_rels/d.xml.rels": relations(("chart", "../charts/c.xml")),
        "xl/charts/c.xml": chart,
    }
    return with_parts(book([["a", "b"], ["в", 1]]), parts, {})


def test_text_boxes_and_the_words_of_charts() -> None:
    chart = CHART.format(title=TITLE.format("Цемент"), axis=TITLE.format("тонн"))
    box, told = read_xlsx(_drawn(chart)).blocks[-2:]
    assert box.text == "Надпись: Партию 61-Б держать до экспертизы"
    assert str(box.cells) == "B5:D10"
    assert told.text == "Диаграмма: Цемент; ось тонн; ряды Остатки"


@pytest.mark.parametrize("chart", ["", "<broken", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b"])
def test_a_broken_chart_costs_itself(chart: str) -> None:
    document = read_xlsx(_drawn(chart))
    assert document.blocks[-1].text.startswith("Надпись: Партию 61-Б")
    (part,) = document.reading.unread
    assert (part.code, part.part) == (UnreadReason.PART_DAMAGED, "xl/charts/c.xml")


def test_a_missing_drawing_costs_itself() -> None:
    data = with_parts(book(), {RELATIONS: relations(("drawing", "../drawings/no.xml"))}, {})
    assert UnreadReason.PART_DAMAGED in {part.code for part in read_xlsx(data).reading.unread}


def test_a_sheet_of_one_chart() -> None:
    import openpyxl
    from openpyxl.chart import BarChart, Reference

    opened = openpyxl.load_workbook(io.BytesIO(book([["Марка", "Остаток"], ["М500", 230]])))
    chart = BarChart()
    chart.title = "Остатки цемента"
    chart.add_data(Reference(opened.active, min_col=2, min_row=1, max_row=2), titles_from_data=True)
    opened.create_chartsheet("График").add_chart(chart)
    stream = io.BytesIO()
    opened.save(stream)
    document = read_xlsx(stream.getvalue())
    assert document.blocks[-1].sheet == "График"
    assert document.blocks[-1].text.startswith("Диаграмма: Остатки цемента")


def test_page_headers_without_their_codes() -> None:
    import openpyxl

    opened = openpyxl.load_workbook(io.BytesIO(book()))
    opened.active.oddHeader.center.text = "Форма Т-88 & цех сборки"
    opened.active.oddFooter.right.text = "&P"
    stream = io.BytesIO()
    opened.save(stream)
    last = read_xlsx(stream.getvalue()).blocks[-1]
    assert last.text == "Верхний колонтитул: Форма Т-88 & цех сборки"


def test_what_stands_beside_the_cells_of_an_ods() -> None:
    noted = (
        "<table:table-row><table:table-cell><text:p>Anna</text:p><office:annotation>"
        "<dc:creator>Vera</dc:creator><text:p>on leave</text:p></office:annotation>"
        "</table:table-cell><table:table-cell><text:p>31</text:p></table:table-cell>"
        "</table:table-row>"
    )
    shapes = (
        "<table:shapes><draw:frame><draw:text-box><text:p>Do not ship</text:p></draw:text-box>"
        "</draw:frame></table:shapes>"
    )
    sheet = (
        f'<table:table table:name="People">{shapes}{ods_row("Name", "Age")}{noted}</table:table>'
    )
    texts = [block.text for block in ods(sheet).blocks]
    assert texts[-2:] == ["Comment on cell A2 (Vera): on leave", "Text box: Do not ship"]
    assert texts[-3] == "Name | Age\nAnna | 31"
