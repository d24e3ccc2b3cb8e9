"""What an XLSX sheet says outside its cells: comments, text boxes and shapes, the words of its
charts, page headers. A part that is damaged costs itself alone."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any

from app.documents.characters import clean_line
from app.documents.markup import Package, part_path
from app.documents.sheets import sheet_words
from app.documents.tables.grid import Aside
from app.documents.words import SheetWords, words
from app.domain.errors import DamagedFile
from app.domain.library.cells import Cells

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_THREADED = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_WORKBOOK = "xl/workbook.xml"
#: Codes of a page header: place on the line, font, colour, size; what changes with the page.
_CODES = re.compile(
    r'&(?:"[^"]*"|\[[^\]]*\]|K[0-9A-F]{6}|K\d\d[+-]\d{3}|\d{1,3}|[LCRBIUESXYPNDTZFAGHO+-])'
)
#: Shapes, comments and series of one sheet that are read; more is no reading matter.
_MOST = 5000


def chart_sheets(package: Package) -> Iterator[tuple[str, str]]:
    """Names and parts of the sheets that are one chart each; none when nothing can be made out."""
    try:
        targets = _relations(package, _WORKBOOK)
        book = package.xml(_WORKBOOK)
    except DamagedFile:
        return
    for sheet in book.iter(_MAIN + "sheet"):
        kind, path = targets.get(sheet.get(_RELATION + "id", ""), ("", ""))
        if kind == "chartsheet":
            yield sheet.get("name", ""), path


def _relations(package: Package, path: str) -> dict[str, tuple[str, str]]:
    """Kind and part by the name of the relation. Raises DamagedFile."""
    folder, file = posixpath.split(path)
    name = f"{folder}/_rels/{file}.rels"
    if name not in package.names:
        return {}
    return {
        each.get("Id", ""): (
            each.get("Type", "").rpartition("/")[2],
            part_path(folder, each.get("Target", "")),
        )
        for each in package.xml(name)
        if each.get("TargetMode") != "External"
    }


class Asides:
    """The words beside one sheet's cells, in `found`; parts that are damaged, in `unread`."""

    def __init__(self, package: Package, spoken: str) -> None:
        self._package = package
        self._spoken = spoken
        self._told_as: SheetWords = words(spoken).sheet
        self.found: list[Aside] = []
        self.unread: list[str] = []

    def read(self, path: str) -> None:
        """All that the sheet of this part refers to."""
        for each in (self._comments, self._drawings):
            try:
                each(path)
            except DamagedFile:
                self.unread.append(path)

    def _parts(self, path: str, kind: str) -> Iterator[tuple[str, Any]]:
        """The parts of a kind that a part refers to, the damaged ones noted."""
        for found, target in _relations(self._package, path).values():
            if found != kind:
                continue
            try:
                yield target, self._package.xml(target)
            except DamagedFile:
                self.unread.append(target)

    def _add(self, what: str, text: str, cells: Cells | None = None) -> None:
        self._take(sheet_words.aside(what, text, cells))

    def _take(self, found: Iterator[Aside]) -> None:
        if len(self.found) < _MOST:
            self.found += found

    # -- comments --------------------------------------------------------------------------------

    def _comments(self, path: str) -> None:
        threaded = self._threads(path)
        for _, root in self._parts(path, "comments"):
            authors = [clean_line(each.text or "") for each in root.iter(_MAIN + "author")]
            for comment in root.iter(_MAIN + "comment"):
                place = comment.get("ref", "")
                if place not in threaded:  # else it is a copy that asks for a newer Excel
                    text = _text(comment.find(_MAIN + "text"), _MAIN + "t", _MAIN + "rPh")
                    self._comment(place, _author(authors, comment.get("authorId", "")), text)

    def _threads(self, path: str) -> set[str]:
        """Reads comments with replies; the cells that have some."""
        places: set[str] = set()
        people = self._people()
        for _, root in self._parts(path, "threadedComment"):
            for comment in root.iter(_THREADED + "threadedComment"):
                place = comment.get("ref", "")
                places.add(place)
                text = clean_line(comment.findtext(_THREADED + "text") or "")
                self._comment(place, people.get(comment.get("personId", ""), ""), text)
        return places

    def _people(self) -> dict[str, str]:
        parts = self._parts(_WORKBOOK, "person")
        people = (each for _, root in parts for each in root.iter(_THREADED + "person"))
        return {each.get("id", ""): clean_line(each.get("displayName", "")) for each in people}

    def _comment(self, place: str, author: str, text: str) -> None:
        self._take(sheet_words.comment(Cells.parse(place), author, text, self._spoken))

    # -- drawings --------------------------------------------------------------------------------

    def _drawings(self, path: str) -> None:
        for drawing, root in self._parts(path, "drawing"):
            for shape in root.iter(_DRAWING + "sp"):
                text = _paragraphs(shape)
                self._add(self._told_as.text_box, text, _anchor(shape))
            for kind in ("chart", "chartEx"):
                for _, chart in self._parts(drawing, kind):
                    self._chart(chart)
            for _, diagram in self._parts(drawing, "diagramData"):
                self._add(self._told_as.text_box, _paragraphs(diagram))

    def _chart(self, root: Any) -> None:
        """Its title, the names of its axes, its series and the words in it."""
        told = [_titled(next(root.iter(_C + "chart"), root))]
        for axis in _children(root, "plotArea", ("catAx", "valAx", "dateAx", "serAx")):
            if name := _titled(axis):
                told.append(f"{self._told_as.axis} {name}")
        names = filter(None, (_series(each) for each in root.iter(_C + "ser")))
        if listed := ", ".join(dict.fromkeys(names)):
            told.append(f"{self._told_as.series} {listed}")
        if not any(told):  # a chart of a later kind, which has a vocabulary of its own
            told = [_paragraphs(root)]
        self._add(self._told_as.chart, "; ".join(filter(None, told)))

    # -- page headers ----------------------------------------------------------------------------

    def running(self, heads: Iterable[str], feet: Iterable[str]) -> None:
        """What stands above and below each page, without its codes; bare page numbers left out."""
        for what, texts in ((self._told_as.header, heads), (self._told_as.footer, feet)):
            bare = (clean_line(_CODES.sub(" ", text).replace("&&", "&")) for text in texts)
            for text in dict.fromkeys(bare):
                if sum(map(str.isalpha, text)) > len("Page"):
                    self._add(what, text)


