import csv
import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.reading import wire
from app.documents.reading.reader import DocumentSource, read, tables
from app.documents.reading.sandbox import Sandbox
from app.documents.sheets import csv_file
from app.domain.errors import DamagedFile, EmptyDocument, FileTooLarge, PasswordNeeded
from app.domain.library.cells import Cells
from app.domain.library.documents import Block, BlockKind, ReadDocument
from app.domain.library.tables import ColumnKind, Table
from app.domain.retrieval.passages import canonical_text, split
from app.store.library.sheet_query import SheetQuery
from tests.samples import cells, make_xlsx

SALES: list[list[object]] = [
    ["Регион", "Дата", "Выручка", "Доля"],
    ["Москва", date(2024, 1, 31), 1234567.5, 0.125],
    ["Казань", date(2024, 2, 29), -500, 0.5],
    ["Тверь", date(2024, 3, 31), 0, 0.375],
]
SHOWN = {
    f"{column}{row}": code
    for column, code in (("B", "dd.mm.yyyy"), ("C", "#,##0.00"), ("D", "0.0%"))
    for row in (2, 3, 4)
}


def count(texts: list[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def read_csv(text: str | bytes, name: str = "table.csv") -> ReadDocument:
    return read(DocumentSource(name, data=text if isinstance(text, bytes) else text.encode()))


def read_xlsx(data: bytes) -> ReadDocument:
    return read(DocumentSource("book.xlsx", data=data))


def tables_of(document: ReadDocument) -> list[Block]:
    return [block for block in document.blocks if block.kind is BlockKind.TABLE]


def only_table(data: bytes, name: str = "book.xlsx") -> Table:
    (table,) = tables(DocumentSource(name, data=data))
    return table


# -- CSV ------------------------------------------------------------------------------------------


def test_a_csv_is_a_summary_and_its_rows() -> None:
    document = read_csv("Name,Age\nAnna,31\nBoris,45\n")
    summary, table = document.blocks
    assert summary.kind is BlockKind.PARAGRAPH
    assert summary.text == (
        "Table: 2 rows, 2 columns, cells A1:B3. Columns: "
        "Name (text, 2 different values: Anna, Boris); Age (number, 31 to 45)."
    )
    assert table.text == "Name | Age\nAnna | 31\nBoris | 45"
    assert (table.cells, table.headers) == (Cells(1, 1, 3, 2), 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "koi8-r"])
def test_encodings(encoding: str) -> None:
    text = "Город;Население\nМосква;13010112\nСанкт-Петербург;5601911\nНовосибирск;1633595\n"
    (table,) = tables_of(read_csv(text.encode(encoding)))
    assert table.text.split("\n")[2] == "Санкт-Петербург | 5601911"


@pytest.mark.parametrize(("sign", "name"), [(",", "a.csv"), (";", "a.csv"), ("\t", "a.tsv"),
                                            ("|", "a.csv"), ("\t", "a.csv")])  # fmt: skip
def test_delimiters(sign: str, name: str) -> None:
    text = f'Title{sign}Price\n"a, b; c"{sign}1\nd{sign}2\n'
    (table,) = tables_of(read_csv(text, name))
    assert table.text == "Title | Price\na, b; c | 1\nd | 2"


def test_decimal_commas_do_not_choose_the_delimiter() -> None:
    (table,) = tables_of(read_csv("Имя;Вес\nа;1,5\nб;2,5\nв;10,25\n"))
    assert table.text.split("\n")[1] == "а | 1,5"


def test_a_stated_delimiter_holds() -> None:
    (table,) = tables_of(read_csv("sep=;\nName;Note\na;x,y,z\nb;x,y,q\n"))
    assert table.text == "Name | Note\na | x,y,z\nb | x,y,q"


def test_fields_over_several_lines_and_both_kinds_of_quotes() -> None:
    (table,) = tables_of(read_csv('Name,Note\na,"first\nsecond"\nb,"say ""yes"""\n'))
    assert table.text == 'Name | Note\na | first second\nb | say "yes"'
    (table,) = tables_of(read_csv('Name,Note\na,"one \\"two\\", three"\nb,four\n'))
    assert table.text == 'Name | Note\na | one "two", three\nb | four'


def test_a_bar_in_a_cell_parts_nothing() -> None:
    (table,) = tables_of(read_csv("Name,Note\na,x | y\nb,z\n"))
    assert table.text == "Name | Note\na | x ¦ y\nb | z"


@pytest.mark.parametrize("text", ["", "\n\n", ",,,\n,,\n", "\ufeff"])
def test_nothing_in_it(text: str) -> None:
    with pytest.raises(EmptyDocument):
        read_csv(text)


def test_binary_is_damaged() -> None:
    with pytest.raises(DamagedFile):
        read_csv(b"\x00\x01\x02\xff" * 50)


def test_a_file_of_quotation_marks_ends() -> None:
    assert read_csv('"' * 9_999 + "a").blocks


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "SHEET_CELLS", 100)
    with pytest.raises(FileTooLarge):
        read_csv("a,b\n" * 51)


