"""Collections, documents, and what a document is made of: blocks, passages, locators."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.library.cells import Cells
from app.domain.library.reading import NOTHING_READ, ReadingReport


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class LineBox:
    """One printed line: points from the page's top left corner, and its characters in the block.

    `start` and `end` count characters of the block's own text.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A structural piece of a document, in reading order.

    `level` is 1–6 for headings and the depth of a list item, else 0. `page` is 1-based and None in
    formats without pages; `line` is the 1-based line in plain text. A table's text has one row a
    line, cells parted by " | ", header rows first; `headers` of them, 0 where nobody counted.

    `sheet` and `cells` say where a block of a spreadsheet stands. A table's text may have one line
    more than its cells have rows: column letters in place of a header that is missing.
    """

    kind: BlockKind
    text: str
    page: int | None = None
    level: int = 0
    line: int | None = None
    boxes: tuple[LineBox, ...] = ()
    sheet: str = ""
    cells: Cells | None = None
    headers: int = 0


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a reader returns: blocks, a title (may be empty), the number of pages (or None), what
    was read and what was not, and for each page what is printed as its number where that is another
    ("iv", "A-2"; empty where no page has such a label)."""

    blocks: tuple[Block, ...]
    title: str = ""
    pages: int | None = None
    reading: ReadingReport = NOTHING_READ
    labels: tuple[str, ...] = ()

    def label(self, page: int | None) -> str:
        """What is printed as the number of a page (1-based), "" where it is the same."""
        return self.labels[page - 1] if page and page <= len(self.labels) else ""


#: Between two blocks in the canonical text of a document, which character offsets refer to.
BLOCK_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a stretch of a document stands: offsets in its canonical text, page, heading path; in
    a spreadsheet its sheet and its cells in letters, as "B2:F21". `label` is what is printed as the
    page's number, "" where it is the same."""

    start: int
    end: int
    page: int | None = None
    heading: str = ""
    line: int | None = None
    sheet: str = ""
    cells: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece that is embedded and searched as one.

    `header` is the line "title › heading path › page" that goes before the text into the embedding
    and the keyword index. `boxes` hold the printed lines, with offsets relative to `text`.
    """

    text: str
    header: str
    locator: Locator
    boxes: tuple[LineBox, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Passages of a document that follow each other: the first is number `first` (from 0) of all
    `total`."""

    first: int
    total: int
    passages: tuple[Passage, ...]

    def holds(self, offset: int) -> bool:
        """Whether a character of the canonical text lies between its first and its last."""
        found = self.passages
        return bool(found) and found[0].locator.start <= offset < found[-1].locator.end


@dataclass(frozen=True, slots=True)
class FoundText:
    """Where a text stands: a page (1-based), and x0, y0, x1, y1 in points."""

    page: int
    box: tuple[float, float, float, float]


class DocumentState(StrEnum):
    QUEUED = "queued"
    PARSING = "parsing"
    EMBEDDING = "embedding"
    INDEXED = "indexed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Collection:
    """`private`: only those read it whom somebody named. `may_add`: whether this profile may add
    documents to it, whatever its role. `server`: where it lies that is not on this computer."""

    id: str
    name: str
    documents: int = 0
    passages: int = 0
    private: bool = False
    may_add: bool = True
    server: str = ""


def lines_of(passage: Passage, text: str) -> list[FoundText]:
    """The printed lines of a passage that hold a part of `text`, upper case as lower."""
    needle, body = " ".join(text.split()).lower(), passage.text.replace("\n", " ").lower()
    page = passage.locator.page
    if not needle or page is None or len(body) != len(passage.text):
        return []
    found: list[LineBox] = []
    at = body.find(needle)
    while at >= 0:
        end = at + len(needle)
        found += [box for box in passage.boxes if box.start < end and box.end > at]
        at = body.find(needle, end)
    return [FoundText(page, (box.x0, box.y0, box.x1, box.y1)) for box in dict.fromkeys(found)]


