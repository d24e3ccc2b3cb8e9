"""The tables of a sheet: title lines above them, header rows, column names, typed columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.documents.tables.cell_values import (
    CellValue,
    Typed,
    is_nothing,
    is_total,
    is_value,
    is_year,
    typed,
)
from app.documents.tables.grid import Grid, Row, alone, texts
from app.documents.tables.regions import Region, regions
from app.documents.tables.sheet_forms import (
    form_line,
    form_rows,
    is_spaced,
    kept_columns,
    own_cells,
)
from app.documents.tables.table_rows import Columns, body_row, filled_row, header_lines
from app.domain.library.cells import Cells, letters
from app.domain.library.tables import Column, Table

#: Rows of a table that are looked at for its header, and header rows at most.
_SAMPLE = 50
_HEADER_ROWS = 3
#: Share of a column's cells that have to be values for its header to stand out, and share of the
#: header's cells that have to say something.
_VALUES_SHARE = 0.6
_NAMED_SHARE = 0.6
#: A name of a column is no sentence.
_NAME_LENGTH = 120
#: A line below a table is a remark rather than a row from this length on.
_REMARK_LENGTH = 40
#: A form has no more rows; cells of a row that counts the columns, at least.
_FORM_ROWS, _COUNTED = 12, 4


@dataclass(frozen=True)
class SheetTable:
    """A table on a sheet: `cells` with its header, `headers` rows of them (0: column letters in
    their place), `columns` that it keeps by their numbers and the `names` of these. `title` and
    `remarks` stand above and below it.

    `continued` says that it goes on from the table above it, past blank rows, under its header.
    """

    cells: Cells
    headers: int
    names: tuple[str, ...]
    columns: Columns
    title: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    continued: bool = False

    @property
    def body(self) -> range:
        """Numbers of the rows below the header."""
        return range(self.cells.top + self.headers, self.cells.bottom + 1)


@dataclass(frozen=True)
class SheetRemark:
    """Text beside the tables, a line a row: a region without columns or rows to speak of, or a
    form's pairs of labels and values."""

    cells: Cells
    lines: tuple[str, ...]
    paired: bool = False


Part = SheetTable | SheetRemark


def tables_of(grid: Grid, *, by_columns: bool = True) -> list[Part]:
    """What stands on a sheet, in reading order."""
    parts: list[Part] = []
    for region in regions(grid, by_columns=by_columns):
        for found in _found(grid, region, by_columns=by_columns):
            _append(parts, found)
    return parts


def _append(parts: list[Part], found: Part) -> None:
    last = next((part for part in reversed(parts) if isinstance(part, SheetTable)), None)
    if isinstance(found, SheetTable) and last and _goes_on(last, found):
        found = replace(found, names=last.names, continued=True)
    if isinstance(found, SheetTable) and parts and _entitles(parts[-1], found):
        above = parts.pop()
        assert isinstance(above, SheetRemark)
        found = replace(found, title=above.lines + found.title, continued=False)
    parts.append(found)


def _entitles(above: Part, table: SheetTable) -> bool:
    """A short line alone, a blank row or two above a table."""
    if isinstance(above, SheetTable) or len(above.lines) != 1 or above.paired:
        return False
    gap = table.cells.top - above.cells.bottom
    short = len(above.lines[0]) <= _NAME_LENGTH
    return short and 0 < gap <= 3 and above.cells.left <= table.cells.right


def _goes_on(above: SheetTable, below: SheetTable) -> bool:
    """The same columns, below, without a header or a title of its own."""
    same = tuple(above.columns) == tuple(below.columns)
    bare = not below.headers and not below.title
    return same and bare and bool(above.headers) and below.cells.top > above.cells.bottom


def _found(grid: Grid, found: Region, *, by_columns: bool) -> Iterator[Part]:
    region = found.cells
    if found.form or region.height == 1 or (region.width == 1 and region.height <= 3):
        yield _remark(grid, region)
        return
    if not by_columns:
        yield _plain(grid, region)
        return
    above, below = form_rows(grid, region, spaced=is_spaced(grid, region))
    if above:
        yield _remark(grid, replace(region, bottom=region.top + above - 1))
    if above < region.height:
        middle = replace(region, top=region.top + above, bottom=region.bottom - below)
        yield _spaced(grid, middle) if is_spaced(grid, middle) else _plain(grid, middle)
    if below:
        yield _remark(grid, replace(region, top=region.bottom - below + 1))