def _author(authors: list[str], number: str) -> str:
    known = number.isdecimal() and len(number) < 9 and int(number) < len(authors)
    name = authors[int(number)] if known else ""
    return "" if name.startswith(("tc=", "openpyxl", "None")) else name


def _text(element: Any, tag: str, without: str = "") -> str:
    if element is None:
        return ""
    nodes = (node for node in element.iter(tag) if not without or node.getparent().tag != without)
    return clean_line("".join(node.text or "" for node in nodes))


def _paragraphs(element: Any) -> str:
    return clean_line(" ".join(_text(each, _A + "t") for each in element.iter(_A + "p")))


def _titled(element: Any) -> str:
    """The title of a chart or an axis: written, or out of a cell."""
    title = element.find(_C + "title")
    if title is None:
        return ""
    return _paragraphs(title) or _text(title, _C + "v")


def _children(root: Any, parent: str, names: tuple[str, ...]) -> Iterator[Any]:
    for area in root.iter(_C + parent):
        yield from area.iterchildren(*(_C + name for name in names))


def _series(series: Any) -> str:
    return _text(series.find(_C + "tx"), _C + "v")


def _anchor(shape: Any) -> Cells | None:
    """The cells that a shape lies over, counted from 1."""
    anchor = next(
        (each for each in shape.iterancestors() if each.find(_DRAWING + "from") is not None), None
    )
    if anchor is None:
        return None
    corner = _corner(anchor.find(_DRAWING + "from"))
    other = _corner(anchor.find(_DRAWING + "to")) or corner
    if corner is None or other is None:
        return None
    return Cells(corner[0], corner[1], max(corner[0], other[0]), max(corner[1], other[1]))


def _corner(element: Any) -> tuple[int, int] | None:
    if element is None:
        return None
    texts = [element.findtext(_DRAWING + name) or "" for name in ("row", "col")]
    if not all(text.isdecimal() and len(text) < 9 for text in texts):
        return None
    return int(texts[0]) + 1, int(texts[1]) + 1