CELL = st.one_of(
    st.just(""), st.sampled_from(["Total", "1,5", "2024-01-31", "$5", "12 %", "—", " | "]),
    st.text(max_size=9), st.integers(-999, 9999).map(str),
)  # fmt: skip


@given(st.lists(st.lists(CELL, max_size=6), max_size=14), st.sampled_from(",;\t|"))
def test_any_table_keeps_its_rows_and_offsets(rows: list[list[str]], sign: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=sign).writerows(rows)
    data = stream.getvalue().encode("utf-8", "replace")
    try:
        document = read_csv(data)
    except (EmptyDocument, DamagedFile):
        return
    for block in tables_of(document):
        assert block.cells is not None
        lines = block.text.count("\n") + 1
        assert lines - block.cells.height in (0, 1)
    whole = canonical_text(document)
    for passage in split(document, "a.csv", count, 12, 20):
        assert passage.text == whole[passage.locator.start : passage.locator.end]
    assert wire.document_in(wire.unpack(wire.pack(wire.document_out(document)))) == document
    for table in tables(DocumentSource("a.csv", data=data)):
        assert all(len(row) == len(table.columns) for row in table.rows)
        SheetQuery(table).close()


# -- headers and regions --------------------------------------------------------------------------


def test_without_a_header_letters_stand_in() -> None:
    document = read_csv("1,2.5,x\n3,4.5,y\n5,6.5,z\n")
    (table,) = tables_of(document)
    assert table.text.split("\n")[:2] == ["A | B | C", "1 | 2.5 | x"]
    assert (table.cells, table.headers) == (Cells(1, 1, 3, 3), 1)
    typed = only_table(b"1,2.5,x\n3,4.5,y\n", "a.csv")
    assert [column.name for column in typed.columns] == ["A", "B", "C"]
    assert typed.numbers == (1, 2)


def test_years_can_be_names_of_columns() -> None:
    table = only_table("Отдел,2022,2023\nСбыт,10,20\nСклад,30,40\n".encode(), "a.csv")
    assert [column.name for column in table.columns] == ["Отдел", "2022", "2023"]
    assert table.rows == (("Сбыт", 10.0, 20.0), ("Склад", 30.0, 40.0))


def test_two_header_rows_make_one_name() -> None:
    rows: list[list[object]] = [
        ["Отдел", "План", None, "Факт", None],
        [None, "руб.", "шт.", "руб.", "шт."],
        ["Сбыт", 1, 2, 3, 4],
        ["Склад", 5, 6, 7, 8],
    ]
    data = make_xlsx({"Лист1": cells("A1", rows)}, merged=("A1:A2", "B1:C1", "D1:E1"))
    table = only_table(data)
    names = [column.name for column in table.columns]
    assert names == ["Отдел", "План руб.", "План шт.", "Факт руб.", "Факт шт."]
    assert table.rows[1] == ("Склад", 5.0, 6.0, 7.0, 8.0)
    (block,) = tables_of(read_xlsx(data))
    assert block.headers == 2


def test_equal_and_empty_names_are_told_apart() -> None:
    table = only_table(b"Name,Score,Score,\na,1,2,x\nb,3,4,y\n", "a.csv")
    assert [column.name for column in table.columns] == ["Name", "Score", "Score 2", "D"]


