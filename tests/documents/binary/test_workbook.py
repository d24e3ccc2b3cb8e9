"""Excel's binary workbooks, and the templates of the older ones."""

import struct
from pathlib import Path

import pytest

from app.documents.reading.reader import DocumentSource, read, tables
from app.domain.errors import DamagedFile, DocumentError, EmptyDocument, FileTooLarge
from app.domain.library.documents import BlockKind
from tests.documents.binary.workbooks import cell, number, record, row, said, text, workbook
from tests.documents.packages import zipped

FILES = Path(__file__).parents[1] / "files"


def rows(data: bytes, name: str = "a.xlsb") -> list[str]:
    blocks = read(DocumentSource(name, data=data)).blocks
    return [line for b in blocks if b.kind is BlockKind.TABLE for line in b.text.split("\n")]


@pytest.mark.parametrize("name", ["a.xlsb", "a.xlsx", "a.xls", "a.csv", "a"])
def test_a_workbook_of_another_program(name: str) -> None:
    data = (FILES / "flights.xlsb").read_bytes()
    assert rows(data, name) == [
        "Рейс | Мест | Дата | Тариф | Да",
        "СУ-218 | 4 | 2031-07-15 | 0,27 | ДА",
        "СУ-219 | 150 | 2031-07-16 10:30 | 12345,5 | НЕТ",
        "СУ-220 | -7 |  | 2147483648 | ",
        "Тайна | Сумма",
        "а | 1",
    ]
    assert read(DocumentSource(name, data=data)).reading.hidden == 1
    assert [len(table.rows) for table in tables(DocumentSource(name, data=data))] == [3, 1]


def test_values_as_they_are_shown() -> None:
    heads = row(0, *(said(at, word) for at, word in enumerate(("Статья", "Доля", "День", "Код"))))
    first = row(
        1, cell(7, 0, struct.pack("<I", 1)), number(1, 0.275, 1), number(2, 45_000, 2),
        cell(2, 3, struct.pack("<i", -5 << 2 | 2)),
    )  # fmt: skip
    second = row(
        2, cell(8, 0, text("вычислено")), cell(2, 1, struct.pack("<I", 1234 << 2 | 3), 1),
        cell(9, 2, struct.pack("<d", 45_001.5)), cell(11, 3, b"\x07"),
    )  # fmt: skip
    data = workbook(heads + first + second, ["0.0%", "dd.mm.yyyy"], ["нет", "Аренда"])
    assert rows(data) == [
        "Статья | Доля | День | Код",
        "Аренда | 27,5% | 15.03.2023 | -5",
        "вычислено | 1234,0% | 45001,5 | #DIV/0!",
    ]


def test_days_since_1904() -> None:
    cells = row(0, said(0, "День"), said(1, "Имя")) + row(1, number(0, 43_538, 1), said(1, "x"))
    assert rows(workbook(cells, ["dd.mm.yyyy"], flags=1))[1] == "15.03.2023 | x"


def test_merged_and_hidden() -> None:
    cells = (
        record(60, struct.pack("<4IH", 1, 1, 0, 0, 1))
        + row(0, said(0, "Цех"), said(1, "План"), said(2, "Факт"))
        + row(1, said(0, "Литейный"), said(1, "410"), said(2, "386"), hidden=True)
        + row(2, said(1, "95"), said(2, "90"))
        + record(176, struct.pack("<4I", 1, 2, 0, 0))
    )
    document = read(DocumentSource("a.xlsb", data=workbook(cells)))
    assert document.reading.hidden == 2
    assert any("Литейный | 95 | 90" in block.text for block in document.blocks)


def test_templates_of_old_workbooks() -> None:
    data = (FILES / "sales.xls").read_bytes()
    assert rows(data, "a.xlt") == rows(data, "a.xls")


def test_what_is_no_workbook() -> None:
    with pytest.raises(DamagedFile):
        rows(zipped({"xl/workbook.bin": b"x"}))
    with pytest.raises(DamagedFile):
        rows(workbook(row(0, cell(7, 0, struct.pack("<I", 9)))))
    with pytest.raises(EmptyDocument):
        rows(workbook(b""))


def test_cells_far_away() -> None:
    far = row(0, said(0, "near"), said(1, "x")) + row(1_048_575, said(16_383, "far"))
    blocks = read(DocumentSource("a.xlsb", data=workbook(far))).blocks
    assert "far" in "\n".join(block.text for block in blocks)
    beyond = row(0, said(0, "near"), said(1, "x")) + row(2**31, said(2**31, "far"))
    assert rows(workbook(beyond + row(1, said(0, "y"), said(2**32 - 1, "z"))))[1] == "y | "


def test_more_cells_than_anybody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.documents.sheets.xlsx_cells.SHEET_CELLS", 50)
    with pytest.raises(FileTooLarge):
        rows(workbook(b"".join(row(at, said(0, "x"), said(1, "y")) for at in range(60))))


def test_records_that_lie() -> None:
    whole = row(0, said(0, "Имя"), number(1, 1.0)) + row(1, said(0, "b"), number(1, 2.0))
    for at in range(len(whole)):
        for value in (0, 0x7F, 0xFF):
            changed = bytearray(whole)
            changed[at] = value
            try:
                rows(workbook(bytes(changed)))
            except DocumentError:
                continue
