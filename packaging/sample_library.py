"""Make the sample library again: `python packaging/sample_library.py`.

The texts are in packaging/sample_texts, a folder a language; the last but one suffix of a file says
what becomes of it: Markdown is set as a PDF, as a picture of a page in a PDF (".scan.pdf.md") or as
DOCX, TOML becomes a workbook, slides or a mail. Dates inside the files are fixed, so a second run
writes the same bytes. Documents of resources/samples without a text here were written by hand.
"""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TEXTS, LIBRARY = ROOT / "packaging" / "sample_texts", ROOT / "resources" / "samples"
#: When every file was made, as far as its format says so.
MADE = datetime(2026, 5, 4, 9, tzinfo=UTC)
SCAN_DPI = 170
#: Levels of grey of a scan: letters stay smooth, and the file small.
GREYS = 8
STYLE = """
body { font-family: sans-serif; font-size: 10.5pt; line-height: 1.45; }
h1 { font-size: 17pt; } h2 { font-size: 12.5pt; }
td, th { border: 0.6pt solid #888; padding: 3pt 6pt; text-align: left; }
"""


def make(source: Path) -> tuple[str, bytes]:
    """The name of the document that a text becomes, and its bytes."""
    name = source.name.removesuffix(source.suffix)
    if name.endswith(".scan.pdf"):
        return name.replace(".scan.pdf", ".pdf"), scan(source.read_text("utf-8"))
    made = {
        ".pdf": lambda: pdf(source.read_text("utf-8")),
        ".docx": lambda: docx(source.read_bytes()),
        ".xlsx": lambda: xlsx(_facts(source)),
        ".pptx": lambda: pptx(_facts(source)),
        ".eml": lambda: eml(_facts(source)),
    }
    return name, made[Path(name).suffix]()


def _facts(source: Path) -> dict[str, Any]:
    return tomllib.loads(source.read_text("utf-8"))


# -- pages -----------------------------------------------------------------------------------------


def pdf(text: str) -> bytes:
    """Markdown on A4."""
    import pymupdf
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark").enable("table").render(text)
    story = pymupdf.Story(html, user_css=STYLE)
    stream = io.BytesIO()
    writer, more = pymupdf.DocumentWriter(stream), True
    page = pymupdf.paper_rect("a4")
    set_in = pymupdf.Rect(62, 60, page.x1 - 62, page.y1 - 60)
    while more:
        device = writer.begin_page(page)
        more, _ = story.place(set_in)
        story.draw(device)
        writer.end_page()
    writer.close()
    document = pymupdf.open("pdf", stream.getvalue())
    document.subset_fonts()
    return _saved(document, text)


def scan(text: str) -> bytes:
    """The same page as a scanner gives it: a picture without text."""
    import pymupdf
    from PIL import Image

    document = pymupdf.open()
    for page in pymupdf.open("pdf", pdf(text)):
        seen = page.get_pixmap(dpi=SCAN_DPI, colorspace=pymupdf.csGRAY)
        grey = Image.frombytes("L", (seen.width, seen.height), seen.samples)
        picture = io.BytesIO()
        grey.quantize(GREYS).save(picture, "PNG", optimize=True)
        sheet = document.new_page(width=page.rect.width, height=page.rect.height)
        sheet.insert_image(sheet.rect, stream=picture.getvalue())
    return _saved(document, text)


def _saved(document: Any, text: str) -> bytes:
    made = MADE.strftime("D:%Y%m%d%H%M%SZ")
    title = text.split("\n", 1)[0].lstrip("# ")
    document.set_metadata({"title": title, "creationDate": made, "modDate": made})
    return bytes(document.tobytes(garbage=4, deflate=True, deflate_fonts=True, no_new_id=True))


# -- Office ----------------------------------------------------------------------------------------


def docx(data: bytes) -> bytes:
    """Headings, paragraphs and list items of a Markdown file."""
    from docx import Document

    from app.documents.text import markdown
    from app.domain.library.documents import BlockKind

    document = Document()
    blocks = markdown.read(data, "").blocks
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            document.add_heading(block.text, block.level)
        else:
            bullet = block.kind is BlockKind.LIST_ITEM
            document.add_paragraph(block.text, "List Bullet" if bullet else None)
    return _packed(document, document.core_properties, blocks[0].text)


def pptx(facts: dict[str, Any]) -> bytes:
    """A title slide, and slides of points."""
    from pptx import Presentation

    slides = Presentation()
    first = slides.slides.add_slide(slides.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = facts["title"], facts["subtitle"]
    for each in facts["slides"]:
        slide = slides.slides.add_slide(slides.slide_layouts[1])
        slide.shapes.title.text = each["title"]
        slide.placeholders[1].text = "\n".join(each["points"])
    return _packed(slides, slides.core_properties, facts["title"])


def xlsx(facts: dict[str, Any]) -> bytes:
    """Sheets of rows; a cell [formula, value] has both, as a workbook that Excel has saved."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book, values = Workbook(), {}
    book.remove(book.active)
    for number, each in enumerate(facts["sheets"], 1):
        sheet = book.create_sheet(each["name"])
        for row in each["rows"]:
            sheet.append([cell[0] if isinstance(cell, list) else cell for cell in row])
            for cell, given in zip(sheet[sheet.max_row], row, strict=True):
                if isinstance(given, list):
                    values[f"xl/worksheets/sheet{number}.xml", cell.coordinate] = given[1]
        for cell, width in zip(sheet[1], each["widths"], strict=True):
            cell.font = Font(bold=True)
            sheet.column_dimensions[cell.column_letter].width = width
    return _packed(book, book.properties, facts["title"], values)


def _packed(
    document: Any, told: Any, title: str, values: dict[tuple[str, str], float] | None = None
) -> bytes:
    """A document of Office with fixed dates; `values` of formulas by sheet and cell."""
    told.title, told.author, told.creator = title, "", ""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", MADE.strftime("%FT%TZ").encode(), data)
            for (sheet, cell), value in (values or {}).items():
                if sheet == part.filename:
                    data = _with_value(data, cell, value)
            fixed = zipfile.ZipInfo(part.filename, MADE.timetuple()[:6])
            new.writestr(fixed, data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _with_value(sheet: bytes, cell: str, value: float) -> bytes:
    """openpyxl writes a formula without what it came to."""
    place = rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v(?: ?/>|></v>)'
    filled = f"<v>{value}</v>".encode()
    changed, count = re.subn(place.encode(), lambda found: found[1] + filled, sheet)
    if count != 1:
        raise ValueError(f"{cell} holds no formula without a value")
    return changed


# -- mail ------------------------------------------------------------------------------------------


def eml(facts: dict[str, Any]) -> bytes:
    """A message with one attachment."""
    message = EmailMessage(policy=SMTP)
    for name in ("subject", "from", "to"):
        message[name] = facts[name]
    message["date"] = format_datetime(datetime.fromisoformat(facts["date"]))
    message["message-id"] = f"<{datetime.fromisoformat(facts['date']):%Y%m%d}@larets.example>"
    message.set_content(facts["body"].lstrip(), cte="base64")
    attached = facts["attachment"]
    message.add_attachment(
        attached["text"].lstrip(), subtype="csv", filename=attached["name"], cte="base64"
    )
    message.set_boundary("=_sample_library")
    return message.as_bytes()


def main() -> None:
    for source in sorted(TEXTS.glob("*/*")):
        name, data = make(source)
        (LIBRARY / source.parent.name / name).write_bytes(data)
        print(f"{source.parent.name}/{name}: {len(data)} bytes")


if __name__ == "__main__":
    main()
