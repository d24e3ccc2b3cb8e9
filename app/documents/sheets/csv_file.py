"""CSV and TSV → sheets: encoding, delimiter, quoted fields over several lines."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from app.documents.characters import clean_cell
from app.documents.limits import SHEET_CELLS
from app.documents.sheets import sheets
from app.documents.tables.cell_values import CellValue
from app.documents.tables.grid import Grid
from app.documents.tables.sheet_tables import typed_tables
from app.documents.text import plain
from app.domain.errors import EmptyDocument, FileTooLarge
from app.domain.library.documents import ReadDocument
from app.domain.library.tables import Table

_DELIMITERS = ",;\t|"
#: Lines that the delimiter is chosen by.
_SAMPLE_LINES = 200
#: Excel's own first line in files for other countries.
SEP = re.compile(r'"?sep=(.)"?\n', re.IGNORECASE)
#: A quotation mark inside a field: as databases write it, and as RFC 4180 does.
_ESCAPED = re.compile(r'[^\\]\\"')
_DOUBLED = re.compile(r'[^,;\t|\n"]""[^,;\t|\n"]')
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def read(data: bytes, name: str) -> ReadDocument:
    """A table's blocks. Raises DamagedFile, EmptyDocument or FileTooLarge."""
    blocks = tuple(sheets.blocks([grid(data, name)], by_columns=False))
    if not blocks:
        raise EmptyDocument(name=name)
    return ReadDocument(blocks)


def tables(data: bytes, name: str) -> tuple[Table, ...]:
    """The typed tables of a CSV or TSV file; errors as `read`."""
    return tuple(typed_tables(grid(data, name), by_columns=False))


def grid(data: bytes, name: str) -> Grid:
    """The records as rows; a blank line is a blank row."""
    rows: list[list[CellValue | None]] = []
    cells = 0
    for record in records(data, name):
        cells += len(record)
        if cells > SHEET_CELLS:
            raise FileTooLarge(name=name, limit=f"{SHEET_CELLS} cells")
        rows.append([CellValue(clean) if (clean := clean_cell(each)) else None for each in record])
    return Grid("", rows)


def records(data: bytes, name: str) -> Iterator[list[str]]:
    """The fields of each record as they stand in the file. Raises DamagedFile, FileTooLarge."""
    text = plain.decode(data, name)
    stated = SEP.match(text)
    if stated:
        text = text[stated.end() :]
    return _records(text, stated[1] if stated else delimiter_of(text, name))


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    # No field is longer than its file; the default limit refuses honest ones.
    csv.field_size_limit(max(len(text), 1))
    # Past line ends alone: "\x0b" or "\u2028" inside a field are no new record.
    stream = io.StringIO(text.replace("\0", ""), newline="")
    if _ESCAPED.search(text) and not _DOUBLED.search(text):
        return csv.reader(stream, delimiter=delimiter, escapechar="\\", doublequote=False)
    return csv.reader(stream, delimiter=delimiter)


def delimiter_of(text: str, name: str = "") -> str:
    """The sign that parts the most lines into equally many fields; a tab in a .tsv file."""
    if name.lower().endswith((".tsv", ".tab")):
        return "\t"
    sample = _QUOTED.sub("", text[:200_000]).split("\n")[:_SAMPLE_LINES]
    lines = [line for line in sample if line.strip()]
    return max(_DELIMITERS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: list[str], sign: str) -> tuple[float, int]:
    """How many lines have the commonest number of the sign, and that number."""
    counts = Counter(line.count(sign) for line in lines if sign in line)
    if not counts:
        return 0.0, 0
    number, times = max(counts.items(), key=lambda each: (each[1], each[0]))
    return times / len(lines), number
