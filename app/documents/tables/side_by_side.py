"""What stands beside each other on a sheet, blank columns between: one table, a form, or several
tables.

Printed forms leave columns blank for their looks: "№ | | Товар | | Кол-во". Independent tables side
by side each have several columns and rows of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.tables.cell_values import CellValue, is_value

Row = Sequence[CellValue | None]

#: Share of the cells of a table that are filled.
_DENSE = 0.6
#: Rows of a long band that tell whether two columns belong together, and of these the ones whose
#: words are compared.
_ROWS, _SAMPLE = 5000, 200
#: More columns with blank ones between are no form that anybody prints.
_RUNS = 500


@dataclass(frozen=True)
class _Run:
    """Neighbouring columns as bits, `own` bits of each row, places of the filled rows."""

    columns: int
    own: Sequence[int]
    rows: tuple[int, ...]

    @classmethod
    def of(cls, columns: int, masks: Sequence[int]) -> "_Run":
        own = [mask & columns for mask in masks]
        return cls(columns, own, tuple(place for place, mask in enumerate(own) if mask))

    @property
    def extent(self) -> tuple[int, int]:
        return (self.rows[0], self.rows[-1]) if self.rows else (-1, -1)

    @property
    def is_table(self) -> bool:
        """Two columns and two rows at least, most of it filled."""
        union = 0
        for mask in self.own:
            union |= mask
        width = union.bit_count()
        if width < 2 or len(self.rows) < 2:
            return False
        filled = sum(mask.bit_count() for mask in self.own)
        return filled >= _DENSE * width * len(self.rows)

    @property
    def first_column(self) -> int:
        return (self.columns & -self.columns).bit_length() - 1


def joined(runs: Sequence[int], own: Sequence[int], rows: Sequence[Row]) -> list[int]:
    """The columns of each table or form, lowest first, out of `runs` between blank columns.

    `own` are the filled columns of each row, without those that a merged cell covers.
    """
    if len(runs) > _RUNS:
        return [sum(runs)]
    own = own[:_ROWS]
    groups = [_Run.of(runs[0], own)]
    certain = groups[0].is_table
    for columns in runs[1:]:
        left, right = groups[-1], _Run.of(columns, own)
        # Single columns with blank ones between make no table of their own until one comes.
        tables = left.is_table if right.is_table else certain, right.is_table
        if _belong(left, right, rows, tables):
            groups[-1] = _Run.of(left.columns | columns, own)
            certain |= right.is_table
        else:
            groups.append(right)
            certain = right.is_table
    return [group.columns for group in groups]


def _belong(left: _Run, right: _Run, rows: Sequence[Row], tables: tuple[bool, bool]) -> bool:
    if all(tables):
        return _is_one_table(left, right, rows)
    if not any(tables) or left.extent[0] == right.extent[0]:
        return True
    table, other = (left, right) if tables[0] else (right, left)
    shared = len(set(table.rows) & set(other.rows))
    return shared >= 3 and 2 * shared >= len(table.rows)


def _is_one_table(left: _Run, right: _Run, rows: Sequence[Row]) -> bool:
    """Two blocks that could each be a table: the right one has no rows, no names and no key that
    are its own."""
    if _names(left, rows) & _names(right, rows):
        return False
    if not _has_key(right, rows):
        return left.extent[0] == right.extent[0]
    gap = right.first_column - left.columns.bit_length()
    return left.extent == right.extent and gap == 1


def _names(run: _Run, rows: Sequence[Row]) -> set[str]:
    """The texts of its first row."""
    return {
        cell.text
        for place, cell in enumerate(rows[run.extent[0]])
        if cell and run.columns >> place & 1
    }


def _has_key(run: _Run, rows: Sequence[Row]) -> bool:
    """Whether its first column names its rows: words, each once, or numbers that count them."""
    column = run.first_column
    body = [_cell(rows[place], column) for place in run.rows[1 : _SAMPLE + 1]]
    texts = [cell.text for cell in body if cell]
    if texts == [str(number) for number in range(1, len(body) + 1)]:
        return True
    words = [cell for cell in body if cell and not is_value(cell)]
    return len(words) == len(body) == len(set(texts))


def _cell(row: Row, column: int) -> CellValue | None:
    return row[column] if column < len(row) else None
