"""A table of a sheet with typed columns, to be computed with."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.library.cells import Cells, letters


class ColumnKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """`name` as the header says, unique in its table; `unit` what stands beside its numbers, such
    as "%", "$" or "km", "" without one; `position` its column in the sheet, from 1."""

    name: str
    kind: ColumnKind
    unit: str
    position: int


Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """`cells` with header, `rows` without it: numbers as shown (12 for "12 %"), dates as ISO text,
    None for empty cells. `numbers` are the rows' numbers in the sheet. `sheet` is "" in formats
    without sheets."""

    sheet: str
    name: str
    cells: Cells
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    numbers: tuple[int, ...]

    def cells_of(self, row: int, column: int) -> str:
        """Letters of one cell: the row's number in the sheet, the column's place in the table."""
        return f"{letters(self.columns[column].position)}{row}"
