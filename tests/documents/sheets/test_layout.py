"""Printed forms keep their rows and their pairs; independent tables stay apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.reading.reader import DocumentSource, read, tables
from app.documents.sheets import sheets
from app.documents.tables.cell_values import CellValue
from app.documents.tables.grid import Grid, fill_merged
from app.domain.library.cells import Cells
from app.domain.library.documents import BlockKind
from app.domain.library.tables import Table
from tests.samples import cells, make_xlsx

Rows = list[list[object]]


def lines_of(rows: Rows, merged: tuple[str, ...] = (), corner: str = "A1") -> list[str]:
    """All lines of the blocks but for headings and summaries."""
    document = read(source(rows, merged, corner))
    kept = [block for block in document.blocks if block.kind is not BlockKind.HEADING]
    texts = [block.text for block in kept if not block.text.startswith(("Таблица", "Table"))]
    return "\n".join(texts).split("\n")


def source(rows: Rows, merged: tuple[str, ...] = (), corner: str = "A1") -> DocumentSource:
    return DocumentSource("a.xlsx", data=make_xlsx({"Лист1": cells(corner, rows)}, merged=merged))


def tables_in(rows: Rows, merged: tuple[str, ...] = ()) -> tuple[Table, ...]:
    return tables(source(rows, merged))


GAPPED: Rows = [
    ["№", None, "Товар", None, "Кол-во", None, "Цена"],
    [1, None, "Клапан КЭ-20", None, 14, None, 2750],
    [2, None, "Прокладка", None, 300, None, 12],
]


def test_blank_columns_of_a_form_cut_no_row() -> None:
    assert lines_of(GAPPED) == [
        "№ | Товар | Кол-во | Цена",
        "1 | Клапан КЭ-20 | 14 | 2750",
        "2 | Прокладка | 300 | 12",
    ]
    (table,) = tables_in(GAPPED)
    assert [column.name for column in table.columns] == ["№", "Товар", "Кол-во", "Цена"]
    assert table.rows[0] == (1.0, "Клапан КЭ-20", 14.0, 2750.0)
    assert table.cells_of(table.numbers[0], 3) == "G2"


def test_columns_that_touch_in_pairs_are_one_table() -> None:
    rows: Rows = [
        ["№", None, "Товар", "Ед.", None, "Цена", "Сумма"],
        [1, None, "Клапан", "шт", None, 5, 10],
        [2, None, "Муфта", "шт", None, 7, 21],
        [None, None, None, None, None, "Итого", 31],
    ]
    assert lines_of(rows)[1] == "1 | Клапан | шт | 5 | 10"


def test_values_beside_their_header_stand_under_it() -> None:
    rows: Rows = [
        ["№", None, "Товар", None, None, "Кол-во"],
        [1, None, None, "Клапан", None, 14],
        [2, None, None, "Муфта", None, 15],
    ]
    assert lines_of(rows) == ["№ | Товар | Кол-во", "1 | Клапан | 14", "2 | Муфта | 15"]


def test_merged_columns_are_one() -> None:
    rows: Rows = [
        ["№", None, "Наименование", None, None, "Кол-во"],
        [1, None, "Фланец", None, None, 100],
        [2, None, "Сальник", None, None, 107],
    ]
    merged = tuple(f"{a}{row}:{b}{row}" for row in (1, 2, 3) for a, b in ("AB", "CE"))
    assert lines_of(rows, merged)[:2] == ["№ | Наименование | Кол-во", "1 | Фланец | 100"]
    (table,) = tables_in(rows, merged)
    assert [column.name for column in table.columns] == ["№", "Наименование", "Кол-во"]


def test_a_merged_name_stands_once_over_columns_without_names_of_their_own() -> None:
    rows: Rows = [["Наименование", None, "Кол-во"], ["А-1", "Фланец", 5], ["А-2", "Муфта", 6]]
    assert lines_of(rows, ("A1:B1",)) == [
        "Наименование |  | Кол-во", "А-1 | Фланец | 5", "А-2 | Муфта | 6",
    ]  # fmt: skip
    (table,) = tables_in(rows, ("A1:B1",))
    assert [column.name for column in table.columns] == ["Наименование", "B", "Кол-во"]


def test_a_whole_printed_form() -> None:
    rows: Rows = [
        ["ТОВАРНАЯ НАКЛАДНАЯ"],
        ["Поставщик:", None, "ООО «Вектор»", None, None, "Номер:", None, "ТН-41"],
        ["Грузополучатель:", None, "АО «Гидра»"],
        ["№", None, "Товар", None, None, "Масса", None, "Сумма"],
        [None, None, None, None, None, "брутто", "нетто", None],
        [1, None, 2, None, None, 3, 4, 5],
        [1, None, "Клапан КЭ-20", None, None, 14, 13, 2750],
        [2, None, "Прокладка", None, None, 300, 290, 12],
        ["Всего", None, None, None, None, 314, 303, 2762],
        ["Отпустил:", None, "Белова"],
    ]
    merged = ("A1:H1", "C2:E2", "A4:B5", "C4:E5", "F4:G4", "H4:H5", "C7:E7", "C8:E8", "A9:E9")
    assert lines_of(rows, merged) == [
        "ТОВАРНАЯ НАКЛАДНАЯ",
        "Поставщик: ООО «Вектор» | Номер: ТН-41",
        "Грузополучатель: АО «Гидра»",
        "№ | Товар | Масса | Масса | Сумма",
        "№ | Товар | брутто | нетто | Сумма",
        "1 | 2 | 3 | 4 | 5",
        "1 | Клапан КЭ-20 | 14 | 13 | 2750",
        "2 | Прокладка | 300 | 290 | 12",
        "Всего |  | 314 | 303 | 2762",
        "Отпустил: Белова",
    ]
    (table,) = tables_in(rows, merged)
    names = [column.name for column in table.columns]
    assert names == ["№", "Товар", "Масса брутто", "Масса нетто", "Сумма"]
    assert len(table.rows) == 2


def test_labels_and_values_past_blank_columns() -> None:
    rows: Rows = [
        ["Адрес:", None, "Липецк", None, None, "Этажей:", None, 4],
        ["Собственник:", None, "ПАО «Маяк»", None, None, "Год:", None, 1987],
        ["Кадастровый №", None, "48:20"],
    ]
    assert lines_of(rows) == [
        "Адрес: Липецк | Этажей: 4",
        "Собственник: ПАО «Маяк» | Год: 1987",
        "Кадастровый № | 48:20",
    ]


def test_labels_and_values_in_merged_cells() -> None:
    rows: Rows = [
        ["Полное наименование", None, None, None, "ООО «Тайга»", None],
        ["Подписант", None, None, None, "Мельник", None],
        ["Основание", None, None, None, "устав", None],
    ]
    merged = tuple(f"{a}{row}:{b}{row}" for row in (1, 2, 3) for a, b in ("AC", "EF"))
    assert lines_of(rows, merged) == [
        "Полное наименование | ООО «Тайга»", "Подписант | Мельник", "Основание | устав",
    ]  # fmt: skip


def test_an_act_without_frames() -> None:
    rows: Rows = [
        ["Исполнитель", None, None, "ООО «Свет»"],
        ["Договор", None, None, "12-К от 3 мая"],
        ["№", None, "Услуга", None, None, "Кол-во", None, "Сумма"],
        [1, None, "Обрезка", None, None, 5, None, 1500],
        [2, None, "Вывоз", None, None, 1, None, 700],
        [None, None, "Итого", None, None, None, None, 2200],
        ["Сдал", None, None, "Кузнецов"],
    ]
    assert lines_of(rows) == [
        "Исполнитель | ООО «Свет»",
        "Договор | 12-К от 3 мая",
        "№ | Услуга | Кол-во | Сумма",
        "1 | Обрезка | 5 | 1500",
        "2 | Вывоз | 1 | 700",
        " | Итого |  | 2200",
        "Сдал | Кузнецов",
    ]


def test_totals_with_a_colon_under_a_merged_table() -> None:
    rows: Rows = [
        ["№", "Товар", None, "Цена", "Сумма"],
        [1, "Шины", None, 500, 2000],
        [2, "Диски", None, 200, 800],
        [None, None, None, "Итого:", 2800],
        [None, None, None, "В том числе НДС:", 466.5],
    ]
    merged = ("B1:C1", "B2:C2", "B3:C3")
    assert lines_of(rows, merged)[-3:] == [
        "2 | Диски | 200 | 800", "Итого: 2800", "В том числе НДС: 466,5",
    ]  # fmt: skip
    (table,) = tables_in(rows, merged)
    assert [row[-1] for row in table.rows] == [2000.0, 800.0]


def test_captions_below_the_lines_of_a_form() -> None:
    rows: Rows = [
        ["Организация", None, "ООО «Лес»"],
        [None, None, "(наименование)"],
        ["Директор", None, "Ёлкин", None, "Дата", None, "3 мая"],
        [None, None, "(подпись)", None, None, None, "(число)"],
    ]
    assert lines_of(rows) == [
        "Организация | ООО «Лес»",
        "(наименование)",
        "Директор | Ёлкин | Дата | 3 мая",
        "(подпись) | (число)",
    ]


def test_names_of_sections_are_no_header() -> None:
    rows: Rows = [
        ["№", None, "Работа", None, "Сумма"],
        ["Раздел 1"],
        [1, None, "Котлован", None, 500],
        ["Раздел 2"],
        [2, None, "Кладка", None, 900],
    ]
    merged = ("A2:E2", "A4:E4")
    assert lines_of(rows, merged)[1] == "Раздел 1 |  | "
    (table,) = tables_in(rows, merged)
    assert [column.name for column in table.columns] == ["№", "Работа", "Сумма"]


def test_names_below_names_past_blank_columns() -> None:
    rows: Rows = [
        ["№", None, "Изделие", None, "Масса"],
        [None, None, None, None, "брутто", None, "нетто"],
        [1, None, "Клапан", None, 14, None, 13],
        [2, None, "Муфта", None, 15, None, 12],
    ]
    (table,) = tables_in(rows)
    names = [column.name for column in table.columns]
    assert names == ["№", "Изделие", "Масса брутто", "нетто"]


def test_three_tables_side_by_side() -> None:
    rows: Rows = [
        ["Товар", "Кол-во", None, "Склад", "Город", None, "Смена", "Старший"],
        ["Кран", 5, None, "А", "Омск", None, 1, "Белов"],
        ["Труба", 7, None, "Б", "Томск", None, 2, "Серов"],
        ["Винт", 9, None, None, None, None, 3, "Котов"],
    ]
    assert [str(table.cells) for table in tables_in(rows)] == ["A1:B4", "D1:E3", "G1:H4"]


def test_a_line_of_one_pair_keeps_all_its_cells() -> None:
    rows: Rows = [["Всего:", None, 5, None, 5, None, "—"]]
    assert lines_of(rows) == ["Всего: 5 | 5 | —"]


@pytest.mark.parametrize("gap", [1, 2, 3])
def test_tables_of_other_heights_stay_apart(gap: int) -> None:
    left: Rows = [["Помещение", "Площадь"], ["Архив", 44], ["Серверная", 18], ["Холл", 60]]
    right: Rows = [["Инженер", "Смена"], ["Дёмин", "ночная"], ["Котов", "дневная"], [None, None]]
    rows = [[*a, *[None] * gap, *b] for a, b in zip(left, right, strict=True)]
    assert len(tables_in(rows)) == 2


def test_tables_with_the_same_names_stay_apart() -> None:
    rows: Rows = [
        ["Фамилия", "Оклад", None, "Фамилия", "Оклад"],
        ["Белов", 5, None, "Чернов", 6],
        ["Краснов", 7, None, "Серов", 8],
    ]
    assert len(tables_in(rows)) == 2


def test_a_remark_beside_a_table_is_none_of_its_columns() -> None:
    rows: Rows = [["Name", "Age"], ["Anna", 31], ["Boris", 45, None, "as of May"], ["Vera", 20]]
    assert lines_of(rows) == ["Name | Age", "Anna | 31", "Boris | 45", "Vera | 20", "as of May"]


def test_a_merged_lesson_holds_for_each_of_its_classes_a_label_for_the_row() -> None:
    rows: Rows = [
        ["Урок", "5А", "5Б", "Мест"],
        ["первый", "Физика", None, 30],
        ["второй", "Химия", "Пение", 20],
    ]
    assert lines_of(rows, ("B2:C2",))[1] == "первый | Физика | Физика | 30"
    rows.append(["Всего", None, None, 50])
    assert lines_of(rows, ("B2:C2", "A4:C4"))[3] == "Всего |  |  | 50"


CELL = st.one_of(
    st.none(), st.none(), st.sampled_from(["Итого", "Адрес:", "—", "x | y", "5 km", "№"]),
    st.integers(0, 99).map(str), st.text("абв:- ", min_size=1, max_size=5),
)  # fmt: skip
AREA = st.tuples(*[st.integers(1, 8)] * 4).map(
    lambda each: Cells(min(each[:2]), min(each[2:]), max(each[:2]), max(each[2:]))
)


@settings(max_examples=300)
@given(st.lists(st.lists(CELL, max_size=8), max_size=12), st.lists(AREA, max_size=3))
def test_every_cell_of_a_sheet_is_in_a_block(
    rows: list[list[str | None]], areas: list[Cells]
) -> None:
    written = [[" ".join(cell.split()) if cell else None for cell in row] for row in rows]
    filled = [[CellValue(cell) if cell else None for cell in row] for row in written]
    grid = Grid("Лист", filled, covered=fill_merged(filled, areas))
    found = list(sheets.blocks([grid]))
    whole = "\n".join(block.text for block in found)
    for text in {cell for row in written for cell in row if cell}:
        assert text.replace(" | ", " ¦ ") in whole or text in whole
    for block in found:
        if block.kind is BlockKind.TABLE and block.cells:
            assert block.text.count("\n") + 1 - block.cells.height in (0, 1)
