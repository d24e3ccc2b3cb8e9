"""Words that say of a sheet's text what it is: hidden, a comment, a text box."""

from collections.abc import Iterator, Mapping, Sequence

from app.documents.tables.grid import Aside, Grid
from app.documents.tables.sheet_forms import form_line, own_cells
from app.documents.tables.sheet_tables import SheetRemark, SheetTable
from app.documents.words import words
from app.domain.library.cells import Cells

#: Areas that are named one by one.
_NAMED_AREAS = 20


def sheet(grid: Grid, spoken: str) -> str:
    """A sheet's name."""
    told_as = words(spoken).sheet
    return _marked(grid.sheet, told_as.hidden_sheet, spoken) if grid.hidden.sheet else grid.sheet


def row(grid: Grid, text: str, number: int, spoken: str) -> str:
    """What a row says, by its number."""
    if number not in grid.hidden.rows:
        return text
    return _marked(text, words(spoken).sheet.hidden_row, spoken)


def names(grid: Grid, part: SheetTable, texts: Sequence[str], spoken: str) -> list[str]:
    """The names of a table's columns."""
    return [
        _column(grid, text, column, spoken)
        for column, text in zip(part.columns, texts, strict=True)
    ]


def lines(grid: Grid, part: SheetRemark, spoken: str) -> list[str]:
    """The lines of what is no table."""
    if not grid.hidden.rows and not grid.hidden.columns:
        return list(part.lines)
    return [
        line
        for number in range(part.cells.top, part.cells.bottom + 1)
        if (line := _line(grid, part, number, spoken))
    ]


def _line(grid: Grid, part: SheetRemark, number: int, spoken: str) -> str:
    cells = [
        (place, cell._replace(text=_column(grid, cell.text, place + 1, spoken)))
        for place, cell in own_cells(grid, number, part.cells)
    ]
    line = form_line(cells)
    return row(grid, line, number, spoken) if line else ""


def calculated(grid: Grid, cells: Cells, spoken: str) -> str:
    """Which cells of an area were computed while reading; "" for none."""
    columns: dict[int, list[int]] = {}
    for number in range(cells.top, cells.bottom + 1) if grid.calculated else ():
        for column in grid.calculated.get(number, ()):
            if cells.left <= column <= cells.right:
                columns.setdefault(column, []).append(number)
    areas = [str(area) for area in _areas(columns)]
    if not areas:
        return ""
    told = areas[:_NAMED_AREAS] + ["…"] * (len(areas) > _NAMED_AREAS)
    return words(spoken).sheet.calculated.format(cells=", ".join(told))


def _areas(columns: Mapping[int, Sequence[int]]) -> list[Cells]:
    """The rectangles that rows, by column, make."""
    grown: dict[tuple[int, int], Cells] = {}
    found: list[Cells] = []
    for column in sorted(columns):
        runs = dict.fromkeys(_runs(sorted(columns[column])))
        found += [area for run, area in grown.items() if run not in runs]
        grown = {
            (top, bottom): Cells(top, grown[top, bottom].left, bottom, column)
            if (top, bottom) in grown
            else Cells(top, column, bottom, column)
            for top, bottom in runs
        }
        if column + 1 not in columns:
            found += grown.values()
            grown = {}
    return sorted([*found, *grown.values()], key=lambda area: (area.top, area.left))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of numbers that follow each other."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def count(grid: Grid) -> int:
    """How many hidden sheets, rows and columns hold something."""
    filled = [number for number, cells in enumerate(grid.rows, 1) if any(cells)]
    if not filled and not grid.asides:
        return 0
    rows = sum(number in grid.hidden.rows for number in filled)
    columns = sum(_is_filled(grid, column) for column in grid.hidden.columns)
    return int(grid.hidden.sheet) + rows + columns


def _is_filled(grid: Grid, column: int) -> bool:
    return any(len(cells) >= column and cells[column - 1] for cells in grid.rows)


def _column(grid: Grid, text: str, column: int, spoken: str) -> str:
    if column not in grid.hidden.columns:
        return text
    return _marked(text, words(spoken).sheet.hidden_column, spoken)


def _marked(text: str, what: str, spoken: str) -> str:
    return words(spoken).sheet.hidden.format(text=text, what=what).strip()


def comment(cell: Cells | None, author: str, text: str, spoken: str) -> Iterator[Aside]:
    """A comment on a cell, after the name of who wrote it; nothing where it says nothing."""
    what = words(spoken).sheet.comment.format(cell=cell or "").strip()
    who = f" ({author})" if author and not text.startswith(author) else ""
    yield from aside(what + who, text, cell)


def aside(what: str, text: str, cells: Cells | None = None) -> Iterator[Aside]:
    """Something with words; nothing where it has none."""
    if text:
        yield Aside(f"{what}: {text}", cells)