def test_several_tables_on_a_sheet() -> None:
    sheet = cells("B2", [["Name", "Age"], ["Anna", 31], ["Boris", 45]])
    sheet |= cells("F2", [["City", "People"], ["Omsk", 5], ["Tomsk", 7]])
    sheet |= cells("B7", [["Day", "Sum"], ["Monday", 8], ["Friday", 9]])
    found = tables(DocumentSource("a.xlsx", data=make_xlsx({"Sheet1": sheet})))
    assert [str(table.cells) for table in found] == ["B2:C4", "F2:G4", "B7:C9"]
    assert [table.columns[0].name for table in found] == ["Name", "City", "Day"]
    assert found[2].numbers == (8, 9)
    assert found[1].cells_of(found[1].numbers[1], 1) == "G4"


def test_a_title_above_a_table_is_its_heading() -> None:
    rows: list[list[object]] = [["Отчёт за март"], [], *SALES]
    document = read_xlsx(make_xlsx({"Лист1": cells("A1", rows)}))
    assert (document.blocks[0].kind, document.blocks[0].text) == (
        BlockKind.HEADING,
        "Отчёт за март",
    )
    assert tables_of(document)[0].cells == Cells(3, 1, 6, 4)
    rows = [["Отчёт за март", None, None, None], *SALES]
    document = read_xlsx(make_xlsx({"Лист1": cells("A1", rows)}, merged=("A1:D1",)))
    assert document.blocks[0].text == "Отчёт за март"
    assert tables_of(document)[0].text.startswith("Регион | Дата")


def test_rows_after_a_blank_one_go_on_under_the_same_header() -> None:
    text = "Name,Age\nAnna,31\nBoris,45\n\nVera,20\nGleb,19\n"
    _, second = tables_of(read_csv(text))
    assert second.text == "Name | Age\nVera | 20\nGleb | 19"
    assert second.cells == Cells(5, 1, 6, 2)
    table = only_table(text.encode(), "a.csv")
    assert table.numbers == (2, 3, 5, 6)
    assert str(table.cells) == "A1:B6"


def test_a_total_is_shown_but_not_computed_with() -> None:
    data = "Регион,Сумма\nМосква,10\nКазань,20\nТверь,5\nИтого,35\n".encode()
    assert [row[0] for row in only_table(data, "a.csv").rows] == ["Москва", "Казань", "Тверь"]
    assert tables_of(read_csv(data))[0].text.endswith("Итого | 35")


# -- XLSX -----------------------------------------------------------------------------------------


def test_values_as_shown_and_cells_of_passages() -> None:
    document = read_xlsx(make_xlsx({"Продажи": cells("A1", SALES)}, SHOWN))
    heading, summary, table = document.blocks
    assert (heading.kind, heading.text, heading.sheet) == (BlockKind.HEADING, "Продажи", "Продажи")
    assert "Выручка (число, от -500 до 1234567,5)" in summary.text
    assert "Дата (дата, от 2024-01-31 до 2024-03-31)" in summary.text
    assert table.text.split("\n") == [
        "Регион | Дата | Выручка | Доля",
        "Москва | 31.01.2024 | 1 234 567,50 | 12,5%",
        "Казань | 29.02.2024 | -500,00 | 50,0%",
        "Тверь | 31.03.2024 | 0,00 | 37,5%",
    ]


def test_typed_values_of_a_workbook() -> None:
    table = only_table(make_xlsx({"Продажи": cells("A1", SALES)}, SHOWN))
    assert table.sheet == "Продажи"
    kinds = [(column.name, column.kind, column.unit) for column in table.columns]
    assert kinds[1:] == [
        ("Дата", ColumnKind.DATE, ""),
        ("Выручка", ColumnKind.NUMBER, ""),
        ("Доля", ColumnKind.NUMBER, "%"),
    ]
    assert table.rows[0] == ("Москва", "2024-01-31", 1234567.5, 12.5)
    assert table.cells_of(3, 2) == "C3"


