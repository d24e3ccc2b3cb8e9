"""Workbooks: what stands in their cells, and beside them."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from app.bench.independent.moments import shown
from app.bench.independent.seen import Seen

#: Parts of XLSX that hold words besides the cells' values: their strings, drawings, charts,
#: comments, who wrote them, tables, the title.
_BESIDE = re.compile(
    r"xl/(sharedStrings|workbook|styles|comments[^/]*|(persons|threadedComments|comments|drawings"
    r"|charts|diagrams|tables|worksheets|chartsheets)/[^/]+)\.xml$|docProps/core\.xml$",
    re.I,
)
#: Attributes that name sheets, people, tables and number formats.
_NAMED = ("name", "displayName", "formatCode")
#: Cells, whose values openpyxl has read, formulas, and codes of page headers.
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_READ = frozenset({_MAIN + "v", _MAIN + "f", _MAIN + "definedName"})
_HEADS = ("Header", "Footer")
_CODES = re.compile(r'&"[^"]*"|&K[0-9A-F]{6}|&\d+|&.')
#: Kinds of cells of xlrd: dates, truths, errors.
_SHOWN = frozenset({3, 4, 5})
#: What stands together as one text, and the paragraphs of drawings within.
_TOGETHER = ("}p", "}si", "}is", "}text")


def workbook(path: Path) -> Seen:
    """What stands in cells, as openpyxl reads it. Aside: dates by their formats; the text nodes of
    drawings, charts and comments, page headers, names of sheets, words that number formats add."""
    import openpyxl

    with zipfile.ZipFile(path) as parts:
        beside = [_nodes(parts.read(name)) for name in parts.namelist() if _BESIDE.search(name)]
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    cells: list[Any] = []
    for row in (row for sheet in book.worksheets for row in sheet.rows):
        cells += [cell.value for cell in row]
        beside += [
            shown(cell.value, cell.number_format)
            for cell in row
            if isinstance(cell.value, date | time | timedelta)
        ]
    return Seen(_words_in(cells), "\n".join(beside))


def _nodes(part: bytes) -> str:
    from lxml import etree

    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    return "\n".join(_told(root))


def _told(root: Any) -> Iterator[str]:
    """Text nodes, those of a paragraph or a string without a gap."""
    for node in root.iter():
        tag = str(node.tag)
        if tag.endswith(_TOGETHER):
            yield "".join(node.itertext())
        elif tag.endswith(_HEADS):
            yield _CODES.sub("\n", node.text or "")
        elif tag not in _READ and node.text:
            yield node.text
        yield from (str(node.get(name)) for name in _NAMED if node.get(name))


def old_workbook(path: Path) -> Seen:
    """What stands in cells, as xlrd reads it. Aside: dates by their formats, truths and errors in
    words, names of sheets, comments and who wrote them, number formats, the title."""
    import xlrd

    book = xlrd.open_workbook(path, logfile=io.StringIO(), formatting_info=True)
    rows = [sheet.row(row) for sheet in book.sheets() for row in range(sheet.nrows)]
    notes = (note for sheet in book.sheets() for note in sheet.cell_note_map.values())
    beside = [
        *(sheet.name for sheet in book.sheets()),
        *(f"{note.author}\n{note.text}" for note in notes),
        *(each.format_str or "" for each in book.format_map.values()),
        *(_shown(book, cell) for row in rows for cell in row if cell.ctype in _SHOWN),
        _title(path),
    ]
    return Seen(_words_in(cell.value for row in rows for cell in row), "\n".join(beside))


def _shown(book: Any, cell: Any) -> str:
    """A cell whose value is a number that stands for something else."""
    import xlrd

    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    try:
        return shown(xlrd.xldate_as_datetime(cell.value, book.datemode), code or "")
    except (xlrd.XLDateError, ValueError, OverflowError):
        return ""


def _title(path: Path) -> str:
    """Out of the properties; "" where the file is none of OLE or its properties are damaged."""
    import olefile

    with suppress(OSError, ValueError, LookupError, TypeError):
        with olefile.OleFileIO(path) as file:
            facts = file.get_metadata()
        title = facts.title or b""
        return title.decode(f"cp{facts.codepage}", "replace") if isinstance(title, bytes) else title
    return ""


def _words_in(cells: Iterable[Any]) -> str:
    return "\n".join(str(cell) for cell in cells if cell is not None)