def _remark(grid: Grid, region: Cells) -> SheetRemark:
    rows = [own_cells(grid, number, region) for number in _numbers(region)]
    lines = tuple(form_line(row) for row in rows if row)
    return SheetRemark(region, lines, paired=any(len(row) > 1 for row in rows))


def _plain(grid: Grid, region: Cells) -> SheetTable:
    """A table that keeps all its columns."""
    return _table_in(grid, region, range(region.left, region.right + 1))


def _spaced(grid: Grid, region: Cells) -> Part:
    """A table with blank or merged columns, or a form that looks like one."""
    found = _table_in(grid, region, kept_columns(grid, region))
    if not is_spaced(grid, found.cells):
        return _table_in(grid, region, range(region.left, region.right + 1))
    return _remark(grid, region) if _is_form(grid, found) else found


def _is_form(grid: Grid, found: SheetTable) -> bool:
    """A few rows without a header, or of words alone in two columns, under a value, or with gaps:
    labels and their values."""
    if found.cells.height > _FORM_ROWS or len(found.columns) < 2:
        return False
    if not found.headers:
        return True
    first, *rows = (
        filled_row(grid, number, found.columns, found.cells) for number in _numbers(found.cells)
    )
    if any(_is_valued(rows, place) for place in range(len(found.columns))):
        return False
    filled = sum(cell is not None for row in rows for cell in row)
    sparse = filled < _NAMED_SHARE * len(found.columns) * len(rows)
    return len(found.columns) == 2 or sparse or any(map(is_value, first))


def _table_in(grid: Grid, region: Cells, columns: Columns) -> SheetTable:
    rows = [filled_row(grid, number, columns, region) for number in _numbers(region)]
    above, below = _title_rows(rows), _remark_rows(rows)
    inside = rows[above : len(rows) - below]
    cells = replace(region, top=region.top + above, bottom=region.bottom - below)
    headers = header_rows(inside)
    named = range(cells.top, cells.top + headers)
    names = _names(header_lines(grid, named, columns, cells), columns)
    if headers and headers < len(inside) - 1 and _counts_columns(inside[headers]):
        headers += 1
    title = tuple(dict.fromkeys(map(alone, rows[:above])))
    remarks = tuple(map(alone, rows[len(rows) - below :]))
    return SheetTable(cells, headers, names, columns, title, remarks)


def _counts_columns(row: Row) -> bool:
    """The row "1 | 2 | 3 | 4" below the header of a printed form."""
    counted = [str(place) for place in range(1, len(row) + 1)]
    return len(row) >= _COUNTED and texts(row) == counted


def _numbers(cells: Cells) -> range:
    return range(cells.top, cells.bottom + 1)


def _title_rows(rows: Sequence[Row]) -> int:
    """Rows above a table that hold one text alone; a merged one fills all its cells."""
    width, count = len(rows[0]), 0
    while width > 1 and count < len(rows) - 2 and alone(rows[count]):
        only = next(cell for cell in rows[count] if cell)
        if is_value(only) and not is_year(only):
            return 0
        count += 1
    return count


def _remark_rows(rows: Sequence[Row]) -> int:
    count = 0
    while count < len(rows) - 2 and len(rows[0]) > 2:
        if len(alone(rows[-1 - count])) < _REMARK_LENGTH:
            break
        count += 1
    return count


def header_rows(rows: Sequence[Row]) -> int:
    """How many rows at the top name the columns; 0 when none does.

    Where columns hold numbers or dates, a header is words above them (or years above numbers that
    are none). Where all is words, the first row is one when it is filled and nothing in it comes
    again below it.
    """
    body = rows[1 : _SAMPLE + 1]
    first = rows[0]
    filled = sum(bool(cell) for cell in first)
    if not body or filled < _NAMED_SHARE * len(first):
        return 0
    if any(len(text) > _NAME_LENGTH for text in texts(first)):
        return 0
    valued = [place for place in range(len(first)) if _is_valued(body, place)]
    if not valued:
        return 0 if _comes_again(first, body) else 1
    if any(is_value(first[place]) and not _heads(first, body, place) for place in valued):
        return 0
    count = 1
    while count < min(_HEADER_ROWS, len(rows) - 1) and _goes_below(first, rows[count], valued):
        count += 1
    return count


