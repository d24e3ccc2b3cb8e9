"""What an ODS sheet says outside its cells, and what it hides: comments, shapes, charts."""

import posixpath
from collections.abc import Iterator
from typing import Any

from app.documents.characters import clean_line
from app.documents.limits import SHEET_CELLS_SEEN
from app.documents.markup import Package
from app.documents.office.odf_names import DRAW, OFFICE, STYLE, TABLE, TEXT
from app.documents.office.odf_text import count_of, words
from app.documents.sheets import sheet_words
from app.documents.tables.grid import Aside
from app.documents.words import words as reading_words
from app.domain.errors import DamagedFile
from app.domain.library.cells import Cells

_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_HREF = "{http://www.w3.org/1999/xlink}href"
_CHART = "{urn:oasis:names:tc:opendocument:xmlns:chart:1.0}"
_HIDING = ("collapse", "filter")
_COLUMNS = 16_384


def is_hidden(element: Any) -> bool:
    """Whether a row or a column is not shown."""
    return element.get(TABLE + "visibility") in _HIDING


def hidden_sheets(root: Any) -> frozenset[str]:
    """The names of the styles whose sheets are not shown."""
    return frozenset(
        style.get(STYLE + "name", "")
        for style in root.iter(STYLE + "style")
        for properties in style.iterchildren(STYLE + "table-properties")
        if properties.get(TABLE + "display") == "false"
    )


def hidden_columns(sheet: Any) -> Iterator[int]:
    """Numbers of the columns that are not shown."""
    number = 0
    for column in sheet.iter(TABLE + "table-column"):
        times = min(count_of(column, "number-columns-repeated"), SHEET_CELLS_SEEN)
        if is_hidden(column):
            yield from range(number + 1, min(number + times, _COLUMNS) + 1)
        number += times


def comments(cell: Any, place: Cells, spoken: str) -> Iterator[Aside]:
    """The comments on a cell."""
    for note in cell.iterchildren(OFFICE + "annotation"):
        author = clean_line(note.findtext(_CREATOR) or "")
        yield from sheet_words.comment(place, author, _said(note), spoken)


def shapes(parent: Any, place: Cells | None, spoken: str) -> Iterator[Aside]:
    """The words of the shapes that hang on a cell or on the sheet."""
    for shape in parent:
        if isinstance(shape.tag, str) and shape.tag.startswith(DRAW):
            yield from sheet_words.aside(reading_words(spoken).sheet.text_box, _said(shape), place)


def charts(parent: Any, package: Package | None, spoken: str) -> Iterator[Aside]:
    """The titles of the charts on a sheet. Raises DamagedFile."""
    for frame in parent.iter(DRAW + "object") if package else ():
        path = posixpath.normpath(posixpath.join(frame.get(_HREF, ""), "content.xml"))
        if package and path in package.names:
            yield from sheet_words.aside(
                reading_words(spoken).sheet.chart, _chart(package.xml(path), spoken)
            )
        elif not frame.get(_HREF, "").startswith(("http:", "https:", "file:")):
            raise DamagedFile(name=path)


def _chart(root: Any, spoken: str) -> str:
    told = []
    for name in ("title", "subtitle"):
        told += [
            _said(title)
            for chart in root.iter(_CHART + "chart")
            for title in chart.iterchildren(_CHART + name)
        ]
    for axis in root.iter(_CHART + "axis"):
        told += [
            f"{reading_words(spoken).sheet.axis} {_said(each)}"
            for each in axis.iterchildren(_CHART + "title")
        ]
    return "; ".join(filter(None, told))


def _said(element: Any) -> str:
    return clean_line(" ".join(words(each) for each in element.iter(TEXT + "p")))
