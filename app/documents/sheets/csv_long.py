"""A very long CSV or TSV → the same blocks as csv_file, a piece at a time in constant memory."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from app.documents.characters import clean_cell
from app.documents.limits import LONG_TABLE_MOST_BYTES, MB, TABLE_PIECE_BYTES
from app.documents.sheets import csv_file, sheets
from app.documents.source import DocumentSource
from app.documents.tables.cell_values import CellValue
from app.documents.tables.grid import Grid
from app.documents.tables.table_text import row_line
from app.documents.text import plain
from app.documents.words import words
from app.domain.errors import DamagedFile, EmptyDocument, FileTooLarge
from app.domain.library.cells import Cells
from app.domain.library.documents import Block, BlockKind, ReadDocument

#: Places in the file where its encoding is looked at, and bytes at each.
_LOOKS, _LOOK = 32, 16 * 1024
#: No honest field is longer; a quotation mark that never closes would swallow the file.
_FIELD = 4 * MB


@dataclass(frozen=True)
class _Form:
    """How the file is written."""

    encoding: str
    delimiter: str


def sections(source: DocumentSource) -> Iterator[ReadDocument]:
    """The first rows with their title and summary, then the others. DamagedFile, EmptyDocument,
    FileTooLarge."""
    if source.size() > LONG_TABLE_MOST_BYTES:
        raise FileTooLarge(name=source.name, limit=f"{LONG_TABLE_MOST_BYTES // MB} MB")
    form = _form(source)
    rows = sum(1 for _ in _records(source, form))
    pieces = _pieces(source, form)
    first = next(pieces, [])
    grid = Grid("", [[CellValue(text) if text else None for text in row] for row in first])
    blocks = list(sheets.blocks([grid], by_columns=False))
    if not blocks:
        raise EmptyDocument(name=source.name)
    if rows > len(first):
        told = words(sheets.spoken_in(grid)).long_table.format(rows=rows, first=len(first))
        blocks.insert(_summary_end(blocks), Block(BlockKind.PARAGRAPH, told))
    yield ReadDocument(tuple(blocks))
    header = _header(blocks)
    top = len(first) + 1
    for piece in pieces:
        yield ReadDocument(tuple(_table(piece, header, top)))
        top += len(piece)


def _summary_end(blocks: list[Block]) -> int:
    """Before the first table, after what tells of it."""
    return next(
        (at for at, block in enumerate(blocks) if block.kind is BlockKind.TABLE), len(blocks)
    )


def _header(blocks: list[Block]) -> str:
    """The line that names the columns; the last of several."""
    table = next((block for block in blocks if block.kind is BlockKind.TABLE), None)
    return table.text.split("\n")[table.headers - 1] if table and table.headers else ""


def _table(rows: list[list[str]], header: str, top: int) -> Iterator[Block]:
    lines = [row_line(row) for row in rows]
    width = max(map(len, rows))
    if width < 1 or not any(any(row) for row in rows):
        return
    cells = Cells(top, 1, top + len(rows) - 1, width)
    text = "\n".join([header, *lines] if header else lines)
    yield Block(BlockKind.TABLE, text, cells=cells, headers=1 if header else 0)


def _pieces(source: DocumentSource, form: _Form) -> Iterator[list[list[str]]]:
    piece: list[list[str]] = []
    size = 0
    for record in _records(source, form):
        row = [clean_cell(each) for each in record]
        piece.append(row)
        size += sum(map(len, row)) + len(row)
        if size >= TABLE_PIECE_BYTES:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _records(source: DocumentSource, form: _Form) -> Iterator[list[str]]:
    csv.field_size_limit(_FIELD)
    with source.open() as file:
        text = io.TextIOWrapper(file, form.encoding, errors="replace", newline="")
        lines = (line.replace("\0", "") for line in text)
        first = next(lines, "")
        stated = csv_file.SEP.match(first)
        try:
            yield from csv.reader(
                lines if stated else chain([first], lines), delimiter=form.delimiter
            )
        except csv.Error as error:
            raise DamagedFile(name=source.name) from error


def _form(source: DocumentSource) -> _Form:
    size = source.size()
    with source.open() as file:
        looks = [_at(file, size * place // _LOOKS) for place in range(_LOOKS)]
    encoding = _encoding(looks, source.name)
    head = looks[0].decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
    stated = csv_file.SEP.match(head)
    delimiter = stated[1] if stated else csv_file.delimiter_of(head, source.name)
    return _Form(encoding, delimiter)


def _at(file: BinaryIO, place: int) -> bytes:
    """Whole lines from about there on."""
    file.seek(place)
    if place:
        file.readline(_LOOK)
    return file.read(_LOOK)


def _encoding(looks: list[bytes], name: str) -> str:
    """By those places that hold more than ASCII."""
    if looks[0][:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    telling = [look for look in looks if not look.isascii() or b"\0" in look]
    found = {encoding for each in telling if (encoding := plain.encoding_of(each))}
    if telling and not found:
        raise DamagedFile(name=name)
    others = found - {"utf-8", "utf-8-sig"}  # a piece may happen to be valid UTF-8
    return min(others or found or {"utf-8"})