def _goes_below(first: Row, row: Row, valued: Sequence[int]) -> bool:
    """A further row of names: words in the columns of values, in all of them or where it says
    nothing else."""
    if len(row) > 1 and alone(row):
        return False  # the name of a section
    if _all_words(row, valued):
        return True
    again = all(
        cell is None or place in valued or _text(cell) == _text(first[place])
        for place, cell in enumerate(row)
    )
    return again and any(row[place] for place in valued) and not any(map(is_value, row))


def _is_valued(body: Sequence[Row], place: int) -> bool:
    cells = [row[place] for row in body if row[place] and not is_nothing(_text(row[place]))]
    return bool(cells) and sum(map(is_value, cells)) >= _VALUES_SHARE * len(cells)


def _heads(first: Row, body: Sequence[Row], place: int) -> bool:
    """A year above numbers that are no years."""
    return is_year(first[place]) and not all(is_year(row[place]) for row in body if row[place])


def _all_words(row: Row, valued: Sequence[int]) -> bool:
    return all(row[place] and not is_value(row[place]) for place in valued)


def _comes_again(first: Row, body: Sequence[Row]) -> bool:
    return any(
        cell and any(_text(row[place]) == cell.text for row in body)
        for place, cell in enumerate(first)
    )


def _text(cell: CellValue | None) -> str:
    return cell.text if cell else ""


def _names(headers: Sequence[Row], columns: Columns) -> tuple[str, ...]:
    """One name a column: what its header rows say, one below the other; letters where nothing."""
    if not headers:
        return ()
    names: list[str] = []
    taken: dict[str, int] = {}
    for place, column in enumerate(columns):
        said_above = dict.fromkeys(_text(row[place]) for row in headers)
        name = " ".join(filter(None, said_above)) or letters(column)
        names.append(_unlike(name, taken))
    return tuple(names)


def _unlike(name: str, taken: dict[str, int]) -> str:
    """The name, with a number when another column has it already. `taken`: the names so far, and
    the number to try next; a sheet may have 16,384 columns of one name."""
    key, unlike = name.casefold(), name
    number = taken.get(key, 2)
    while unlike.casefold() in taken:
        unlike, number = f"{name} {number}", number + 1
    taken[key] = number
    taken.setdefault(unlike.casefold(), 2)
    return unlike


def column_names(found: SheetTable) -> tuple[str, ...]:
    """The header's, or the letters of the columns."""
    return found.names or tuple(map(letters, found.columns))


def columns_of(grid: Grid, found: SheetTable) -> list[Typed]:
    """The typed columns of a table's body."""
    return _typed(_body(grid, found), len(found.columns))


def _body(grid: Grid, found: SheetTable) -> list[list[CellValue | None]]:
    return [body_row(grid, number, found.columns, found.cells) for number in found.body]


def _typed(rows: Sequence[Row], width: int) -> list[Typed]:
    return [typed([row[place] for row in rows]) for place in range(width)]


def typed_tables(grid: Grid, *, by_columns: bool = True) -> Iterator[Table]:
    """The tables with what continues them joined on, totals at their ends left out."""
    group: list[SheetTable] = []
    for sheet_table in tables_of(grid, by_columns=by_columns):
        if isinstance(sheet_table, SheetRemark):
            continue
        if group and not sheet_table.continued:
            yield _table(grid, group)
            group = []
        group.append(sheet_table)
    if group:
        yield _table(grid, group)


def _table(grid: Grid, parts: Sequence[SheetTable]) -> Table:
    first = parts[0]
    numbers = [number for part in parts for number in part.body]
    rows = [row for part in parts for row in _body(grid, part)]
    while len(rows) > 2 and _is_total(rows[-1]):
        rows.pop()
        numbers.pop()
    read = _typed(rows, len(first.columns))
    columns = tuple(
        Column(name, each.kind, each.unit, position)
        for name, each, position in zip(column_names(first), read, first.columns, strict=True)
    )
    values = tuple(zip(*(each.values for each in read), strict=True))
    cells = replace(first.cells, bottom=parts[-1].cells.bottom)
    name = " ".join(first.title)
    return Table(grid.sheet, name, cells, columns, values, tuple(numbers))


def _is_total(row: Row) -> bool:
    """A sum of the rows above it would be counted twice."""
    label = next((text for text in texts(row) if text), "")
    others = [cell for cell in row if cell and cell.text != label]
    return is_total(label) and all(map(is_value, others))
