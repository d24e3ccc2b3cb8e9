"""RTF → blocks: paragraphs, headings by style and outline level, lists, tables, footnotes."""

from collections.abc import Iterator

from app.documents.characters import clean_line, clean_lines, first_heading, title_or_empty
from app.documents.limits import MB, TEXT_BYTES
from app.documents.tables.table_text import table_blocks
from app.documents.tally import Tally
from app.documents.text.rtf_text import RtfParagraph, paragraphs
from app.domain.errors import DamagedFile, EmptyDocument, FileTooLarge
from app.domain.library.documents import Block, BlockKind, ReadDocument
from app.domain.library.reading import UnreadReason

MARK = b"{\\rtf"


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks without pages. Raises DamagedFile, FileTooLarge or EmptyDocument."""
    if len(data) > TEXT_BYTES:
        raise FileTooLarge(name=name, limit=f"{TEXT_BYTES // MB} MB")
    if not data.lstrip().startswith(MARK):
        raise DamagedFile(name=name)
    try:
        found, title, unseen = paragraphs(data)
    except ValueError as error:
        raise DamagedFile(name=name) from error
    blocks = tuple(_blocks(found))
    if not blocks:
        raise EmptyDocument(name=name)
    tally = Tally()
    if unseen:
        tally.count("hidden", unseen)
        tally.unread(UnreadReason.UNSEEN, count=unseen)
    title = title_or_empty(title) or first_heading(blocks)
    return ReadDocument(blocks, title, reading=tally.report())


def _blocks(found: list[RtfParagraph]) -> Iterator[Block]:
    rows: list[list[str]] = []
    headers = 0
    for rtf_paragraph in found:
        if rtf_paragraph.row is not None:
            if rtf_paragraph.header and headers == len(rows):
                headers += 1
            rows.append([clean_line(cell) for cell in rtf_paragraph.row])
            continue
        yield from table_blocks(rows, headers or None)
        rows, headers = [], 0
        if text := clean_lines(rtf_paragraph.text):
            yield _block(rtf_paragraph, text)
    yield from table_blocks(rows, headers or None)


def _block(paragraph: RtfParagraph, text: str) -> Block:
    if paragraph.heading:
        return Block(BlockKind.HEADING, clean_line(text), level=paragraph.heading)
    if paragraph.depth:
        return Block(BlockKind.LIST_ITEM, text, level=paragraph.depth)
    return Block(BlockKind.PARAGRAPH, text)
