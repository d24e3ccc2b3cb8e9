"""PDF → blocks by page: MuPDF extracts the text, pdf_lines and print_blocks lay it out."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app.documents.characters import clean_line, title_or_empty
from app.documents.limits import PDF_PAGES
from app.documents.pdf import attachments
from app.documents.pdf.pdf_pages import Page, PageReader, displayed
from app.documents.pdf.running_heads import running_rows
from app.documents.pictures.image_file import failure
from app.documents.pictures.ocr import Matrix, Recogniser, data_folder
from app.documents.pictures.print_blocks import Body, blocks, body_of, run_on
from app.documents.steps import Step, nothing
from app.documents.tally import Tally
from app.documents.words import words
from app.domain.errors import (
    DamagedFile,
    FileTooLarge,
    NoRecognition,
    NoText,
    PasswordNeeded,
)
from app.domain.library.documents import Block, BlockKind, LineBox, ReadDocument
from app.domain.library.reading import UnreadReason
from app.domain.text import language

#: A longer label of a page is no number.
_LABEL_LENGTH = 20


def read(data: bytes, name: str, step: Step = nothing) -> ReadDocument:
    """Blocks in reading order with page and line boxes; `step` hears of each page that is done.

    Raises DamagedFile, PasswordNeeded, NoText, NoRecognition or FileTooLarge.
    """
    document = open_pdf(data, name)
    try:
        return read_open(document, name, step)
    finally:
        document.close()


def read_open(document: Any, name: str, step: Step) -> ReadDocument:
    """As `read`, of any document that MuPDF has open."""
    folder, tally = data_folder(), Tally()
    reader = PageReader(document, name, Recogniser(folder) if folder else None, tally)
    pages: list[Page] = []
    for number in range(document.page_count):
        pages.append(reader.page(number))
        step(number + 1, document.page_count)
    if document.is_pdf and _is_dynamic_form(document):
        tally.unread(UnreadReason.DYNAMIC_FORM)
    left_out = running_rows(pages)
    body = body_of(row for page in pages for flow in page.flows for row in flow.rows)
    found = [
        block for at, page in enumerate(pages) for block in _blocks(page, at + 1, body, left_out)
    ]
    if not found and any(page.scanned for page in pages):
        raise NoRecognition(name=name)
    found += _attached(document, found)
    if not found:
        raise NoText(name=name)
    title = title_or_empty(document.metadata.get("title")) or _first_heading(found)
    return ReadDocument(tuple(found), title, len(pages), tally.report(), _labels(document))


def open_pdf(data: bytes, name: str) -> Any:
    """An open pymupdf.Document with at least one page and no password. Raises PasswordNeeded,
    FileTooLarge, or DamagedFile, as where no page can be found."""
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        document = pymupdf.open(stream=data, filetype="pdf")
        locked = document.needs_pass and not document.authenticate("")
        count = 0 if locked else document.page_count
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        raise failure(error, name) from error
    if locked:
        raise PasswordNeeded(name=name)
    if count == 0:
        raise DamagedFile(name=name)
    if count > PDF_PAGES:
        raise FileTooLarge(name=name, limit=f"{PDF_PAGES} pages")
    return document


def _is_dynamic_form(document: Any) -> bool:
    """Whether its pages are made by Adobe's programs out of a form's data (XFA; ISO 32000-2, annex
    K): what is drawn says no more than “Please wait”."""
    catalog = document.pdf_catalog()
    kind, value = document.xref_get_key(catalog, "NeedsRendering")
    return (kind, value) == ("bool", "true") and (
        document.xref_get_key(catalog, "AcroForm/XFA")[0] != "null"
    )


def _labels(document: Any) -> tuple[str, ...]:
    """What is printed as the pages' numbers, "" where it is the number itself (ISO 32000-1,
    12.4.2)."""
    if not document.is_pdf or not document.get_page_labels():
        return ()
    told = (clean_line(page.get_label())[:_LABEL_LENGTH] for page in document)
    labels = tuple("" if label == str(at) else label for at, label in enumerate(told, 1))
    return labels if any(labels) else ()


def _blocks(page: Page, number: int, body: Body, left_out: frozenset[int]) -> Iterator[Block]:
    yield from _flowing(page, number, body, left_out)
    for note in page.notes:
        box = LineBox(*note.place, 0, len(note.text))
        yield Block(BlockKind.PARAGRAPH, note.text, number, boxes=(box,))


def _flowing(page: Page, number: int, body: Body, left_out: frozenset[int]) -> Iterator[Block]:
    """The blocks of all columns; a word that the end of one divides is whole."""
    found: list[tuple[Block, Matrix]] = []
    for flow in page.flows:
        kept = [row for row in flow.rows if id(row) not in left_out]
        own = blocks(kept, number, body)
        before, back = found[-1] if found else (None, flow.back)
        if own and before and back == flow.back and (joined := run_on(before, own[0])):
            found[-1], own = (joined, back), own[1:]
        found += [(block, flow.back) for block in own]
    return (_displayed(block, back) for block, back in found)


def _attached(document: Any, found: list[Block]) -> list[Block]:
    """What is attached to the whole document, named after its last words and in their language."""
    if not (names := attachments.names(document)):
        return []
    spoken = language.of(" ".join(block.text for block in found[:20]))
    text = f"{words(spoken).mail.attachments}: {', '.join(names)}"
    return [Block(BlockKind.PARAGRAPH, text, document.page_count)]


def _displayed(block: Block, back: Matrix) -> Block:
    """The boxes where the print stands on the displayed page, two decimals."""
    boxes = []
    for box in block.boxes:
        x0, y0, x1, y1 = (round(edge, 2) for edge in displayed(box, back))
        boxes.append(replace(box, x0=x0, y0=y0, x1=x1, y1=y1))
    return replace(block, boxes=tuple(boxes))


def _first_heading(found: list[Block]) -> str:
    """The largest of the headings that open the document."""
    headings = [block for block in found[:40] if block.kind is BlockKind.HEADING]
    first = min(headings, key=lambda block: block.level, default=None)
    return title_or_empty(first.text) if first else ""
