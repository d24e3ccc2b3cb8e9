"""The formats that are read: a suffix, the module that reads it, and how its bytes must begin.

A new format is a module with `read(data, name)` below app.documents and a line in this table.
Modules are imported when the first file of theirs comes: together they take a second.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from app.documents.ooxml import ZIP_MARK
from app.documents.steps import Step
from app.domain.errors import DamagedFile, OldWordFormat, PasswordNeeded
from app.domain.library.documents import ReadDocument
from app.domain.library.tables import Table

PDF_MARK = b"%PDF-"
#: What the dictionary of a file inside a PDF says, or one that refers to it (ISO 32000-1, 7.11.4).
#: Streams are never packed away with other objects, so these can be seen in the bytes.
ATTACHED_MARKS = (b"/EmbeddedFile", b"/Params", b"/EF")
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Workbooks of Excel 2 to 4, which are no OLE files.
BIFF_MARKS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
#: Documents of Word 1 and 2 and of Word for DOS, which are none either.
PLAIN_WORD_MARKS = (b"\x9b\xa5", b"\xdb\xa5", b"\x31\xbe\0\0", b"\xfe\x37\0")
SEPARATED = (".csv", ".tsv", ".tab")
#: What is written to be read as it stands: notes, logs, settings, subtitles, calendars, cards.
TEXTS = (".txt", ".text", ".log", ".tex", ".rst", ".yaml", ".yml", ".ini", ".srt", ".ics", ".vcf")
SLIDES = (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm")
WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm")
WORDS = (".docx", ".docm", ".dotx", ".dotm")
#: Office files that may hold others.
PACKAGES = (*WORDS, *SLIDES, *WORKBOOKS)
PAGES = (".html", ".htm", ".xhtml")
IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif")
#: Readers accept a PDF whose mark stands anywhere in the first kilobyte (ISO 32000, annex H); a
#: server may have put its own head before that.
_PDF_MARK_WITHIN = 8192


def may_hold_files(pdf: bytes) -> bool:
    """Whether files may be attached to a PDF, without opening it: most have none."""
    return any(mark in pdf for mark in ATTACHED_MARKS)


#: Raises a DocumentError where the bytes are not what the suffix says.
Check = Callable[[bytes, str], None]


def _anything(_data: bytes, _name: str) -> None:
    """Text has no mark to begin with."""


def _package(data: bytes, name: str) -> None:
    """Office files are zips; one with a password is wrapped in an OLE file."""
    if data.startswith(OLE_MARK):
        raise PasswordNeeded(name=name)
    if not data.startswith(ZIP_MARK):
        raise DamagedFile(name=name)


def _pdf(data: bytes, name: str) -> None:
    if PDF_MARK not in data[:_PDF_MARK_WITHIN]:
        raise DamagedFile(name=name)


def _old_office(data: bytes, name: str) -> None:
    if not data.startswith((OLE_MARK, *BIFF_MARKS)):
        raise DamagedFile(name=name)


def _old_word(data: bytes, name: str) -> None:
    if data.startswith(PLAIN_WORD_MARKS):
        raise OldWordFormat(name=name)
    _compound(data, name)


def _compound(data: bytes, name: str) -> None:
    if not data.startswith(OLE_MARK):
        raise DamagedFile(name=name)


@dataclass(frozen=True, slots=True)
class Format:
    """`module` below app.documents has a function `function(data, name)`; with `paged` it takes the
    Step that hears of pages too; with `sheet` the module also has `tables(data, name)`."""

    module: str
    check: Check = _anything
    function: str = "read"
    paged: bool = False
    sheet: bool = False

    @property
    def is_marked(self) -> bool:
        """Whether its bytes begin in a way that no text does."""
        return self.check is not _anything

    def read(self, data: bytes, name: str, step: Step) -> ReadDocument:
        """The document's blocks. A DocumentError with the fact `name`."""
        self.check(data, name)
        reader = getattr(import_module(f"app.documents.{self.module}"), self.function)
        read: ReadDocument = reader(data, name, step) if self.paged else reader(data, name)
        return read

    def tables(self, data: bytes, name: str) -> tuple[Table, ...]:
        """The typed tables of a spreadsheet, none of another document. As `read`."""
        if not self.sheet:
            return ()
        self.check(data, name)
        found: tuple[Table, ...] = import_module(f"app.documents.{self.module}").tables(data, name)
        return found


#: What a file with an unknown suffix is tried as.
PLAIN = Format("text.plain")

FORMATS: dict[str, Format] = {
    ".pdf": Format("pdf.pdf", _pdf, paged=True),
    **dict.fromkeys(IMAGES, Format("pdf.image", paged=True)),
    **dict.fromkeys(WORDS, Format("word.docx", _package)),
    **dict.fromkeys((".doc", ".dot"), Format("binary.word", _old_word)),
    ".rtf": Format("text.rtf"),
    **dict.fromkeys(TEXTS, PLAIN),
    ".md": Format("text.markdown"),
    ".markdown": Format("text.markdown"),
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), Format("text.json_file")),
    **dict.fromkeys(PAGES, Format("web.html")),
    **dict.fromkeys((".mht", ".mhtml"), Format("web.mail", function="page")),
    ".eml": Format("web.mail"),
    ".msg": Format("web.outlook"),
    ".epub": Format("web.book", _package),
    ".fb2": Format("web.fiction_book"),
    **dict.fromkeys(SLIDES, Format("office.slides", _package)),
    **dict.fromkeys((".ppt", ".pps", ".pot"), Format("binary.slides", _compound)),
    **dict.fromkeys((".odt", ".ott", ".odp", ".otp"), Format("office.odf", _package)),
    **dict.fromkeys((".fodt", ".fodp"), Format("office.odf")),
    **dict.fromkeys((".ods", ".ots"), Format("sheets.ods", _package, sheet=True)),
    ".fods": Format("sheets.ods", sheet=True),
    **dict.fromkeys((".xls", ".xlt"), Format("sheets.xls", _old_office, sheet=True)),
    ".xlsb": Format("binary.workbook", _package, sheet=True),
    **dict.fromkeys(WORKBOOKS, Format("sheets.xlsx", _package, sheet=True)),
    **dict.fromkeys(SEPARATED, Format("sheets.csv_file", sheet=True)),
}
