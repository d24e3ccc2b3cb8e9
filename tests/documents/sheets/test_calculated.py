"""Workbooks of programs that leave it to Excel to compute: values, and what is said of them."""

import io
from datetime import date

import openpyxl

from app.documents.reading.reader import DocumentSource, tables
from app.documents.sheets import sheet_words
from app.documents.tables.grid import Grid
from app.domain.library.cells import Cells
from app.domain.retrieval.passages import split
from tests.documents.sheets.test_beside_cells import SHEET, book, read_xlsx, text_of, with_parts
from tests.samples import cells, make_xlsx

TOLD = "Рассчитано Ларцом по формулам, в файле этих значений нет: "
ESTIMATE: list[list[object]] = [
    ["Работа", "Кол-во", "Цена", "Сумма"],
    ["Вентиляция", 9, 3100, "=B2*C2"],
    ["Стяжка", 55, 410, "=B3*C3"],
    ["Итого", None, None, "=SUM(D2:D3)"],
]


def _noughts(data: bytes) -> bytes:
    """As xlsxwriter writes: 0 for every formula, shared ones too."""
    shared = '<f t="shared" ref="D2:D3" si="0">B2*C2</f><v>0</v>'
    return with_parts(
        with_parts(
            with_parts(data, {}, {SHEET: ("<f>B2*C2</f><v></v>", shared)}),
            {},
            {SHEET: ("<f>B3*C3</f><v></v>", '<f t="shared" si="0"/><v>0</v>')},
        ),
        {},
        {SHEET: ("<f>SUM(D2:D3)</f><v></v>", "<f>SUM(D2:D3)</f><v>0</v>")},
    )


def test_an_estimate_of_a_program_is_computed() -> None:
    plain = book(ESTIMATE)
    for data in (plain, _noughts(plain)):
        document = read_xlsx(data)
        *_, summary, table, told = document.blocks
        assert table.text.endswith("3100 | 27900\nСтяжка | 55 | 410 | 22550\nИтого |  |  | 50450")
        assert "Сумма (число, от 22550 до 50450)" in summary.text
        assert told.text == TOLD + "D2:D4"
        assert document.reading.complete
        assert document.reading.uncalculated == 0
        (typed,) = tables(DocumentSource("a.xlsx", data=data))
        assert [row[3] for row in typed.rows] == [27900, 22550]


def test_only_the_others_are_counted_as_not_calculated() -> None:
    document = read_xlsx(book([*ESTIMATE, ["Срок", None, None, "=NOW()"]]))
    assert "Срок |  |  | не вычислено" in text_of(document)
    assert document.reading.uncalculated == 1
    assert TOLD + "D2:D4" in text_of(document)


def test_a_form_says_so_below_its_pairs() -> None:
    data = make_xlsx({"Счёт": cells("A1", [["Сумма к оплате", "=100*1.2"]])})
    assert read_xlsx(data).blocks[-1].text == f"Сумма к оплате | 120\n{TOLD}B1"


def test_values_are_shown_in_their_format() -> None:
    opened = openpyxl.load_workbook(io.BytesIO(book(ESTIMATE)))
    sheet = opened["Смета"]
    sheet["D4"].number_format = "#,##0.00"
    sheet["E1"], sheet["E2"], sheet["E3"], sheet["E4"] = (
        "Срок",
        date(2024, 1, 31),
        "=E2+1",
        "=E3-9E9",
    )
    sheet["E3"].number_format = sheet["E4"].number_format = "dd.mm.yyyy"
    stream = io.BytesIO()
    opened.save(stream)
    document = read_xlsx(stream.getvalue())
    assert "22550 | 01.02.2024" in text_of(document)
    assert "50 450,00 | не вычислено" in text_of(document).replace("\u00a0", " ")


def test_other_sheets_are_looked_at() -> None:
    data = make_xlsx(
        {
            "Сводка": cells("A1", [["Раздел", "Сумма"], ["Стены", "='Лист 2'!B2+0"]]),
            "Лист 2": cells("A1", [["Раздел", "Сумма"], ["Стены", "=40*2"]]),
        }
    )
    assert text_of(read_xlsx(data)).count("Стены | 80") == 2


def test_an_array_formula_and_a_lost_shared_one_stay_unknown() -> None:
    formula = "<f>B2*C2</f><v></v>"
    for other in ('<f t="array" ref="D2">B2*C2</f>', '<f t="shared" si="7"/>'):
        document = read_xlsx(with_parts(book(ESTIMATE), {}, {SHEET: (formula, other)}))
        assert document.reading.uncalculated == 2


def test_values_that_are_rounded_as_shown_stay_unknown() -> None:
    rounded = ('fullCalcOnLoad="1"', 'fullPrecision="0"')
    document = read_xlsx(with_parts(book(ESTIMATE), {}, {"xl/workbook.xml": rounded}))
    assert document.reading.uncalculated == 3


def test_a_remark_stands_in_the_passage_of_its_table() -> None:
    document = read_xlsx(book(ESTIMATE))
    (found,) = split(document, "Смета", lambda texts: [len(text.split()) for text in texts])
    assert "50450" in found.text
    assert TOLD in found.text


def test_a_stored_empty_text_is_no_nought() -> None:
    told = with_parts(
        book(ESTIMATE),
        {},
        {SHEET: ('<c r="D2"><f>B2*C2</f><v></v>', '<c r="D2" t="str"><f>B2*C2</f><v></v>')},
    )
    assert "Итого |  |  | 22550" in text_of(read_xlsx(told))
    sums: list[list[object]] = [*ESTIMATE[:3], ["Итого", None, None, "=D2+D3"]]
    told = with_parts(
        book(sums),
        {},
        {SHEET: ('<c r="D2"><f>B2*C2</f><v></v>', '<c r="D2" t="str"><f>B2*C2</f><v></v>')},
    )
    assert read_xlsx(told).reading.uncalculated == 1


def test_areas_are_named_as_rectangles() -> None:
    computed = {2: [2, 3], 3: [3, 2], 5: [2], 6: [5]}
    grid = Grid("", [], calculated=computed)
    told = sheet_words.calculated(grid, Cells(1, 1, 9, 9), "en")
    assert told.endswith(": B2:C3, B5, E6")
    assert sheet_words.calculated(grid, Cells(7, 1, 9, 9), "en") == ""
    many = Grid("", [], calculated={row: [1] for row in range(1, 99, 2)})
    assert sheet_words.calculated(many, Cells(1, 1, 99, 1), "en").endswith("A37, A39, …")