_PICTURED = frozenset({"pdf", "png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp", "gif"})
_SHEETS = frozenset({"csv", "tsv", "tab", "xlsx", "xlsm", "xlsb", "xls", "xlt", "ods"})
_SLIDES = frozenset({"pptx", "pptm", "ppsx", "odp", "ppt", "pps", "pot"})


@dataclass(frozen=True, slots=True)
class Document:
    """A document in a collection. `size` in bytes; `added` and `modified`, when its file was last
    changed, in seconds since 1970 (UTC), `modified` None where that is not known.

    `pending`: it waits to be read, for the first time or again. `reading` is what was read of it.
    `container` is the document that it was taken out of. `missing`: its file is no longer where it
    was found.
    """

    id: str
    name: str
    path: str
    state: DocumentState
    size: int
    pages: int | None
    passages: int
    added: float
    title: str = ""
    error: str = ""
    error_facts: tuple[tuple[str, str], ...] = ()
    modified: float | None = None
    tags: tuple[str, ...] = ()
    pending: bool = False
    language: str = ""
    reading: ReadingReport = NOTHING_READ
    container: str = ""
    missing: bool = False

    @property
    def type(self) -> str:
        """The suffix of its name, lower-case, without the dot; "" where there is none."""
        _, dot, suffix = self.name.rpartition(".")
        return suffix.lower() if dot else ""

    @property
    def is_pictured(self) -> bool:
        """Whether it is looked at as pictures of its pages; others as their text or their cells."""
        return self.type in _PICTURED

    @property
    def recognised(self) -> int:
        """Pages whose text was recognised in a picture."""
        return self.reading.recognised_pages

    @property
    def partly_read(self) -> bool:
        """Whether something in it is known not to have been read."""
        return self.state == DocumentState.INDEXED and not self.reading.complete

    @property
    def is_sheet(self) -> bool:
        """Whether it is made of cells."""
        return self.type in _SHEETS

    @property
    def is_slides(self) -> bool:
        """Whether its pages are slides."""
        return self.type in _SLIDES

    @property
    def date(self) -> float:
        """When its file was last changed, or else when it was added."""
        return self.added if self.modified is None else self.modified


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search is narrowed to. Each part that is empty or None narrows nothing; of the others
    a document must fit every one: be among `documents` (ids), have one of `tags`, be of one of
    `types` ("pdf"), and of a date from `since` to before `until` (seconds since 1970)."""

    collections: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    since: float | None = None
    until: float | None = None

    @property
    def everything(self) -> bool:
        return self == Scope()

    def fits(self, document: Document) -> bool:
        """Whether it lies within; `collections` is left to who knows them."""
        return (
            (not self.documents or document.id in self.documents)
            and (not self.tags or not self.tags.isdisjoint(document.tags))
            and (not self.types or document.type in self.types)
            and (self.since is None or document.date >= self.since)
            and (self.until is None or document.date < self.until)
        )


@dataclass(frozen=True, slots=True)
class PageImage:
    """A rendered page: `pixels` are RGB, three bytes each, rows of `width * 3` bytes.

    `scale` is pixels per point. `marks` are highlighted rectangles (x0, y0, x1, y1) in points.
    """

    width: int
    height: int
    pixels: bytes
    scale: float
    pages: int
    marks: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class AddProgress:
    """Reported while documents are added: `done` of `total` files; `fraction` of the file at hand.

    `document` is its id, `state` what is being done with it; `seconds_left` for all that waits,
    None as long as nobody can tell.
    """

    done: int
    total: int
    document: str
    name: str
    state: DocumentState
    fraction: float = 0.0
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class DroppedFiles:
    """Files that waited in a collection (its id) until the user cancelled, by their paths."""

    collection: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Seconds that the reading and the embedding side spent, both together."""

    reading: float = 0.0
    embedding: float = 0.0
    storing: float = 0.0
    waiting: float = 0.0

    def __add__(self, other: "StageTimes") -> "StageTimes":
        return StageTimes(
            self.reading + other.reading,
            self.embedding + other.embedding,
            self.storing + other.storing,
            self.waiting + other.waiting,
        )


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of every file, in the order they were given; `seconds` of work."""

    documents: tuple[Document, ...]
    duplicates: int
    seconds: float
    times: StageTimes
