"""Blocks or passages of a spreadsheet → what stands in which cell, to look at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from app.domain.library.cells import Cells
from app.domain.library.documents import BLOCK_BREAK, Block, BlockKind, Locator, Passage

#: Between the cells of a table's row, see Block.
_BAR = " | "


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A part of a row: the texts of cells from column `left` (1-based) on."""

    left: int
    line: str
    is_header: bool = False

    @property
    def cells(self) -> list[str]:
        return self.line.split(_BAR)


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """Rows `first` to `last` of a sheet (1-based) and its `width` in columns. `names` are those of
    the columns from `names_left` on, where the row that says them is not among the rows."""

    name: str
    rows: Mapping[int, tuple[SheetRow, ...]]
    first: int
    last: int
    width: int
    names: tuple[str, ...] = ()
    names_left: int = 1

    def text(self, row: int, column: int) -> str:
        """What the cell shows, "" where nothing is."""
        for part in self.rows.get(row, ()):
            cells, place = part.cells, column - part.left
            if 0 <= place < len(cells):
                return cells[place]
        return ""

    def is_header(self, row: int) -> bool:
        """Whether the row names the columns of a table."""
        return any(part.is_header for part in self.rows.get(row, ()))

    def name_of(self, column: int) -> str:
        place = column - self.names_left
        return self.names[place] if 0 <= place < len(self.names) else ""

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """The cells, as row and column, whose text holds `text`, upper case as lower."""
        needle = text.lower()
        for row in sorted(self.rows):
            for part in self.rows[row]:
                if needle in part.line.lower():
                    places = enumerate(part.cells, part.left)
                    yield from ((row, place) for place, cell in places if needle in cell.lower())


@dataclass
class _GridRows:
    """Rows on their way to a grid."""

    rows: dict[int, list[SheetRow]] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    names_left: int = 1

    def add(self, top: int, left: int, lines: Sequence[str], headers: int = 0) -> None:
        for number, line in enumerate(lines):
            row = SheetRow(left, line, number < headers)
            self.rows.setdefault(top + number, []).append(row)

    def grid(self, name: str, first: int | None = None) -> SheetGrid:
        ends = [part.left + len(part.cells) - 1 for row in self.rows.values() for part in row]
        return SheetGrid(
            name,
            {number: tuple(parts) for number, parts in self.rows.items()},
            min(self.rows) if first is None else first,
            max(self.rows),
            max(ends),
            self.names,
            self.names_left,
        )


def grids(blocks: Sequence[Block]) -> tuple[SheetGrid, ...]:
    """The sheets of a workbook in order, from their first row on; none where no block has cells."""
    sheets: dict[str, _GridRows] = {}
    title, below = "", 0
    for block, following in zip_longest(blocks, blocks[1:]):
        sheet = sheets.setdefault(block.sheet, _GridRows())
        if block.cells is None:
            if block.kind is BlockKind.HEADING:
                title, below = block.text if block.level > 1 else "", 0
            elif below:  # a remark under the table
                sheet.add(below, 1, [block.text])
                below += 1
            continue
        if block.kind is BlockKind.TABLE:
            _add_table(sheet, block, block.cells, title)
            title, below = "", block.cells.bottom + 1
        elif not _tells_of(block, following):
            sheet.add(block.cells.top, block.cells.left, block.text.split("\n"))
            below = 0
    return tuple(sheet.grid(name, first=1) for name, sheet in sheets.items() if sheet.rows)


def _add_table(sheet: _GridRows, block: Block, cells: Cells, title: str) -> None:
    lines = _lines(block.text.split("\n"), cells)
    generated = block.text.count("\n") + 1 - len(lines)
    sheet.add(cells.top, cells.left, lines, max(block.headers - generated, 0))
    if title and cells.top > 1 and cells.top - 1 not in sheet.rows:
        sheet.add(cells.top - 1, cells.left, [title])


def _tells_of(block: Block, following: Block | None) -> bool:
    """Whether it is the summary of the table below it, which says nothing that stands there."""
    return following is not None and following.kind is BlockKind.TABLE and (
        following.cells == block.cells or following.cells is None
    )  # fmt: skip


def grids_of(passages: Iterable[Passage]) -> tuple[SheetGrid, ...]:
    """The rows that some passages hold, by sheets."""
    sheets: dict[str, _GridRows] = {}
    for passage in passages:
        cells = Cells.parse(passage.locator.cells)
        table = passage.text[_table_begins(passage.text) :]
        lines = _lines(list(_whole(table)), cells) if cells else []
        if not cells or not lines:
            continue
        sheet = sheets.setdefault(passage.locator.sheet, _GridRows())
        header = passage.header.partition("\n")[2]
        if header and not sheet.names:
            sheet.names = tuple(header.split("\n")[-1].split(_BAR))
            sheet.names_left = cells.left
        before = sheet.rows.get(cells.top)
        if before:  # a row that was too long for one passage
            before[-1] = SheetRow(before[-1].left, f"{before[-1].line} {lines.pop(0)}")
            sheet.add(cells.top + 1, cells.left, lines)
        else:
            sheet.add(cells.top, cells.left, lines)
    return tuple(sheet.grid(name) for name, sheet in sheets.items() if sheet.rows)


def _whole(text: str) -> Iterator[str]:
    """The lines of a stretch, without what a cut took from empty cells at its ends."""
    for line in text.split("\n"):
        begun = f" {line}" if line.startswith("| ") or line == "|" else line
        yield f"{begun} " if begun.endswith(" |") else begun


def _lines(lines: list[str], cells: Cells) -> list[str]:
    """Those that are rows of `cells`, none when they cannot be told; one above may be generated."""
    return lines[-cells.height :] if len(lines) in (cells.height, cells.height + 1) else []


def cited_cells(place: Locator, text: str, start: int, end: int) -> str:
    """The cells of the lines that characters `start` to `end` of a passage's `text` lie in, or all
    of the passage's where its lines are not the rows of its cells."""
    cells, begin = Cells.parse(place.cells), _table_begins(text)
    lines = text[begin:].split("\n")
    if cells is None or not _lines(lines, cells) or not begin <= start < end:
        return place.cells
    generated = len(lines) - cells.height
    rows = (text.count("\n", begin, start), text.count("\n", begin, end - 1))
    first, last = (cells.top + max(row - generated, 0) for row in rows)
    return str(Cells(first, cells.left, last, cells.right))


def _table_begins(text: str) -> int:
    """Where the rows of a passage begin: after the heading and the summary that it may have."""
    before, found, _ = text.rpartition(BLOCK_BREAK)
    return len(before) + len(found)