def test_passages_hold_whole_rows_with_their_cells() -> None:
    rows = [["Артикул", "Название", "Цена"]]
    rows += [[f"a-{number}", f"товар номер {number}", str(number)] for number in range(1, 60)]
    text = "\n".join(";".join(row) for row in rows)
    document = read_csv(text, "склад.csv")
    whole = canonical_text(document)
    summary, *parts = split(document, "склад.csv", count, 60, 100)
    assert summary.locator.cells == "A1:C60"
    assert len(parts) > 3
    assert parts[0].locator.cells.startswith("A1:C")
    last = 0
    for part in parts:
        assert part.text == whole[part.locator.start : part.locator.end]
        found = Cells.parse(part.locator.cells)
        assert found is not None
        assert found.top == last + 1
        assert part.text.split("\n") == [" | ".join(row) for row in rows[last : found.bottom]]
        last = found.bottom
    assert last == 60
    assert parts[1].header == "склад\nАртикул | Название | Цена"


def test_rows_under_letters_count_from_the_first_cell() -> None:
    text = "\n".join(f"{number};{number * 7}.5;x y z" for number in range(1, 40))
    _, first, *others = split(read_csv(text), "a.csv", count, 40, 60)
    found = Cells.parse(first.locator.cells)
    assert found is not None
    assert (found.top, found.height) == (1, first.text.count("\n"))
    assert others[-1].locator.cells.endswith("C39")
    assert others[0].header == "a\nA | B | C"


def test_sheets_stand_under_their_names() -> None:
    book = {
        "Sheet1": cells("A1", [["Name", "Age"], ["Anna", 31], ["Boris", 45]]),
        "Empty": {},
        "Secret": cells("A1", [["City", "People"], ["Omsk", 5], ["Tomsk", 7]]),
    }
    document = read_xlsx(make_xlsx(book, hidden=("Secret",)))
    headings = [block.text for block in document.blocks if block.kind is BlockKind.HEADING]
    assert headings == ["Sheet1", "Secret [hidden sheet]"]
    passages = split(document, "people.xlsx", count)
    assert [each.header for each in passages] == [
        "people › Sheet1",
        "people › Secret [hidden sheet]",
    ]
    assert [(each.locator.sheet, each.locator.cells) for each in passages] == [
        ("Sheet1", "A1:B3"),
        ("Secret", "A1:B3"),
    ]


def test_a_formula_that_depends_on_the_day_is_not_computed() -> None:
    sheet = cells("A1", [["Name", "Sum"], ["a", 1], ["b", 2], ["c", "=TODAY()"]])
    (table,) = tables_of(read_xlsx(make_xlsx({"Sheet1": sheet})))
    assert table.text.endswith("b | 2\nc | not calculated")


def test_merged_cells_are_filled() -> None:
    sheet = cells("A1", [["Region", "City", "People"], ["North", "A", 1], [None, "B", 2]])
    table = only_table(make_xlsx({"Sheet1": sheet}, merged=("A2:A3",)))
    assert [row[0] for row in table.rows] == ["North", "North"]


def test_a_cell_at_the_far_corner_costs_nothing() -> None:
    sheet = cells("A1", [["Name", "Age"], ["Anna", 31], ["Boris", 45]]) | {"XFD1048576": "far"}
    document = read_xlsx(make_xlsx({"Sheet1": sheet}))
    assert document.blocks[-1].cells == Cells(1048576, 16384, 1048576, 16384)


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == name else old.read(entry))
    return stream.getvalue()


def _sheet_part(data: bytes, before: str, added: str) -> bytes:
    """The package with `added` in its first sheet, right before the tag `before`."""
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = package.read(name).decode()
    assert before in part
    return _with_part(data, name, part.replace(before, added + before).encode())


def test_a_merged_range_of_the_whole_sheet_ends() -> None:
    data = make_xlsx({"Sheet1": cells("A1", [["Name", "Age"], ["Anna", 31], ["Boris", 45]])})
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    document = read_xlsx(_sheet_part(data, "<pageMargins", merged))
    assert tables_of(document)[0].text == "Name | Age\nAnna | 31\nBoris | 45"


