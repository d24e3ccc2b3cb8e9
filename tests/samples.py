"""Small documents made on the spot, and the way to the real ones."""

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest


def shared_data() -> Path:
    """The folder with real documents; skips the test when this machine has none."""
    shared = os.environ.get("LARETS_SHARED")
    root = Path(shared) if shared else Path(__file__).parents[1].parent / "shared"
    if not (root / "data").is_dir():
        pytest.skip("no shared/data next to the checkout")
    return root / "data"


def make_pdf(
    pages: Sequence[str], title: str = "", password: str = "", size: float = 11, width: float = 595
) -> bytes:
    """A PDF with one text a page; each line of it is a printed line. Latin letters only."""
    import pymupdf

    document = pymupdf.open()
    for text in pages:
        page = document.new_page(width=width, height=842)
        for number, line in enumerate(text.split("\n")):
            if line:
                page.insert_text((72, 90 + 1.3 * size * number), line, fontsize=size)
    document.set_metadata({"title": title})
    locked: dict[str, Any] = {}
    if password:
        locked = {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "user_pw": password}
    data = bytes(document.tobytes(**locked))
    document.close()
    return data


def make_printed(
    words: Sequence[tuple[float, float, str, float, bool]], rotation: int = 0
) -> bytes:
    """A PDF page with words at (x, baseline, text, size, bold)."""
    import pymupdf

    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    for x, y, text, size, bold in words:
        page.insert_text((x, y), text, fontsize=size, fontname="hebo" if bold else "helv")
    page.set_rotation(rotation)
    data = bytes(document.tobytes())
    document.close()
    return data


def make_docx(pieces: Sequence[tuple[str, str] | list[list[str]]], title: str = "") -> bytes:
    """A DOCX of (style, text) paragraphs and of tables given as rows of cells."""
    import docx

    document = docx.Document()
    document.core_properties.title = title
    for piece in pieces:
        if isinstance(piece, tuple):
            document.add_paragraph(piece[1], style=piece[0])
            continue
        table = document.add_table(rows=0, cols=len(piece[0]))
        for row in piece:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_xlsx(
    sheets: dict[str, dict[str, object]],
    formats: dict[str, str] | None = None,
    merged: Sequence[str] = (),
    hidden: Sequence[str] = (),
) -> bytes:
    """A workbook of sheets given as cells by their letters; formats and merged ranges hold for
    every sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for place, value in cells.items():
            sheet[place] = value
        for place, code in (formats or {}).items():
            sheet[place].number_format = code
        for area in merged:
            sheet.merge_cells(area)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cells(corner: str, rows: Sequence[Sequence[object]]) -> dict[str, object]:
    """Rows of values as cells by their letters, from a corner such as "B2"; None stays empty."""
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
    from openpyxl.utils.cell import get_column_letter as letter

    column, top = coordinate_from_string(corner)
    left = column_index_from_string(column)
    return {
        f"{letter(left + across)}{top + down}": value
        for down, row in enumerate(rows)
        for across, value in enumerate(row)
        if value is not None
    }
