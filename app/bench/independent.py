"""What other programs see in a file: nothing here knows how the product reads."""

import email
import email.policy
import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

#: Parts of packages that hold what people wrote; styles, themes and settings do not.
_SAID = re.compile(
    r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml$"
    r"|ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml$"
    r"|(word|ppt)/(charts/chart|diagrams/data)\d+\.xml$|docProps/core\.xml$"
    r"|content\.xml$"
)
#: Elements of text of WordprocessingML and DrawingML, values of charts, the title of a document.
_RUNS = ("}t", "}v", "}title")
#: Field codes, deleted text, and what a program keeps for itself.
_UNSAID = ("}instrText", "}delText", "}annotation-xml", "}tracked-changes", "}script", "}style")
_SECONDS = 60


def seen(path: Path) -> str | None:
    """The text that an independent reader sees; None where there is none for it or it gives up."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        return None
    try:
        return reader(path)
    except Exception:  # noqa: BLE001  a reader that breaks has seen nothing; the files are hostile
        return None


def _pdf(path: Path) -> str:
    """MuPDF's text as it lies in the file; with pdftotext installed also what that sees."""
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)  # they would stand in front of the JSON
    with pymupdf.open(path) as document:
        text = "\n".join(page.get_text() + _annotated(page) for page in document)
    if found := shutil.which("pdftotext"):
        ran = subprocess.run(
            [found, "-q", str(path), "-"], capture_output=True, timeout=_SECONDS, check=False
        )
        text += "\n" + ran.stdout.decode("utf-8", "replace")
    return text


def _annotated(page: Any) -> str:
    """What readers wrote beside a page."""
    return "".join(f"\n{each.info['title']} {each.info['content']}" for each in page.annots())


def _package(path: Path) -> str:
    """All text nodes of the parts that hold what people wrote."""
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name) for name in package.namelist() if _SAID.search(name)]
    return "\n".join(_texts(part) for part in parts)


def _texts(part: bytes) -> str:
    from lxml import etree

    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    paragraphs: list[str] = []
    current: list[str] = []
    for node in root.iter():
        tag = str(node.tag)
        if tag.endswith(("}p", "}h", "}tab", "}br", "}tc")):
            paragraphs.append("".join(current))
            current = []
        if tag.endswith(_RUNS) or ("opendocument" in tag and not tag.endswith(_UNSAID)):
            current.append(node.text or "")
        if "opendocument" in tag:
            current.append(node.tail or "")
    return "\n".join([*paragraphs, "".join(current)])


def _workbook(path: Path) -> str:
    """What stands in cells, as openpyxl reads it."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    cells = (cell for sheet in book.worksheets for row in sheet.values for cell in row)
    return _words_in(cells)


def _old_workbook(path: Path) -> str:
    import xlrd

    book = xlrd.open_workbook(path, logfile=io.StringIO())
    rows = (sheet.row_values(row) for sheet in book.sheets() for row in range(sheet.nrows))
    return _words_in(cell for row in rows for cell in row)


def _words_in(cells: Iterable[Any]) -> str:
    return "\n".join(str(cell) for cell in cells if cell is not None)


def _page(path: Path) -> str | None:
    """What is shown, where the page names its encoding: lxml would take another one for Latin."""
    from lxml import html

    data = path.read_bytes()
    if b"charset" not in data[:2000].lower() and not data.isascii():
        return None
    root = html.fromstring(data)
    for node in root.xpath("//script|//style|//head|//noscript|//template|//select"):
        node.drop_tree()
    return "\n".join(root.itertext())


def _mail(path: Path) -> str:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body: Any = message.get_body(("plain",))
    heads = "\n".join(str(message[name] or "") for name in ("Subject", "From", "To", "Cc", "Date"))
    files = "\n".join(each.get_filename() or "" for each in message.iter_attachments())
    return f"{heads}\n{files}\n{body.get_content() if body else ''}"


def _plain(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "strict")


def _office(path: Path) -> str | None:
    """LibreOffice's text, where it is installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="larets-bench-") as folder:
        command = [program, "--headless", "--convert-to", "txt:Text", "--outdir", folder, str(path)]
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        with suppress(StopIteration):
            return next(Path(folder).iterdir()).read_text("utf-8", "replace")
    return None


_READERS: dict[str, Callable[[Path], str | None]] = {
    ".pdf": _pdf,
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm", ".pptx", ".pptm", ".ppsx"), _package),
    **dict.fromkeys((".odt", ".odp"), _package),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx"), _workbook),
    **dict.fromkeys((".xls", ".xlt"), _old_workbook),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _page),
    ".eml": _mail,
    **dict.fromkeys((".txt", ".csv", ".md"), _plain),
    **dict.fromkeys((".doc", ".dot", ".ppt", ".pps", ".rtf"), _office),
}