def test_a_hundred_thousand_formatted_empty_rows() -> None:
    data = make_xlsx({"Sheet1": cells("A1", [["Name", "Age"], ["Anna", 31], ["Boris", 45]])})
    rows = "".join(f'<row r="{n}"><c r="C{n}" s="0"/></row>' for n in range(4, 100_004))
    (table,) = tables_of(read_xlsx(_sheet_part(data, "</sheetData>", rows)))
    assert table.cells == Cells(1, 1, 3, 2)


@pytest.mark.parametrize(
    "broken",
    [b"", b"<worksheet>", b"<a/>", b"\x00\xff", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
)  # fmt: skip
def test_a_broken_sheet_is_damaged_or_empty(broken: bytes) -> None:
    data = make_xlsx({"Sheet1": cells("A1", [["Name", "Age"], ["Anna", 31]])})
    with pytest.raises((DamagedFile, EmptyDocument)):
        read_xlsx(_with_part(data, "xl/worksheets/sheet1.xml", broken))


def test_other_files_under_this_name() -> None:
    with pytest.raises(PasswordNeeded):
        read_xlsx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(DamagedFile):
        read_xlsx(b"PK\x03\x04" + bytes(100))
    with pytest.raises(EmptyDocument):
        read_xlsx(make_xlsx({"Sheet1": {}}))


def test_a_zip_bomb_is_refused() -> None:
    data = make_xlsx({"Sheet1": cells("A1", [["Name", "Age"], ["Anna", 31]])})
    with pytest.raises(FileTooLarge):
        read_xlsx(_with_part(data, "xl/worksheets/sheet1.xml", b" " * (8 << 20)))


def test_a_checkerboard_is_one_table() -> None:
    rows: list[list[object]] = [
        [(row + column) % 2 or None for column in range(60)] for row in range(60)
    ]
    found = tables(DocumentSource("a.xlsx", data=make_xlsx({"Sheet1": cells("A1", rows)})))
    assert len(found) == 1


# -- over the pipe --------------------------------------------------------------------------------


def test_a_sheet_survives_the_pipe() -> None:
    data = make_xlsx(
        {"Продажи": cells("B2", SALES) | {"B9": datetime(2024, 1, 1)}}  # noqa: DTZ001
    )
    source = DocumentSource("book.xlsx", data=data)
    sandbox = Sandbox()
    try:
        assert sandbox.read(source) == read(source)
        assert sandbox.tables(source) == tables(source)
        assert sandbox.tables(DocumentSource("a.txt", data=b"words")) == ()
        with pytest.raises(DamagedFile):
            sandbox.tables(DocumentSource("a.xlsx", data=b"\0words"))
    finally:
        sandbox.close()


@pytest.mark.parametrize(
    "cells_form", [[0, 1, 1, 1], [2, 1, 1, 1], [1, 1, 9, 1], [1, 1], "A1", [1.5, 1, 2, 1]]
)
def test_cells_that_the_child_sends_are_checked(cells_form: object) -> None:
    block = ["table", "a | b\n1 | 2", None, 0, None, [], "Sheet", cells_form, 1]
    with pytest.raises((ValueError, TypeError)):
        wire.document_in({"title": "", "pages": None, "blocks": [block]})


@pytest.mark.parametrize(
    "change",
    [
        {"rows": [["a"]]},
        {"rows": [["a", [1]]]},
        {"numbers": [1, 2]},
        {"numbers": ["x"]},
        {"columns": [["Name", "money", "", 1], ["Age", "number", "", 2]]},
        {"cells": None},
    ],
)
def test_tables_that_the_child_sends_are_checked(change: dict[str, object]) -> None:
    form: dict[str, object] = {
        "sheet": "", "name": "", "cells": [1, 1, 2, 2], "numbers": [2],
        "columns": [["Name", "text", "", 1], ["Age", "number", "", 2]], "rows": [["a", 1.0]],
    }  # fmt: skip
    assert wire.tables_in([form])[0].rows == (("a", 1.0),)
    with pytest.raises((ValueError, TypeError, KeyError)):
        wire.tables_in([form | change])
