"""Documents that a DOCX takes in whole, as programs that make reports write them."""

import io
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from app.documents.reading.reader import DocumentSource, read
from app.documents.word.docx_chunks import DEPTH
from app.domain.library.documents import BlockKind, ReadDocument
from tests.samples import make_docx

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HTML = "<html><meta charset=utf-8><h2>Долги</h2><p>Рассвет: 88 450.</p><ul><li>Пеня</ul></html>"


def report(*chunks: tuple[str, str, bytes]) -> bytes:
    """A DOCX of a first line, the documents given as (suffix, media type, bytes), a last line."""
    import docx
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml.parser import parse_xml

    document = docx.Document()
    document.add_paragraph("Начало.")
    for number, (suffix, media, data) in enumerate(chunks):
        path = PackURI(f"/word/afchunk{number}.{suffix}")
        related = document.part.relate_to(Part(path, media, data, document.part.package), _RELATION)
        element = f'<w:altChunk xmlns:w="{_W}" xmlns:r="{_R}" r:id="{related}"/>'
        document.element.body.insert(-1, parse_xml(element))
    document.add_paragraph("Конец.")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def one(suffix: str, data: bytes) -> bytes:
    return report((suffix, "application/octet-stream", data))


def opened(data: bytes) -> ReadDocument:
    return read(DocumentSource("report.docx", data=data))


def texts(data: bytes) -> list[str]:
    return [block.text for block in opened(data).blocks]


def saved_page() -> bytes:
    page = MIMEMultipart("related")
    page.attach(MIMEText(HTML, "html", "utf-8"))
    return page.as_bytes()


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        ("html", HTML.encode()),
        ("htm", "\ufeff".encode() + HTML.encode()),
        ("html", HTML.replace("utf-8", "windows-1251").encode("cp1251")),
        ("xhtml", HTML.replace("<meta charset=utf-8>", "").encode("utf-16")),
        ("mht", saved_page()),
        ("bin", HTML.encode()),
    ],
)
def test_a_page_stands_where_it_was_taken_in(suffix: str, data: bytes) -> None:
    document = opened(one(suffix, data))
    kinds = [(block.kind, block.text) for block in document.blocks]
    assert kinds == [
        (BlockKind.PARAGRAPH, "Начало."),
        (BlockKind.HEADING, "Долги"),
        (BlockKind.PARAGRAPH, "Рассвет: 88 450."),
        (BlockKind.LIST_ITEM, "Пеня"),
        (BlockKind.PARAGRAPH, "Конец."),
    ]


def test_word_rtf_and_text_are_taken_in_as_well() -> None:
    inner = make_docx([("Heading 1", "Лицензия"), ("Normal", "До 4 июня.")])
    rtf = rb"{\rtf1\ansi\ansicpg1251 \'c2\'e7\'ed\'ee\'f1.\par}"
    media = "application/octet-stream"
    data = report(("docx", media, inner), ("rtf", media, rtf), ("txt", media, b"Plain text."))
    assert texts(data) == [
        "Начало.", "Лицензия", "До 4 июня.", "Взнос.", "Plain text.", "Конец.",
    ]  # fmt: skip


@pytest.mark.parametrize("broken", [b"PK\x03\x04 no zip", b"MIME-Version: 1.0\n\nx", b"", b"\x00"])
def test_a_damaged_one_costs_itself_alone(broken: bytes) -> None:
    media = "application/octet-stream"
    data = report(("docx", media, broken), ("html", media, HTML.encode()))
    assert texts(data)[-4:] == ["Долги", "Рассвет: 88 450.", "Пеня", "Конец."]


def test_documents_in_documents_come_to_an_end() -> None:
    data = make_docx([("Normal", "Дно.")])
    for _ in range(DEPTH):
        data = one("docx", data)
    assert "Дно." in texts(data)
    assert texts(one("docx", data)).count("Начало.") == DEPTH + 1
    assert "Дно." not in texts(one("docx", data))
